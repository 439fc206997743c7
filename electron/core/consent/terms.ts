/** The IEEE 7012 roster in everyday words: what each agreement code declares (after the W3C DPV 2.3 extension for IEEE 7012). */
import { msg, t } from '../../../shared/language/message.ts';

export interface Terms { readonly label: string; readonly declares: readonly string[] }

const ROSTER = 'https://w3id.org/dpv/standards/ieee/7012#';

const SERVICE = msg('The company must deliver the service you came for.');
const NOTHING_SHARED = msg('It must not pass anything on to others.');
const PORTABLE = msg('You can have everything it keeps about you, in a form you can take elsewhere.');
const OWN_ANALYSIS = msg('It may analyse how its own service is used; nobody else may.');
const OWN_TRACKING = msg('It may follow what you do within its own service; nobody else may.');
const OWN_PROFILE = msg('It may build a profile of you for its own service; nobody else may.');

const base = (label: string, declares: readonly string[]): Terms => ({ label, declares: [SERVICE, ...declares] });

const SERVICE_TERMS: Readonly<Record<string, Terms>> = {
  'SD-BASE': base(msg('Service only'), [msg('No analysis, no tracking and no profile of you, by the company or by others.'), NOTHING_SHARED]),
  'SD-BASE-A': base(msg('Service and analysis'), [OWN_ANALYSIS, msg('No tracking and no profile of you.'), NOTHING_SHARED]),
  'SD-BASE-AT': base(msg('Service, analysis and tracking'), [OWN_ANALYSIS, OWN_TRACKING, msg('No profile of you.'), NOTHING_SHARED]),
  'SD-BASE-ATP': base(msg('Service, analysis, tracking and profile'), [OWN_ANALYSIS, OWN_TRACKING, OWN_PROFILE, NOTHING_SHARED]),
  'SD-BASE-ATP-S3P': base(msg('Service, profile and anonymised sharing'), [OWN_ANALYSIS, OWN_TRACKING, OWN_PROFILE, msg('It may pass on data only after making it fully anonymous.')]),
};

const OTHER_TERMS: Readonly<Record<string, Terms>> = {
  'PDC-AI': { label: msg('Contribution to AI training'), declares: [msg('What you give may be used to train and run AI.')] },
  'PDC-GOOD': { label: msg('Contribution for the public good'), declares: [msg('What you give may be used for the public good.')] },
  'PDC-INTENT': { label: msg('Contribution of what you intend to buy'), declares: [msg('What you give may be used to make you offers for what you are looking for.')] },
  TPR: { label: msg('Between two people'), declares: [SERVICE, NOTHING_SHARED] },
};

/** What a code declares, in the person's language; an unknown code declares nothing, and says so. */
export function termsOf(code: string): Terms {
  const found = standardTerms(code);
  if (found === null) return { label: t('Terms of its own ({code})', { code: plainCode(code) }), declares: [t('These are not standard terms: Penchant cannot say what they declare. Read them before you agree.')] };
  return { label: found.portable ? t('{terms}, portable', { terms: t(found.terms.label) }) : t(found.terms.label), declares: [...found.terms.declares, ...(found.portable ? [PORTABLE] : [])].map((declared) => t(declared)) };
}

export const isStandardTerms = (code: string): boolean => standardTerms(code) !== null;

const plainCode = (code: string): string => (code.startsWith(ROSTER) ? code.slice(ROSTER.length) : code);

function standardTerms(code: string): { readonly terms: Terms; readonly portable: boolean } | null {
  const plain = plainCode(code), portable = plain.endsWith('-DP');
  const service = own(SERVICE_TERMS, portable ? plain.slice(0, -'-DP'.length) : plain);
  if (service) return { terms: service, portable };
  const other = own(OTHER_TERMS, plain);
  return other ? { terms: other, portable: false } : null;
}

const own = (table: Readonly<Record<string, Terms>>, key: string): Terms | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

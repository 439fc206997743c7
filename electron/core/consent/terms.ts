/** The IEEE 7012 roster in everyday words: what each agreement code declares (after the W3C DPV 2.3 extension for IEEE 7012). */

export interface Terms { readonly label: string; readonly declares: readonly string[] }

const ROSTER = 'https://w3id.org/dpv/standards/ieee/7012#';

const SERVICE = 'The company must deliver the service you came for.';
const NOTHING_SHARED = 'It must not pass anything on to others.';
const PORTABLE = 'You can have everything it keeps about you, in a form you can take elsewhere.';
const OWN_ANALYSIS = 'It may analyse how its own service is used; nobody else may.';
const OWN_TRACKING = 'It may follow what you do within its own service; nobody else may.';
const OWN_PROFILE = 'It may build a profile of you for its own service; nobody else may.';

const base = (label: string, declares: readonly string[]): Terms => ({ label, declares: [SERVICE, ...declares] });

const SERVICE_TERMS: Readonly<Record<string, Terms>> = {
  'SD-BASE': base('Service only', ['No analysis, no tracking and no profile of you, by the company or by others.', NOTHING_SHARED]),
  'SD-BASE-A': base('Service and analysis', [OWN_ANALYSIS, 'No tracking and no profile of you.', NOTHING_SHARED]),
  'SD-BASE-AT': base('Service, analysis and tracking', [OWN_ANALYSIS, OWN_TRACKING, 'No profile of you.', NOTHING_SHARED]),
  'SD-BASE-ATP': base('Service, analysis, tracking and profile', [OWN_ANALYSIS, OWN_TRACKING, OWN_PROFILE, NOTHING_SHARED]),
  'SD-BASE-ATP-S3P': base('Service, profile and anonymised sharing', [OWN_ANALYSIS, OWN_TRACKING, OWN_PROFILE, 'It may pass on data only after making it fully anonymous.']),
};

const OTHER_TERMS: Readonly<Record<string, Terms>> = {
  'PDC-AI': { label: 'Contribution to AI training', declares: ['What you give may be used to train and run AI.'] },
  'PDC-GOOD': { label: 'Contribution for the public good', declares: ['What you give may be used for the public good.'] },
  'PDC-INTENT': { label: 'Contribution of what you intend to buy', declares: ['What you give may be used to make you offers for what you are looking for.'] },
  TPR: { label: 'Between two people', declares: [SERVICE, NOTHING_SHARED] },
};

/** What a code declares; an unknown code declares nothing, and says so. */
export function termsOf(code: string): Terms {
  const plain = code.startsWith(ROSTER) ? code.slice(ROSTER.length) : code;
  const portable = plain.endsWith('-DP');
  const service = own(SERVICE_TERMS, portable ? plain.slice(0, -'-DP'.length) : plain);
  if (service) return portable ? { label: `${service.label}, portable`, declares: [...service.declares, PORTABLE] } : service;
  return own(OTHER_TERMS, plain) ?? { label: `Terms of its own (${plain})`, declares: ['These are not standard terms: Penchant cannot say what they declare. Read them before you agree.'] };
}

export const isStandardTerms = (code: string): boolean => !termsOf(code).label.startsWith('Terms of its own');

const own = (table: Readonly<Record<string, Terms>>, key: string): Terms | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

/** The three kinds of statement on the consent screen, never mixed: what Penchant enforces, what the terms declare, what the company says. */
import { date } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { Cadence, CompanyDocument, RequestPayload } from '../../../shared/protocol/schemas.ts';
import { ladderSteps } from '../../../shared/protocol/vocabulary.ts';
import { purposeName } from '../../../shared/language/names.ts';
import { termsOf } from './terms.ts';

export interface Statements { readonly enforced: readonly string[]; readonly declared: readonly string[]; readonly claimed: readonly string[] }

const days = (count: number): string => t('{days, plural, one {# day} other {# days}}', { days: count });

/** What holds, or would, where the person chose less than was asked. */
export interface Holds {
  /** How long from when it is given, or until when (Unix ms). */
  readonly durationDays?: number | undefined; readonly expiresAtMs?: number | undefined;
  readonly cadence?: Cadence | undefined; readonly purposes?: readonly { readonly iri: string }[] | undefined;
  readonly claims?: readonly { readonly claim: string }[] | undefined;
  readonly fadeEvery?: number | null | undefined;
  /** Weight of the truth. */
  readonly noise?: number | null | undefined;
  readonly isPaused?: boolean | undefined;
}

export function statementsFor(request: RequestPayload, document: CompanyDocument, holds: Holds = {}): Statements {
  const [details] = request.authorization_details;
  const { name } = document, cadence = holds.cadence ?? details.cadence, kept = holds.purposes;
  const has = (claim: string): boolean => (holds.claims ?? details.claims).some((one) => one.claim === claim);
  const purposes = kept === undefined ? details.purposes : details.purposes.filter(({ iri }) => kept.some((purpose) => purpose.iri === iri));
  return {
    enforced: [
      t('Only what you tick leaves, never the records behind it.'),
      t('Whatever lies in a closed part of life stays here, however exact the request.'),
      holds.expiresAtMs === undefined ? t('It ends after {duration} at the latest, and the moment you end it.', { duration: days(holds.durationDays ?? details.duration_days) }) : t('It ends on {day} at the latest, and the moment you end it.', { day: date(holds.expiresAtMs) }),
      t('At most {max, plural, =1 {once} other {# times}} {per, select, day {a day} week {a week} other {a month}}, and only when the company names one of the purposes you keep.', { max: cadence.max, per: cadence.per }),
      ...(holds.isPaused === true ? [t('It is paused: no answer leaves until you let it go on.')] : []),
      ...(holds.fadeEvery == null ? [] : [t('After every {answers, plural, one {answer} other {# answers}} it says a step less, until you renew it.', { answers: holds.fadeEvery })]),
      ...(holds.noise == null || !has('interest') ? [] : [t('Interests are said of broad areas only, and about one in {of, number} is made up by chance.', { of: Math.round((holds.noise + 2) / 2) })]),
      ...(holds.noise == null || !has('intent') ? [] : [t('How soon something may be bought is moved by chance.')]),
      t('The company knows you under a name no other company gets, and only its own key can use the token.'),
      t('Every question and every answer is written into your log before the answer leaves.'),
    ],
    declared: termsOf(details.terms.code).declares,
    claimed: [
      ...purposes.map((purpose) => t('{name} says it will use this to: {words}', { name, words: purpose.text })),
      ...purposes.filter((purpose) => !document.purposes.some((declared) => declared.iri === purpose.iri))
        .map((purpose) => t('{name}’s own published document does not mention this purpose: {purpose}.', { name, purpose: purposeName(purpose.iri) })),
      t('{name} says it keeps answers for {duration}.', { name, duration: days(details.retention_days) }),
      ...(details.retention_days > document.retention_days ? [t('That is longer than the {duration} in its own published document.', { duration: days(document.retention_days) })] : []),
      ...(details.benefit === undefined ? [] : [t('{name} says you get: {benefit}', { name, benefit: details.benefit })]),
    ],
  };
}

/** True when the company's own document does not say it ever needs this claim, or not this finely. */
export function isOverAsking(document: CompanyDocument, asked: { readonly claim: CompanyDocument['claims'][number]['claim']; readonly precision: number }): boolean {
  const declared = document.claims.find((candidate) => candidate.claim === asked.claim);
  return declared === undefined || Math.min(asked.precision, ladderSteps(asked.claim)) > declared.precision;
}

/** The three kinds of statement on the consent screen, never mixed: what Penchant enforces, what the terms declare, what the company says. */
import type { Cadence, CompanyDocument, RequestPayload } from '../../../shared/protocol/schemas.ts';
import { ladderSteps } from '../../../shared/protocol/vocabulary.ts';
import { purposeLabel } from '../../../shared/protocol/purposes.ts';
import { termsOf } from './terms.ts';

export interface Statements { readonly enforced: readonly string[]; readonly declared: readonly string[]; readonly claimed: readonly string[] }

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

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

const dayOf = (ms: number): string => new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

export function statementsFor(request: RequestPayload, document: CompanyDocument, holds: Holds = {}): Statements {
  const [details] = request.authorization_details;
  const { name } = document, cadence = holds.cadence ?? details.cadence, kept = holds.purposes;
  const has = (claim: string): boolean => (holds.claims ?? details.claims).some((one) => one.claim === claim);
  const times = cadence.max === 1 ? 'once' : `${cadence.max} times`;
  const purposes = kept === undefined ? details.purposes : details.purposes.filter(({ iri }) => kept.some((purpose) => purpose.iri === iri));
  return {
    enforced: [
      'Only what you tick leaves, never the records behind it.',
      'Whatever lies in a closed part of life stays here, however exact the request.',
      holds.expiresAtMs === undefined ? `It ends after ${days(holds.durationDays ?? details.duration_days)} at the latest, and the moment you end it.` : `It ends on ${dayOf(holds.expiresAtMs)} at the latest, and the moment you end it.`,
      `At most ${times} a ${cadence.per}, and only when the company names one of the purposes you keep.`,
      ...(holds.isPaused === true ? ['It is paused: no answer leaves until you let it go on.'] : []),
      ...(holds.fadeEvery == null ? [] : [`After every ${holds.fadeEvery === 1 ? 'answer' : `${holds.fadeEvery} answers`} it says a step less, until you renew it.`]),
      ...(holds.noise == null || !has('interest') ? [] : [`Interests are said of broad areas only, and about one in ${Math.round((holds.noise + 2) / 2)} is made up by chance.`]),
      ...(holds.noise == null || !has('intent') ? [] : ['How soon something may be bought is moved by chance.']),
      'The company knows you under a name no other company gets, and only its own key can use the token.',
      'Every question and every answer is written into your log before the answer leaves.',
    ],
    declared: termsOf(details.terms.code).declares,
    claimed: [
      ...purposes.map((purpose) => `${name} says it will use this to: ${purpose.text}`),
      ...purposes.filter((purpose) => !document.purposes.some((declared) => declared.iri === purpose.iri))
        .map((purpose) => `${name}’s own published document does not mention this purpose: ${purposeLabel(purpose.iri)}.`),
      `${name} says it keeps answers for ${days(details.retention_days)}.`,
      ...(details.retention_days > document.retention_days ? [`That is longer than the ${days(document.retention_days)} in its own published document.`] : []),
      ...(details.benefit === undefined ? [] : [`${name} says you get: ${details.benefit}`]),
    ],
  };
}

/** True when the company's own document does not say it ever needs this claim, or not this finely. */
export function isOverAsking(document: CompanyDocument, asked: { readonly claim: CompanyDocument['claims'][number]['claim']; readonly precision: number }): boolean {
  const declared = document.claims.find((candidate) => candidate.claim === asked.claim);
  return declared === undefined || Math.min(asked.precision, ladderSteps(asked.claim)) > declared.precision;
}

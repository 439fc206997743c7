/** The three kinds of statement on the consent screen, never mixed: what Penchant enforces, what the terms declare, what the company says. */
import type { CompanyDocument, RequestPayload } from '../../../shared/protocol/schemas.ts';
import { ladderSteps } from '../../../shared/protocol/vocabulary.ts';
import { purposeLabel } from '../../../shared/protocol/purposes.ts';
import { termsOf } from './terms.ts';

export interface Statements { readonly enforced: readonly string[]; readonly declared: readonly string[]; readonly claimed: readonly string[] }

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

export function statementsFor(request: RequestPayload, document: CompanyDocument): Statements {
  const [details] = request.authorization_details;
  const { name } = document;
  const times = details.cadence.max === 1 ? 'once' : `${details.cadence.max} times`;
  return {
    enforced: [
      'Only what you tick leaves, never the records behind it.',
      'Whatever lies in a closed part of life stays here, however exact the request.',
      `It ends after ${days(details.duration_days)} at the latest, and the moment you end it.`,
      `At most ${times} a ${details.cadence.per}, and only when the company names one of the purposes you keep.`,
      'The company knows you under a name no other company gets, and only its own key can use the token.',
      'Every question and every answer is written into your log before the answer leaves.',
    ],
    declared: termsOf(details.terms.code).declares,
    claimed: [
      ...details.purposes.map((purpose) => `${name} says it will use this to: ${purpose.text}`),
      ...details.purposes.filter((purpose) => !document.purposes.some((declared) => declared.iri === purpose.iri))
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

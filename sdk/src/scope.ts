/** Short notation for claims and purposes: `interest:2,price_band:1?`. */
import { PURPOSES, type PurposeName } from '../../shared/protocol/purposes.ts';
import type { ScopedClaim } from '../../shared/protocol/schemas.ts';
import { CLAIMS, isClaim, ladderSteps } from '../../shared/protocol/vocabulary.ts';

/** One claim as a request asks for it: `precision` is a ladder step, 1 coarsest. */
export interface AskedClaim extends ScopedClaim { readonly required: boolean }

/** Claims in short notation or as objects. */
export type ClaimsInput = string | readonly AskedClaim[];

/** A purpose by short name, or a DPV IRI with the company's own words. */
export type PurposeInput = PurposeName | { readonly iri: string; readonly text: string };

/**
 * Reads short notation: claims separated by commas, `:n` the ladder step (default 1, the coarsest), `?` for optional.
 *
 * @throws {TypeError} An unknown claim, a step the ladder does not have, a claim named twice, or nothing at all.
 * @example
 * parseClaims('interest:2,price_band:1?');
 * // [{ claim: 'interest', precision: 2, required: true }, { claim: 'price_band', precision: 1, required: false }]
 */
export function parseClaims(text: string): readonly AskedClaim[] {
  const claims = text.split(',').map((part) => parseClaim(part.trim()));
  if (new Set(claims.map((asked) => asked.claim)).size !== claims.length) throw new TypeError('A claim is named twice.');
  return claims;
}

function parseClaim(part: string): AskedClaim {
  const [, claim = '', step = '1', mark = ''] = /^([a-z_]+)(?::(\d))?(\?)?$/.exec(part) ?? [];
  if (!isClaim(claim)) throw new TypeError(`"${part}" is not a claim. Known claims: ${CLAIMS.join(', ')}.`);
  const precision = Number(step);
  if (precision < 1 || precision > ladderSteps(claim)) throw new TypeError(`"${claim}" has the ladder steps 1 to ${ladderSteps(claim)}.`);
  return { claim, precision, required: mark === '' };
}

/** Claims in either form as objects. */
export const claimsOf = (claims: ClaimsInput): readonly AskedClaim[] => typeof claims === 'string' ? parseClaims(claims) : claims;

/**
 * The IRI and everyday words of a purpose.
 *
 * @throws {TypeError} An unknown short name.
 */
export function purposeOf(purpose: PurposeInput): { readonly iri: string; readonly text: string } {
  if (typeof purpose !== 'string') return purpose;
  if (!Object.hasOwn(PURPOSES, purpose)) throw new TypeError(`"${purpose}" is not a purpose. Known purposes: ${Object.keys(PURPOSES).join(', ')}.`);
  const { iri, label } = PURPOSES[purpose];
  return { iri, text: label };
}

/** Claims of `asked` that `declared` does not cover, or not as finely: what a vault shows the person as over-asking. */
export function overAsking(asked: readonly ScopedClaim[], declared: readonly ScopedClaim[]): readonly ScopedClaim[] {
  return asked
    .filter((one) => !declared.some((other) => other.claim === one.claim && other.precision >= one.precision))
    .map(({ claim, precision }) => ({ claim, precision }));
}

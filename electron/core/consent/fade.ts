/** Precision that fades: after every so many answers each claim is said one step coarser, down to the coarsest, until the person renews it. Pure. */
import type { ScopedClaim } from '../../../shared/protocol/schemas.ts';
import type { GrantRecord } from './types.ts';

type Fading = Pick<GrantRecord, 'claims' | 'fadeEvery' | 'fadeFrom' | 'usage'>;

/** Ladder steps lost so far. */
export const fadedBy = ({ fadeEvery, fadeFrom, usage }: Omit<Fading, 'claims'>): number => (fadeEvery === null ? 0 : Math.floor(Math.max(0, usage.redemptions - fadeFrom) / fadeEvery));

/** As the next answer may say it. */
export function claimsNow(grant: Fading): readonly ScopedClaim[] {
  const lost = fadedBy(grant);
  return lost === 0 ? grant.claims : grant.claims.map(({ claim, precision }) => ({ claim, precision: Math.max(1, precision - lost) }));
}

/** Profiles and scopes of any kind, for properties that hold for all of them. */
import fc from 'fast-check';
import { AGE_BANDS } from '../../electron/core/anonymizer/coarsen.ts';
import type { Preference } from '../../shared/domain/preference.ts';
import { CLAIMS, ladderSteps, type Claim } from '../../shared/protocol/vocabulary.ts';

/** `nodes` and `regions`: those a preference may be about. */
export function arbitraryPreferences({ nodes, regions, most }: { readonly nodes: fc.Arbitrary<string>; readonly regions: fc.Arbitrary<string>; readonly most: number }): fc.Arbitrary<Preference[]> {
  const valueFor = (claim: Claim): fc.Arbitrary<string> => {
    switch (claim) {
      case 'interest': case 'avoid': case 'genre': case 'intent': return nodes;
      case 'price_band': return fc.tuple(nodes, fc.constantFrom('low', 'middle', 'high')).map(([node, band]) => `${node}:${band}`);
      case 'size': return fc.tuple(nodes, fc.constantFrom('42', 'XL')).map(([node, size]) => `${node}:${size}`);
      case 'age': return fc.constantFrom(...AGE_BANDS);
      case 'region': return regions;
      case 'language': return fc.constantFrom('de', 'en', 'fr-CA', 'is');
      case 'units': return fc.constantFrom('metric', 'imperial');
      default: return fc.constantFrom('one', 'two', 'three');
    }
  };
  const preferenceOf = (claim: Claim): fc.Arbitrary<Preference> => fc.record({
    id: fc.uuid(), claim: fc.constant(claim), value: valueFor(claim), label: fc.constant('label'), path: fc.constant([]), iab: fc.constant(null), strength: fc.double({ min: 0.2, max: 1, noNaN: true }), confidence: fc.constant(0.9),
    origin: fc.constant('declared'), manner: fc.constant(null), sensitive: fc.constant(false), evidence: fc.constant(1), horizonWeeks: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }), lastSeenMs: fc.nat(1000),
  });
  return fc.array(fc.constantFrom(...CLAIMS).chain(preferenceOf), { maxLength: most });
}

/** Some of the claims, each at some step of its ladder. */
export const arbitraryScope = fc.subarray([...CLAIMS]).chain((claims) => fc.tuple(...claims.map((claim) => fc.integer({ min: 1, max: ladderSteps(claim) }).map((precision) => ({ claim, precision })))));

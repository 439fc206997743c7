/** How many passes a new passphrase slot gets. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KDF_DEFAULT } from '../../../electron/core/vault/header.ts';
import { decidePasses } from '../../../electron/core/vault/calibrate.ts';

test.each([[53, 9], [60, 8], [100, 5], [166, 3]])('%d ms for a pass gives %d: as many as fit into half a second', (perPassMs, passes) => {
  expect(decidePasses(perPassMs)).toBe(passes);
});

test('a slow machine gets the default and no less; a very fast one no more than ten', () => {
  expect(decidePasses(4_000)).toBe(KDF_DEFAULT.passes);
  expect(decidePasses(0.5)).toBe(10);
});

test('whatever was measured, nonsense included, the answer is a whole number between the two', () => {
  fc.assert(fc.property(fc.oneof(fc.double(), fc.constantFrom(0, -0, -1, Number.NaN, Number.POSITIVE_INFINITY)), (perPassMs) => {
    const passes = decidePasses(perPassMs);
    expect(Number.isInteger(passes)).toBe(true);
    expect(passes).toBeGreaterThanOrEqual(KDF_DEFAULT.passes);
    expect(passes).toBeLessThanOrEqual(10);
  }));
});

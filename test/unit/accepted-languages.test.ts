/** `Accept-Language` as RFC 9110 has it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptedLanguages } from '../../electron/web-host/accepted-languages.ts';

test('ranges come in the order of their weights, equals as they stand, refused and malformed ones not at all', () => {
  expect(acceptedLanguages('it-IT,it;q=0.9,de;q=0.8,en;q=0.7')).toEqual(['it-IT', 'it', 'de', 'en']);
  expect(acceptedLanguages('en;q=0.1, de;q=0.9')).toEqual(['de', 'en']);
  expect(acceptedLanguages(' fr-CH , fr ; q = 0.9 ,de;q=0, *;q=0.5')).toEqual(['fr-CH', 'fr']);
  expect(acceptedLanguages('../../etc, __proto__, de;q=2, es')).toEqual(['es']);
  expect(acceptedLanguages('')).toEqual([]);
  expect(acceptedLanguages(`${'x1,'.repeat(400)}de`)).not.toContain('de');
});

test('nothing anybody sends makes it throw', () => {
  fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (header) => { for (const tag of acceptedLanguages(header)) expect(tag).toMatch(/^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/u); }));
});

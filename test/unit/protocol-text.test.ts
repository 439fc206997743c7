/** Text a company puts before a person: anything invisible in it makes the whole document invalid. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { companyDocument } from '../../shared/protocol/schemas.ts';

const key = { kty: 'EC', crv: 'P-256', x: 'a'.repeat(43), y: 'b'.repeat(43), kid: 'k', alg: 'ES256', use: 'sig' } as const;
const document = (change: Readonly<Record<string, unknown>>) => ({
  iss: 'https://shop.example', iat: 1, name: 'Shop', domain: 'shop.example', jwks: { keys: [key] }, purposes: [{ iri: 'https://w3id.org/dpv#ServicePersonalisation', text: 'Fits the shop to you' }],
  claims: [{ claim: 'interest', precision: 2 }], terms: { code: 'SD-BASE' }, retention_days: 30, contact: 'privacy@shop.example', ...change,
});
const accepted = (change: Readonly<Record<string, unknown>>) => companyDocument.safeParse(document(change)).success;

test('names of all scripts are fine', () => {
  for (const name of ['Müller & Söhne', '北京书店', 'مكتبة', 'חנות', 'दुकान', 'L’Épicerie – depuis 1898', 'क्‍ष']) expect(accepted({ name }), name).toBe(true);
});

test.each(['\u001b[2K\rYour bank', 'a\u0000b', 'x\u202egnirts', '\u2066isolated\u2069', 'soft\u00adhyphen', 'zero\u200bwidth', 'line\u2028break', 'tag\u{e0041}', '\ue000private', 'c1\u0085', '\ud800'])('%j is refused wherever it is read', (text) => {
  expect(accepted({ name: text })).toBe(false);
  expect(accepted({ contact: text })).toBe(false);
  expect(accepted({ terms: { code: text } })).toBe(false);
  expect(accepted({ purposes: [{ iri: 'https://w3id.org/dpv#X', text }] })).toBe(false);
  expect(accepted({ purposes: [{ iri: `https://w3id.org/dpv#${text}`, text: 'plain' }] })).toBe(false);
});

test('no control or format character ever passes', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }), (name) => {
    if (accepted({ name })) expect(name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/u);
  }), { numRuns: 500 });
});

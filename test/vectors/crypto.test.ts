/** Published vectors for the primitives the vault stands on. */
import { argon2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { argon2id, hkdf32, unwrapKey, wrapKey } from '../../electron/core/platform/crypto/keys.ts';
import { parseRecoveryPhrase, recoveryWords } from '../../electron/core/vault/recovery.ts';

describe('Argon2id', () => {
  // Reference implementation, kats: version 0x13, password "password", salt "somesalt".
  test.each([
    [2, 65_536, 1, '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'],
    [1, 65_536, 1, 'f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98'],
    [4, 65_536, 1, '9025d48e68ef7395cca9079da4c4ec3affb3c8911fe4f86d1a2520856f63172c'],
  ])('reference vector t=%i m=%i KiB p=%i', async (passes, memoryKiB, lanes, expected) => {
    const out = await argon2id(Buffer.from('password'), Buffer.from('somesalt'), { passes, memoryKiB, lanes });
    expect(out.toString('hex')).toBe(expected);
  });

  test('agrees with OpenSSL on the parameters of a real slot', async () => {
    const secret = Buffer.from('correct horse battery staple');
    const salt = Buffer.alloc(16, 7);
    const ours = await argon2id(secret, salt, { passes: 3, memoryKiB: 65_536, lanes: 4 });
    const theirs = argon2Sync('argon2id', { message: secret, nonce: salt, parallelism: 4, tagLength: 32, memory: 65_536, passes: 3 });
    expect(ours.equals(theirs)).toBe(true);
  });

  test('OpenSSL itself gives the tag of RFC 9106 §5.3', () => {
    const tag = argon2Sync('argon2id', { message: Buffer.alloc(32, 1), nonce: Buffer.alloc(16, 2), secret: Buffer.alloc(8, 3), associatedData: Buffer.alloc(12, 4), parallelism: 4, tagLength: 32, memory: 32, passes: 3 });
    expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
  });
});

describe('HKDF-SHA-256, RFC 5869 appendix A (first 32 bytes)', () => {
  test.each([
    ['0b'.repeat(22), '000102030405060708090a0b0c', 'f0f1f2f3f4f5f6f7f8f9', '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf'],
    ['0b'.repeat(22), '', '', '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d'],
  ])('A.1 and A.3', (secret, salt, info, expected) => {
    const out = hkdf32(Buffer.from(secret, 'hex'), Buffer.from(info, 'hex'), Buffer.from(salt, 'hex'));
    expect(out.toString('hex')).toBe(expected);
  });
});

describe('BIP-39, the 24-word English vectors', () => {
  test.each([
    ['00'.repeat(32), `${'abandon '.repeat(23)}art`],
    ['7f'.repeat(32), 'legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title'],
    ['80'.repeat(32), 'letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless'],
    ['ff'.repeat(32), `${'zoo '.repeat(23)}vote`],
    ['68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c', 'hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length'],
  ])('%s', (entropy, phrase) => {
    expect(recoveryWords(Buffer.from(entropy, 'hex')).join(' ')).toBe(phrase);
    expect(parseRecoveryPhrase(`  ${phrase.toUpperCase()} `).toString('hex')).toBe(entropy);
  });

  test.each([
    ['abandon '.repeat(24), 'ERR_RECOVERY_PHRASE_INVALID'],
    ['abandon '.repeat(12), 'ERR_RECOVERY_PHRASE_INVALID'],
    ['penchant '.repeat(24), 'ERR_RECOVERY_PHRASE_INVALID'],
    ['', 'ERR_RECOVERY_PHRASE_INVALID'],
  ])('refuses %j', (phrase, code) => {
    expect(() => parseRecoveryPhrase(phrase)).toThrow(expect.objectContaining({ code }));
  });
});

describe('key wrapping', () => {
  const kek = Buffer.alloc(32, 1);
  const key = Buffer.alloc(32, 2);
  const wrapped = wrapKey(kek, key, 'slot', Buffer.alloc(12, 3));
  test('opens under the same key and context', () => { expect(unwrapKey(kek, wrapped, 'slot')?.equals(key)).toBe(true); });
  test('stays shut under another key, another context, or one changed character', () => {
    expect(unwrapKey(Buffer.alloc(32, 9), wrapped, 'slot')).toBeNull();
    expect(unwrapKey(kek, wrapped, 'other')).toBeNull();
    for (const field of ['nonce', 'sealed', 'commit'] as const) {
      for (let i = 0; i < wrapped[field].length - 1; i++) {
        const changed = wrapped[field].slice(0, i) + (wrapped[field][i] === 'A' ? 'B' : 'A') + wrapped[field].slice(i + 1);
        expect(unwrapKey(kek, { ...wrapped, [field]: changed }, 'slot')).toBeNull();
      }
    }
  });
});

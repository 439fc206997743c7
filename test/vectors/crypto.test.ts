/** Published vectors for the primitives the vault stands on. */
import { argon2Sync, createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { argon2id, hkdf32, hmac, sameBytes, unwrapKey, wrapKey } from '../../electron/core/platform/crypto/keys.ts';
import { parseRecoveryPhrase, recoveryWords } from '../../electron/core/vault/recovery.ts';
import { hex, readFixture, readWycheproof } from './suites.ts';

describe('Argon2id', () => {
  // Eight of the reference implementation, all it has for version 0x13, and two that OpenSSL made from the one of RFC 9106 by leaving out the key.
  test.each([
    ['password', 'somesalt', 2, 65_536, 1, '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'],
    ['password', 'somesalt', 2, 262_144, 1, '78fe1ec91fb3aa5657d72e710854e4c3d9b9198c742f9616c2f085bed95b2e8c'],
    ['password', 'somesalt', 2, 256, 1, '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe'],
    ['password', 'somesalt', 2, 256, 2, '6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037'],
    ['password', 'somesalt', 1, 65_536, 1, 'f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98'],
    ['password', 'somesalt', 4, 65_536, 1, '9025d48e68ef7395cca9079da4c4ec3affb3c8911fe4f86d1a2520856f63172c'],
    ['differentpassword', 'somesalt', 2, 65_536, 1, '0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde'],
    ['password', 'diffsalt', 2, 65_536, 1, 'bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c'],
    ['', '\u0002'.repeat(16), 3, 32, 4, '0a34f1abde67086c82e785eaf17c68382259a264f4e61b91cd2763cb75ac189a'],
    ['\u0001'.repeat(32), '\u0002'.repeat(16), 3, 32, 4, '03aab965c12001c9d7d0d2de33192c0494b684bb148196d73c1df1acaf6d0c2e'],
  ])('%j with %j, t=%i m=%i KiB p=%i', async (secret, salt, passes, memoryKiB, lanes, expected) => {
    const out = await argon2id(Buffer.from(secret), Buffer.from(salt), { passes, memoryKiB, lanes });
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

/** Valid for Wycheproof and ours, of which a shorter output is the beginning, must give the same 32 bytes. These ask for more than HKDF has, which ours cannot be asked for. */
const MORE_THAN_HKDF_HAS = [25, 48, 74];

test('HKDF-SHA-256 by Wycheproof, with those of RFC 5869 among them', () => {
  const vectors = readWycheproof('hkdf_sha256_test.json', z.object({ ikm: hex, salt: hex, info: hex, size: z.number(), okm: hex }));
  expect(vectors).toHaveLength(86);
  const differs = vectors.filter(({ ikm, salt, info, size, okm }) => !hkdf32(ikm, info, salt).subarray(0, size).equals(okm.subarray(0, 32)));
  expect(differs.map(({ tcId, result, size }) => [tcId, result, size])).toEqual(MORE_THAN_HKDF_HAS.map((tcId) => [tcId, 'invalid', 255 * 32 + 1]));
});

describe('HMAC-SHA-256', () => {
  test('of RFC 4231, cases 1 and 2', () => {
    expect(hmac(Buffer.alloc(20, 0x0b), 'Hi There').toString('hex')).toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7');
    expect(hmac(Buffer.from('Jefe'), 'what do ya want for nothing?').toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  test('by Wycheproof: all as the suite says', () => {
    const vectors = readWycheproof('hmac_sha256_test.json', z.object({ key: hex, msg: hex, tag: hex }));
    expect(vectors).toHaveLength(174);
    const wrong = vectors.filter(({ key, msg, tag, result }) => sameBytes(hmac(key, msg).subarray(0, tag.length), tag) !== (result === 'valid'));
    expect(wrong.map(({ tcId }) => tcId)).toEqual([]);
  });
});

// The product never takes a key for AES-GCM from its caller, it derives one; so this asks what it stands on, in the way wrapped keys and sealed boxes do.
test('AES-256-GCM by Wycheproof: with nonces of 96 bits, the only ones used here, all as the suite says', () => {
  const all = readWycheproof('aes_gcm_test.json.gz', z.object({ keySize: z.number(), ivSize: z.number(), key: hex, iv: hex, aad: hex, msg: hex, ct: hex, tag: hex }));
  const vectors = all.filter(({ keySize, ivSize }) => keySize === 256 && ivSize === 96);
  expect([all.length, vectors.length]).toEqual([316, 66]);
  const opens = ({ key, iv, aad, msg, ct, tag }: (typeof vectors)[number]): boolean => {
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(aad).setAuthTag(tag);
    try { return Buffer.concat([decipher.update(ct), decipher.final()]).equals(msg); } catch { return false; }
  };
  expect(vectors.filter((vector) => opens(vector) !== (vector.result === 'valid')).map(({ tcId }) => tcId)).toEqual([]);
});

describe('BIP-39', () => {
  const languages = readFixture('bip39/vectors.json', z.record(z.string(), z.array(z.tuple([hex, z.string()], z.string()))));
  const invalid = expect.objectContaining({ code: 'ERR_RECOVERY_PHRASE_INVALID' }) as Error;

  test('the English vectors: every phrase is written, and read where it has 24 words, however typed; a shorter one holds too little to be ours', () => {
    const counts = { read: 0, tooShort: 0 };
    for (const [entropy, phrase] of languages['english'] ?? []) {
      expect(recoveryWords(entropy).join(' ')).toBe(phrase);
      const typed = `  ${phrase.toUpperCase()} `;
      if (entropy.length === 32) {
        expect(parseRecoveryPhrase(typed)).toEqual(entropy);
        counts.read += 1;
      } else {
        expect(() => parseRecoveryPhrase(typed)).toThrow(invalid);
        counts.tooShort += 1;
      }
    }
    expect(counts).toEqual({ read: 8, tooShort: 16 });
  });

  test('phrases of the eleven other languages are refused: the words here are English', () => {
    const others = Object.entries(languages).flatMap(([language, vectors]) => (language === 'english' ? [] : vectors));
    expect(others).toHaveLength(11 * 24);
    for (const [, phrase] of others) expect(() => parseRecoveryPhrase(phrase)).toThrow(invalid);
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

/** HPKE (RFC 9180) held against an implementation that is not ours, its published vector, and Wycheproof's key agreements. */
import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hpkeOpen, hpkeSeal, publicOf } from '../../electron/core/platform/crypto/hpke.ts';
import { hex, readWycheproof } from './suites.ts';

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const own = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer;

test('what is sealed here opens there, and the other way round, whatever the length', async () => {
  const pair = await suite.kem.generateKeyPair();
  const publicKey = Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)), privateKey = Buffer.from(await suite.kem.serializePrivateKey(pair.privateKey));
  expect(publicOf(privateKey)).toEqual(publicKey);
  for (const length of [0, 1, 15, 16, 17, 1_000, 70_000]) {
    const plain = randomBytes(length);
    const box = hpkeSeal(publicKey, 'use', 'place', plain, randomBytes(32));
    const recipient = await suite.createRecipientContext({ recipientKey: pair.privateKey, enc: own(box.subarray(0, 32)), info: bytes('use') });
    expect(Buffer.from(await recipient.open(own(box.subarray(32)), bytes('place')))).toEqual(plain);
    const sender = await suite.createSenderContext({ recipientPublicKey: pair.publicKey, info: bytes('use') });
    const theirs = Buffer.from(await sender.seal(own(plain), bytes('place')));
    expect(hpkeOpen(privateKey, 'use', 'place', Buffer.concat([Buffer.from(sender.enc), theirs]))).toEqual(plain);
  }
});

test('another key, use or place, a cut or a changed byte opens nothing', () => {
  const privateKey = randomBytes(32), plain = Buffer.from('words');
  const box = hpkeSeal(publicOf(privateKey), 'use', 'place', plain, randomBytes(32));
  expect(hpkeOpen(privateKey, 'use', 'place', box)).toEqual(plain);
  expect(hpkeOpen(randomBytes(32), 'use', 'place', box)).toBeNull();
  expect(hpkeOpen(privateKey, 'other', 'place', box)).toBeNull();
  expect(hpkeOpen(privateKey, 'use', 'other', box)).toBeNull();
  for (let length = 0; length < box.length; length++) expect(hpkeOpen(privateKey, 'use', 'place', box.subarray(0, length))).toBeNull();
  fc.assert(fc.property(fc.integer({ min: 0, max: box.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
    // X25519 ignores the top bit of an encoded point (RFC 7748 §5); the shared context does not.
    const changed = Buffer.from(box);
    changed[at] = (changed[at] ?? 0) ^ (1 << bit);
    expect(hpkeOpen(privateKey, 'use', 'place', changed)).toBeNull();
  }));
  // A point of small order would give everybody the same secret.
  expect(hpkeOpen(privateKey, 'use', 'place', Buffer.alloc(60))).toBeNull();
});

test('the random bytes of one sealing are overwritten', () => {
  const ephemeral = randomBytes(32);
  hpkeSeal(publicOf(randomBytes(32)), 'use', 'place', Buffer.from('x'), ephemeral);
  expect(ephemeral).toEqual(Buffer.alloc(32));
});

// From test-vectors.json of the CFRG's draft; the RFC itself prints none with AES-256.
test('the vector of the CFRG for this suite and mode 0, its first encryption', () => {
  const [ephemeral, privateKey, publicKey, sealed, plain] = [
    '179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11', '497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d', '430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c',
    '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a', '4265617574792069732074727574682c20747275746820626561757479',
  ].map((text) => Buffer.from(text, 'hex')) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  expect(publicOf(privateKey)).toEqual(publicKey);
  expect(hpkeSeal(publicKey, 'Ode on a Grecian Urn', 'Count-0', plain, ephemeral)).toEqual(sealed);
  expect(hpkeOpen(privateKey, 'Ode on a Grecian Urn', 'Count-0', sealed)).toEqual(plain);
});

describe('Wycheproof, X25519', () => {
  const labeled = (key: Buffer, ...parts: readonly (string | Buffer)[]): Buffer => parts.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest();
  const none = Buffer.alloc(0);
  /** RFC 9180 §4.1, §5.1 and §6.1 word for word from a given shared point on, sharing nothing with what it checks. */
  function seal(shared: Buffer, enc: Buffer, recipient: Buffer, info: string, associated: string, plain: Buffer): Buffer {
    const extract = (suiteId: string, salt: Buffer, label: string, ikm: Buffer): Buffer => labeled(salt, 'HPKE-v1', Buffer.from(suiteId, 'latin1'), label, ikm);
    const expand = (suiteId: string, prk: Buffer, label: string, context: Buffer, length: number): Buffer => labeled(prk, Buffer.of(0, length), 'HPKE-v1', Buffer.from(suiteId, 'latin1'), label, context, Buffer.of(1)).subarray(0, length);
    const kem = 'KEM\u0000\u0020', hpke = 'HPKE\u0000\u0020\u0000\u0001\u0000\u0002';
    const secretOfKem = expand(kem, extract(kem, none, 'eae_prk', shared), 'shared_secret', Buffer.concat([enc, recipient]), 32);
    const context = Buffer.concat([Buffer.of(0), extract(hpke, none, 'psk_id_hash', none), extract(hpke, none, 'info_hash', Buffer.from(info))]);
    const secret = extract(hpke, secretOfKem, 'secret', none);
    const cipher = createCipheriv('aes-256-gcm', expand(hpke, secret, 'key', context, 32), expand(hpke, secret, 'base_nonce', context, 12)).setAAD(Buffer.from(associated));
    return Buffer.concat([enc, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** Refused: the agreement gives zero with whatever private key, so everybody could open what is sealed (RFC 9180 §7.1.4). What else the suite leaves to us, points off the curve or not reduced, is taken as RFC 7748 §5 and §7 have it. */
  const ZERO = [32, 33, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 117, 118, 154, 165, 166];

  test('all with a shared secret seal and open by it; without one, neither', () => {
    const vectors = readWycheproof('x25519_test.json.gz', z.object({ public: hex, private: hex, shared: hex }));
    expect(vectors).toHaveLength(518);
    const plain = Buffer.from('words');
    const wrong: number[] = [], refused: number[] = [];
    for (const { tcId, public: theirs, private: mine, shared } of vectors) {
      const own = publicOf(mine);
      const opened = hpkeOpen(mine, 'use', 'place', seal(shared, theirs, own, 'use', 'place', plain));
      let sealed: Buffer | null = null;
      try { sealed = hpkeSeal(theirs, 'use', 'place', plain, Buffer.from(mine)); } catch { /* refused */ }
      if (opened === null && sealed === null) refused.push(tcId);
      else if (opened?.equals(plain) !== true || sealed?.equals(seal(shared, own, theirs, 'use', 'place', plain)) !== true) wrong.push(tcId);
    }
    expect(wrong).toEqual([]);
    expect(refused).toEqual(ZERO);
  });
});

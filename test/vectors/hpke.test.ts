/** HPKE (RFC 9180) held against an implementation that is not ours. */
import { randomBytes } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hpkeOpen, hpkeSeal, publicOf } from '../../electron/core/platform/crypto/hpke.ts';

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

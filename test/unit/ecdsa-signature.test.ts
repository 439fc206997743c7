/** Both forms of a P-256 signature, against node:crypto's own conversion. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { derToRaw, rawToDer } from '../../electron/core/platform/jws/ecdsa-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

test('signatures convert both ways and stay valid, short integers and all', () => {
  const lengths = new Set<number>();
  for (let i = 0; i < 600; i++) {
    const data = Buffer.from(`message ${i}`);
    const der = sign('sha256', data, privateKey);
    lengths.add(der.length);
    const raw = derToRaw(der);
    expect(raw).toHaveLength(64);
    expect(rawToDer(raw)).toEqual(der);
    expect(verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true);
    const own = sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    expect(verify('sha256', data, publicKey, rawToDer(own))).toBe(true);
  }
  expect(lengths.size).toBeGreaterThan(2);
});

test('zeros and overflowing numbers verify nothing and throw nothing', () => {
  for (const raw of [Buffer.alloc(64), Buffer.alloc(64, 0xff), Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32)]), Buffer.concat([Buffer.alloc(31), Buffer.from([1]), Buffer.alloc(31), Buffer.from([1])])]) {
    expect(derToRaw(rawToDer(raw))).toEqual(raw);
    expect(verify('sha256', Buffer.from('x'), publicKey, rawToDer(raw))).toBe(false);
  }
});

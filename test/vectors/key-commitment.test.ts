/** AES-GCM alone fits several keys; a wrapped key of ours fits one. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hkdf32, unwrapKey, wrapKey } from '../../electron/core/platform/crypto/keys.ts';

/** Multiplication in GF(2^128) as GCM has it (NIST SP 800-38D §6.3): bit 0 is the leftmost. */
function times(x: bigint, y: bigint): bigint {
  const R = 0xe1n << 120n;
  let z = 0n, v = y;
  for (let i = 127n; i >= 0n; i--) {
    if ((x >> i) & 1n) z ^= v;
    v = v & 1n ? (v >> 1n) ^ R : v >> 1n;
  }
  return z;
}
/** x^(2^128 - 2). */
function inverse(x: bigint): bigint {
  let out = 1n << 127n, square = x;
  for (let i = 1; i < 128; i++) {
    square = times(square, square);
    out = times(out, square);
  }
  return out;
}
const asNumber = (block: Buffer): bigint => BigInt(`0x${block.toString('hex')}`);
const asBlock = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(32, '0'), 'hex');
const encryptBlock = (key: Buffer, block: Buffer): bigint => asNumber(createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block));

/** One ciphertext of two blocks and one tag that AES-256-GCM accepts under both keys. */
function forTwoKeys(keys: readonly [Buffer, Buffer], nonce: Buffer, associated: Buffer): Buffer {
  const padded = Buffer.concat([associated, Buffer.alloc((16 - (associated.length % 16)) % 16)]);
  const firstBlock = randomBytes(16);
  const lengths = Buffer.alloc(16);
  lengths.writeBigUInt64BE(BigInt(associated.length * 8), 0);
  lengths.writeBigUInt64BE(256n, 8);
  const parts = keys.map((key) => {
    const h = encryptBlock(key, Buffer.alloc(16));
    let sum = 0n;
    for (let at = 0; at < padded.length; at += 16) sum = times(sum ^ asNumber(padded.subarray(at, at + 16)), h);
    sum = times(sum ^ asNumber(firstBlock), h);
    // With the second block still open: tag = (sum ^ second)·h² ^ lengths·h ^ E(counter).
    const square = times(h, h);
    return { square, rest: times(sum, square) ^ times(asNumber(lengths), h) ^ encryptBlock(key, Buffer.concat([nonce, Buffer.from([0, 0, 0, 1])])) };
  });
  const [a, b] = parts;
  if (!a || !b) throw new Error('two keys');
  const second = times(a.rest ^ b.rest, inverse(a.square ^ b.square));
  return Buffer.concat([firstBlock, asBlock(second), asBlock(times(second, a.square) ^ a.rest)]);
}

const gcmOpens = (key: Buffer, nonce: Buffer, sealed: Buffer, associated: Buffer): boolean => {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(associated).setAuthTag(sealed.subarray(32));
  try { decipher.update(sealed.subarray(0, 32)); decipher.final(); return true; } catch { return false; }
};

test('a ciphertext that GCM opens under two keys is refused under the one that was not committed to', () => {
  const [mine, theirs] = [randomBytes(32), randomBytes(32)];
  const associated = 'a slot of some vault';
  const nonce = randomBytes(12);
  const sealed = forTwoKeys([hkdf32(mine, 'wrap'), hkdf32(theirs, 'wrap')], nonce, Buffer.from(associated));
  expect(gcmOpens(hkdf32(mine, 'wrap'), nonce, sealed, Buffer.from(associated))).toBe(true);
  expect(gcmOpens(hkdf32(theirs, 'wrap'), nonce, sealed, Buffer.from(associated))).toBe(true);
  const commit = wrapKey(mine, randomBytes(32), associated, nonce).commit;
  const wrapped = { nonce: nonce.toString('base64url'), sealed: sealed.toString('base64url'), commit };
  expect(unwrapKey(mine, wrapped, associated)).not.toBeNull();
  expect(unwrapKey(theirs, wrapped, associated)).toBeNull();
});

/** Token Status List, one bit a token, least significant bit first: half of the free bits are set at random, so that revocations cannot be counted. */
import { deflateSync } from 'node:zlib';

/** Tokens one list has room for, decoys included. */
export const LIST_BITS = 2_048;
/** Tokens one list really takes; the rest stays decoys. */
export const LIST_CAPACITY = LIST_BITS / 2;

export const hasBit = (bits: Uint8Array, index: number): boolean => (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;

/** A copy with one bit set or cleared. */
export function withBit(bits: Uint8Array, index: number, set: boolean): Buffer {
  const copy = Buffer.from(bits);
  const byte = copy[index >> 3] ?? 0;
  copy[index >> 3] = set ? byte | (1 << (index & 7)) : byte & ~(1 << (index & 7));
  return copy;
}

/** `status_list.lst`: zlib (RFC 1950) at the highest level, base64url. */
export const encodeList = (bits: Uint8Array): string => deflateSync(bits, { level: 9 }).toString('base64url');

/**
 * A free index, even at random among the free ones.
 *
 * @param taken one bit for each index already given to a token; must not be full
 */
export function pickFreeIndex(taken: Uint8Array, randomBytes: (size: number) => Buffer): number {
  for (;;) {
    // 2048 divides 65536: no index is likelier than another.
    const index = randomBytes(2).readUInt16BE() % LIST_BITS;
    if (!hasBit(taken, index)) return index;
  }
}

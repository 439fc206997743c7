/** Bits of a status list, against an encoding made elsewhere. */
import { randomBytes } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeList, hasBit, LIST_BITS, LIST_CAPACITY, pickFreeIndex, withBit } from '../../electron/core/tokens/status-list.ts';

test('bits are numbered from the least significant of each byte, as in the draft’s example', () => {
  // Token Status List §4.1: 1-bit statuses 1,0,0,1,1,1,0,1 1,1,0,0,0,1,0,1 give the bytes B9 A3.
  let bits: Buffer = Buffer.alloc(2);
  [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1].forEach((bit, i) => { bits = withBit(bits, i, bit === 1); });
  expect(bits.toString('hex')).toBe('b9a3');
  expect(hasBit(bits, 3)).toBe(true);
  expect(hasBit(bits, 6)).toBe(false);
  expect(inflateSync(Buffer.from(encodeList(bits), 'base64url'))).toEqual(bits);
  // The draft's own encoding of the same list.
  expect(inflateSync(Buffer.from('eNrbuRgAAhcBXQ', 'base64url'))).toEqual(bits);
});

test('setting and clearing touch one bit only', () => {
  const bits = randomBytes(LIST_BITS / 8);
  for (const index of [0, 7, 8, 1000, LIST_BITS - 1]) {
    const set = withBit(bits, index, true);
    expect(hasBit(set, index)).toBe(true);
    expect(withBit(set, index, hasBit(bits, index))).toEqual(bits);
  }
});

test('indices are random and never given twice', () => {
  let taken: Buffer = Buffer.alloc(LIST_BITS / 8);
  const seen = new Set<number>();
  for (let i = 0; i < LIST_CAPACITY; i++) {
    const index = pickFreeIndex(taken, (size) => randomBytes(size));
    expect(seen.has(index)).toBe(false);
    seen.add(index);
    taken = withBit(taken, index, true);
  }
  const sum = [...seen].reduce((total, index) => total + index, 0) / seen.size;
  expect(Math.abs(sum - LIST_BITS / 2)).toBeLessThan(LIST_BITS / 10);
});

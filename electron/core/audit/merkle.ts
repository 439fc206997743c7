/** The Merkle tree of RFC 6962 §2 (RFC 9162 §2.1): hashes, proofs and their verification. Pure. */
import { hash } from 'node:crypto';
import { inclusionSides } from '../../../shared/protocol/merkle-path.ts';

export const HASH_BYTES = 32;

/** Root of the tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer');

/** Hash of a leaf: 0x00 before its data. Data as text is UTF-8. */
export const leafHash = (data: string | Buffer): Buffer => hash('sha256', typeof data === 'string' ? `\u0000${data}` : Buffer.concat([LEAF, data]), 'buffer');
const LEAF = Buffer.of(0);

// One for all: nothing here awaits, and allocating 65 bytes costs as much as hashing them.
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** Hash of an inner node: 0x01 before its children. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(pair, 1);
  right.copy(pair, 1 + HASH_BYTES);
  return hash('sha256', pair, 'buffer');
}

/** Roots of the perfect subtrees a tree is made of, the largest first: all that growing it needs. */
export type Frontier = readonly Buffer[];

export interface Grown {
  readonly frontier: Frontier;
  /** The leaf and every inner node that it completes, from the leaf up. */
  readonly completed: readonly Buffer[];
}

/** Adds the leaf hash of position `size` (0-based) to a tree of that size. */
export function grow(frontier: Frontier, size: number, leaf: Buffer): Grown {
  const completed = [leaf];
  let node = leaf;
  let kept = frontier.length;
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = frontier[--kept];
    if (!left) throw new RangeError('the frontier does not belong to this size');
    node = nodeHash(left, node);
    completed.push(node);
  }
  return { frontier: [...frontier.slice(0, kept), node], completed };
}

/** Heights of the perfect subtrees of a tree, the largest first. */
function frontierHeights(size: number): number[] {
  const heights: number[] = [];
  for (let rest = size, height = 0; rest > 0; rest = Math.floor(rest / 2), height++) if (rest % 2 === 1) heights.unshift(height);
  return heights;
}

export function rootOf(frontier: Frontier): Buffer {
  return frontier.reduceRight<Buffer | null>((root, node) => (root === null ? node : nodeHash(node, root)), null) ?? EMPTY_ROOT;
}

/** Root of the perfect subtree of 2^height leaves that ends before leaf `end` (so `end` is a multiple of 2^height). */
export type PerfectNode = (height: number, end: number) => Buffer;

/** The frontier of the first `size` leaves. */
export function frontierAt(size: number, perfect: PerfectNode): Frontier {
  let end = 0;
  return frontierHeights(size).map((height) => perfect(height, (end += 2 ** height)));
}

/** Root over the leaves from `start` to before `end`, where `start` is aligned as a proof's are. */
function rangeRoot(start: number, end: number, perfect: PerfectNode): Buffer {
  let at = start;
  return rootOf(frontierHeights(end - start).map((height) => perfect(height, (at += 2 ** height))));
}

/** Largest power of two below `n`, for n > 1. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Proof that leaf `index` is in the tree of `size` leaves (RFC 9162 §2.1.3.1), from the leaf up. @throws {RangeError} no such leaf */
export function inclusionProof(index: number, size: number, perfect: PerfectNode): Buffer[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError('there is no such leaf');
  const proof: Buffer[] = [];
  for (let start = 0, end = size; end - start > 1;) {
    const middle = start + split(end - start);
    if (index < middle) {
      proof.unshift(rangeRoot(middle, end, perfect));
      end = middle;
    } else {
      proof.unshift(rangeRoot(start, middle, perfect));
      start = middle;
    }
  }
  return proof;
}

/** Proof that the tree of `size` leaves extends that of its first `from` (RFC 9162 §2.1.4.1). @throws {RangeError} `from` is 0 or beyond `size` */
export function consistencyProof(from: number, size: number, perfect: PerfectNode): Buffer[] {
  if (!Number.isSafeInteger(from) || from < 1 || from > size) throw new RangeError('there is no such older tree');
  const proof: Buffer[] = [];
  let start = 0, end = size;
  while (from !== end) {
    const middle = start + split(end - start);
    if (from <= middle) {
      proof.unshift(rangeRoot(middle, end, perfect));
      end = middle;
    } else {
      proof.unshift(rangeRoot(start, middle, perfect));
      start = middle;
    }
  }
  // A subtree that is the whole older tree needs no telling.
  return start === 0 ? proof : [rangeRoot(start, end, perfect), ...proof];
}

/** Whether the proof leads from this leaf to the root. False for whatever is not exactly that. */
export function verifyInclusion(claim: { readonly index: number; readonly size: number; readonly leaf: Buffer; readonly proof: readonly Buffer[]; readonly root: Buffer }): boolean {
  const sides = inclusionSides(claim.index, claim.size);
  if (sides?.length !== claim.proof.length || !areHashes([claim.leaf, claim.root, ...claim.proof])) return false;
  return claim.proof.reduce((node, sibling, i) => (sides[i] === 'left' ? nodeHash(sibling, node) : nodeHash(node, sibling)), claim.leaf).equals(claim.root);
}

/** Whether the newer tree holds all of the older, unchanged, as its beginning (RFC 9162 §2.1.4.2). Of an empty tree nothing can be proven: false. */
export function verifyConsistency(claim: { readonly from: number; readonly fromRoot: Buffer; readonly size: number; readonly root: Buffer; readonly proof: readonly Buffer[] }): boolean {
  const { from, size, fromRoot, root } = claim;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(size) || from < 1 || from > size) return false;
  if (from === size) return claim.proof.length === 0 && fromRoot.equals(root);
  if (!areHashes([fromRoot, root, ...claim.proof])) return false;
  let at = from - 1, last = size - 1;
  while (at % 2 === 1) { at = (at - 1) / 2; last = Math.floor(last / 2); }
  const [first, ...rest] = at === 0 ? [fromRoot, ...claim.proof] : claim.proof;
  if (!first) return false;
  let older = first, newer = first;
  for (const node of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      older = nodeHash(node, older);
      newer = nodeHash(node, newer);
      while (at % 2 === 0 && at !== 0) { at /= 2; last = Math.floor(last / 2); }
    } else newer = nodeHash(newer, node);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && older.equals(fromRoot) && newer.equals(root);
}

const areHashes = (values: readonly Buffer[]): boolean => values.every((value) => value.length === HASH_BYTES);

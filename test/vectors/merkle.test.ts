/** The tree against the reference constants and the probes of Certificate Transparency, every proof of every small tree against a plain recursion, and every way to bend one. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createSigner, openCheckpoint, openNote, parseVerifierKey, signCheckpoint, signNote } from '../../electron/core/audit/checkpoint.ts';
import { consistencyProof, EMPTY_ROOT, frontierAt, grow, inclusionProof, leafHash, nodeHash, rootOf, verifyConsistency, verifyInclusion, type Frontier, type PerfectNode } from '../../electron/core/audit/merkle.ts';
import { readFixture } from './suites.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** The eight leaf inputs and the roots of their trees, as the tests of Certificate Transparency and its descendants use them. */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const N = {
  l1: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', l2: '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7', l4: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  n01: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125', n23: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', n45: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  n67: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', n03: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7', n47: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
};
const INCLUSION: readonly (readonly [index: number, size: number, proof: readonly string[]])[] = [
  [0, 1, []], [0, 8, [N.l1, N.n23, N.n47]], [5, 8, [N.l4, N.n67, N.n03]], [2, 3, [N.n01]], [1, 5, [ROOTS[1] ?? '', N.n23, N.l4]],
];
const CONSISTENCY: readonly (readonly [from: number, size: number, proof: readonly string[]])[] = [
  [1, 1, []], [1, 8, [N.l1, N.n23, N.n47]], [6, 8, [N.n45, N.n67, N.n03]], [2, 5, [N.n23, N.l4]],
];

/** A tree in memory that grows as the log does. */
function treeOf(data: readonly (string | Buffer)[]) {
  const rows: (readonly Buffer[])[] = [];
  const roots = [EMPTY_ROOT];
  let frontier: Frontier = [];
  for (const [i, item] of data.entries()) {
    const grown = grow(frontier, i, leafHash(item));
    rows.push(grown.completed);
    frontier = grown.frontier;
    roots.push(rootOf(frontier));
  }
  const perfect: PerfectNode = (height, end) => {
    const node = rows[end - 1]?.[height];
    if (!node) throw new Error(`no node of height ${height} ends at ${end}`);
    return node;
  };
  return { roots, perfect, leaf: (i: number) => perfect(0, i + 1) };
}

describe('reference constants', () => {
  const tree = treeOf(INPUTS.map(hex));

  test('the roots of the eight trees', () => { expect(tree.roots.map((root) => root.toString('hex'))).toEqual(ROOTS); });

  test.each(INCLUSION)('leaf %i in %i', (index, size, expected) => {
    const proof = inclusionProof(index, size, tree.perfect);
    expect(proof.map((node) => node.toString('hex'))).toEqual(expected);
    expect(verifyInclusion({ index, size, leaf: tree.leaf(index), proof, root: hex(ROOTS[size] ?? '') })).toBe(true);
  });

  test.each(CONSISTENCY)('%i within %i', (from, size, expected) => {
    const proof = consistencyProof(from, size, tree.perfect);
    expect(proof.map((node) => node.toString('hex'))).toEqual(expected);
    expect(verifyConsistency({ from, size, fromRoot: hex(ROOTS[from] ?? ''), root: hex(ROOTS[size] ?? ''), proof })).toBe(true);
  });
});

describe('probes of transparency-dev/merkle', () => {
  const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
  const proof = z.array(bytes).nullable().transform((nodes) => nodes ?? []);
  const readProbes = <T>(kind: string, probe: z.ZodType<T>): [name: string, probe: T][] => Object.entries(readFixture(`merkle/${kind}.json`, z.record(z.string(), probe)));

  // The company's library checks inclusion from the text of an entry on, which these do not have: integration/receipt.test.ts.
  test('inclusion: all 98 as they say', () => {
    const probes = readProbes('inclusion', z.object({ leafIdx: z.number(), treeSize: z.number(), root: bytes, leafHash: bytes, proof, wantErr: z.boolean() }));
    expect(probes).toHaveLength(98);
    const wrong = probes.filter(([, { leafIdx: index, treeSize: size, leafHash: leaf, wantErr, ...rest }]) => verifyInclusion({ index, size, leaf, ...rest }) === wantErr);
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  test('consistency: all 98 as they say', () => {
    const probes = readProbes('consistency', z.object({ size1: z.number(), size2: z.number(), root1: bytes, root2: bytes, proof, wantErr: z.boolean() }));
    expect(probes).toHaveLength(98);
    const wrong = probes.filter(([, { size1: from, size2: size, root1: fromRoot, root2: root, wantErr, ...rest }]) => verifyConsistency({ from, size, fromRoot, root, ...rest }) === wantErr);
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

/** RFC 6962 §2.1 word for word, sharing nothing with what it checks. */
const sha = (...parts: readonly Buffer[]): Buffer => parts.reduce((digest, part) => digest.update(part), createHash('sha256')).digest();
const half = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));
function mth(d: readonly Buffer[]): Buffer {
  const [only] = d;
  if (!only) return sha();
  if (d.length === 1) return sha(Buffer.of(0), only);
  const k = half(d.length);
  return sha(Buffer.of(1), mth(d.slice(0, k)), mth(d.slice(k)));
}
function path(m: number, d: readonly Buffer[]): Buffer[] {
  if (d.length <= 1) return [];
  const k = half(d.length);
  return m < k ? [...path(m, d.slice(0, k)), mth(d.slice(k))] : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}
function subproof(m: number, d: readonly Buffer[], whole: boolean): Buffer[] {
  if (m === d.length) return whole ? [] : [mth(d)];
  const k = half(d.length);
  return m <= k ? [...subproof(m, d.slice(0, k), whole), mth(d.slice(k))] : [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
}

const MAX = 64;
const DATA = Array.from({ length: MAX }, (_, i) => sha(Buffer.of(i)));
const JUNK = sha(Buffer.from('junk'));
const flipped = (hash: Buffer): Buffer => { const copy = Buffer.from(hash); copy[3] = (copy[3] ?? 0) ^ 16; return copy; };

/** Every way to spoil a list of hashes that is not the list itself. */
function* bentProofs(proof: readonly Buffer[], roots: readonly Buffer[]): Generator<readonly [string, readonly Buffer[]]> {
  for (const [i, node] of proof.entries()) {
    yield [`bit flipped in ${i}`, proof.with(i, flipped(node))];
    yield [`without ${i}`, proof.toSpliced(i, 1)];
    yield [`${i} short of a byte`, proof.with(i, node.subarray(1))];
    const next = proof[i + 1];
    if (next && !next.equals(node)) yield [`${i} swapped with the next`, proof.with(i, next).with(i + 1, node)];
  }
  for (const extra of [JUNK, Buffer.alloc(0), ...roots]) {
    yield ['trailing hash', [...proof, extra]];
    yield ['leading hash', [extra, ...proof]];
  }
  if (proof.length > 0) yield ['no proof', []];
}

describe(`all trees of up to ${MAX} leaves`, () => {
  const tree = treeOf(DATA);

  test('inclusion: the proof is the recursion’s, and no bent one is let through', () => {
    let bent = 0;
    for (let size = 1; size <= MAX; size++) {
      const root = mth(DATA.slice(0, size));
      expect(tree.roots[size]).toEqual(root);
      expect(rootOf(frontierAt(size, tree.perfect))).toEqual(root);
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(index, size, tree.perfect);
        expect(proof).toEqual(path(index, DATA.slice(0, size)));
        const claim = { index, size, leaf: tree.leaf(index), proof, root };
        expect(verifyInclusion(claim)).toBe(true);
        const wrong = [
          ...[...bentProofs(proof, [root, claim.leaf])].map(([, other]) => ({ ...claim, proof: other })),
          ...[index + 1, index - 1, index ^ 2, index + size, -1, 0.5, Number.NaN, 2 ** 53].filter((other) => other !== index).map((other) => ({ ...claim, index: other })),
          { ...claim, leaf: flipped(claim.leaf) }, { ...claim, leaf: DATA[index] ?? JUNK }, { ...claim, root: flipped(root) }, { ...claim, root: JUNK }, { ...claim, root: EMPTY_ROOT }, { ...claim, size: 0 }, { ...claim, size: Number.NaN },
          ...(size > 1 ? [{ ...claim, leaf: root }] : []),
        ];
        for (const claimed of wrong) if (verifyInclusion(claimed)) throw new Error(`let through: ${index} of ${size}, ${JSON.stringify(claimed)}`);
        bent += wrong.length;
      }
    }
    expect(bent).toBeGreaterThan(60_000);
  }, 120_000);

  test('another size is let through only where the path climbs the same way', () => {
    const few = 20;
    for (let size = 1; size <= few; size++) for (let index = 0; index < size; index++) {
      const proof = inclusionProof(index, size, tree.perfect);
      for (let other = 1; other <= few; other++) {
        if (other === size || !verifyInclusion({ index, size: other, leaf: tree.leaf(index), proof, root: tree.roots[size] ?? JUNK })) continue;
        // The proof does not carry the size: a leaf's neighbours may be the same in two. The signed head says which it is.
        expect(path(index, DATA.slice(0, other)).length).toBe(proof.length);
      }
    }
  });

  test('consistency: the proof is the recursion’s, and no bent one is let through', () => {
    let bent = 0;
    for (let size = 1; size <= MAX; size++) for (let from = 1; from <= size; from++) {
      const [root, fromRoot] = [tree.roots[size] ?? JUNK, tree.roots[from] ?? JUNK];
      const proof = consistencyProof(from, size, tree.perfect);
      expect(proof).toEqual(subproof(from, DATA.slice(0, size), true));
      const claim = { from, size, fromRoot, root, proof };
      expect(verifyConsistency(claim)).toBe(true);
      const wrong = [
        ...[...bentProofs(proof, [root, fromRoot])].map(([, other]) => ({ ...claim, proof: other })),
        ...[0, -1, size + 1, 0.5, Number.NaN].map((other) => ({ ...claim, from: other })), { ...claim, size: from - 1 },
        { ...claim, root: flipped(root) }, { ...claim, fromRoot: flipped(fromRoot) }, { ...claim, root: JUNK, fromRoot: JUNK, proof: [JUNK] },
        ...(from === size ? [] : [{ ...claim, root: fromRoot, fromRoot: root }, { ...claim, fromRoot: root }, { ...claim, root: fromRoot }]),
      ];
      for (const claimed of wrong) if (verifyConsistency(claimed)) throw new Error(`let through: ${from} within ${size}, ${JSON.stringify(claimed)}`);
      bent += wrong.length;
    }
    expect(bent).toBeGreaterThan(40_000);
    // Of nothing, nothing can be proven.
    expect(verifyConsistency({ from: 0, size: 0, fromRoot: EMPTY_ROOT, root: EMPTY_ROOT, proof: [] })).toBe(false);
    expect(verifyConsistency({ from: 0, size: 5, fromRoot: EMPTY_ROOT, root: tree.roots[5] ?? JUNK, proof: [] })).toBe(false);
    for (const [from, size] of [[0, 5], [6, 5], [1.5, 5]] as const) expect(() => consistencyProof(from, size, tree.perfect)).toThrow(RangeError);
    for (const [index, size] of [[5, 5], [-1, 5], [0, 0]] as const) expect(() => inclusionProof(index, size, tree.perfect)).toThrow(RangeError);
  }, 120_000);

  test('a leaf is never taken for a node', () => {
    const [a, b] = [tree.leaf(0), tree.leaf(1)];
    expect(leafHash(Buffer.concat([a, b]))).not.toEqual(nodeHash(a, b));
    expect(leafHash('é\u0000')).toEqual(leafHash(Buffer.from('é\u0000')));
  });
});

describe('signed notes', () => {
  // The example of the C2SP signed-note specification.
  const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const NOTE = 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  const key = () => {
    const parsed = parseVerifierKey(VKEY);
    if (!parsed) throw new Error('the example key was not read');
    return parsed;
  };

  test('the published example verifies', () => { expect(openNote(key(), NOTE)).toBe('This is an example message.\n'); });

  test.each([
    ['another text', NOTE.replace('example message', 'Example message')], ['another signature', NOTE.replace('Uw2QOkn8', 'Uw2QOkn9')], ['no final newline', NOTE.slice(0, -1)], ['no signature', 'This is an example message.\n\n'],
    ['another name', NOTE.replace('foo', 'fob')], ['another key id', NOTE.replace('Uw2QOk', 'Uw2QOl')], ['a control character', `\u0007${NOTE}`], ['a carriage return', NOTE.replaceAll('\n', '\r\n')], ['a hyphen for the dash', NOTE.replace('—', '-')],
    ['sloppy base64', NOTE.replace('aQM=', 'aQN=')], ['garbage after', `${NOTE}x\n`], ['too long', `${'x'.repeat(5_000)}\n\n${NOTE}`], ['empty', ''],
  ])('%s does not', (_what, note) => { expect(openNote(key(), note)).toBeNull(); });

  test('signatures of others are passed over, a false one under the known key is not', () => {
    const signer = createSigner('log.example/x', Buffer.alloc(32, 7));
    const other = createSigner('witness.example/y', Buffer.alloc(32, 8));
    const note = signNote(signer, 'text\n');
    const theirs = signNote(other, 'text\n').split('\n\n')[1] ?? '';
    expect(openNote(signer, note + theirs)).toBe('text\n');
    expect(openNote(signer, signNote(other, 'text\n'))).toBeNull();
    expect(openNote(signer, note + (signNote(signer, 'other\n').split('\n\n')[1] ?? ''))).toBeNull();
    expect(parseVerifierKey(signer.verifierKey)).toMatchObject({ name: signer.name, id: signer.id });
  });

  test.each(['', 'x', VKEY.replace('530d903a', '530d903b'), VKEY.replace('AekyeR', 'Aukyer'), `${VKEY}A`, VKEY.replace('+530', ' 530')])('"%s" is no key', (text) => { expect(parseVerifierKey(text)).toBeNull(); });

  test('a checkpoint says origin, size and root, and nothing else passes for one', () => {
    const signer = createSigner('log.example/x', Buffer.alloc(32, 7));
    const head = { size: 20_852_163, root: JUNK };
    const note = signCheckpoint(signer, head);
    expect(note.split('\n').slice(0, 4)).toEqual(['log.example/x', '20852163', JUNK.toString('base64'), '']);
    expect(openCheckpoint(signer, note)).toEqual(head);
    expect(openCheckpoint(signer, signCheckpoint(signer, { size: 0, root: EMPTY_ROOT }))).toEqual({ size: 0, root: EMPTY_ROOT });
    const root = JUNK.toString('base64');
    for (const text of ['log.example/x\n01\n' + root, 'log.example/x\n-1\n' + root, 'log.example/x\n1.0\n' + root, 'other.example\n1\n' + root, 'log.example/x\n1\n' + root.slice(4), 'log.example/x\n1', 'log.example/x\n9999999999999999\n' + root]) {
      expect(openCheckpoint(signer, signNote(signer, `${text}\n`)), text).toBeNull();
    }
  });
});

/** Files under a key that is only in memory: whatever is read, from wherever, is what was written, and none of it is on the disk. */
import { createDecipheriv, randomBytes, randomInt } from 'node:crypto';
import { createWriteStream, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { openZip } from '../../../electron/core/platform/archive/zip.ts';
import { newSealKey, openStored, readStored, readStoredWhole, sealing, type StoredFile } from '../../../electron/core/platform/files/sealed-file.ts';
import { temporaryFolder } from '../../support/database.ts';
import { zipOf } from '../../support/sources.ts';

/** Written in pieces of odd sizes, as they arrive from a page. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < bytes.length;) {
    const piece = bytes.subarray(at, at + randomInt(1, 40_000));
    at += piece.length;
    yield piece;
  }
}

async function sealed(bytes: Buffer): Promise<StoredFile & { readonly sealKey: string }> {
  const path = join(temporaryFolder(), 'file'), sealKey = newSealKey(randomBytes);
  await pipeline(Readable.from(inPieces(bytes), { objectMode: false }), sealing(sealKey), createWriteStream(path));
  return { path, sealKey };
}

/** Everything from `position` to `length` further on, in as many readings as it takes. */
async function readRange(file: StoredFile, position: number, length: number): Promise<Buffer> {
  const opened = openStored(file);
  try {
    const into = Buffer.alloc(length);
    let at = 0;
    while (at < length) {
      const bytes = await new Promise<number>((resolve, reject) => { opened.read(into.subarray(at), position + at, (error, read) => { if (error) reject(error); else resolve(read); }); });
      if (bytes === 0) break;
      at += bytes;
    }
    return into.subarray(0, at);
  } finally {
    await new Promise<void>((resolve) => { opened.close(() => { resolve(); }); });
  }
}

/** The edges of blocks and of pieces, and sizes nobody chose. */
const SIZES = [0, 1, 15, 16, 17, 31, 32, 33, 65_535, 65_536, 65_537, ...Array.from({ length: 12 }, () => randomInt(1, 300_000))];

test('what was sealed is read again, whole, piece by piece and from anywhere', async () => {
  for (const size of SIZES) {
    const plain = randomBytes(size);
    const file = await sealed(plain);
    expect((await readStoredWhole(file)).equals(plain), `${size} bytes`).toBe(true);
    const pieces: Buffer[] = [];
    for await (const piece of readStored(file, { chunkBytes: randomInt(1, 5_000) + 1_000 })) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(plain), `${size} bytes in pieces`).toBe(true);
    const first = randomInt(1, 50);
    expect((await readStoredWhole(file, first)).equals(plain.subarray(0, first)), `the first ${first} of ${size} bytes`).toBe(true);
    for (let i = 0; i < 30; i++) {
      const position = randomInt(0, size + 20), length = randomInt(0, size + 20);
      expect((await readRange(file, position, length)).equals(plain.subarray(position, position + length)), `${length} bytes from ${position} of ${size}`).toBe(true);
    }
    for (let position = 0; position < Math.min(size, 40); position++) expect((await readRange(file, position, 20)).equals(plain.subarray(position, position + 20))).toBe(true);
  }
});

test('it lies there as AES-256-CTR from a counter of 0, as long as the plain text, and nothing of that shows', async () => {
  const marker = 'MARKER-of-a-person';
  const plain = Buffer.from(`Title,Date\n${`"${marker}","1/2/24"\n`.repeat(5_000)}`);
  const file = await sealed(plain);
  const stored = readFileSync(file.path);
  expect(stored.length).toBe(plain.length);
  expect(openedSize(file)).toBe(plain.length);
  const key = Buffer.from(file.sealKey, 'base64url');
  expect(key).toHaveLength(32);
  const decipher = createDecipheriv('aes-256-ctr', key, Buffer.alloc(16));
  expect(Buffer.concat([decipher.update(stored), decipher.final()]).equals(plain)).toBe(true);
  expect(stored.includes(marker)).toBe(false);
  // Nor does what repeats in it: no block comes twice.
  const blocks = Array.from({ length: Math.floor(stored.length / 16) }, (_, i) => stored.toString('latin1', i * 16, i * 16 + 16));
  expect(new Set(blocks).size).toBe(blocks.length);
});

const openedSize = (file: StoredFile): number => {
  const opened = openStored(file);
  opened.close(() => undefined);
  return opened.sizeBytes;
};

test('two files with the same in them have nothing in common', async () => {
  const plain = Buffer.alloc(4_096, 'a');
  const [one, other] = [await sealed(plain), await sealed(plain)];
  expect(one.sealKey).not.toBe(other.sealKey);
  const mixed = readFileSync(one.path).map((byte, i) => byte ^ (readFileSync(other.path)[i] ?? 0));
  expect(Buffer.from(mixed).equals(Buffer.alloc(plain.length))).toBe(false);
  expect((await readStoredWhole({ path: one.path, sealKey: other.sealKey })).equals(plain)).toBe(false);
});

// Windows would fill the hole.
test.skipIf(process.platform === 'win32')('where 32 bits no longer count the blocks, the counter goes on', async () => {
  // A hole instead of 64 GiB of zeros: what is read there is the key stream itself.
  const path = join(temporaryFolder(), 'large'), sealKey = newSealKey(randomBytes);
  writeFileSync(path, '');
  const position = 2 ** 36 - 8;
  truncateSync(path, position + 64);
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(2n ** 32n - 1n, 8);
  const expected = createDecipheriv('aes-256-ctr', Buffer.from(sealKey, 'base64url'), counter).update(Buffer.alloc(80)).subarray(8, 72);
  expect((await readRange({ path, sealKey }, position, 64)).equals(expected)).toBe(true);
});

test('a file without a key is read as it lies', async () => {
  const path = join(temporaryFolder(), 'file'), plain = randomBytes(100_000);
  writeFileSync(path, plain);
  expect((await readStoredWhole({ path })).equals(plain)).toBe(true);
  expect((await readRange({ path }, 12_345, 678)).equals(plain.subarray(12_345, 13_023))).toBe(true);
});

test('a zip is read in place under its key, and is none without it', async () => {
  const large = randomBytes(300_000);
  const file = await sealed(await zipOf({ 'a.csv': 'x,y\n', 'folder/b.csv': large }));
  const zip = await openZip(file, 'export.zip');
  try {
    for (const [name, content] of [['folder/b.csv', large], ['a.csv', Buffer.from('x,y\n')]] as const) {
      const entry = zip.find(name);
      const chunks: Buffer[] = [];
      if (entry) for await (const chunk of zip.read(entry)) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(content)).toBe(true);
    }
  } finally {
    zip.close();
  }
  await expect(openZip({ path: file.path }, 'export.zip')).rejects.toMatchObject({ code: 'ERR_ARCHIVE_INVALID' });
});

test('a file that is not there fails as any other does', async () => {
  const file = { path: join(temporaryFolder(), 'none'), sealKey: newSealKey(randomBytes) };
  await expect(readStoredWhole(file)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(() => openStored(file)).toThrow(expect.objectContaining({ code: 'ENOENT' }) as Error);
});

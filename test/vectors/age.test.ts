/** The age test vectors of the C2SP (CCTV): what must open opens to the right bytes, what must not does not. */
import { createHash, randomBytes } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import * as vectors from 'cctv-age';
import { describe, expect, test } from 'vitest';
import { decryptAge, encryptAge, type AgeKey } from '../../electron/core/portability/age-file.ts';

interface Vector { readonly name: string; readonly expected: string; readonly key: AgeKey; readonly payloadSha256: string | null; readonly file: Uint8Array; readonly armored: boolean }

function read(name: string, bytes: Uint8Array): Vector {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('\n\n');
  const facts = text.slice(0, end).split('\n').map((line) => { const [key = '', ...rest] = line.split(': '); return [key, rest.join(': ')] as const; });
  const fact = (key: string): string | null => facts.find(([k]) => k === key)?.[1] ?? null;
  const all = (key: string): string[] => facts.filter(([k]) => k === key).map(([, v]) => v);
  const body = bytes.subarray(end + 2);
  const identities = all('identity');
  return {
    name, expected: fact('expect') ?? '', payloadSha256: fact('payload'), armored: fact('armored') === 'yes',
    key: fact('passphrase') === null ? { identities } : { passphrase: fact('passphrase') ?? '' },
    file: fact('compressed') === 'zlib' ? inflateSync(body) : body,
  };
}

const stream = (bytes: Uint8Array): ReadableStream<Uint8Array> => new ReadableStream({ start(controller) { controller.enqueue(bytes); controller.close(); } });
async function opened(file: Uint8Array, key: AgeKey): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decryptAge(stream(file), key)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const VECTORS = Object.entries(vectors).flatMap(([name, bytes]: readonly [string, unknown]) => (bytes instanceof Uint8Array ? [read(name, bytes)] : []));

describe('age test vectors', () => {
  test('are all there', () => { expect([VECTORS.length, VECTORS.filter(({ armored }) => armored).length]).toEqual([143, 33]); });

  test.each(VECTORS.map((vector) => [vector.name, vector] as const))('%s', async (_name, { expected, key, payloadSha256, file, armored }) => {
    if (armored) {
      // A form for mail that exports do not have: refused, whatever is in it.
      await expect(opened(file, key)).rejects.toMatchObject({ code: 'ERR_EXPORT_INVALID' });
    } else if (expected === 'success') {
      expect(createHash('sha256').update(await opened(file, key)).digest('hex')).toBe(payloadSha256);
    } else {
      await expect(opened(file, key)).rejects.toMatchObject({ code: expected === 'no match' ? 'ERR_EXPORT_SECRET_WRONG' : expect.stringMatching(/^ERR_EXPORT_(?:INVALID|SECRET_WRONG)$/) as string });
    }
  });

  test('what is locked here opens here, by passphrase and by key, and with nothing else', async () => {
    const text = Buffer.alloc(200_000, 'penchant ');
    const locked = Buffer.from(await new Response(await encryptAge(stream(text), { passphrase: 'a long enough sentence' }, { randomBytes, work: 10 })).arrayBuffer());
    expect((await opened(locked, { passphrase: 'a long enough sentence' })).equals(text)).toBe(true);
    await expect(opened(locked, { passphrase: 'another sentence' })).rejects.toMatchObject({ code: 'ERR_EXPORT_SECRET_WRONG' });
    for (const at of [10, 60, 200, locked.length - 5]) {
      const bad = Buffer.from(locked);
      bad[at] = (bad[at] ?? 0) ^ 1;
      await expect(opened(bad, { passphrase: 'a long enough sentence' })).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_EXPORT_/) as string });
    }
    await expect(opened(locked.subarray(0, -70_000), { passphrase: 'a long enough sentence' })).rejects.toMatchObject({ code: 'ERR_EXPORT_INVALID' });
  });
});

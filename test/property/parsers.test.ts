/** Every parser of data from outside: the fuzz targets over the corpus in the repository and over made-up bytes, and what was written is read back the same. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signEs256, encodePart, splitJws, verifyJws, decodePart, importPublicJwk, jwkThumbprint } from '../../electron/core/platform/jws/jws.ts';
import { readCsv } from '../../electron/core/sources/csv.ts';
import { disclosable, headerPart, issueSdJwt } from '../../electron/core/tokens/sd-jwt.ts';
import { encodeList } from '../../electron/core/tokens/status-list.ts';
import { readCorpus, TARGET_NAMES } from '../fuzz/main.ts';
import { createRandom, mutate } from '../fuzz/engine.ts';
import { TARGETS } from '../fuzz/targets.ts';
import { processSdJwt, splitSdJwt, type JsonObject } from '../../sdk/src/sd-jwt.ts';
import { unpackList } from '../../sdk/src/status.ts';
import { isBase64url } from '../../shared/protocol/base64url.ts';
import { parseStrictJson } from '../../shared/protocol/strict-json.ts';
import { createIssuerKey } from '../support/company-vault.ts';

test('the fuzzer knows every target by name', () => {
  expect(Object.keys(TARGETS)).toEqual([...TARGET_NAMES]);
});

describe.each(Object.entries(TARGETS))('%s', (name, target) => {
  const seeds = target.seeds.map((seed) => (typeof seed === 'string' ? Buffer.from(seed) : seed));

  test('keeps its promises for every input kept in the corpus', async () => {
    for (const data of [...seeds, ...readCorpus(name)]) await target.run(data);
  });

  test('keeps its promises for any bytes and for damaged good ones', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text))), async (data) => { await target.run(data); }), { numRuns: 30 });
    await fc.assert(fc.asyncProperty(fc.nat(), fc.nat(Math.max(0, seeds.length - 1)), async (seed, pick) => { await target.run(mutate(seeds[pick] ?? new Uint8Array(0), seeds, target, createRandom(seed))); }), { numRuns: 50 });
  });
});

const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' });

describe('what was written is read back the same', () => {
  test('rows of a CSV, in any pieces', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', '\t'), maxLength: 8 });
    await fc.assert(fc.asyncProperty(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
      const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      const read: string[][] = [];
      const pieces = async function* () { for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size); };
      for await (const bunch of readCsv(pieces(), ',')) for (const row of bunch) read.push('cells' in row ? [...row.cells] : []);
      expect(read).toEqual(rows);
    }), { numRuns: 200 });
  });

  test('JSON, unless a name is there twice or it is nested too deeply', () => {
    fc.assert(fc.property(json, (value) => { expect(parseStrictJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value))); }));
    fc.assert(fc.property(fc.string(), json, json, (name, one, two) => {
      const member = JSON.stringify(name);
      expect(() => parseStrictJson(`{${member}:${JSON.stringify(one)},${member}:${JSON.stringify(two)}}`)).toThrow(SyntaxError);
    }));
  });

  test('base64url of any bytes, and of its text in no other spelling', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url');
      expect(isBase64url(text)).toBe(true);
      for (const other of [`${text}=`, `${text} `, ` ${text}`, `${text}\n`, text.replaceAll('-', '+').replaceAll('_', '/')]) expect(isBase64url(other)).toBe(other === text);
    }));
  });

  test('a signed message, and no other under its signature', () => {
    const { key, jwk } = createIssuerKey();
    const verification = importPublicJwk({ kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y });
    if (!verification) throw new Error('the key is good');
    expect(jwkThumbprint({ kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y })).toHaveLength(43);
    fc.assert(fc.property(fc.dictionary(fc.string(), json), fc.nat(), (payload, at) => {
      const compact = signEs256(key, encodePart({ alg: 'ES256' }), payload);
      const parts = splitJws(compact);
      if (!parts) throw new Error('it is a JWS');
      expect(decodePart(parts.payloadPart)).toEqual(JSON.parse(JSON.stringify(payload)));
      expect(verifyJws(verification, parts)).toBe(true);
      const broken = Buffer.from(parts.signingInput);
      broken[at % broken.length] = (broken[at % broken.length] ?? 0) ^ 1;
      expect(verifyJws(verification, { ...parts, signingInput: broken.toString('latin1') })).toBe(false);
    }), { numRuns: 60 });
  });

  test('claims of an answer, from the vault’s own SD-JWT through the company’s reader', async () => {
    const { key } = createIssuerKey();
    await fc.assert(fc.asyncProperty(fc.dictionary(fc.string({ minLength: 1 }).filter((name) => name !== '_sd' && name !== '...' && name !== 'iss' && name !== '_sd_alg'), json, { maxKeys: 8 }), async (claims) => {
      const written = await issueSdJwt(key, headerPart('x'), { iss: 'me' }, Object.entries(claims).map(([name, value]) => disclosable(name, value)), randomBytes);
      const parts = splitSdJwt(written);
      if (!parts) throw new Error('it is an SD-JWT');
      const { payload } = await processSdJwt(decodePart(parts.jws.split('.')[1] ?? '') as JsonObject, parts.disclosures);
      expect(payload).toEqual(JSON.parse(JSON.stringify({ iss: 'me', ...claims })));
    }), { numRuns: 60 });
  });

  test('a status list of any bits', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bits) => { expect(Buffer.from(await unpackList(encodeList(bits)))).toEqual(Buffer.from(bits)); }), { numRuns: 60 });
  });
});

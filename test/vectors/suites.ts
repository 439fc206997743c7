/** The suites of others under fixtures, read for the tests that run them; where each is from, and under which licence, stands in NOTICE. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** Bytes as the suites write them. */
export const hex = z.hex().transform((text) => Buffer.from(text, 'hex'));

/** A fixture as the test needs it, unpacked when it is packed. */
export function readFixture<T>(name: string, schema: z.ZodType<T>): T {
  const bytes = readFileSync(join(import.meta.dirname, 'fixtures', name));
  return schema.parse(JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')));
}

/** What the suite says of a vector; "acceptable" leaves it to us. */
const verdict = z.object({ tcId: z.number(), result: z.enum(['valid', 'invalid', 'acceptable']) });
const file = z.object({ testGroups: z.array(z.looseObject({ tests: z.array(z.looseObject({})) })) });

/** All vectors of a file of Wycheproof, each with what its group says of all of them. */
export function readWycheproof<T extends object>(name: string, schema: z.ZodType<T>): (T & z.output<typeof verdict>)[] {
  return readFixture(`wycheproof/${name}`, file).testGroups.flatMap(({ tests, ...group }) => tests.map((own) => ({ ...schema.parse({ ...group, ...own }), ...verdict.parse(own) })));
}

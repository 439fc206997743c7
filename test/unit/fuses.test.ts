/** Fuses are set in a program's bytes and read back from them; what is no Electron, or a newer one, is refused untouched. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setFuses, wrongFuses } from '../../scripts/support/fuses.ts';
import { temporaryFolder } from '../support/database.ts';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron ships: "1" on, "0" off, in the order of its list. */
const SHIPPED = '101100011';

function program(wire: string, version = 1): string {
  const path = join(temporaryFolder(), 'penchant');
  writeFileSync(path, Buffer.concat([Buffer.alloc(5_000_000, 0x7f), Buffer.from(SENTINEL), Buffer.from([version, wire.length]), Buffer.from(wire), Buffer.from('the rest of the program')]));
  return path;
}
const wireOf = (path: string): string => {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(SENTINEL) + SENTINEL.length;
  return bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)).toString();
};

test('a program as Electron ships it is named fuse by fuse, and right after they are set', async () => {
  const path = program(SHIPPED);
  const size = readFileSync(path).length;
  expect((await wrongFuses(path)).map((line) => line.split(' ')[0])).toEqual(['RunAsNode', 'EnableCookieEncryption', 'EnableNodeOptionsEnvironmentVariable', 'EnableNodeCliInspectArguments', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar', 'GrantFileProtocolExtraPrivileges']);
  await setFuses(path);
  expect(await wrongFuses(path)).toEqual([]);
  expect(wireOf(path)).toBe('010011001');
  expect(readFileSync(path).length).toBe(size);
  expect(readFileSync(path).subarray(-23).toString()).toBe('the rest of the program');
});

test('one wrong fuse is enough to be told', async () => {
  for (let at = 0; at < 9; at++) {
    const right = '010011001';
    const wrong = right.slice(0, at) + (right[at] === '1' ? '0' : '1') + right.slice(at + 1);
    expect(await wrongFuses(program(wrong))).toHaveLength(1);
  }
});

test('a wire with a fuse nobody decided about, and what is no Electron, are refused and left as they are', async () => {
  for (const path of [program(`${SHIPPED}1`), program(SHIPPED, 2)]) {
    const before = readFileSync(path);
    await expect(setFuses(path)).rejects.toThrow();
    expect(readFileSync(path).equals(before)).toBe(true);
  }
  const other = join(temporaryFolder(), 'other');
  writeFileSync(other, 'another program');
  await expect(setFuses(other)).rejects.toThrow();
  await expect(wrongFuses(other)).rejects.toThrow();
});

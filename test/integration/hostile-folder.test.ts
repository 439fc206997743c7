/** Anything may lie where the vault's files belong: every call that works on a locked vault ends in a coded answer, and what can be mended is. */
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createCore, type Core } from '../../electron/core/core.ts';
import { contract, type MethodName } from '../../shared/api/contract.ts';
import { CODES, type ErrorCode } from '../../shared/errors/codes.ts';
import { temporaryFolder } from '../support/database.ts';
import { call, PASSPHRASE, testCore, testPorts } from '../support/ports.ts';

const EXPORT_PASSPHRASE = 'some passphrase for the export 77';
const original = { dir: '', backup: '' };

beforeAll(async () => {
  const base = mkdtempSync(join(tmpdir(), 'penchant-test-'));
  afterAll(() => { rmSync(base, { recursive: true }); });
  original.dir = join(base, 'vault');
  original.backup = join(base, 'made.backup');
  const core = createCore(testPorts({ dataDir: original.dir }));
  await call(core, 'vault.create', { passphrase: PASSPHRASE });
  cpSync((await call(core, 'vault.backup')).place, original.backup);
  await core.close();
});

/** A copy of the vault with something done to it, and a core that logs what it takes for bugs. */
function hostile(act: (dir: string) => void) {
  const dir = join(temporaryFolder(), 'vault');
  cpSync(original.dir, dir, { recursive: true });
  act(dir);
  const bugs: string[] = [];
  const core = createCore(testPorts({ dataDir: dir, log: (line) => { if (/^(?:unexpected|job)/u.test(line)) bugs.push(line); } }));
  onTestFinished(() => core.close());
  core.grantFile({ id: 'backup', path: original.backup, name: 'made.backup', size: 1, temporary: false });
  return { core, dir, bugs };
}

/** Codes any call may end in, see `shared/api/define.ts`. */
const COMMON: ReadonlySet<string> = new Set(['ERR_VAULT_LOCKED', 'ERR_VAULT_BUSY', 'ERR_UNLOCK_AGAIN', 'ERR_INPUT_INVALID']);
async function answer(core: Core, method: MethodName, input?: unknown): Promise<string> {
  const outcome = await core.dispatch(method, input);
  if (outcome.ok) return 'ok';
  const declared: readonly ErrorCode[] = contract[method].errors;
  expect(Object.keys(CODES)).toContain(outcome.error.code);
  return declared.includes(outcome.error.code) || COMMON.has(outcome.error.code) ? outcome.error.code : `${outcome.error.code}, which ${method} does not declare`;
}

const CALLS = {
  status: (core: Core) => answer(core, 'vault.status'),
  unlock: (core: Core) => answer(core, 'vault.unlock', { passphrase: PASSPHRASE }),
  create: (core: Core) => answer(core, 'vault.create', { passphrase: PASSPHRASE }),
  restore: (core: Core) => answer(core, 'vault.restore', { fileId: 'backup', secret: { passphrase: PASSPHRASE }, setAside: true, acceptOlder: true }),
  recover: (core: Core) => answer(core, 'vault.recover', { secret: { passphrase: PASSPHRASE }, keysFrom: 'backup' }),
} as const;
type CallName = keyof typeof CALLS;

const replaced = (dir: string, name: string, lay: (path: string) => void): void => {
  rmSync(join(dir, name), { recursive: true, force: true });
  lay(join(dir, name));
};
const folder = (path: string): void => { mkdirSync(path); writeFileSync(join(path, 'something'), 'of mine'); };
const ring = (path: string): void => { symlinkSync(path, path); };
const asFolder = (name: string) => (dir: string): void => { replaced(dir, name, folder); };
const asRing = (name: string) => (dir: string): void => { replaced(dir, name, ring); };
const edited = (edit: (text: string) => string) => (dir: string): void => { const path = join(dir, 'vault.keys'); writeFileSync(path, edit(readFileSync(path, 'utf8'))); };

const UNREADABLE = 'ERR_VAULT_UNREADABLE', HEADER = 'ERR_VAULT_HEADER_INVALID';
const ROWS: readonly (readonly [what: string, act: (dir: string) => void, expected: Partial<Record<CallName, string>>])[] = [
  ['a file where the folder belongs', (dir) => { rmSync(dir, { recursive: true }); writeFileSync(dir, 'x'); }, { status: UNREADABLE, create: UNREADABLE, restore: 'ok' }],
  ['a link into nowhere for the folder', (dir) => { rmSync(dir, { recursive: true }); symlinkSync('/nonexistent/there', dir); }, { create: UNREADABLE, restore: 'ok' }],
  ['a key file of three gigabytes', (dir) => { truncateSync(join(dir, 'vault.keys'), 3 * 2 ** 30); }, { status: HEADER, unlock: HEADER, create: HEADER, recover: 'ok' }],
  ['a key file of a megabyte', (dir) => { writeFileSync(join(dir, 'vault.keys'), 'x'.repeat(1_000_000)); }, { status: HEADER, unlock: HEADER, create: HEADER }],
  ['a ring of links for a key file', asRing('vault.keys'), { status: UNREADABLE, unlock: UNREADABLE, create: UNREADABLE }],
  ['a folder for a key file', asFolder('vault.keys'), { status: UNREADABLE, unlock: UNREADABLE }],
  ['an empty key file', edited(() => ''), { create: HEADER }],
  ['a key file of a later version', edited((text) => text.replace('"version": 2', '"version": 1e400')), { create: 'ERR_VAULT_NEWER' }],
  ['a folder where the next key file is written', asFolder('vault.keys.new'), { unlock: 'ok' }],
  ['a folder for a database', asFolder('vault.db'), { unlock: UNREADABLE, restore: 'ok', recover: 'ERR_RECOVERY_HOPELESS' }],
  ['a folder for a log of the database', asFolder('vault.db-wal'), { recover: 'ok' }],
  ['a folder for a prepared database of this generation', asFolder('vault.db.next-0'), { unlock: 'ok', recover: 'ok' }],
  ['a ring of links for it', asRing('vault.db.next-0'), { unlock: 'ok', recover: 'ok' }],
  ['a folder for one of the next generation', asFolder('vault.db.next-1'), { unlock: 'ok' }],
  ['a folder for a mark of the log', asFolder('audit.head'), { unlock: 'ok', recover: 'ok' }],
  ['a mark of the log that is none', (dir) => { replaced(dir, 'audit.head', (path) => { writeFileSync(path, 'a\n'.repeat(500_000)); }); }, { restore: 'ok', recover: 'ok' }],
  ['a ring of links for a mark of the log', asRing('audit.head'), { restore: 'ok', recover: 'ok' }],
  ['a folder for the reserve', asFolder('reserve'), { unlock: 'ok' }],
];

describe.each(ROWS)('with %s', (_what, act, expected) => {
  test.each(Object.entries(expected) as [CallName, string][])('%s ends in %s', { timeout: 30_000 }, async (name, code) => {
    const { core, dir, bugs } = hostile(act);
    expect(await CALLS[name](core)).toBe(code);
    expect(bugs).toEqual([]);
    expect(readdirSync(dirname(dir)).filter((beside) => /\.(?:restoring|recovering)-/u.test(beside)), 'nothing half is left beside').toEqual([]);
  });
});

test('leftovers of ours that became folders are gone after unlocking, and the vault is whole', async () => {
  const { core, dir } = hostile((at) => { for (const name of ['vault.db.next-1', 'vault.keys.new', 'reserve']) asFolder(name)(at); });
  await call(core, 'vault.unlock', { passphrase: PASSPHRASE });
  expect(existsSync(join(dir, 'vault.db.next-1'))).toBe(false);
  expect(lstatSync(join(dir, 'reserve')).isFile()).toBe(true);
  await call(core, 'vault.changePassphrase', { proof: { passphrase: PASSPHRASE }, next: 'quite another sentence here for you' });
  expect(existsSync(join(dir, 'vault.keys.new'))).toBe(false);
  await core.close();
  const again = testCore(testPorts({ dataDir: dir }));
  await call(again, 'vault.unlock', { passphrase: 'quite another sentence here for you' });
});

test.each([['backups', 'vault.backup', undefined, 'ERR_BACKUP_FOLDER'], ['exports', 'export.write', { passphrase: EXPORT_PASSPHRASE }, UNREADABLE]] as const)('a file where the folder “%s” belongs: %s says so', async (name, method, input, code) => {
  const { core, bugs } = hostile((dir) => { replaced(dir, name, (path) => { writeFileSync(path, 'x'); }); });
  await call(core, 'vault.unlock', { passphrase: PASSPHRASE });
  expect(await answer(core, method, input)).toBe(code);
  expect(bugs).toEqual([]);
});

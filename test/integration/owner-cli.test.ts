/** Both command lines as processes: the whole main job, and the promises about output and exit codes. */
import { randomBytes } from 'node:crypto';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unlockVault } from '../../electron/core/vault/vault.ts';
import { firefoxDatabase } from '../support/browser-database.ts';
import { lighten } from '../support/light-vault.ts';
import { PASSPHRASE } from '../support/ports.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'penchant-cli-'));
const vault = join(folder, 'vault');
const company = join(folder, 'company');
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const penchant = join(root, 'electron/cli/penchant.mjs');
const penchantCompany = join(root, 'sdk/bin/penchant-company.mjs');
const problem = z.object({ code: z.string(), message: z.string().min(10) });

interface Run { readonly exit: number | null; readonly stdout: string; readonly stderr: string }
function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const done = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { ...process.env, PENCHANT_VAULT: vault, PENCHANT_PASSPHRASE: PASSPHRASE, ...env }, input: '' });
  return { exit: done.status, stdout: done.stdout, stderr: done.stderr };
}
/** Runs with --json and parses stdout, which must be one document and nothing else. */
function owner<T>(schema: z.ZodType<T>, ...args: readonly string[]): T {
  const done = run(penchant, [...args, '--json']);
  expect(done.exit, done.stderr).toBe(0);
  return schema.parse(JSON.parse(done.stdout));
}
function shop<T>(schema: z.ZodType<T>, ...args: readonly string[]): T {
  const done = run(penchantCompany, [...args, '--json']);
  expect(done.exit, done.stderr).toBe(0);
  return schema.parse(JSON.parse(done.stdout));
}
function refused(exit: number, code: string, done: Run): void {
  expect(done.stdout).toBe('');
  expect(problem.parse(JSON.parse(done.stderr))).toMatchObject({ code });
  expect(done.exit).toBe(exit);
}

/** Starts `penchant serve` and waits for its one line. */
async function serve(): Promise<{ readonly url: string; readonly stop: () => Promise<number | null> }> {
  const child = spawn(process.execPath, [penchant, 'serve', '--port', '0'], { env: { ...process.env, PENCHANT_VAULT: vault, PENCHANT_PASSPHRASE: PASSPHRASE }, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => { text += chunk.toString(); if (text.includes('\n')) resolve(text); });
    child.once('exit', (code) => { reject(new Error(`serve ended with ${code ?? 'a signal'}`)); });
  });
  const { url } = z.strictObject({ ready: z.literal(true), url: z.url() }).parse(JSON.parse(line));
  return { url, stop: () => new Promise((resolve) => { child.removeAllListeners('exit'); child.once('exit', (code) => { resolve(code); }); child.kill('SIGTERM'); }) };
}

let recoveryPhrase = '';
beforeAll(async () => {
  ({ recoveryPhrase } = owner(z.strictObject({ vault: z.literal(vault), recoveryPhrase: z.string() }), 'init'));
  await lighten(vault);
});

test('init prints the vault and 24 words, and does not overwrite', () => {
  expect(recoveryPhrase.split(' ')).toHaveLength(24);
  refused(77, 'ERR_VAULT_EXISTS', run(penchant, ['init', '--json']));
});

describe('what goes wrong has its code, its exit and nothing on stdout', () => {
  test.each<readonly [number, string, readonly string[], Readonly<Record<string, string>>]>([
    [64, 'ERR_USAGE', ['frobnicate', '--json'], {}],
    [64, 'ERR_USAGE', ['why', '--json'], {}],
    [64, 'ERR_USAGE', ['profile', '--surprise', '--json'], {}],
    [64, 'ERR_USAGE', ['profile', '--json'], { PENCHANT_PASSPHRASE: '' }],
    [64, 'ERR_USAGE', ['serve', '--port', 'x', '--json'], {}],
    [65, 'ERR_PASSPHRASE_WEAK', ['init', '--vault', join(folder, 'weak'), '--json'], { PENCHANT_PASSPHRASE: 'password' }],
    [65, 'ERR_REQUEST_INVALID', ['request', 'show', 'a.b.c', '--json'], {}],
    [66, 'ERR_VAULT_MISSING', ['profile', '--vault', join(folder, 'nowhere'), '--json'], {}],
    [66, 'ERR_FILE_MISSING', ['import', join(folder, 'nowhere.csv'), '--json'], {}],
    [66, 'ERR_FILE_MISSING', ['request', 'show', join(folder, 'nowhere.jwt'), '--json'], {}],
    [66, 'ERR_PREFERENCE_UNKNOWN', ['why', 'nobody', '--json'], {}],
    [66, 'ERR_IMPORT_UNKNOWN', ['undo', 'nobody', '--json'], {}],
    [66, 'ERR_GRANT_UNKNOWN', ['revoke', 'nobody', '--json'], {}],
    [77, 'ERR_VAULT_SECRET_WRONG', ['profile', '--json'], { PENCHANT_PASSPHRASE: 'not the right one' }],
  ])('%i %s %j', (exit, code, args, env) => { refused(exit, code, run(penchant, args, env)); });

  test('a file that is no export', () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'just some notes');
    refused(65, 'ERR_SOURCE_UNRECOGNISED', run(penchant, ['import', file, '--json']));
  });
});

test('a passphrase file works too', () => {
  const file = join(folder, 'passphrase');
  writeFileSync(file, `${PASSPHRASE}\n`);
  expect(run(penchant, ['log', '--passphrase-file', file, '--json'], { PENCHANT_PASSPHRASE: '' }).exit).toBe(0);
});

test('where somebody was on the web is imported only when they say so', async () => {
  const other = join(folder, 'other'), files = join(folder, 'browser');
  mkdirSync(files);
  writeFileSync(join(files, 'places.sqlite'), firefoxDatabase([['https://www.chefkoch.de/', Date.UTC(2024, 2, 1), 1]]));
  expect(run(penchant, ['init', '--vault', other, '--json']).exit).toBe(0);
  await lighten(other);
  refused(64, 'ERR_USAGE', run(penchant, ['import', files, '--vault', other, '--json']));
  writeFileSync(join(files, 'bookmarks.html'), '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF="https://www.bbc.co.uk/">a</A></DL><p>');
  const formats = (...args: readonly string[]): string[] => {
    const { exit, stdout } = run(penchant, ['import', files, '--vault', other, '--json', ...args]);
    expect(exit).toBe(0);
    return z.object({ imports: z.array(z.object({ file: z.string(), added: z.number() })) }).parse(JSON.parse(stdout)).imports.map(({ file, added }) => `${file} ${added}`);
  };
  expect(formats()).toEqual(['browser/bookmarks.html 1']);
  expect(formats('--visited').sort()).toEqual(['browser/bookmarks.html 0', 'browser/places.sqlite 1']);
}, 120_000);

test('what was not the person, newer rules and what is kept of a source', async () => {
  const own = join(folder, 'own'), at = ['--vault', own];
  owner(z.unknown(), 'init', ...at);
  await lighten(own);
  owner(z.unknown(), 'import', join(root, 'resources/samples'), ...at);
  const profile = () => owner(z.object({ rulesWait: z.boolean(), preferences: z.array(z.object({ id: z.string(), evidence: z.number() })) }), 'profile', ...at);
  const before = profile();

  const found = owner(z.object({ items: z.array(z.object({ id: z.number(), kind: z.string(), creator: z.string().nullable() })).min(1) }), 'find', 'a', '--limit', '500', ...at).items.filter(({ kind, creator }) => kind === 'music' && creator !== null);
  const said = z.object({ said: z.array(z.object({ id: z.string(), scope: z.string(), name: z.string(), maker: z.string().nullable() })) });
  const one = owner(said, 'not-me', String(found[0]?.id), '--scope', 'creator', ...at).said;
  expect(one).toMatchObject([{ scope: 'creator', name: found[0]?.creator }]);
  expect(owner(said, 'not-me', 'list', ...at).said).toEqual(one);
  expect(profile().preferences).not.toEqual(before.preferences);
  const printed = run(penchant, ['not-me', 'list', ...at]);
  expect(printed.stdout).toContain(`everything by  ${found[0]?.creator ?? ''}`);
  refused(64, 'ERR_USAGE', run(penchant, ['not-me', 'Adele', ...at, '--json']));
  refused(64, 'ERR_USAGE', run(penchant, ['not-me', '1', '--scope', 'planet', ...at, '--json']));
  refused(66, 'ERR_ITEM_UNKNOWN', run(penchant, ['not-me', '999999', ...at, '--json']));
  expect(owner(z.object({ owned: z.boolean() }), 'was-me', one[0]?.id ?? '', ...at).owned).toBe(true);
  expect(profile().preferences.map(({ id, evidence }) => `${id} ${evidence}`)).toEqual(before.preferences.map(({ id, evidence }) => `${id} ${evidence}`));

  // As an older program with shorter lists left it.
  expect(owner(z.unknown(), 'rules', ...at)).toEqual({ state: 'none', changes: [], same: 0 });
  expect(run(penchant, ['rules', 'apply', ...at]).stdout).toContain('nothing was changed');
  const opened = await unlockVault({ dataDir: own, clock: { nowMs: () => Date.now() }, randomBytes }, { passphrase: PASSPHRASE });
  opened.db.exec("DELETE FROM item_matches WHERE item_kind = 'music'; UPDATE enrichment_state SET lexicon = 'older'");
  opened.db.exec('UPDATE enrichment_state SET records = -1');
  opened.close();
  const rules = z.object({ state: z.literal('ready'), same: z.number(), changes: z.array(z.object({ before: z.number().nullable(), after: z.number().nullable() })).min(1) });
  const { changes } = owner(rules, 'rules', ...at);
  expect(profile().rulesWait).toBe(true);
  const shown = run(penchant, ['rules', ...at]).stdout, waits = run(penchant, ['profile', ...at]).stdout;
  expect(shown).toMatch(/–\s+→\s+\d+ %/u);
  expect(shown).toContain('penchant rules apply');
  expect(waits).toContain('penchant rules');
  expect(owner(z.object({ added: z.number(), removed: z.number() }), 'rules', 'apply', ...at)).toEqual({ added: changes.filter((change) => change.before === null).length, removed: changes.filter((change) => change.after === null).length });
  expect(profile()).toMatchObject({ rulesWait: false });

  expect(owner(z.unknown(), 'retention', ...at)).toEqual({ conclusionsOnly: [] });
  refused(64, 'ERR_USAGE', run(penchant, ['retention', 'set', 'spotify', ...at, '--json']));
  refused(64, 'ERR_USAGE', run(penchant, ['retention', 'set', 'myspace', '--keep', 'records', ...at, '--json']));
  expect(owner(z.object({ forgotten: z.number() }), 'retention', 'set', 'spotify', '--keep', 'conclusions', ...at).forgotten).toBeGreaterThan(0);
  expect(run(penchant, ['retention', ...at]).stdout).toMatch(/spotify +conclusions only/u);
  expect(owner(z.object({ total: z.number() }), 'find', found[0]?.creator ?? '', ...at).total).toBe(0);
  expect(owner(z.unknown(), 'retention', 'set', 'spotify', '--keep', 'records', ...at)).toEqual({ forgotten: 0 });
  expect(owner(z.unknown(), 'retention', ...at)).toEqual({ conclusionsOnly: [] });
}, 240_000);

test('the main job: import, ask, grant less, redeem, revoke, refused', async () => {
  const samples = join(root, 'resources/samples');
  owner(z.object({ imports: z.array(z.object({ source: z.string(), file: z.string(), keeps: z.array(z.string()), drops: z.array(z.string()) })).min(3) }), 'import', samples, '--preview');
  expect(owner(z.object({ imports: z.array(z.unknown()) }), 'imports').imports).toEqual([]);
  const report = z.object({ id: z.string(), source: z.string(), file: z.string(), read: z.number(), added: z.number().min(1), duplicate: z.literal(0), skipped: z.number(), issues: z.array(z.object({ code: z.string(), position: z.string() })) });
  const { imports } = owner(z.object({ imports: z.array(report).length(3) }), 'import', samples);
  for (const { read, added, duplicate, skipped } of imports) expect(read).toBe(added + duplicate + skipped);

  const item = z.object({ id: z.string(), claim: z.string(), value: z.string(), path: z.array(z.string()).min(1), iab: z.string().nullable(), strength: z.number(), confidence: z.number(), origin: z.string(), sensitive: z.boolean(), evidence: z.number() });
  const { preferences } = owner(z.object({ preferences: z.array(item).min(10) }), 'profile');
  const sealed = preferences.filter((p) => p.sensitive);
  const interest = preferences.find((p) => p.claim === 'interest' && !p.sensitive);
  if (!interest) throw new Error('no interest was inferred');
  owner(z.object({ rules: z.array(z.object({ examples: z.array(z.object({ title: z.string() })).min(1) })).min(1) }), 'why', interest.id);
  expect(owner(item, 'declare', 'region', 'DE-BY')).toMatchObject({ claim: 'region', origin: 'declared' });
  refused(65, 'ERR_CLAIM_VALUE_INVALID', run(penchant, ['declare', 'age', 'old enough', '--json']));

  shop(z.unknown(), 'init', '--dir', company, '--domain', 'shop.example', '--name', 'Shop');
  const asked = join(folder, 'request.jwt');
  shop(z.unknown(), 'request', '--dir', company, '--claims', 'interest:2,price_band:1?', '--purpose', 'recommendations', '--for', '90d', '--cadence', '100/day', '--out', asked);
  const shown = owner(z.object({ request: z.object({ company: z.object({ name: z.literal('Shop') }) }), answer: z.object({ claims: z.array(z.object({ claim: z.string(), value: z.unknown() })).length(2) }) }), 'request', 'show', asked);
  const { grantId, token } = owner(z.strictObject({ grantId: z.string(), token: z.string() }), 'request', 'grant', asked, '--only', 'interest', '--precision', 'interest=1', '--expires', '30d');
  refused(77, 'ERR_REQUEST_DECIDED', run(penchant, ['request', 'deny', asked, '--json']));
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, token);

  const serving = await serve();
  const answer = z.object({ claims: z.object({ interest: z.array(z.object({ node: z.string(), iab: z.string().nullable() })).min(1) }).strict(), pseudonym: z.string(), issuer: z.string(), expiresAt: z.unknown(), raw: z.string() });
  const redeemed = shop(answer, 'redeem', '--dir', company, '--token', tokenFile, '--at', serving.url);
  for (const { node } of redeemed.claims.interest) expect(node).not.toContain('.');
  for (const { value } of sealed) expect(redeemed.claims.interest.map(({ node }) => node)).not.toContain(value.split('.')[0]);
  expect(JSON.stringify(shown.answer)).toContain(redeemed.claims.interest[0]?.node);
  const answerFile = join(folder, 'answer');
  writeFileSync(answerFile, redeemed.raw);
  shop(z.unknown(), 'verify', '--dir', company, '--token', tokenFile, '--answer', answerFile);
  expect(shop(z.object({ active: z.boolean() }), 'introspect', '--dir', company, '--token', tokenFile, '--at', serving.url).active).toBe(true);
  // One writer: the vault is open in the serving process.
  refused(75, 'ERR_VAULT_IN_USE', run(penchant, ['grants', '--json']));
  expect(await serving.stop()).toBe(0);

  owner(z.unknown(), 'revoke', grantId);
  const again = await serve();
  const after = run(penchantCompany, ['redeem', '--dir', company, '--token', tokenFile, '--at', again.url, '--json']);
  expect(after.exit).toBe(77);
  expect(after.stdout).toBe('');
  expect(shop(z.object({ active: z.boolean() }), 'introspect', '--dir', company, '--token', tokenFile, '--at', again.url).active).toBe(false);
  await again.stop();

  const { entries } = owner(z.object({ entries: z.array(z.object({ type: z.string() })) }), 'log');
  const types = entries.map(({ type }) => type);
  for (const type of ['import.finished', 'request.received', 'request.granted', 'redemption.allowed', 'grant.revoked', 'redemption.refused']) expect(types).toContain(type);
  expect(owner(z.object({ ok: z.boolean() }), 'log', 'verify').ok).toBe(true);

  const checkpoint = join(folder, 'checkpoint');
  writeFileSync(checkpoint, owner(z.object({ checkpoint: z.string(), verifierKey: z.string(), size: z.number() }), 'log', 'checkpoint').checkpoint);
  expect(owner(z.object({ proof: z.array(z.string()) }), 'log', 'prove', '1').proof.length).toBeGreaterThan(2);
  refused(66, 'ERR_ENTRY_UNKNOWN', run(penchant, ['log', 'prove', '9999', '--json']));
  const receipt = join(folder, 'receipt.json');
  owner(z.object({ file: z.literal(receipt), entries: z.number().min(4) }), 'receipt', 'shop.example', '--out', receipt);
  refused(77, 'ERR_FILE_EXISTS', run(penchant, ['receipt', 'shop.example', '--out', receipt, '--json']));
  refused(66, 'ERR_COMPANY_UNKNOWN', run(penchant, ['receipt', 'other.example', '--out', join(folder, 'none'), '--json']));
  // The company checks it alone, with a token that has ended.
  const proven = shop(z.object({ size: z.number(), entries: z.array(z.object({ type: z.string() })) }), 'receipt', '--dir', company, '--receipt', receipt, '--token', tokenFile);
  expect(proven.entries.map(({ type }) => type)).toEqual(expect.arrayContaining(['request.granted', 'redemption.allowed', 'grant.revoked', 'redemption.refused']));
  expect(proven.entries).toHaveLength(proven.size);
  refused(64, 'ERR_USAGE', run(penchant, ['log', 'forget', '--json']));
  refused(64, 'ERR_USAGE', run(penchant, ['log', 'forget', '--before', '2026-02-30', '--json']));
  expect(owner(z.object({ entries: z.number() }), 'log', 'forget', '--before', '2001-01-01').entries).toBe(0);
  expect(owner(z.object({ entries: z.number() }), 'log', 'forget', '--company', 'shop.example').entries).toBeGreaterThan(4);
  expect(owner(z.object({ ok: z.boolean(), forgotten: z.number().min(5) }), 'log', 'verify').ok).toBe(true);
  expect(owner(z.object({ extends: z.boolean() }), 'log', 'compare', checkpoint).extends).toBe(true);
  refused(66, 'ERR_RECEIPT_EMPTY', run(penchant, ['receipt', 'shop.example', '--out', join(folder, 'none'), '--json']));

  const undone = owner(z.object({ records: z.number().min(1), preferences: z.number() }), 'undo', imports[0]?.id ?? '');
  expect(undone.records).toBe(imports[0]?.added);
}, 240_000);

test('a backup restores elsewhere and opens with the same passphrase', () => {
  const file = join(folder, 'copy.backup');
  owner(z.object({ sizeBytes: z.number().min(1000) }), 'backup', file);
  refused(77, 'ERR_FILE_EXISTS', run(penchant, ['backup', file, '--json']));
  const elsewhere = join(folder, 'elsewhere');
  expect(run(penchant, ['restore', file, '--vault', elsewhere, '--json']).exit).toBe(0);
  expect(run(penchant, ['log', 'verify', '--vault', elsewhere, '--json']).exit).toBe(0);
  refused(77, 'ERR_VAULT_EXISTS', run(penchant, ['restore', file, '--vault', elsewhere, '--json']));
  writeFileSync(join(folder, 'bad.backup'), 'not a backup');
  refused(65, 'ERR_BACKUP_INVALID', run(penchant, ['restore', join(folder, 'bad.backup'), '--vault', join(folder, 'third'), '--json']));
}, 60_000);

/** The whole way out and in: everything in open formats inside an age file, and taken over into a new vault. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { restoreCell } from '../../shared/domain/csv-cells.ts';
import { exportSchema, FILES, itemLine, logLine, profileFile, recordLine } from '../../electron/core/portability/export-format.ts';
import { CLAIMS } from '../../shared/protocol/vocabulary.ts';
import { temporaryFolder } from '../support/database.ts';
import { filesOf, livedInVault, profileOf, sealed, sealedBytes, watchJob } from '../support/portability.ts';
import { call, openedCore, PASSPHRASE, testClock, testPorts } from '../support/ports.ts';

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;
const lines = (text: string | undefined): unknown[] => (text ?? '').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);

async function exported() {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const { core, ports } = await livedInVault();
  const file = join(temporaryFolder(), 'all.age');
  const written = await core.exportTo(file, { recipients: [recipient] });
  return { core, ports, identity, recipient, file, written, files: await filesOf(file, { identity }) };
}

let made: Promise<Omit<Awaited<ReturnType<typeof exported>>, 'core' | 'ports'> & { readonly before: Awaited<ReturnType<typeof profileOf>>; readonly bytes: Buffer }> | undefined;
/** One export for all tests that only read it. */
const anExport = () => (made ??= (async () => {
  const { core, ports: _closed, ...rest } = await exported();
  return { ...rest, before: await profileOf(core), bytes: readFileSync(rest.file) };
})());

/** Hands a file to a new vault, as `export`. */
async function offered(bytes: Buffer, ports = testPorts()) {
  const { core } = await openedCore(ports);
  const path = join(temporaryFolder(), 'in.age');
  writeFileSync(path, bytes);
  core.grantFile({ id: 'export', path, name: 'in.age', size: bytes.length, temporary: false });
  return { core, ports };
}

async function takeOver(bytes: Buffer, key: { readonly identities: string[] } | { readonly passphrase: string }) {
  const { core, ports } = await offered(bytes);
  return { core, ports, taken: call(core, 'export.takeOver', { fileId: 'export', ...key }) };
}

/** An import, its conclusions and several vaults: slow where many tests run at once. */
const PATIENCE = { timeout: 240_000 };

describe('an export', PATIENCE, () => {
  test('holds everything in the documented form, and no key, token or handle', async () => {
    const { core, file, written, files } = await exported();
    expect([...files.keys()].sort()).toEqual(Object.values(FILES).sort());
    const profile = profileFile.parse(JSON.parse(files.get(FILES.profile) ?? ''));
    const { preferences, records } = await call(core, 'profile.list');
    expect(profile.preferences.map(({ id }) => id)).toEqual(preferences.map(({ id }) => id));
    expect(profile.leftOut).toMatchObject({ items: expect.any(Number) as number, words: 0 });
    expect(profile.preferences.filter(({ origin }) => origin === 'inferred').every(({ rules }) => rules.length > 0)).toBe(true);
    const items = lines(files.get(FILES.items)).map((line) => itemLine.parse(line));
    const happened = lines(files.get(FILES.records)).map((line) => recordLine.parse(line));
    const log = lines(files.get(FILES.log)).map((line) => logLine.parse(line));
    expect({ items: items.length, records: happened.length, log: log.length }).toEqual(profile.counts);
    expect(happened).toHaveLength(records - profile.leftOut.records);
    expect(written.records).toBe(happened.length);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    for (const [name, text] of files) expect(text, name).not.toMatch(/"?(?:private_key|token_hash|handle|jws)"?\s*:/u);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(join(file, '..'))).toEqual(['all.age']);
    expect((await call(core, 'audit.list', { limit: 1 })).entries[0]).toMatchObject({ type: 'vault.exported', counts: { records: happened.length } });
  });

  test('holds nothing of the closed part, also while that is open, and says how much it left out', async () => {
    const { core } = await livedInVault();
    await call(core, 'profile.declare', { claim: 'interest', value: 'Diabetes' });
    await call(core, 'profile.openClosed', { proof: { passphrase: PASSPHRASE } });
    const { preferences } = await call(core, 'profile.list');
    const closed = preferences.filter(({ sensitive }) => sensitive);
    const whys = await Promise.all(closed.map(({ id }) => call(core, 'profile.why', { id })));
    const titles = [...new Set(whys.flatMap(({ rules }) => rules.flatMap(({ examples }) => examples.map(({ title }) => title))))];
    expect(titles.length).toBeGreaterThan(0);
    const identity = await generateX25519Identity();
    const file = join(temporaryFolder(), 'all.age');
    await core.exportTo(file, { recipients: [await identityToRecipient(identity)] });
    const files = await filesOf(file, { identity });
    const all = [...files.values()].join('\n');
    for (const hidden of [...titles, ...closed.flatMap(({ id, value }) => [id, `"value":${JSON.stringify(value)}`])]) expect(all, hidden).not.toContain(hidden);
    const profile = profileFile.parse(JSON.parse(files.get(FILES.profile) ?? ''));
    expect(profile.leftOut).toMatchObject({ words: 1 });
    expect(profile.leftOut.items).toBeGreaterThanOrEqual(titles.length);
    expect(profile.leftOut.records).toBeGreaterThanOrEqual(profile.leftOut.items);
    // The positive control: what is open is found by the same search.
    for (const { id, value } of preferences.filter(({ sensitive }) => !sensitive)) for (const shown of [id, `"value":${JSON.stringify(value)}`]) expect(all).toContain(shown);
  });

  test('has tables another parser reads, cell by cell, and no cell a spreadsheet executes', async () => {
    const { files } = await anExport();
    for (const name of [FILES.recordsCsv, FILES.preferencesCsv, FILES.grantsCsv, FILES.logCsv]) {
      const rows = parse(files.get(name) ?? '', { bom: true, recordDelimiter: '\r\n' });
      expect(rows.length, name).toBeGreaterThan(name === FILES.grantsCsv ? 0 : 1);
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^["\s]*[=+\-@]/u);
    }
    const rows = parse<{ readonly title: string }>(files.get(FILES.recordsCsv) ?? '', { bom: true, columns: true, recordDelimiter: '\r\n' });
    const titles = new Map(lines(files.get(FILES.items)).map((line) => itemLine.parse(line)).map(({ id, title }) => [id, title]));
    expect(rows.map(({ title }) => restoreCell(title))).toEqual(lines(files.get(FILES.records)).map((line) => titles.get(recordLine.parse(line).item)));
  });

  test('brings the JSON Schema it is written by', async () => {
    expect(JSON.parse((await anExport()).files.get(FILES.schema) ?? '')).toEqual(exportSchema());
  });

  test('opens with the age program where there is one', async (context) => {
    if (spawnSync('age', ['--version']).status !== 0) { await context.annotate('age is not installed; not run'); return; }
    const { bytes, identity, files } = await anExport();
    const file = join(temporaryFolder(), 'all.age');
    writeFileSync(file, bytes);
    const key = join(temporaryFolder(), 'key.txt');
    writeFileSync(key, `${identity}\n`);
    const zip = join(temporaryFolder(), 'out.zip');
    const done = spawnSync('age', ['-d', '-i', key, '-o', zip, file], { encoding: 'utf8' });
    expect(done.stderr).toBe('');
    expect(readFileSync(zip).includes(Buffer.from('profile.json'))).toBe(true);
    expect(files.size).toBe(10);
  });

  test('wants a public key that is one, or a passphrase that is none of the easy ones, and overwrites nothing', async () => {
    const { core } = await openedCore();
    const recipient = await identityToRecipient(await generateX25519Identity());
    const file = join(temporaryFolder(), 'all.age');
    await core.exportTo(file, { recipients: [recipient] });
    await expect(core.exportTo(file, { recipients: [recipient] })).rejects.toThrow(code('ERR_FILE_EXISTS'));
    await expect(call(core, 'export.write', { recipients: ['age1nonsense'] })).rejects.toThrow(code('ERR_RECIPIENT_INVALID'));
    await expect(call(core, 'export.write', { recipients: [recipient, 'AGE-SECRET-KEY-1QQ'] })).rejects.toThrow(code('ERR_RECIPIENT_INVALID'));
    await expect(call(core, 'export.write', { passphrase: 'password1' })).rejects.toThrow(code('ERR_PASSPHRASE_WEAK'));
    const passphrase = 'calm otters read seven lamps';
    const byPassphrase = await call(core, 'export.write', { passphrase });
    expect((await filesOf(byPassphrase.place, { passphrase })).size).toBe(10);
  });
});

describe('taking an export over into a new vault', PATIENCE, () => {
  /** The lived-in vault locks after an hour, which a new one does sooner. */
  const NEW_WITH_ITS_LOOKS = { autoLockMinutes: 15, askAgainMinutes: 15, lockOnScreenLock: true, lockOnSleep: true, lockOnClose: false, theme: 'dark', characterKeys: true, language: null, notify: true, lookForUpdates: false, loopbackEnabled: true, lessonsRead: [] };

  test('gives an equal profile: records, conclusions with their strengths, what was said and ruled out, and how it looks', async () => {
    const { before, bytes, identity, files } = await anExport();
    const { leftOut } = profileFile.parse(JSON.parse(files.get(FILES.profile) ?? ''));
    const records = before.records - leftOut.records;
    const { core: fresh, taken } = await takeOver(bytes, { identities: [identity] });
    expect(await taken).toMatchObject({ imports: 3, records, statements: 3, rejections: 1, notMe: 1, leftOut: { grants: 0 } });
    expect(await profileOf(fresh)).toEqual({ ...before, records, settings: NEW_WITH_ITS_LOOKS });
    expect((await call(fresh, 'profile.list')).preferences.length).toBeGreaterThan(20);
    expect(await call(fresh, 'audit.verify')).toMatchObject({ ok: true });
    // What was taken over can be taken back like any import.
    const [newest] = before.imports;
    if (!newest) throw new Error('no import');
    expect(await call(fresh, 'sources.undo', { importId: newest.id })).toMatchObject({ records: lines(files.get(FILES.records)).filter((line) => recordLine.parse(line).import === newest.id).length });
  });

  test('is refused where there is something already, and changes nothing there', async () => {
    const { bytes, identity } = await anExport();
    const { core, taken } = await takeOver(bytes, { identities: ['AGE-SECRET-KEY-1QQ'] });
    await expect(taken).rejects.toThrow(code('ERR_EXPORT_SECRET_WRONG'));
    await call(core, 'profile.declare', { claim: 'language', value: 'de' });
    const path = join(temporaryFolder(), 'all.age');
    writeFileSync(path, bytes);
    core.grantFile({ id: 'again', path, name: 'all.age', size: 1, temporary: false });
    const before = await profileOf(core);
    await expect(call(core, 'export.takeOver', { fileId: 'again', identities: [identity] })).rejects.toThrow(code('ERR_VAULT_NOT_EMPTY'));
    expect(await profileOf(core)).toEqual(before);
  });

  describe('of a hostile or broken file ends in a code and leaves the vault empty', () => {
    const passphrase = 'calm otters read seven lamps';
    const edited = (files: ReadonlyMap<string, string>, name: string, edit: (text: string) => string): Map<string, string> => new Map([...files].map(([n, text]) => [n, n === name ? edit(text) : text]));
    const inProfile = (files: ReadonlyMap<string, string>, change: (profile: Record<string, unknown>) => object): Map<string, string> => edited(files, FILES.profile, (text) => JSON.stringify(change(JSON.parse(text) as Record<string, unknown>)));
    const firstLine = (text: string): string => text.split('\n')[0] ?? '';

    const CASES: readonly (readonly [string, (files: ReadonlyMap<string, string>) => Promise<Buffer>, string])[] = [
      ['no age file', () => Promise.resolve(Buffer.from('PK\u0003\u0004 something else')), 'ERR_EXPORT_INVALID'],
      ['an empty file', () => Promise.resolve(Buffer.alloc(0)), 'ERR_EXPORT_INVALID'],
      ['another passphrase', (files) => sealed(files, { passphrase: 'not the one that was said' }), 'ERR_EXPORT_SECRET_WRONG'],
      ['cut off', async (files) => (await sealed(files, { passphrase })).subarray(0, -1_000), 'ERR_EXPORT_INVALID'],
      ['no zip inside', () => sealedBytes(Buffer.from('hello'), { passphrase }), 'ERR_ARCHIVE_INVALID'],
      ['a zip bomb inside', (files) => sealed(new Map<string, string | Buffer>([...files, ['records.jsonl', Buffer.alloc(64 * 2 ** 20)]]), { passphrase }), 'ERR_ARCHIVE_BOMB'],
      ['a file missing', (files) => sealed(new Map([...files].filter(([name]) => name !== FILES.items)), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['another form', (files) => sealed(inProfile(files, (profile) => ({ ...profile, surprise: true })), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['a later version', (files) => sealed(inProfile(files, (profile) => ({ ...profile, version: 2 })), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['no JSON', (files) => sealed(edited(files, FILES.profile, () => '{"format":'), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['JSON nested without end', (files) => sealed(edited(files, FILES.profile, () => '['.repeat(200_000)), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['a prototype as a key', (files) => sealed(edited(files, FILES.profile, (text) => text.replace('{', '{"__proto__":{"x":1},')), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['huge numbers', (files) => sealed(edited(files, FILES.records, (text) => text.replace(/"atMs":\d+/u, '"atMs":1e300')), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['numbers beyond what is exact', (files) => sealed(edited(files, FILES.records, (text) => text.replace(/"variant":\d+/u, '"variant":9007199254740993')), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['text for a number', (files) => sealed(edited(files, FILES.items, (text) => text.replace('"id":', '"id":"1","was":')), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['a line without end', (files) => sealed(edited(files, FILES.items, (text) => text.replace('"title":"', `"title":"${'x'.repeat(100_000)}`)), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['an item twice', (files) => sealed(inProfile(edited(files, FILES.items, (text) => `${text}${firstLine(text)}\n`), (profile) => ({ ...profile, counts: { ...(profile['counts'] as object), items: lines(files.get(FILES.items)).length + 1 } })), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['a record twice', (files) => sealed(inProfile(edited(files, FILES.records, (text) => `${text}${firstLine(text)}\n`), (profile) => ({ ...profile, counts: { ...(profile['counts'] as object), records: lines(files.get(FILES.records)).length + 1 } })), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['a statement twice', (files) => sealed(inProfile(files, (profile) => ({ ...profile, statements: [...(profile['statements'] as unknown[]), ...(profile['statements'] as unknown[])] })), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['a record of nothing', (files) => sealed(edited(files, FILES.records, (text) => text.replace(/"item":\d+/u, '"item":999999999')), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['fewer records than it says', (files) => sealed(edited(files, FILES.records, (text) => text.split('\n').slice(1).join('\n')), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['a statement under another number', (files) => sealed(inProfile(files, (profile) => ({ ...profile, statements: (profile['statements'] as object[]).map((statement) => ({ ...statement, id: 'AAAAAAAAAAAAAAAA' })) })), { passphrase }), 'ERR_EXPORT_INVALID'],
      ['no UTF-8', (files) => sealed(new Map<string, string | Buffer>([...files, [FILES.items, Buffer.from([0xff, 0xfe, 0x0a])]]), { passphrase }), 'ERR_EXPORT_INVALID'],
    ];

    test('case by case', async () => {
      const { files } = await anExport();
      const { core, ports } = await openedCore();
      const folder = temporaryFolder();
      for (const [name, make, expected] of CASES) {
        const path = join(folder, 'in.age');
        writeFileSync(path, await make(files));
        core.grantFile({ id: 'export', path, name: 'in.age', size: 1, temporary: false });
        expect(await call(core, 'export.takeOver', { fileId: 'export', passphrase }).then(() => 'taken', (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)), name).toBe(expected);
        expect(await profileOf(core), name).toMatchObject({ records: 0, preferences: [], rejections: [], imports: [], settings: { theme: 'system' } });
      }
      // After all of that the honest file is still taken.
      writeFileSync(join(folder, 'in.age'), await sealed(files, { passphrase }));
      core.grantFile({ id: 'export', path: join(folder, 'in.age'), name: 'in.age', size: 1, temporary: false });
      expect(await call(core, 'export.takeOver', { fileId: 'export', passphrase })).toMatchObject({ imports: 3 });
      expect(readdirSync(ports.dataDir).filter((name) => !/^(?:vault\.|audit\.|reserve$)/u.test(name))).toEqual([]);
    });
  });

  describe('of a file that somebody wrote by hand', () => {
    const passphrase = 'calm otters read seven lamps';
    const idOf = (claim: string, value: string): string => createHash('sha256').update(`${claim}|${value}`).digest('base64url').slice(0, 16);
    const said = (claim: string, value: string, saidAtMs = 1_000) => ({ id: idOf(claim, value), claim, value, origin: 'declared', strength: 1, horizonWeeks: claim === 'intent' ? 8 : null, replaces: [], saidAtMs });
    const ruledOut = (claim: string, value: string) => ({ id: idOf(claim, value), claim, value, rejectedAtMs: 1_000 });
    /** The lived-in vault's export with another profile, offered to a new vault. */
    async function withProfile(change: object, ports = testPorts()) {
      const { files } = await anExport();
      const profile = { ...JSON.parse(files.get(FILES.profile) ?? '') as object, ...change };
      return offered(await sealed(new Map([...files, [FILES.profile, JSON.stringify(profile)]]), { passphrase }), ports);
    }

    test('words that cannot be said here are left out and counted, and everything goes on working', async () => {
      const nonsense = ['x', '__proto__', 'constructor', ':', 'a:b:c', '999999', '18-24:', '<script>', '-', 'DE-', '\u0000'];
      const invalid = CLAIMS.filter((claim) => claim !== 'brand').flatMap((claim) => nonsense.map((value) => [claim, value] as const));
      const open = [['interest', 'Baking'], ['age', '34'], ['age', '17'], ['region', 'Germany'], ['brand', 'a\u202eb'], ['brand', ' Lego '], ['genre', 'food-drink.baking']] as const;
      const valid = [said('language', 'pt-BR'), said('brand', 'x'), said('age', '30-34', 1), said('age', '35-39', 2), said('region', 'DE-BY')];
      const { core } = await withProfile({
        statements: [...[...invalid, ...open].map(([claim, value]) => said(claim, value)), ...valid],
        rejections: [...invalid.map(([claim, value]) => ruledOut(claim, value)), ruledOut('units', 'imperial')],
      });
      const leftOut = invalid.length * 2 + open.length + 1;
      expect(await call(core, 'export.preview', { fileId: 'export', passphrase })).toMatchObject({ statements: 4, rejections: 1, leftOut: { words: leftOut } });
      expect(await call(core, 'export.takeOver', { fileId: 'export', passphrase })).toMatchObject({ statements: 4, rejections: 1, leftOut: { words: leftOut } });
      const { preferences } = await call(core, 'profile.list');
      expect(preferences.filter(({ origin }) => origin === 'declared').map(({ claim, value }) => `${claim}=${value}`).sort()).toEqual(['age=35-39', 'brand=x', 'language=pt-BR', 'region=DE-BY']);
      expect((await call(core, 'profile.rejections')).rejections.map(({ claim, value }) => `${claim}=${value}`)).toEqual(['units=imperial']);
      for (const { id } of preferences) await call(core, 'profile.why', { id });
    });

    test('what is left of forgotten records speaks only for what a rule could have spoken for, and nothing closed', async () => {
      const { files } = await anExport();
      const { imports: [first] } = JSON.parse(files.get(FILES.profile) ?? '') as { imports: { id: string }[] };
      const kept = (target: string, rule = 'lexicon/topic@1') => ({ import: first?.id, kind: 'product', act: 'used', matches: [[target, rule, 1]], asOfMs: 8.64e15, items: 9, records: 99, support: 1e12, lastAtMs: 8.64e15, prices: [1e300, 0, 0], priced: 9 });
      const bad = ['habits.alcohol', 'health', 'brand:a\u202eb', 'brand:', '__proto__', 'constructor', 'no.such.node', "'; DROP TABLE items; --"].map((target) => kept(target));
      const { core } = await withProfile({ keptEvidence: [...bad, kept('crafts.knitting'), kept('crafts', 'no/such-rule@9')] });
      expect(await call(core, 'export.takeOver', { fileId: 'export', passphrase })).toMatchObject({ leftOut: { words: bad.length } });
      const { preferences, closed } = await call(core, 'profile.list');
      expect(preferences.find(({ value }) => value === 'crafts.knitting')).toMatchObject({ evidence: expect.any(Number) as number, sensitive: false });
      expect(preferences.filter(({ value }) => /alcohol|health|u202e|proto|DROP/u.test(value))).toEqual([]);
      expect(closed.count).toBe(0);
      for (const { id, strength } of preferences) { expect(strength).toBeLessThanOrEqual(1); await call(core, 'profile.why', { id }); }
    });

    test.each([
      ['kept evidence of an import that is not in it', { keptEvidence: [{ import: 'nobody', kind: 'product', act: 'used', matches: [['crafts.knitting', 'lexicon/topic@1', 1]], asOfMs: 1, items: 1, records: 1, support: 1, lastAtMs: 1, prices: [0, 0, 0], priced: 0 }] }],
      ['a stretch of time of an import that is not in it', { forgottenSpans: [{ import: 'nobody', kind: 'music', act: 'used', fromMs: 0, toMs: 1 }] }],
      ['"not me" under another number', { notMe: [{ id: 'AAAAAAAAAAAAAAAA', scope: 'creator', source: 'spotify', kind: 'music', name: 'x', maker: null, saidAtMs: 1 }] }],
      ['a week beyond those that are counted', { forgottenSpans: [{ import: 'x', kind: 'music', act: 'used', fromMs: 0, toMs: 1, weeks: [2 ** 31] }] }],
      ['a month twice', { forgottenSpans: [{ import: 'x', kind: 'music', act: 'used', fromMs: 0, toMs: 1, weeks: [33, 34] }] }],
      ['a month without a week', { forgottenSpans: [{ import: 'x', kind: 'music', act: 'used', fromMs: 0, toMs: 1, weeks: [32] }] }],
      ['weeks without end', { forgottenSpans: Array.from({ length: 1_100 }, () => ({ import: 'x', kind: 'music', act: 'used', fromMs: 0, toMs: 1, weeks: Array.from({ length: 960 }, (_, month) => month * 32 + 1) })) }],
      ['more weeks than there are', { forgottenSpans: [{ import: 'x', kind: 'music', act: 'used', fromMs: 0, toMs: 1, weeks: Array.from({ length: 961 }, () => 1) }] }],
      ['a weight beyond one', { keptEvidence: [{ import: 'x', kind: 'product', act: 'used', matches: [['crafts', 'r', 7]], asOfMs: 1, items: 1, records: 1, support: 1, lastAtMs: 1, prices: [0, 0, 0], priced: 0 }] }],
    ])('%s is refused, and nothing is kept', async (_name, change) => {
      const { core } = await withProfile(change);
      await expect(call(core, 'export.takeOver', { fileId: 'export', passphrase })).rejects.toThrow(code('ERR_EXPORT_INVALID'));
      expect(await profileOf(core)).toMatchObject({ records: 0, preferences: [], imports: [], notMe: [] });
    });

    test('its settings loosen nothing', async () => {
      const loose = { autoLockMinutes: null, askAgainMinutes: null, lockOnScreenLock: false, lockOnSleep: false, lockOnClose: false, loopbackEnabled: true, lookForUpdates: true, theme: 'light' };
      const { core } = await withProfile({ settings: loose });
      const before = await call(core, 'settings.get');
      await call(core, 'export.takeOver', { fileId: 'export', passphrase });
      expect(await call(core, 'settings.get')).toEqual({ ...before, theme: 'light' });
      expect((await call(core, 'audit.list', { limit: 20 })).entries.map(({ type }) => type)).not.toContain('settings.changed');
    });

    test('what is stricter in it holds, and is noted', async () => {
      const strict = { autoLockMinutes: 1, askAgainMinutes: 5, lockOnScreenLock: true, lockOnSleep: false, lockOnClose: true, loopbackEnabled: false, theme: 'system', characterKeys: false, language: 'de', notify: false, lookForUpdates: false, lessonsRead: ['crowd'] };
      const { core } = await withProfile({ settings: strict });
      await call(core, 'export.takeOver', { fileId: 'export', passphrase });
      expect(await call(core, 'settings.get')).toEqual({ ...strict, lockOnSleep: true });
      expect((await call(core, 'audit.list', { limit: 20 })).entries.map(({ type }) => type)).toContain('settings.changed');
    });
  });

  test.each([['stopped', ['ERR_CANCELLED']], ['let through', []]] as const)('refuses what is said meanwhile, so that being %s loses nothing that was acknowledged', async (how, codes) => {
    const { bytes, identity } = await anExport();
    const { core } = await offered(bytes);
    const answers: Promise<unknown>[] = [];
    watchJob(core, 'take-over', (job) => {
      if (job.phase !== 'copying' || answers.length > 0) return;
      answers.push(
        core.dispatch('profile.declare', { claim: 'language', value: 'pt-BR' }), core.dispatch('profile.reject', { id: 'AAAAAAAAAAAAAAAA' }), core.dispatch('profile.correct', { id: 'AAAAAAAAAAAAAAAA', strength: 1 }),
        core.dispatch('profile.restore', { id: 'AAAAAAAAAAAAAAAA' }), core.dispatch('profile.delete', { id: 'AAAAAAAAAAAAAAAA' }), core.dispatch('profile.openClosed', { proof: { passphrase: PASSPHRASE } }),
      );
      if (how === 'stopped') void call(core, 'jobs.cancel', { jobId: job.id });
    });
    const outcome = await core.dispatch('export.takeOver', { fileId: 'export', identities: [identity] });
    expect(outcome.ok ? [] : [outcome.error.code]).toEqual(codes);
    expect(answers).toHaveLength(6);
    // Opening the closed part proves who is there first, which takes longer than storing does.
    for (const answer of answers.slice(0, 5)) expect(await answer).toMatchObject({ ok: false, error: { code: 'ERR_IMPORT_BUSY' } });
    await call(core, 'profile.declare', { claim: 'language', value: 'pt-BR' });
    expect((await call(core, 'profile.list')).preferences.filter(({ claim }) => claim === 'language')).toMatchObject([{ value: 'pt-BR', origin: 'declared' }]);
  });

  test('is told beforehand: what is in the file, and what will stay behind; nothing is stored', async () => {
    const { before, bytes, identity, files } = await anExport();
    const { leftOut, counts, exportedAtMs } = profileFile.parse(JSON.parse(files.get(FILES.profile) ?? ''));
    const { core, ports } = await offered(bytes);
    const there = readdirSync(ports.dataDir);
    expect(await call(core, 'export.status')).toEqual({ canTakeOver: true });
    await expect(call(core, 'export.preview', { fileId: 'export', passphrase: 'not how it was locked' })).rejects.toThrow(code('ERR_EXPORT_SECRET_WRONG'));
    const preview = await call(core, 'export.preview', { fileId: 'export', identities: [identity] });
    expect(preview).toMatchObject({ madeAtMs: exportedAtMs, imports: 3, records: before.records - leftOut.records, statements: 3, rejections: 1, notMe: 1, leftOut: { logEntries: counts.log }, closed: { records: leftOut.records, words: leftOut.words } });
    expect([...preview.sources].sort()).toEqual(['amazon', 'netflix', 'spotify']);
    expect(preview.firstRecordMs).toBeLessThan(preview.lastRecordMs ?? 0);
    expect(await profileOf(core)).toMatchObject({ records: 0, preferences: [], imports: [] });
    expect(readdirSync(ports.dataDir)).toEqual(there);
    const { madeAtMs: _made, sources: _sources, firstRecordMs: _first, lastRecordMs: _last, closed: _closed, ...said } = preview;
    expect(await call(core, 'export.takeOver', { fileId: 'export', identities: [identity] })).toEqual(said);
    expect(await call(core, 'export.status')).toEqual({ canTakeOver: false });
  });

  test.each(['reading', 'checking', 'copying'] as const)('stopped while %s leaves the vault as it was, and the same file can be taken over after all', async (phase) => {
    const { before, bytes, identity, files } = await anExport();
    const { leftOut } = profileFile.parse(JSON.parse(files.get(FILES.profile) ?? ''));
    const { core, ports } = await offered(bytes);
    const [empty, there] = [await profileOf(core), readdirSync(ports.dataDir)];
    let stop = true;
    const told = watchJob(core, 'take-over', (job) => { if (stop && job.phase === phase) void call(core, 'jobs.cancel', { jobId: job.id }); });
    const input = { fileId: 'export', identities: [identity] };
    await expect(call(core, 'export.takeOver', input)).rejects.toThrow(code('ERR_CANCELLED'));
    expect(told.at(-1)).toMatchObject({ state: 'cancelled' });
    expect(await profileOf(core)).toEqual(empty);
    expect(await call(core, 'export.status')).toEqual({ canTakeOver: true });
    expect(readdirSync(ports.dataDir)).toEqual(there);
    stop = false;
    await call(core, 'export.takeOver', input);
    expect(await profileOf(core)).toEqual({ ...before, records: before.records - leftOut.records, settings: NEW_WITH_ITS_LOOKS });
  });

  test('stopped when it is in the vault and only thought about is taken over all the same', async () => {
    const { bytes, identity } = await anExport();
    const { core } = await offered(bytes);
    watchJob(core, 'take-over', (job) => { if (job.phase === 'understanding') void call(core, 'jobs.cancel', { jobId: job.id }); });
    const taken = await call(core, 'export.takeOver', { fileId: 'export', identities: [identity] });
    expect(taken.records).toBeGreaterThan(100);
    expect((await call(core, 'sources.imports')).imports).toHaveLength(3);
  });

  test('says how far it is', async () => {
    const { bytes, identity } = await anExport();
    const clock = testClock();
    const { core } = await offered(bytes, testPorts({ clock: { nowMs: () => { clock.advance(250); return clock.nowMs(); } }, steadyMs: () => 0 }));
    const told = watchJob(core, 'take-over');
    await call(core, 'export.takeOver', { fileId: 'export', identities: [identity] });
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['reading', 'checking', 'copying', 'understanding', 'finished']);
    for (const phase of ['reading', 'checking', 'copying', 'understanding'] as const) {
      const shares = told.filter((job) => job.phase === phase && job.totalBytes > 0).map(({ doneBytes, totalBytes }) => doneBytes / totalBytes);
      expect(shares, phase).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1), phase).toBeGreaterThan(0.9);
      expect(shares.at(-1), phase).toBeLessThanOrEqual(1);
    }
  });

  test('that a crash cut off is undone at the next unlocking', async () => {
    const ports = testPorts();
    const { core } = await livedInVault(ports);
    await core.close();
    const { unlockVault } = await import('../../electron/core/vault/vault.ts');
    const { PASSPHRASE, testCore } = await import('../support/ports.ts');
    const vault = await unlockVault(ports, { passphrase: PASSPHRASE });
    vault.db.command("INSERT INTO settings (key, value) VALUES ('portability.taking-over', 'true')").run();
    vault.close();
    const again = testCore(ports);
    await call(again, 'vault.unlock', { passphrase: PASSPHRASE });
    expect(await profileOf(again)).toMatchObject({ records: 0, imports: [], rejections: [] });
  });
});

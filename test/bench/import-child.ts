/** One measurement of importing or finding in a process of its own, so that peaks of memory are its own: `import`, `parse`, `plain`, `find`, `infer` or `rules` and a file. */
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import PlainDriver from 'better-sqlite3-plain';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { createCore } from '../../electron/core/core.ts';
import { createEnrichmentService } from '../../electron/core/enrichment/enrichment-service.ts';
import { publicOf } from '../../electron/core/platform/crypto/hpke.ts';
import { forgetAllTotals } from '../../electron/core/records/totals.ts';
import { unlockVault } from '../../electron/core/vault/vault.ts';
import { fromWireError } from '../../shared/errors/app-error.ts';
import type { Input, MethodName, Output, Topic } from '../../shared/api/contract.ts';
import { measure, measureParse, measurePlainInsert, type Measurement } from './import.ts';

type Call = <M extends MethodName>(method: M, ...input: undefined extends Input<M> ? [] : [Input<M>]) => Promise<Output<M>>;

const PASSPHRASE = 'seven calm otters read by lamplight';

/** The whole way, as the app goes it: preview, import, understanding, into an encrypted vault. */
async function measureWhole<T>(path: string, then: (call: Call, imported: Measurement, more: { readonly dataDir: string; readonly importMore: (path: string) => Promise<Measurement> }) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
  const core = createCore({
    dataDir: join(folder, 'vault'), resourcesDir: join(import.meta.dirname, '../../resources'), workerUrl: new URL('../../electron/core/workers/main.ts', import.meta.url),
    clock: { nowMs: () => Date.now() }, randomBytes: (size) => randomBytes(size), log: (line) => { process.stderr.write(`${line}\n`); }, fetch: globalThis.fetch, redemptionPort: 0, serveOnUnlock: false,
  });
  const call: Call = async <M extends MethodName>(method: M, ...[input]: undefined extends Input<M> ? [] : [Input<M>]): Promise<Output<M>> => {
    const outcome = await core.dispatch(method, input);
    if (!outcome.ok) throw fromWireError(outcome.error);
    return outcome.value as Output<M>;
  };
  try {
    await call('vault.create', { passphrase: PASSPHRASE });
    const importMore = (from: string): Promise<Measurement> => {
      core.grantFile({ id: from, path: from, name: basename(from), size: 0, temporary: false });
      return measure(async () => {
        const preview = await call('sources.preview', { fileIds: [from] });
        const job = Promise.withResolvers<Topic<'job.changed'>>();
        const stop = core.onEvent((event) => {
          const told = event.payload as Topic<'job.changed'>;
          if (event.topic === 'job.changed' && told.state !== 'running') job.resolve(told);
        });
        await call('sources.import', { previewId: preview.previewId, choices: preview.items.map(({ key }) => ({ key })) });
        const { state, error, reports } = await job.promise;
        stop();
        if (state !== 'done') throw new Error(`the import ended ${state}: ${error?.message ?? ''}`);
        return { records: reports.reduce((sum, report) => sum + report.added, 0), file: join(folder, 'vault/vault.db') };
      });
    };
    return await then(call, await importMore(path), { dataDir: join(folder, 'vault'), importMore });
  } finally {
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [mode = '', path = ''] = process.argv.slice(2);
/** Milliseconds of each search, by what is looked for; none of them is the one before it. */
export interface FindBench { readonly records: number; readonly things: number; readonly searches: readonly { readonly what: string; readonly found: number; readonly ms: readonly number[]; readonly plainMs: readonly number[] }[] }

const ROUNDS = 25;
const AREAS = ['food', 'home', 'music', 'technology', 'sport'] as const;
const either = <T>(i: number, one: T, other: T): T => (i % 2 === 0 ? one : other);
const timed = async (body: () => unknown): Promise<number> => {
  const startedAt = performance.now();
  await body();
  return performance.now() - startedAt;
};

/** Searches of the kinds a person makes, beside the same words in the full-text index of a plain, unencrypted SQLite. */
const measureFind = (path: string): Promise<FindBench> => measureWhole(path, async (call, { records }) => {
  const all: Output<'records.find'>['items'] = [];
  const { total } = await call('records.find', { search: {}, limit: 1 });
  while (all.length < total) all.push(...(await call('records.find', { search: {}, offset: all.length, limit: 500 })).items);
  const plain = new PlainDriver(':memory:');
  plain.exec('CREATE VIRTUAL TABLE words USING fts5 (text, prefix = \'2 3\'); CREATE TABLE things (id INTEGER PRIMARY KEY, last_ms INTEGER NOT NULL, title TEXT NOT NULL)');
  const [word, thing] = [plain.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)'), plain.prepare('INSERT INTO things VALUES (?, ?, ?)')];
  plain.transaction(() => { for (const { id, title, creator, collection, lastMs } of all) { word.run(id, [title, creator, collection].join(' ')); thing.run(id, lastMs, title); } })();
  const peer = plain.prepare('SELECT t.* FROM words w JOIN things t ON t.id = w.rowid WHERE words MATCH ? ORDER BY t.last_ms DESC LIMIT 100');
  const rare = (i: number): string => all[(i * 7_919) % all.length]?.title ?? '';
  const kinds: readonly { readonly what: string; readonly before?: (i: number) => Promise<unknown>; readonly search: (i: number) => Input<'records.find'>['search']; readonly words?: (i: number) => string }[] = [
    { what: 'a whole title', search: (i) => ({ text: rare(i) }), words: (i) => rare(i).match(/[A-Za-z]+/gu)?.map((part) => `"${part}"`).join(' ') ?? '' },
    { what: 'three letters', search: (i) => ({ text: rare(i).slice(0, 3) }), words: (i) => `"${rare(i).slice(0, 3)}"*` },
    { what: 'one letter', search: (i) => ({ text: rare(i).slice(0, 1), kinds: i % 2 === 0 ? ['music'] : ['music', 'product'] }), words: (i) => `"${rare(i).slice(0, 1)}"*` },
    { what: 'everything, most often first', search: (i) => ({ order: 'most', sources: either(i, ['spotify'], ['spotify', 'amazon']) }) },
    { what: 'everything, oldest first', search: (i) => ({ order: 'oldest', sources: either(i, ['spotify'], ['spotify', 'amazon']) }) },
    { what: 'everything, newest first, right after the profile changed', before: (i) => call('profile.declare', { claim: 'brand', value: `Brand ${i}` }), search: () => ({}) },
    { what: 'everything, most often first, right after the profile changed', before: (i) => call('profile.declare', { claim: 'brand', value: `Brand ${i}` }), search: () => ({ order: 'most' }) },
    { what: 'one source', search: (i) => ({ sources: either(i, ['amazon'], ['spotify']) }) },
    { what: 'one kind', search: (i) => ({ kinds: either(i, ['product'], ['music']) }) },
    { what: 'one act', search: (i) => ({ acts: either(i, ['used'], ['used', 'liked']) }) },
    { what: 'one area', search: (i) => ({ area: AREAS[i % AREAS.length] }) },
    { what: 'a month of time', search: (i) => ({ fromMs: Date.UTC(2022, i, 1), toMs: Date.UTC(2022, i + 1, 1) }) },
    { what: 'a year of time', search: (i) => ({ fromMs: Date.UTC(2022, i, 1), toMs: Date.UTC(2023, i, 1) }) },
    { what: 'a decade of time', search: (i) => ({ fromMs: Date.UTC(2014, i, 1), toMs: Date.UTC(2024, i, 1) }) },
    { what: 'the last year', search: (i) => ({ fromMs: Date.UTC(2025, 0, i + 1) }) },
    { what: 'one letter in one area in a year', search: (i) => ({ text: rare(i).slice(0, 1), area: AREAS[i % AREAS.length], fromMs: Date.UTC(2022, i, 1), toMs: Date.UTC(2023, i, 1) }) },
  ];
  const searches = [];
  for (const { what, before, search, words } of kinds) {
    const ms: number[] = [], plainMs: number[] = [];
    let found = 0;
    for (let i = 0; i < ROUNDS; i++) {
      await before?.(i);
      ms.push(await timed(async () => { found = (await call('records.find', { search: search(i) })).total; }));
      if (words) plainMs.push(await timed(() => peer.all(words(i))));
    }
    searches.push({ what, found, ms, plainMs });
  }
  const patterns: number[] = [];
  let seen = 0;
  for (let i = 0; i < 5; i++) patterns.push(await timed(async () => { seen = (await call('profile.patterns')).patterns.length; }));
  searches.push({ what: 'patterns', found: seen, ms: patterns, plainMs: [] });
  const trends: number[] = [];
  for (let i = 0; i < 5; i++) trends.push(await timed(async () => { seen = (await call('profile.trends')).trends.length; }));
  searches.push({ what: 'trends', found: seen, ms: trends, plainMs: [] });
  return { records, things: all.length, searches };
});

/** Milliseconds until the profile is right again. */
export interface InferBench { readonly records: number; readonly things: number; readonly more: number; readonly moreMs: number; readonly rejectMs: readonly number[]; readonly anewMs: readonly number[] }

/** After a small import into a large vault, and after ruling something out, beside the same with nothing kept of what was counted. `path`: a folder with a folder `life` and one `more`. */
const measureInfer = (path: string): Promise<InferBench> => measureWhole(join(path, 'life'), async (call, { records }, { dataDir, importMore }) => {
  const { ms: moreMs, records: more } = await importMore(join(path, 'more'));
  const { preferences } = await call('profile.list');
  const round = async (i: number): Promise<number[]> => {
    const id = preferences[(i * 13) % preferences.length]?.id ?? '';
    return [await timed(() => call('profile.reject', { id })), await timed(() => call('profile.restore', { id }))];
  };
  const rejectMs: number[] = [], anewMs: number[] = [];
  for (let i = 0; i < 4; i++) rejectMs.push(...await round(i));
  for (let i = 0; i < 4; i++) {
    await call('vault.lock');
    const vault = await unlockVault({ dataDir, clock: { nowMs: () => Date.now() }, randomBytes: (size) => randomBytes(size) }, { passphrase: PASSPHRASE });
    vault.db.transaction(() => { forgetAllTotals(vault.db); });
    vault.close();
    await call('vault.unlock', { passphrase: PASSPHRASE });
    anewMs.push((await round(i))[0] ?? 0);
  }
  const { total } = await call('records.find', { search: {}, limit: 1 });
  return { records, things: total, more, moreMs, rejectMs, anewMs };
});

/** Milliseconds of coming under other lists, and the longest the event loop was held up. */
export interface RulesRead { /** Until things are read. */ readonly readMs: number; /** And until the profile is right. */ readonly ms: number; readonly longestBlockMs: number }
export interface RulesBench { readonly records: number; readonly things: number; readonly reads: readonly { readonly what: string; readonly some: RulesRead; readonly all: RulesRead }[] }

const LISTS = ['artists', 'titles', 'books', 'products', 'brands', 'topics', 'closed'] as const;
const RESOURCES = join(import.meta.dirname, '../../resources');

/** The shipped lists with one name in so many left out. */
function listsWithout(folder: string, everyNth: number): string {
  cpSync(RESOURCES, folder, { recursive: true });
  let seen = 0;
  for (const list of LISTS) {
    const path = join(folder, `lexicons/${list}.tsv`);
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').map((line) => {
      if (line.startsWith('#') || !line.includes('\t')) return line;
      const [nodes = '', names = ''] = line.split('\t');
      return `${nodes}\t${names.split(';').filter(() => ++seen % everyNth !== 0).join(';')}`;
    }).filter((line) => !line.endsWith('\t')).join('\n'));
  }
  return folder;
}

/** A newer program's lists over a large vault: what they touch, beside everything. @throws when the two do not come to the same */
const measureRules = (path: string): Promise<RulesBench> => measureWhole(path, async (call, { records }, { dataDir }) => {
  const { total } = await call('records.find', { search: {}, limit: 1 });
  await call('vault.lock');
  const vault = await unlockVault({ dataDir, clock: { nowMs: () => Date.now() }, randomBytes: (size) => randomBytes(size) }, { passphrase: PASSPHRASE });
  const audit = createAuditLog({ db: vault.db, key: randomBytes(32), clock: { nowMs: () => Date.now() }, randomBytes: (size) => randomBytes(size) });
  const program = (resourcesDir: string) => createEnrichmentService({ db: vault.db, audit, emit: () => undefined, closedKey: publicOf(randomBytes(32)), ports: { clock: { nowMs: () => Date.now() }, randomBytes: (size) => randomBytes(size), workerUrl: new URL('../../electron/core/workers/main.ts', import.meta.url), resourcesDir } });
  const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
  const matches = (): string => {
    const hash = createHash('sha256');
    for (const row of vault.db.query('SELECT m.item_id, t.name AS target, r.name AS rule, m.weight FROM next_matches m JOIN match_names t ON t.name_id = m.target_id JOIN match_names r ON r.name_id = m.rule_id ORDER BY m.item_id, target, rule').all()) hash.update(JSON.stringify(row));
    return hash.digest('hex');
  };
  /** From the lists of before to these. */
  const read = async (resourcesDir: string, prepare: () => void): Promise<RulesRead> => {
    await program(RESOURCES).refresh(new AbortController().signal);
    prepare();
    const startedAt = performance.now();
    let readMs = 0;
    const { ms, longestBlockMs } = await measure(async () => {
      await program(resourcesDir).refresh(new AbortController().signal, (share) => { if (share <= 0.5 || readMs === 0) readMs = performance.now() - startedAt; });
      return { records };
    });
    return { readMs, ms, longestBlockMs };
  };
  const reads = [];
  try {
    for (const [what, everyNth] of [['one name in a thousand', 1_000], ['one name in fifty', 50]] as const) {
      const resourcesDir = listsWithout(join(folder, String(everyNth)), everyNth);
      const some = await read(resourcesDir, () => undefined), found = matches();
      const all = await read(resourcesDir, () => { vault.db.exec('UPDATE enrichment_state SET rules_to = 0'); });
      if (matches() !== found) throw new Error('what was read again does not come to the same as reading everything');
      reads.push({ what, some, all });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    vault.close();
    await call('vault.unlock', { passphrase: PASSPHRASE });
  }
  return { records, things: total, reads };
});

const modes: Readonly<Record<string, (path: string) => Promise<unknown>>> = { import: (path) => measureWhole(path, (_call, imported) => Promise.resolve(imported)), find: measureFind, infer: measureInfer, parse: measureParse, plain: measurePlainInsert, rules: measureRules };
const run = modes[mode];
if (!run) throw new Error(`there is no measurement ${mode}`);
process.stdout.write(JSON.stringify(await run(path)));

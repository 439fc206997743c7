/** Rows of every feature as an export needs them, and the way back into an empty vault. No secrets are read: no token, no key, no handle. */
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import { SOURCES } from '../../../shared/domain/records.ts';
import { forgetfulSources, forgottenSpans, listKeptEvidence, putForgottenSpan, putKeptEvidence, setForgetful } from '../records/forgotten.ts';
import { forgetFinding } from '../records/finding.ts';
import type { ItemLine, ProfileFile, RecordLine } from './export-format.ts';

type Grant = ProfileFile['grants'][number];
const parsed = (text: string): unknown => JSON.parse(text);
const flag = (value: number): boolean => value === 1;

/** Rows read between two turns of the event loop. */
const PAGE_ROWS = 1_000;

export const listStatements = (db: ReadableDb): ProfileFile['statements'] =>
  db.query<Omit<ProfileFile['statements'][number], 'replaces'> & { readonly replaces: string }>('SELECT id, claim, value, origin, strength, horizon_weeks AS horizonWeeks, replaces, said_at_ms AS saidAtMs, manner FROM statements ORDER BY id').all()
    .map((row) => ({ ...row, replaces: parsed(row.replaces) as string[] }));
export const listRejections = (db: ReadableDb): ProfileFile['rejections'] =>
  db.query<ProfileFile['rejections'][number]>('SELECT id, claim, value, rejected_at_ms AS rejectedAtMs FROM rejections ORDER BY id').all();

export const listNotMe = (db: ReadableDb): ProfileFile['notMe'] =>
  db.query<ProfileFile['notMe'][number]>('SELECT id, scope, source, kind, name, maker, said_at_ms AS saidAtMs FROM not_me ORDER BY id').all();

/** What the person said about room to breathe; null where nothing was. */
export const readBreathing = (db: ReadableDb): unknown => { const row = db.query<{ rules: string }>('SELECT rules FROM breathing').get(); return row === undefined ? null : parsed(row.rules); };

export const listFloors = (db: ReadableDb): ProfileFile['crowdFloors'] =>
  db.query<ProfileFile['crowdFloors'][number]>("SELECT nullif(company_id, '') AS company, floor FROM crowd_floors ORDER BY company_id").all();
export const listTold = (db: ReadableDb): ProfileFile['told'] =>
  db.query<Omit<ProfileFile['told'][number], 'value'> & { readonly value: string }>('SELECT company_id AS company, claim, value, first_ms AS firstMs FROM told JOIN companies USING (recipient_id) ORDER BY first_ms, company_id, claim, value').all()
    .map((row) => ({ ...row, value: parsed(row.value) as ProfileFile['told'][number]['value'] }));

export const listRefused = (db: ReadableDb): ProfileFile['refusedCompanies'] =>
  db.query<ProfileFile['refusedCompanies'][number]>('SELECT company_id AS company, since_ms AS sinceMs FROM refused_companies ORDER BY company_id').all();
export const listTemplates = (db: ReadableDb): ProfileFile['templates'] =>
  db.query<{ name: string; body: string }>('SELECT name, body FROM templates ORDER BY name').all().map(({ name, body }) => ({ name, ...parsed(body) as Omit<ProfileFile['templates'][number], 'name'> }) as ProfileFile['templates'][number]);

const idsOfImports = (db: ReadableDb): Map<number, string> => new Map(db.query<{ number: number; id: string }>('SELECT number, import_id AS id FROM imports').all().map(({ number, id }) => [number, id]));
export function listKept(db: ReadableDb): Pick<ProfileFile, 'keptEvidence' | 'forgottenSpans' | 'conclusionsOnly'> {
  const ids = idsOfImports(db);
  return {
    keptEvidence: listKeptEvidence(db).map(({ importNumber, matches, prices, weeks, ...kept }) => ({ import: ids.get(importNumber) ?? '', ...kept, matches: matches.map((match) => [...match]), prices: [...prices], weeks: [...weeks] })),
    forgottenSpans: SOURCES.flatMap((source) => forgottenSpans(db, source)).map(({ importNumber, weeks, ...span }) => ({ import: ids.get(importNumber) ?? '', ...span, weeks: [...weeks] })),
    conclusionsOnly: forgetfulSources(db),
  };
}

type ImportRow = Omit<ProfileFile['imports'][number], 'sample' | 'issues'> & { readonly sample: number; readonly issues: string };
export const listImportFiles = (db: ReadableDb): ProfileFile['imports'] =>
  db.query<ImportRow>(`SELECT import_id AS id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs,
    first_record_ms AS firstRecordMs, last_record_ms AS lastRecordMs, forgotten_at_ms AS forgottenAtMs FROM imports WHERE state <> 'running' ORDER BY number`).all()
    .map((row) => ({ ...row, sample: flag(row.sample), issues: parsed(row.issues) as ProfileFile['imports'][number]['issues'] }));

export const listOwnSources = (db: ReadableDb): ProfileFile['mappings'] =>
  db.query<{ id: string; name: string; saved: string | null }>('SELECT mapping_id AS id, name, saved FROM mappings ORDER BY mapping_id').all()
    .map((row) => ({ ...row, saved: row.saved === null ? null : parsed(row.saved) as ProfileFile['mappings'][number]['saved'] }));

type CompanyRow = Omit<ProfileFile['companies'][number], 'document'> & { readonly document: string };
export const listCompanies = (db: ReadableDb): ProfileFile['companies'] =>
  db.query<CompanyRow>('SELECT company_id AS companyId, document_key AS documentKey, identity, first_seen_ms AS firstSeenMs, checked_at_ms AS checkedAtMs, document FROM companies ORDER BY first_seen_ms, recipient_id').all()
    .map((row) => ({ ...row, document: parsed(row.document) }));

type RequestRow = Omit<ProfileFile['requests'][number], 'payload'> & { readonly payload: string };
export const listRequests = (db: ReadableDb): ProfileFile['requests'] =>
  db.query<RequestRow>(`SELECT request_id AS requestId, company_id AS companyId, state, received_at_ms AS receivedAtMs, expires_at_ms AS expiresAtMs, decided_at_ms AS decidedAtMs, grant_id AS grantId, payload
    FROM requests JOIN companies USING (recipient_id) ORDER BY received_at_ms, request_id`).all().map((row) => ({ ...row, payload: parsed(row.payload) }));

type GrantRow = Omit<Grant, 'claims' | 'purposes' | 'brands' | 'cadence' | 'versions'> & { readonly claims: string; readonly purposes: string; readonly brands: string; readonly max: number; readonly per: Grant['cadence']['per'] };
export function listGrants(db: ReadableDb): Grant[] {
  const versions = db.query<{ version: number; atMs: number; decision: string; shown: string }>('SELECT version, at_ms AS atMs, decision, shown FROM grant_versions WHERE grant_id = ? ORDER BY version');
  return db.query<GrantRow>(`SELECT g.grant_id AS grantId, g.request_id AS requestId, c.company_id AS companyId, c.document ->> '$.name' AS companyName, g.state, g.version, g.claims, g.purposes, g.brands,
    g.cadence_max AS max, g.cadence_per AS per, g.granted_at_ms AS grantedAtMs, g.expires_at_ms AS expiresAtMs, g.ended_at_ms AS endedAtMs, u.redemptions, u.refused, u.last_redeemed_ms AS lastRedeemedMs
    FROM grants g JOIN companies c USING (recipient_id) JOIN grant_usage u USING (grant_id) ORDER BY g.granted_at_ms, g.grant_id`).all().map(({ max, per, ...row }) => ({
    ...row, claims: parsed(row.claims) as Grant['claims'], purposes: parsed(row.purposes), brands: parsed(row.brands) as string[], cadence: { max, per },
    versions: versions.all(row.grantId).map((version) => ({ ...version, decision: parsed(version.decision), shown: parsed(version.shown) })),
  }));
}

export function countAll(db: ReadableDb): ProfileFile['counts'] {
  const count = (table: string): number => db.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  const closed = countClosed(db);
  return { items: count('items') - closed.items, records: count('records') - closed.records, log: count('audit WHERE forgotten_by IS NULL') };
}

/** What lies in the closed part, for which an export has no words. */
export function countClosed(db: ReadableDb): ProfileFile['leftOut'] {
  return db.query<ProfileFile['leftOut']>(`SELECT (SELECT count(*) FROM sealed_items) AS items, (SELECT count(*) FROM records WHERE item_id IN (SELECT item_id FROM sealed_items)) AS records,
    (SELECT count(*) FROM sealed_words) AS words`).get() ?? { items: 0, records: 0, words: 0 };
}

type ItemRow = Omit<ItemLine, 'fingerprint'> & { readonly fingerprint: Buffer };
export function* pagesOfItems(db: ReadableDb): Generator<ItemLine[], void> {
  const page = db.query<ItemRow>('SELECT item_id AS id, source, kind, act, title, creator, collection, category, fingerprint FROM items WHERE item_id > ? AND item_id NOT IN (SELECT item_id FROM sealed_items) ORDER BY item_id LIMIT ?');
  for (let after = 0; ;) {
    const rows = page.all(after, PAGE_ROWS);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => ({ ...row, fingerprint: row.fingerprint.toString('base64url') }));
    after = last.id;
  }
}

export interface RecordRow extends RecordLine { readonly source: string; readonly kind: string; readonly act: string; readonly title: string; readonly creator: string | null; readonly collection: string | null; readonly category: string | null }
/** In order of time, each with its item, those of the closed part left out. CROSS JOIN keeps the records outermost, so that a page is read where the last one ended. */
export function* pagesOfRecords(db: ReadableDb): Generator<RecordRow[], void> {
  const page = db.query<Omit<RecordRow, 'background'> & { readonly background: number }>(`SELECT r.at_ms AS atMs, r.background, r.item_id AS item, r.variant, m.import_id AS import, r.grain_ms AS grainMs, r.duration_ms AS durationMs, r.quantity, r.amount_minor AS amountMinor, r.currency,
    i.source, i.kind, i.act, i.title, i.creator, i.collection, i.category FROM records r CROSS JOIN items i ON i.item_id = r.item_id CROSS JOIN imports m ON m.number = r.import_number
    WHERE (r.at_ms, r.item_id, r.variant) > (?, ?, ?) AND r.item_id NOT IN (SELECT item_id FROM sealed_items) ORDER BY r.at_ms, r.item_id, r.variant LIMIT ?`);
  for (let after: readonly [number, number, number] = [Number.MIN_SAFE_INTEGER, 0, 0]; ;) {
    const rows = page.all(...after, PAGE_ROWS).map((row) => ({ ...row, background: flag(row.background) }));
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = [last.atMs, last.item, last.variant];
  }
}

/** True when nothing was imported, said, of files of their own too, or ruled out yet. */
export const holdsNoProfile = (db: ReadableDb): boolean =>
  db.query<{ n: number }>('SELECT (SELECT count(*) FROM imports) + (SELECT count(*) FROM statements) + (SELECT count(*) FROM rejections) + (SELECT count(*) FROM sealed_words) + (SELECT count(*) FROM mappings) + (SELECT count(*) FROM not_me) AS n').get()?.n === 0;

export function insertProfile(db: WritableDb, profile: ProfileFile): ReadonlyMap<string, number> {
  const importNumbers = new Map<string, number>();
  const addImport = db.command(`INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms, finished_at_ms, first_record_ms, last_record_ms, forgotten_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  for (const i of profile.imports) {
    importNumbers.set(i.id, addImport.run(i.id, i.source, i.format, i.file, i.sample ? 1 : 0, i.state, i.read, i.added, i.duplicate, i.skipped, JSON.stringify(i.issues), i.startedAtMs, i.finishedAtMs, i.firstRecordMs, i.lastRecordMs, i.forgottenAtMs).lastInsertRowid);
  }
  const say = db.command('INSERT INTO statements (id, claim, value, origin, strength, horizon_weeks, replaces, said_at_ms, manner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const s of profile.statements) say.run(s.id, s.claim, s.value, s.origin, s.strength, s.horizonWeeks, JSON.stringify(s.replaces), s.saidAtMs, s.manner);
  const ruleOut = db.command('INSERT INTO rejections (id, claim, value, rejected_at_ms) VALUES (?, ?, ?, ?)');
  for (const r of profile.rejections) ruleOut.run(r.id, r.claim, r.value, r.rejectedAtMs);
  const disown = db.command('INSERT INTO not_me (id, scope, source, kind, name, maker, said_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const n of profile.notMe) disown.run(n.id, n.scope, n.source, n.kind, n.name, n.maker, n.saidAtMs);
  const numberOf = (importId: string): number => {
    const number = importNumbers.get(importId);
    if (number === undefined) throw new AppError('ERR_EXPORT_INVALID', 'This is not an export Penchant can take over: what is left of forgotten records names an import that is not in it. Nothing of it was kept.');
    return number;
  };
  for (const { import: from, ...kept } of profile.keptEvidence) putKeptEvidence(db, { importNumber: numberOf(from), ...kept });
  for (const { import: from, ...span } of profile.forgottenSpans) putForgottenSpan(db, { importNumber: numberOf(from), ...span });
  for (const source of profile.conclusionsOnly) setForgetful(db, source, true);
  const describe = db.command('INSERT INTO mappings (mapping_id, name, saved) VALUES (?, ?, ?)');
  for (const { id, name, saved } of profile.mappings) describe.run(id, saved?.mapping.name ?? name, saved && JSON.stringify({ ...saved, id }));
  return importNumbers;
}

/** @returns the id this vault gives the item */
export const insertItem = (db: WritableDb, item: ItemLine): number =>
  db.command('INSERT INTO items (source, kind, act, title, creator, collection, category, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(item.source, item.kind, item.act, item.title, item.creator, item.collection, item.category, Buffer.from(item.fingerprint, 'base64url')).lastInsertRowid;

export function insertRecord(db: WritableDb, record: RecordLine, itemId: number, importNumber: number): void {
  db.command('INSERT INTO records (at_ms, item_id, variant, import_number, grain_ms, duration_ms, quantity, amount_minor, currency, background) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(record.atMs, itemId, record.variant, importNumber, record.grainMs, record.durationMs, record.quantity, record.amountMinor, record.currency, record.background ? 1 : 0);
}

/** Takes everything back that {@link insertProfile} and its like put into an empty vault. */
export function clearProfile(db: WritableDb): void {
  for (const table of ['kept_evidence', 'forgotten_spans', 'records', 'item_matches', 'next_matches', 'items', 'imports', 'statements', 'rejections', 'not_me', 'mappings', 'sealed_words', 'preferences']) db.command(`DELETE FROM ${table}`).run();
  db.command('UPDATE enrichment_state SET records = 0').run();
  forgetFinding(db);
}

/** A value of this feature among the settings; null when there is none or it is not of this form. */
export function readValue(db: ReadableDb, key: string): unknown {
  const row = db.query<{ value: string }>('SELECT value FROM settings WHERE key = ?').get(key);
  return row ? parsed(row.value) : null;
}
export function writeValue(db: WritableDb, key: string, value: unknown): void {
  db.command('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, JSON.stringify(value));
}
export const deleteValue = (db: WritableDb, key: string): boolean => db.command('DELETE FROM settings WHERE key = ?').run(key).changes > 0;

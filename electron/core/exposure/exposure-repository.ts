/** Rows of what companies were told and of floors. No policy. */
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';

export interface ToldRow { readonly company_id: string; readonly claim: Claim; readonly value: string; readonly first_ms: number; readonly noise_epoch: number | null }

/** Of every company, oldest first. */
export const listTold = (db: ReadableDb): ToldRow[] => db.query<ToldRow>('SELECT company_id, claim, value, first_ms, noise_epoch FROM told JOIN companies USING (recipient_id) ORDER BY first_ms, claim, value').all();

export const listToldTo = (db: ReadableDb, companyId: string): ToldRow[] =>
  db.query<ToldRow>('SELECT company_id, claim, value, first_ms, noise_epoch FROM companies JOIN told USING (recipient_id) WHERE company_id = ? ORDER BY first_ms, claim, value').all(companyId);

/** `noiseEpoch`: of an answer that was made deniable. What was said as it is once stays so. @returns whether anything changed */
export const addTold = (db: WritableDb, recipientId: string, claim: Claim, value: string, nowMs: number, noiseEpoch: number | null): boolean =>
  db.command(`INSERT INTO told (recipient_id, claim, value, first_ms, noise_epoch) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET noise_epoch = excluded.noise_epoch WHERE noise_epoch < coalesce(excluded.noise_epoch, 9e15)`).run(recipientId, claim, value, nowMs, noiseEpoch).changes > 0;

/** Where the person was while something was told; '' where it was not known. */
export const addHome = (db: WritableDb, companyId: string, home: string): boolean => db.command('INSERT INTO told_homes (company_id, home) VALUES (?, ?) ON CONFLICT DO NOTHING').run(companyId, home).changes > 0;
export const listHomes = (db: ReadableDb): { readonly company_id: string; readonly home: string }[] => db.query<{ company_id: string; home: string }>('SELECT company_id, home FROM told_homes').all();

export interface SpentRow { readonly company_id: string; readonly epoch: number; /** Of a number "intent|<node>". */ readonly area: string; readonly weight: number; /** A level, or the place on the ladder. */ readonly said: string }
export const listSpent = (db: ReadableDb): SpentRow[] => db.query<SpentRow>('SELECT company_id, epoch, area, weight, said FROM noise_spent').all();
export function addSpent(db: WritableDb, row: SpentRow): boolean {
  return db.command('INSERT INTO noise_spent (company_id, epoch, area, weight, said) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING').run(row.company_id, row.epoch, row.area, row.weight, row.said).changes > 0;
}

/** By company; the one for all under ''. */
export const listFloors = (db: ReadableDb): Map<string, number> => new Map(db.query<{ id: string; floor: number }>('SELECT company_id AS id, floor FROM crowd_floors').all().map(({ id, floor }) => [id, floor]));

export function setFloor(db: WritableDb, companyId: string, floor: number | null): void {
  if (floor === null) db.command('DELETE FROM crowd_floors WHERE company_id = ?').run(companyId);
  else db.command('INSERT INTO crowd_floors (company_id, floor) VALUES (?, ?) ON CONFLICT (company_id) DO UPDATE SET floor = excluded.floor').run(companyId, floor);
}
/** Answers of each company under all its permissions, and since when it has had one. */
export const listUse = (db: ReadableDb): Map<string, { readonly answers: number; readonly sinceMs: number }> => new Map(
  db.query<{ id: string; answers: number; since: number }>('SELECT company_id AS id, sum(redemptions) AS answers, min(granted_at_ms) AS since FROM grants JOIN grant_usage USING (grant_id) JOIN companies USING (recipient_id) GROUP BY company_id').all()
    .map(({ id, answers, since }) => [id, { answers, sinceMs: since }]),
);
export const isCompany = (db: ReadableDb, companyId: string): boolean => db.query('SELECT 1 FROM companies WHERE company_id = ? LIMIT 1').get(companyId) !== undefined;
/** Newest name of each company, by its address. */
export const listNames = (db: ReadableDb): Map<string, string> =>
  new Map(db.query<{ id: string; name: string }>("SELECT company_id AS id, document ->> '$.name' AS name FROM companies ORDER BY first_seen_ms").all().map(({ id, name }) => [id, name]));

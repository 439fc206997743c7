/** Rows of enrichment: matches, conclusions, the person's own statements, and what they ruled out. No policy. */
import type { Manner, NotMe } from '../../../shared/domain/preference.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import type { Act, ItemKind } from '../records/records.ts';
import { idsIn } from '../records/totals.ts';
import type { Conclusion } from './conclude.ts';
import type { Lasting } from './lasting.ts';
import type { Resting } from './seasons.ts';
import type { ClassifyBatch } from './tasks.ts';

export interface State {
  readonly lexicon: string; readonly classifiedTo: number;
  /** The lists of words that would apply once the person agrees, and how far items are read by them; null when those that apply are the newest. */
  readonly nextLexicon: string | null; readonly nextClassifiedTo: number;
  /** Up to which item what applies is just what `lexicon` says; behind it, other lists may have read. */
  readonly rulesTo: number;
  readonly updatedAtMs: number | null; readonly records: number;
}
export interface StoredConclusion extends Conclusion { readonly id: string }
export interface Statement {
  readonly id: string; readonly claim: Claim; readonly value: string; readonly origin: 'declared' | 'corrected';
  /** A factor on what is concluded where it is `weakened`. */
  readonly strength: number; readonly horizonWeeks: number | null; readonly manner: Manner;
  /** Ids of the conclusions this one stands in for. */
  readonly replaces: readonly string[];
  readonly saidAtMs: number;
}
export interface StoredRejection { readonly id: string; readonly claim: Claim; readonly value: string; readonly rejectedAtMs: number }
export interface StoredMatch { readonly itemId: number; readonly kind: ItemKind; readonly target: string; readonly rule: string; readonly weight: number }

export function readState(db: ReadableDb): State {
  const row = db.query<State>('SELECT lexicon, classified_to AS classifiedTo, next_lexicon AS nextLexicon, next_classified_to AS nextClassifiedTo, rules_to AS rulesTo, updated_at_ms AS updatedAtMs, records FROM enrichment_state').get();
  if (!row) throw new Error('the state row of enrichment is gone');
  return row;
}

/** Forgets every match: the lexicons say something else now. */
export function resetMatches(db: WritableDb, lexicon: string): void {
  db.command('DELETE FROM item_matches').run();
  db.command('DELETE FROM next_matches').run();
  db.command('DELETE FROM match_names').run();
  db.command('UPDATE enrichment_state SET lexicon = ?, classified_to = 0, rules_to = 0, next_lexicon = NULL, next_classified_to = 0').run(lexicon);
}

/** What applies, and what would apply by the newest lists once the person agrees. */
export type MatchTable = 'item_matches' | 'next_matches';

/** Begins to read everything by these lists, beside what applies. */
export function beginNext(db: WritableDb, lexicon: string): void {
  db.command('DELETE FROM next_matches').run();
  db.command('UPDATE enrichment_state SET next_lexicon = ?, next_classified_to = 0').run(lexicon);
}

/** Lets go of what was read beside what applies, and of all that applies without being what its own lists say: they are the newest again. */
export function dropNext(db: WritableDb): void {
  db.command('DELETE FROM next_matches').run();
  db.command('DELETE FROM item_matches WHERE item_id > (SELECT rules_to FROM enrichment_state)').run();
  db.command('UPDATE enrichment_state SET classified_to = rules_to, next_lexicon = NULL, next_classified_to = 0').run();
}

/** What applies of this item and those behind it was read by other lists than the rest. */
export function distrustFrom(db: WritableDb, itemId: number): void {
  db.command('UPDATE enrichment_state SET rules_to = min(rules_to, ?)').run(itemId - 1);
}

/** Takes what applies of the items with `afterId < id <= toId` over as what would apply, but for these. */
export function carryOver(db: WritableDb, afterId: number, toId: number, butIds: readonly number[]): void {
  db.command('INSERT OR IGNORE INTO next_matches SELECT * FROM item_matches WHERE item_id > ? AND item_id <= ? AND item_id NOT IN (SELECT value FROM json_each(?))').run(afterId, toId, JSON.stringify(butIds));
}

/** Items with `afterId < id <= toId` of which what applies is said by anything but this rule and about anything but these targets. */
export const itemsSaidBut = (db: ReadableDb, afterId: number, toId: number, but: { readonly ruleIds: readonly number[]; readonly targetIds: readonly number[] }): Set<number> =>
  idsOf(db.query<{ id: number }>('SELECT DISTINCT item_id AS id FROM item_matches WHERE item_id > ? AND item_id <= ? AND rule_id NOT IN (SELECT value FROM json_each(?)) AND target_id NOT IN (SELECT value FROM json_each(?))').all(afterId, toId, JSON.stringify(but.ruleIds), JSON.stringify(but.targetIds)));

/** Keeps the lists of a version, beside those that apply; others go. */
export function keepRules(db: WritableDb, version: string, body: Buffer): void {
  db.command('INSERT INTO rules_read (version, body) VALUES (?, ?) ON CONFLICT DO NOTHING').run(version, body);
  db.command('DELETE FROM rules_read WHERE version <> ? AND version <> (SELECT lexicon FROM enrichment_state)').run(version);
}

/** The lists that apply, packed; undefined where an older program read by them. */
export const rulesThatApply = (db: ReadableDb): Buffer | undefined => db.query<{ body: Buffer }>('SELECT body FROM rules_read WHERE version = (SELECT lexicon FROM enrichment_state)').get()?.body;

/** Matches of the items with `afterId < id <= toId` are those of the newest lists from now on. */
export function applyNext(db: WritableDb, afterId: number, toId: number): void {
  db.command('DELETE FROM item_matches WHERE item_id > ? AND item_id <= ?').run(afterId, toId);
  db.command('INSERT INTO item_matches SELECT * FROM next_matches WHERE item_id > ? AND item_id <= ?').run(afterId, toId);
}

/** After the last {@link applyNext}. */
export function endNext(db: WritableDb): void {
  db.command('DELETE FROM next_matches').run();
  db.command('UPDATE enrichment_state SET lexicon = next_lexicon, classified_to = next_classified_to, rules_to = next_classified_to, next_lexicon = NULL, next_classified_to = 0').run();
  db.command('DELETE FROM rules_read WHERE version <> (SELECT lexicon FROM enrichment_state)').run();
}

export const hasMatches = (db: ReadableDb): boolean => db.query('SELECT 1 FROM item_matches LIMIT 1').get() !== undefined;

/** Ids of names, remembered while one writer lives. */
export function createMatchWriter(db: WritableDb, table: MatchTable): { write(batch: ClassifyBatch): void } {
  const ids = new Map<string, number>();
  const idOf = (name: string): number => {
    let id = ids.get(name);
    if (id === undefined) {
      db.command('INSERT INTO match_names (name) VALUES (?) ON CONFLICT (name) DO NOTHING').run(name);
      id = db.query<{ id: number }>('SELECT name_id AS id FROM match_names WHERE name = ?').get(name)?.id;
      if (id === undefined) throw new Error('a name was not stored');
      ids.set(name, id);
    }
    return id;
  };
  return {
    write(batch) {
      // An undo may have taken the item away since it was read.
      const insert = db.command(`INSERT INTO ${table} (item_id, target_id, rule_id, item_kind, item_act, weight) SELECT item_id, ?, ?, ?, ?, ? FROM items
        WHERE item_id = ? ON CONFLICT DO UPDATE SET weight = max(weight, excluded.weight)`);
      batch.itemIds.forEach((itemId, i) => { insert.run(idOf(batch.targets[i] ?? ''), idOf(batch.rules[i] ?? ''), batch.kinds[i] ?? '', batch.acts[i] ?? '', batch.weights[i] ?? 0, itemId); });
      if (table === 'next_matches') db.command('UPDATE enrichment_state SET next_classified_to = ?').run(batch.classifiedTo);
      else db.command('UPDATE enrichment_state SET rules_to = iif(next_lexicon IS NULL AND rules_to = classified_to, ?, rules_to), classified_to = ?').run(batch.classifiedTo, batch.classifiedTo);
    },
  };
}

/** Every name a match can carry, by id. */
export const matchNames = (db: ReadableDb): Map<number, string> =>
  new Map(db.query<{ id: number; name: string }>('SELECT name_id AS id, name FROM match_names').all().map((row) => [row.id, row.name]));

export interface MatchRow { readonly itemId: number; readonly targetId: number; readonly ruleId: number; readonly kind: ItemKind; readonly act: Act; readonly weight: number }

/** Matches of the items with `afterId < id <= toId`, in order of item. */
export const matchesOfItems = (db: ReadableDb, table: MatchTable, afterId: number, toId: number): MatchRow[] =>
  db.query<MatchRow>(`SELECT item_id AS itemId, target_id AS targetId, rule_id AS ruleId, item_kind AS kind, item_act AS act, weight FROM ${table} WHERE item_id > ? AND item_id <= ? ORDER BY item_id`).all(afterId, toId);

/** Items with `afterId < id <= toId` and what they match, as two columns in order of item: a text each instead of a row. */
export function targetsOfItems(db: ReadableDb, afterId: number, toId: number): { readonly itemIds: readonly number[]; readonly targetIds: readonly number[] } {
  const row = db.query<{ items: string; targets: string }>('SELECT json_group_array(item_id) AS items, json_group_array(target_id) AS targets FROM (SELECT item_id, target_id FROM item_matches WHERE item_id > ? AND item_id <= ? ORDER BY item_id)').get(afterId, toId);
  return { itemIds: JSON.parse(row?.items ?? '[]') as number[], targetIds: JSON.parse(row?.targets ?? '[]') as number[] };
}

/** Matches of these items, in order of item. */
export const matchesOf = (db: ReadableDb, itemIds: readonly number[]): MatchRow[] =>
  db.query<MatchRow>('SELECT item_id AS itemId, target_id AS targetId, rule_id AS ruleId, item_kind AS kind, item_act AS act, weight FROM item_matches WHERE item_id IN (SELECT value FROM json_each(?)) ORDER BY item_id').all(JSON.stringify(itemIds));

/** Matches on any of these targets; one pass over all matches. */
export const matchesOnTargets = (db: ReadableDb, targetIds: readonly number[]): MatchRow[] =>
  db.query<MatchRow>('SELECT item_id AS itemId, target_id AS targetId, rule_id AS ruleId, item_kind AS kind, item_act AS act, weight FROM item_matches WHERE target_id IN (SELECT value FROM json_each(?)) ORDER BY item_id').all(JSON.stringify(targetIds));

/** Items with a match on any of these targets, one for each match; one pass over all matches. */
export const itemsOnTargets = (db: ReadableDb, targetIds: readonly number[]): Uint32Array =>
  idsIn(db.query<{ ids: string | null }>('SELECT group_concat(item_id) AS ids FROM item_matches WHERE target_id IN (SELECT value FROM json_each(?))').get(JSON.stringify(targetIds))?.ids);

interface ConclusionRow { readonly id: string; readonly claim: Claim; readonly value: string; readonly strength: number; readonly confidence: number; readonly sensitive: number; readonly evidence: number; readonly horizonWeeks: number | null; readonly lastSeenMs: number; readonly season: string | null }

export const listConclusions = (db: ReadableDb): StoredConclusion[] =>
  db.query<ConclusionRow>(`SELECT id, claim, value, strength, confidence, sensitive, evidence, horizon_weeks AS horizonWeeks, last_seen_ms AS lastSeenMs, season
    FROM preferences ORDER BY claim, strength DESC, value`).all().map((row) => ({ ...row, sensitive: row.sensitive === 1, season: row.season === null ? null : JSON.parse(row.season) as Resting }));

export function replaceConclusions(db: WritableDb, conclusions: readonly StoredConclusion[], state: { readonly updatedAtMs: number; readonly records: number; readonly lasting: Lasting }): void {
  db.command('DELETE FROM preferences').run();
  const insert = db.command('INSERT INTO preferences (id, claim, value, strength, confidence, sensitive, evidence, horizon_weeks, last_seen_ms, season) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const c of conclusions) insert.run(c.id, c.claim, c.value, c.strength, c.confidence, c.sensitive ? 1 : 0, c.evidence, c.horizonWeeks, c.lastSeenMs, c.season === null ? null : JSON.stringify(c.season));
  db.command('UPDATE enrichment_state SET updated_at_ms = ?, records = ?, firsts = ?, again = ?').run(state.updatedAtMs, state.records, state.lasting.firsts, state.lasting.again);
}

/** As the conclusions that are stored were reckoned with. */
export const readLasting = (db: ReadableDb): Lasting => db.query<Lasting>('SELECT firsts, again FROM enrichment_state').get() ?? { firsts: 0, again: 0 };

export function deleteConclusions(db: WritableDb, ids: readonly string[]): void {
  db.command('DELETE FROM preferences WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(ids));
}

export const listStatements = (db: ReadableDb): Statement[] =>
  db.query<Omit<Statement, 'replaces'> & { readonly replaces: string }>('SELECT id, claim, value, origin, strength, horizon_weeks AS horizonWeeks, replaces, said_at_ms AS saidAtMs, manner FROM statements ORDER BY claim, value').all()
    .map((row) => ({ ...row, replaces: JSON.parse(row.replaces) as string[] }));

export function putStatement(db: WritableDb, s: Statement): void {
  db.command(`INSERT INTO statements (id, claim, value, origin, strength, horizon_weeks, replaces, said_at_ms, manner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET origin = excluded.origin, strength = excluded.strength, horizon_weeks = excluded.horizon_weeks,
    replaces = excluded.replaces, said_at_ms = excluded.said_at_ms, manner = excluded.manner`)
    .run(s.id, s.claim, s.value, s.origin, s.strength, s.horizonWeeks, JSON.stringify(s.replaces), s.saidAtMs, s.manner);
}

export const deleteStatement = (db: WritableDb, id: string): boolean => db.command('DELETE FROM statements WHERE id = ?').run(id).changes > 0;

export const listRejections = (db: ReadableDb): StoredRejection[] =>
  db.query<StoredRejection>('SELECT id, claim, value, rejected_at_ms AS rejectedAtMs FROM rejections ORDER BY rejected_at_ms DESC, id').all();

export function putRejection(db: WritableDb, r: StoredRejection): void {
  db.command('INSERT INTO rejections (id, claim, value, rejected_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET rejected_at_ms = excluded.rejected_at_ms').run(r.id, r.claim, r.value, r.rejectedAtMs);
}

export const deleteRejection = (db: WritableDb, id: string): boolean => db.command('DELETE FROM rejections WHERE id = ?').run(id).changes > 0;

/** A statement, rejection or "not me" about something closed. Its id says nothing: the id of a preference is made of its value. */
export interface SealedWord { readonly wordId: string; readonly kind: 'statement' | 'rejection' | 'not-me'; readonly box: Buffer }

export const listSealedWords = (db: ReadableDb): SealedWord[] => db.query<SealedWord>('SELECT word_id AS wordId, kind, box FROM sealed_words ORDER BY word_id').all();

export const countSealedWords = (db: ReadableDb): number => db.query<{ n: number }>('SELECT count(*) AS n FROM sealed_words').get()?.n ?? 0;

export function putSealedWord(db: WritableDb, word: SealedWord): void {
  db.command('INSERT INTO sealed_words (word_id, kind, box) VALUES (?, ?, ?)').run(word.wordId, word.kind, word.box);
}

export function deleteSealedWords(db: WritableDb, wordIds: readonly string[]): void {
  db.command('DELETE FROM sealed_words WHERE word_id IN (SELECT value FROM json_each(?))').run(JSON.stringify(wordIds));
}

export function deleteMatchesOfItems(db: WritableDb, itemIds: readonly number[]): void {
  for (const table of ['item_matches', 'next_matches'] satisfies MatchTable[]) db.command(`DELETE FROM ${table} WHERE item_id IN (SELECT value FROM json_each(?))`).run(JSON.stringify(itemIds));
}

/** Names that no match carries any more of those that apply. */
export function deleteMatchNames(db: WritableDb, nameIds: readonly number[]): void {
  db.command('DELETE FROM next_matches WHERE target_id IN (SELECT value FROM json_each(?))').run(JSON.stringify(nameIds));
  db.command('DELETE FROM match_names WHERE name_id IN (SELECT value FROM json_each(?))').run(JSON.stringify(nameIds));
}

const NOT_ME = 'SELECT id, scope, source, kind, name, maker, said_at_ms AS saidAtMs FROM not_me';
export const listNotMe = (db: ReadableDb): NotMe[] => db.query<NotMe>(`${NOT_ME} ORDER BY said_at_ms DESC, id`).all();

export function putNotMe(db: WritableDb, said: NotMe): void {
  db.command('INSERT INTO not_me (id, scope, source, kind, name, maker, said_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET said_at_ms = excluded.said_at_ms')
    .run(said.id, said.scope, said.source, said.kind, said.name, said.maker, said.saidAtMs);
}

export const deleteNotMe = (db: WritableDb, id: string): boolean => db.command('DELETE FROM not_me WHERE id = ?').run(id).changes > 0;

/** The words of {@link listNotMe} as a condition on items `i`, the same as `covers`. Looked up, not compared one by one: there may be thousands. */
const DISOWNED = `((i.source, i.kind, i.title, ifnull(i.creator, char(0))) IN (SELECT source, kind, name, ifnull(maker, char(0)) FROM not_me WHERE scope = 'thing')
  OR (i.source, i.creator) IN (SELECT source, name FROM not_me WHERE scope = 'creator')
  OR (i.source, i.collection, ifnull(i.creator, char(0))) IN (SELECT source, name, ifnull(maker, char(0)) FROM not_me WHERE scope = 'collection'))`;
const idsOf = (rows: readonly { readonly id: number }[]): Set<number> => new Set(rows.map(({ id }) => id));

/** Items with `afterId < id <= toId` that the person said are not about them; sealed ones have no words to tell by. */
export const disownedItems = (db: ReadableDb, afterId: number, toId: number): Set<number> =>
  db.query('SELECT 1 FROM not_me LIMIT 1').get() === undefined ? new Set() : idsOf(db.query<{ id: number }>(`SELECT i.item_id AS id FROM items i WHERE i.item_id > ? AND i.item_id <= ? AND ${DISOWNED}`).all(afterId, toId));

/** Which of these items they are. */
export const disownedAmong = (db: ReadableDb, itemIds: readonly number[]): Set<number> =>
  db.query('SELECT 1 FROM not_me LIMIT 1').get() === undefined ? new Set() : idsOf(db.query<{ id: number }>(`SELECT i.item_id AS id FROM json_each(?) wanted JOIN items i ON i.item_id = wanted.value WHERE ${DISOWNED}`).all(JSON.stringify(itemIds)));

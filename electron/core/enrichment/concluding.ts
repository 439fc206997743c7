/** Adds the evidence up and puts the conclusions in the place of those of before. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import type { CorePorts } from '../ports.ts';
import { purgeWords } from '../records/finding.ts';
import { addForgottenWeeks, listKeptEvidence } from '../records/forgotten.ts';
import { recordsOfItems, type Item } from '../records/records.ts';
import { totalItems, weeksOfAll } from '../records/totals.ts';
import { readGroups } from './close-together.ts';
import type { ClosedPart } from './closed-part.ts';
import { createTally, type Bought } from './conclude.ts';
import { disownedItems, listConclusions, matchesOfItems, matchNames, replaceConclusions, type MatchTable, type StoredConclusion } from './enrichment-repository.ts';
import type { IntentRules, Purchase } from './intents.ts';
import type { Lasting } from './lasting.ts';
import type { Match } from './matcher.ts';
import { itemsOf } from './matches.ts';
import { covers } from './not-me.ts';
import { preferenceId, type Preferences } from './preferences.ts';
import type { PriceTable } from './price-bands.ts';
import type { Reading } from './reading.ts';
import { HALF_LIVES_MS, halfLifeOf } from './scoring.ts';
import { stopIf } from './stopping.ts';
import type { Taxonomy } from './taxonomy.ts';

export interface ConcludingDeps {
  readonly db: WritableDb;
  readonly ports: Pick<CorePorts, 'clock'>;
  readonly taxonomy: Taxonomy;
  readonly prices: PriceTable;
  readonly intents: IntentRules;
  readonly closedPart: ClosedPart;
  readonly preferences: Pick<Preferences, 'ruledOut' | 'notMe' | 'wordsNow'>;
  readonly reading: Pick<Reading, 'classifyNew'>;
  /** Called after every change of the conclusions. */
  readonly changed: () => void;
}

export interface Concluding {
  /**
   * Brings the conclusions up to date: matches items not seen before (in a worker), then adds everything up again. Two calls take turns.
   *
   * @returns how many conclusions are new and how many are gone. @throws {AppError} ERR_CANCELLED when `signal` fires; what was there stays.
   */
  readonly refresh: (signal: AbortSignal, onProgress?: (share: number) => void) => Promise<{ readonly added: number; readonly removed: number }>;
  /** What these matches come to, with what was ruled out when it began; nothing is stored. @throws {AppError} ERR_CANCELLED when `signal` fires */
  readonly addUp: (table: MatchTable, signal: AbortSignal, onShare: (share: number) => void) => Promise<AddedUp>;
  /** Begins when all that was begun before has ended, refreshing among it; nothing else in turn happens meanwhile. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export interface AddedUp { readonly conclusions: StoredConclusion[]; readonly records: number; readonly restsOn: string; readonly lasting: Lasting }

/** Item ids added up between two turns of the event loop. */
export const ADD_UP_ITEMS = 4_000;
export const MAX_PURCHASES = 50_000;
/** Shares of progress: matching, totals, adding up. */
const MATCHED = 0.5, TOTALLED = 0.8;

export function createConcluding({ db, ports: { clock }, taxonomy, prices, intents, closedPart, preferences: { ruledOut, notMe, wordsNow }, reading: { classifyNew }, changed }: ConcludingDeps): Concluding {
  let turn: Promise<unknown> = Promise.resolve();

  async function addUp(table: MatchTable, signal: AbortSignal, onShare: (share: number) => void): Promise<AddedUp> {
    const nowMs = clock.nowMs();
    const ruled = ruledOut(), restsOn = wordsNow();
    const pause = async (): Promise<void> => { stopIf(signal); await nextTurn(); };
    const groups = await readGroups(db, pause);
    const totals = await totalItems(db, {
      asOfMs: nowMs, halfLifeMsOf: (kind) => HALF_LIVES_MS[halfLifeOf(kind)],
      async pause(share) { onShare(share * 0.6); await pause(); },
    });
    const shares = groups.shares(totals);
    const names = matchNames(db);
    const weeks = await weeksOfAll(db, totals, pause);
    addForgottenWeeks(db, weeks);
    const tally = createTally({ taxonomy, prices, intents, ruledOut: ruled, nowMs, weeks });
    const addItem = (itemId: number, { kind, act }: Pick<Item, 'kind' | 'act'>, matches: readonly Match[]): void => {
      const records = totals.count[itemId] ?? 0;
      if (records === 0) return;
      const pieces = totals.quantity[itemId] ?? 0, paid = totals.amountMinor[itemId] ?? 0;
      tally.add({
        itemId, kind, act, records, matches, weeks: totals.weeksOf(itemId), share: shares.get(itemId) ?? 1, lastAtMs: totals.lastAtMs[itemId] ?? 0, decayed: totals.decayedOf(itemId),
        unitPriceMinor: pieces > 0 && paid > 0 ? paid / pieces : null, currency: totals.currencyOf(itemId),
      });
    };
    for (let afterId = 0; afterId < totals.highestId; afterId += ADD_UP_ITEMS) {
      const disowned = disownedItems(db, afterId, afterId + ADD_UP_ITEMS);
      for (const { itemId, kind, act, matches } of itemsOf(matchesOfItems(db, table, afterId, afterId + ADD_UP_ITEMS), names, taxonomy)) if (!disowned.has(itemId)) addItem(itemId, { kind, act }, matches);
      stopIf(signal);
      onShare(0.6 + 0.4 * (afterId / Math.max(1, totals.highestId)));
      await nextTurn();
    }
    const said = notMe();
    for (const { item, matches } of closedPart.items()) if (!said.some((one) => covers(one, item))) addItem(item.id, item, matches);
    for (const kept of listKeptEvidence(db)) tally.addKept(kept);
    const conclusions = tally.conclude(purchasesOf(db, tally.purchasedItems(), (itemId) => (totals.count[itemId] === 1 ? totals.lastAtMs[itemId] ?? null : null))).map((conclusion) => ({ ...conclusion, id: preferenceId(conclusion.claim, conclusion.value) }));
    return { conclusions, records: totals.records, restsOn, lasting: tally.lasting() };
  }

  async function refreshNow(signal: AbortSignal, onProgress: (share: number) => void): Promise<{ added: number; removed: number }> {
    stopIf(signal);
    await classifyNew(signal, (share) => { onProgress(MATCHED * share); });
    // Also after a wish to stop: what is closed or undone does not stay in the index.
    await purgeWords(db, async () => { await nextTurn(); });
    for (;;) {
      const { conclusions, records, restsOn, lasting } = await addUp('item_matches', signal, (share) => { onProgress(MATCHED + (TOTALLED - MATCHED) * share); });
      const done = db.transaction(() => {
        // Something was ruled out meanwhile: what was added up may rest on it.
        if (wordsNow() !== restsOn) return null;
        const open = conclusions.filter(({ sensitive }) => !sensitive);
        const before = new Set(listConclusions(db).map((conclusion) => conclusion.id)), after = new Set(open.map((conclusion) => conclusion.id));
        closedPart.conclude(conclusions.filter(({ sensitive }) => sensitive));
        replaceConclusions(db, open, { updatedAtMs: clock.nowMs(), records, lasting });
        return { added: [...after].filter((id) => !before.has(id)).length, removed: [...before].filter((id) => !after.has(id)).length };
      });
      if (!done) continue;
      onProgress(1);
      changed();
      return done;
    }
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  }

  return Object.freeze({ refresh: (signal, onProgress = () => undefined) => inTurn(() => refreshNow(signal, onProgress)), addUp, inTurn } satisfies Concluding);
}

/** What was bought. `onceAtMs`: when a thing was bought of which there is one record; null where the records have to be read. */
export function purchasesOf(db: ReadableDb, bought: readonly Bought[], onceAtMs: (itemId: number) => number | null): Purchase[] {
  const once: Purchase[] = [], families = new Map<number, Bought>();
  for (const one of bought) {
    const atMs = onceAtMs(one.itemId);
    if (atMs === null) families.set(one.itemId, one);
    else once.push({ ...one, atMs });
  }
  if (families.size === 0) return once;
  return [...once, ...recordsOfItems(db, [...families.keys()], MAX_PURCHASES).flatMap(({ itemId, atMs }) => {
    const one = families.get(itemId);
    return one === undefined ? [] : [{ ...one, atMs }];
  })];
}

/** Reads what things are evidence of, in a worker, and seals what is closed in the same transaction. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WritableDb } from '../platform/sqlite/types.ts';
import { runTask } from '../platform/workers/run-task.ts';
import type { CorePorts } from '../ports.ts';
import { indexWords } from '../records/finding.ts';
import { deleteKeptEvidence, listKeptEvidence } from '../records/forgotten.ts';
import { highestItemId, listItems, type Item } from '../records/records.ts';
import type { ClosedPart } from './closed-part.ts';
import {
  beginNext, carryOver, createMatchWriter, deleteConclusions, deleteMatchesOfItems, deleteMatchNames, deleteRejection, deleteStatement, distrustFrom, dropNext, hasMatches, itemsSaidBut, keepRules, listConclusions, listRejections, listStatements, matchesOnTargets, matchNames,
  readState, resetMatches, rulesThatApply,
} from './enrichment-repository.ts';
import type { Match } from './matcher.ts';
import { partOf, splitBatch } from './matches.ts';
import { normalise } from './normalise.ts';
import type { Preferences } from './preferences.ts';
import { stopIf } from './stopping.ts';
import { isSaidByList, touchedBy } from './rule-difference.ts';
import { classifyTask, differenceTask, type ClassifyBatch } from './tasks.ts';

export interface ReadingDeps {
  readonly db: WritableDb;
  readonly ports: Pick<CorePorts, 'workerUrl' | 'resourcesDir'>;
  readonly closedPart: ClosedPart;
  readonly preferences: Pick<Preferences, 'liesClosed'>;
  readonly isClosed: (target: string) => boolean;
  /** Of the lists, matching and taxonomy of this program. */
  readonly version: string;
  /** The lists, to be kept. */
  readonly packed: () => Buffer;
}

export interface Reading {
  /** Reads what was not read by the rules of this program. @throws {AppError} ERR_CANCELLED when `signal` fires; what was read by then stays */
  readonly classifyNew: (signal: AbortSignal, onShare: (share: number) => void) => Promise<void>;
  /** Up to which item the newest rules have said what is closed. */
  readonly readTo: () => number;
  /** What items that are not stored in the open are evidence of; `open` is told what is not closed any more. */
  readonly matchNow: (items: readonly Item[], open: (batch: ClassifyBatch) => void) => Promise<Map<number, Match[]>>;
  /** Lists that say less than they did: what is not closed any more counts like everything else. `batches` hold what they are evidence of. */
  readonly putBack: (batches: readonly ClassifyBatch[], reopened: ReadonlySet<number>) => void;
}

/** Items given to one worker: bounds the memory they take on their way. */
const CLASSIFY_ITEMS = 20_000;
const PAGE_ITEMS = 5_000;
const NOTHING_READ = { itemIds: [], kinds: [], acts: [], targets: [], rules: [], weights: [] } as const;

export function createReading({ db, ports, closedPart, preferences: { liesClosed }, isClosed, version, packed }: ReadingDeps): Reading {
  const { resourcesDir } = ports;

  /** What an older program, or older lists, left lying open. */
  function sealRemains(): void {
    const names = matchNames(db);
    const closedNames = [...names].filter(([, name]) => isClosed(name)).map(([id]) => id);
    const open = new Set(matchesOnTargets(db, closedNames).map(({ itemId }) => itemId));
    const words = { statements: listStatements(db).filter(({ claim, value }) => liesClosed(claim, value)), rejections: listRejections(db).filter(({ claim, value }) => liesClosed(claim, value)) };
    const sensitive = listConclusions(db).filter((conclusion) => conclusion.sensitive);
    // Of what is closed now nothing may be kept in the open, and there are no words left to seal.
    for (const kept of listKeptEvidence(db)) if (kept.matches.some(([target]) => isClosed(target))) deleteKeptEvidence(db, kept);
    if (closedNames.length + words.statements.length + words.rejections.length + sensitive.length === 0) return;
    db.transaction(() => {
      // Said again when the person opens the part.
      closedPart.sealItems(new Map([...open].map((itemId) => [itemId, []])));
      deleteMatchesOfItems(db, [...open]);
      deleteMatchNames(db, closedNames);
      for (const statement of words.statements) { deleteStatement(db, statement.id); closedPart.putStatement(statement); }
      for (const rejection of words.rejections) { deleteRejection(db, rejection.id); closedPart.putRejection(rejection); }
      deleteConclusions(db, sensitive.map(({ id }) => id));
    });
  }

  async function classifyNew(signal: AbortSignal, onShare: (share: number) => void): Promise<void> {
    sealRemains();
    beginReading();
    const write = matchWriter();
    const state = readState(db);
    const firstId = state.nextLexicon === null ? state.classifiedTo : state.nextClassifiedTo;
    const lastId = Math.max(1, highestItemId(db));
    const touchedOf = await touchedSince(firstId, signal);
    for (let afterId = firstId; ;) {
      const items: Item[] = [], fromId = afterId;
      for (let page = listItems(db, { afterId, limit: PAGE_ITEMS }); page.length > 0; page = items.length < CLASSIFY_ITEMS ? listItems(db, { afterId, limit: PAGE_ITEMS }) : []) {
        const toId = page.at(-1)?.id ?? afterId;
        const touched = touchedOf(page, afterId, toId);
        // Repeated after a stop, this comes to the same: how far things are read is said last.
        if (touched.length < page.length) carryOver(db, afterId, toId, touched.map(({ id }) => id));
        items.push(...touched);
        afterId = toId;
        await nextTurn();
        if (signal.aborted) break;
      }
      if (afterId === fromId) return;
      if (items.length > 0) await runTask(ports.workerUrl, classifyTask, { resourcesDir, items }, {
        signal,
        onBatch(batch) {
          const { open, closed } = splitBatch(batch, isClosed);
          db.transaction(() => {
            write(open);
            deleteMatchesOfItems(db, [...closed.keys()]);
            closedPart.sealItems(closed);
            indexWords(db, batch.classifiedTo, normalise);
          });
          onShare((batch.classifiedTo - firstId) / Math.max(1, lastId - firstId));
        },
      });
      stopIf(signal);
      if (afterId > (items.at(-1)?.id ?? 0)) write({ ...NOTHING_READ, classifiedTo: afterId });
    }
  }

  /** What of this program's rules has to be said before anything is read by them. */
  function beginReading(): void {
    const { lexicon, nextLexicon } = readState(db);
    db.transaction(() => {
      // Back at the program of before.
      if (lexicon === version) { if (nextLexicon !== null) dropNext(db); return; }
      if (nextLexicon === version) return;
      if (lexicon === '' || !hasMatches(db)) resetMatches(db, version); else beginNext(db, version);
      keepRules(db, version, packed());
    });
  }

  /** Which of a page of things behind this one the rules of this program may read otherwise than what applies: all, where that is not known. */
  async function touchedSince(afterId: number, signal: AbortSignal): Promise<(page: readonly Item[], afterId: number, toId: number) => readonly Item[]> {
    const { nextLexicon, rulesTo } = readState(db), before = nextLexicon === null || rulesTo <= afterId ? undefined : rulesThatApply(db);
    const difference = before && await runTask(ports.workerUrl, differenceTask, { resourcesDir, before }, { signal });
    if (!difference) return (page) => page;
    const { byLists, byWords } = touchedBy(difference), names = [...matchNames(db)];
    const idsOfNames = (isWanted: (name: string) => boolean): number[] => names.filter(([, name]) => isWanted(name)).map(([id]) => id);
    const unsaid = { ruleIds: idsOfNames((rule) => !isSaidByList({ target: '', rule })), targetIds: idsOfNames((target) => !isSaidByList({ target, rule: '' })) };
    return (page, fromId, toId) => {
      // Read once more for each page: opening the closed part may lower it meanwhile.
      const { rulesTo: trustedTo } = readState(db), said = itemsSaidBut(db, fromId, toId, unsaid);
      return page.filter((item) => item.id > trustedTo || byLists(item) || (!said.has(item.id) && byWords(item)));
    };
  }

  /** While other rules wait for the person, what is read goes beside what applies; what came in since is read by them alone, and counts. */
  function matchWriter(): (batch: ClassifyBatch) => void {
    const applied = createMatchWriter(db, 'item_matches'), next = createMatchWriter(db, 'next_matches');
    return (batch) => {
      const { nextLexicon, classifiedTo } = readState(db);
      if (nextLexicon === null) { applied.write(batch); return; }
      next.write(batch);
      if (batch.classifiedTo > classifiedTo) applied.write(partOf(batch, (itemId) => itemId > classifiedTo));
    };
  }

  function readTo(): number {
    const { lexicon, nextLexicon, classifiedTo, nextClassifiedTo } = readState(db);
    return (nextLexicon ?? lexicon) !== version ? 0 : nextLexicon === null ? classifiedTo : nextClassifiedTo;
  }

  async function matchNow(items: readonly Item[], open: (batch: ClassifyBatch) => void): Promise<Map<number, Match[]>> {
    const found = new Map<number, Match[]>(items.map(({ id }) => [id, []]));
    if (items.length === 0) return found;
    await runTask(ports.workerUrl, classifyTask, { resourcesDir, items }, {
      onBatch(batch) {
        const split = splitBatch(batch, isClosed);
        for (const [itemId, matches] of split.closed) found.set(itemId, matches);
        open(split.open);
      },
    });
    return found;
  }

  function putBack(batches: readonly ClassifyBatch[], reopened: ReadonlySet<number>): void {
    if (reopened.size === 0) return;
    db.transaction(() => {
      const { lexicon, classifiedTo, nextClassifiedTo, nextLexicon } = readState(db);
      for (const batch of batches) {
        const part = partOf(batch, (itemId) => reopened.has(itemId));
        createMatchWriter(db, 'item_matches').write({ ...part, classifiedTo });
        if (nextLexicon !== null) createMatchWriter(db, 'next_matches').write({ ...part, classifiedTo: nextClassifiedTo });
      }
      if (lexicon !== version) distrustFrom(db, Math.min(...reopened));
    });
  }

  return Object.freeze({ classifyNew, readTo, matchNow, putBack } satisfies Reading);
}

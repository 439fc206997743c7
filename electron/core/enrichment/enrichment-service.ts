/** Keeps the profile in step with the records, and lets the person look into it, add to it, correct it and rule things out. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SourceId } from '../../../shared/domain/records.ts';
import type { Preference } from '../../../shared/domain/preference.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { language } from '../../../shared/language/message.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Emit } from '../platform/emit.ts';
import { onceFor } from '../platform/once-for.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { CorePorts } from '../ports.ts';
import { hasWordsToPurge } from '../records/finding.ts';
import { hasKeptEvidence, importsToForget, markForgotten, putForgottenSpan, putKeptEvidence } from '../records/forgotten.ts';
import { importIdOf } from '../records/imports.ts';
import { removeRecords } from '../records/record-writer.ts';
import { countRecords, hasRecords, highestItemId, type Item } from '../records/records.ts';
import { hasUncounted } from '../records/totals.ts';
import { readGroups } from './close-together.ts';
import { createClosedPart } from './closed-part.ts';
import { createConcluding, type Concluding } from './concluding.ts';
import { createCorrections, type Corrections } from './corrections.ts';
import { disownedItems, matchesOfItems, matchNames, readState } from './enrichment-repository.ts';
import { createExplaining, type Explaining } from './explaining.ts';
import { wordsOf } from './normalise.ts';
import { itemsOf } from './matches.ts';
import { createPreferences } from './preferences.ts';
import { readPatterns, type PatternsView } from './read-patterns.ts';
import { readTrends, type TrendsView } from './trends.ts';
import { createReading } from './reading.ts';
import { reduceImport } from './reduce-import.ts';
import { createRuleChanges, type RuleChanges } from './rule-change.ts';
import { packRules } from './rule-difference.ts';
import { rulesAtHand } from './rules-at-hand.ts';
import type { ClassifyBatch } from './tasks.ts';
import { forever, stopIf } from './stopping.ts';
import type { Taxonomy } from './taxonomy.ts';

export interface EnrichmentDeps {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly emit: Emit;
  readonly ports: Pick<CorePorts, 'clock' | 'randomBytes' | 'workerUrl' | 'resourcesDir'>;
  /** What closed things are sealed for: X25519, 32 bytes. */
  readonly closedKey: Buffer;
  /** Called in the same turn as every change of the profile, before the event. */
  readonly onChanged?: () => void;
  /** True while the profile is being filled by something that may still be taken back as a whole, and with it all that was said meanwhile. */
  readonly isBeingFilled?: () => boolean;
  /** Between pieces of reading what nothing is stored of; omitted means the next turn of the event loop. */
  readonly turn?: () => Promise<void>;
}

export interface EnrichmentService extends Corrections, RuleChanges, Explaining, Pick<Concluding, 'refresh'> {
  readonly taxonomy: Taxonomy;
  /**
   * Of the imports of these sources keeps what their records say and forgets the records, those of the closed part without a trace. Names, single times and prices go, and with them what only they could tell: purchases
   * to be expected. What companies say of the person stays. Audited as `import.forgotten`.
   *
   * @returns how many records went. @throws {AppError} ERR_CANCELLED when `signal` fires: what was forgotten by then stays so
   */
  forgetRecords(sources: readonly SourceId[], signal: AbortSignal): Promise<number>;
  /** True when there are records of these sources that {@link EnrichmentService.forgetRecords} would forget. */
  hasToForget(sources: readonly SourceId[]): boolean;
  /** True when records came or went, the lexicons changed, or a day passed since the last refresh. */
  isStale(): boolean;
  /** With what is closed only while the person has the closed part open. */
  preferences(): Preference[];
  list(): { preferences: Preference[]; records: number; updatedAtMs: number | null; rulesWait: boolean; closed: { count: number; openUntilMs: number | null } };
  /** Opens the closed part until a moment, or until it is shut. `privateKey` is the caller's to overwrite. @throws {AppError} ERR_IMPORT_BUSY, as every change here does while an export is being taken over */
  openClosed(privateKey: Buffer, untilMs: number): Promise<void>;
  shutClosed(): void;
  /** What records say besides interests, worked out now; nothing of it is kept but seasons, which stand with the conclusions. What lies in the closed part is among it only while that is open. */
  patterns(): Promise<PatternsView>;
  /** How subjects went of late, worked out now. */
  trends(): Promise<TrendsView>;
  /** The things of the closed part, and when it shuts by itself (Unix ms); null while shut. */
  opened(): { readonly items: readonly Item[]; readonly untilMs: number } | null;
}

const STALE_AFTER_MS = 86_400_000;

export function createEnrichmentService(deps: EnrichmentDeps): EnrichmentService {
  const { db, audit, ports } = deps;
  const { clock, resourcesDir } = ports, turn = deps.turn ?? (() => nextTurn());
  const { taxonomy, prices, intents, texts, version, brandNames, languageOf, lexicon } = rulesAtHand(resourcesDir);
  /** In whatever language. */
  const saysClosed = (text: string): boolean => { const words = wordsOf(text); return lexicon.closed.find(words).some(({ entry }) => entry.length > 0) || words.some((word) => lexicon.closedParts.of(word) !== undefined); };
  const isClosed = (target: string): boolean => taxonomy.get(target)?.closed === true;
  const closedPart = createClosedPart({ db, ports, publicKey: deps.closedKey, isClosed });

  let changes = 0;
  const changed = (): void => {
    changes += 1;
    deps.onChanged?.();
    deps.emit('profile.changed', { updatedAtMs: clock.nowMs() });
  };
  /** @throws {AppError} ERR_IMPORT_BUSY */
  const refuseWhileFilled = (): void => {
    if (deps.isBeingFilled?.() === true) throw new AppError('ERR_IMPORT_BUSY', 'An export is just being taken over. Nothing was changed by this step. Wait until that is through or stop it, then say it again.');
  };
  const preferences = createPreferences({ db, taxonomy, closedPart, saysClosed });
  const reading = createReading({ db, ports, closedPart, preferences, isClosed, version, packed: () => packRules(texts, taxonomy) });
  const concluding = createConcluding({ db, ports, taxonomy, prices, intents, closedPart, preferences, reading, changed });
  const { refresh, inTurn } = concluding, { readTo } = reading;
  /** For what the records say beside the conclusions: in these words, until something changes or another day begins. */
  const today = (): string => [changes, readTo(), language(), Math.floor(clock.nowMs() / STALE_AFTER_MS)].join('.');

  return Object.freeze({
    taxonomy, refresh, preferences: preferences.list,
    ...createRuleChanges({ db, audit, preferences, reading, concluding, refuseWhileFilled }),
    ...createExplaining({ db, ports, taxonomy, prices, intents, closedPart, preferences }),
    ...createCorrections({ db, audit, ports, taxonomy, brandNames, closedPart, preferences, concluding, changed, refuseWhileFilled }),
    isStale() {
      const { updatedAtMs, records } = readState(db);
      // Nothing to conclude from, nothing concluded.
      if (records === 0 && !hasRecords(db) && !hasKeptEvidence(db)) return false;
      return records < 0 || readTo() < highestItemId(db) || hasWordsToPurge(db) || hasUncounted(db) || (updatedAtMs !== null && clock.nowMs() - updatedAtMs > STALE_AFTER_MS);
    },
    hasToForget: (sources) => importsToForget(db, sources).length > 0,
    async forgetRecords(sources, signal) {
      let records = 0;
      for (const number of importsToForget(db, sources)) {
        records += await inTurn(async () => {
          const pause = async (): Promise<void> => { stopIf(signal); await nextTurn(); };
          const names = matchNames(db), nowMs = clock.nowMs();
          const { kept, spans } = await reduceImport({
            db, taxonomy, prices, nowMs, pause, groups: await readGroups(db, pause),
            matchesWithin(afterId, toId) {
              const disowned = disownedItems(db, afterId, toId);
              return new Map([...itemsOf(matchesOfItems(db, 'item_matches', afterId, toId), names, taxonomy)].filter(({ itemId }) => !disowned.has(itemId)).map(({ itemId, matches }) => [itemId, matches]));
            },
          }, number);
          return db.transaction(() => {
            for (const one of kept) putKeptEvidence(db, one);
            for (const span of spans) putForgottenSpan(db, span);
            const removed = removeRecords(db, number, { butClaimed: true });
            markForgotten(db, number, nowMs);
            audit.append({ type: 'import.forgotten', importId: importIdOf(db, number), counts: { records: removed } });
            return removed;
          });
        });
      }
      if (records > 0) await refresh(signal);
      return records;
    },
    list() {
      const { updatedAtMs, nextLexicon, records } = readState(db);
      // Those the profile was made from. Counting ten million takes a third of a second.
      return { preferences: preferences.list(), records: records > 0 ? records : countRecords(db), updatedAtMs, rulesWait: nextLexicon !== null, closed: { count: closedPart.count(), openUntilMs: closedPart.openUntilMs() } };
    },
    async openClosed(privateKey, untilMs) {
      refuseWhileFilled();
      const batches: ClassifyBatch[] = [];
      const reopened = await closedPart.open(privateKey, untilMs, (items) => reading.matchNow(items, (batch) => { batches.push(batch); }));
      reading.putBack(batches, reopened);
      await refresh(forever());
    },
    shutClosed() {
      closedPart.shut();
      changed();
    },
    // Of the closed part nothing is kept.
    patterns: onceFor(() => (closedPart.openUntilMs() === null ? today() : null), () => readPatterns({ db, taxonomy, closedPart, ruledOut: preferences.ruledOut, notMe: preferences.notMe, readTo, concluded: preferences.concluded, nowMs: () => clock.nowMs(), languageOf, pause: turn })),
    trends: onceFor(today, () => readTrends({ db, taxonomy, ruledOut: preferences.ruledOut(), readTo: readTo(), nowMs: clock.nowMs(), pause: turn })),
    opened() {
      const untilMs = closedPart.openUntilMs();
      return untilMs === null ? null : { items: [...closedPart.items()].map(({ item }) => item), untilMs };
    },
  } satisfies EnrichmentService);
}

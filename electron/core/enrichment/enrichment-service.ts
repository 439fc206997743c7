/** Keeps the profile in step with the records, and lets the person look into it, add to it, correct it and rule things out. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EvidenceExample, NotMe, Preference, PreferenceWhy } from '../../../shared/domain/preference.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { AuditLog, AuditType } from '../audit/audit-log.ts';
import type { Emit } from '../platform/emit.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import { runTask } from '../platform/workers/run-task.ts';
import type { CorePorts } from '../ports.ts';
import type { ItemKind, SourceId } from '../../../shared/domain/records.ts';
import { deleteKeptEvidence, hasKeptEvidence, importsToForget, listKeptEvidence, markForgotten, putForgottenSpan, putKeptEvidence, type KeptEvidence } from '../records/forgotten.ts';
import { removeRecords } from '../records/record-writer.ts';
import { hasWordsToPurge, indexWords, purgeWords } from '../records/finding.ts';
import { importIdOf } from '../records/imports.ts';
import { countRecords, countRecordsOf, decayOf, hasRecords, highestItemId, itemExamples, itemsById, listClaimedItems, listItems, recordsByMonth, recordsOfItems, type Item } from '../records/records.ts';
import { hasUncounted, totalItems } from '../records/totals.ts';
import { isSaidOnce, parseClaimValue, wordsForValue } from './claim-values.ts';
import { closeTogetherWords, readGroups } from './close-together.ts';
import { createClosedPart } from './closed-part.ts';
import { createTally, keptSupport, keysFor, knownRule, ruledOutBy, type Conclusion, type RuledOut } from './conclude.ts';
import {
  applyNext, beginNext, createMatchWriter, deleteConclusions, deleteMatchesOfItems, deleteMatchNames, deleteNotMe, deleteRejection, deleteStatement, disownedAmong, disownedItems, endNext, hasMatches, listConclusions, listNotMe, listRejections, listStatements, matchesOf, matchesOfItems, itemsOnTargets, matchesOnTargets, matchNames, putNotMe, putRejection,
  putStatement, readState, replaceConclusions, resetMatches, type MatchRow, type MatchTable, type Statement, type StoredConclusion, type StoredRejection,
} from './enrichment-repository.ts';
import { decideIntents, parseIntentRules, type Purchase } from './intents.ts';
import { brandNamesOf, lexiconVersion, readLexicons } from './lexicon.ts';
import { BRAND_PREFIX, type Match } from './matcher.ts';
import { normalise } from './normalise.ts';
import { covers, notMeAbout, type NotMeScope } from './not-me.ts';
import { createPriceTable, type Band } from './price-bands.ts';
import { readPatterns, type PatternsView } from './read-patterns.ts';
import { readTrends, type TrendsView } from './trends.ts';
import { reduceImport } from './reduce-import.ts';
import { RULES, type RuleName } from './rules.ts';
import { ACT_WEIGHTS, HALF_LIVES_MS, halfLifeOf, rounded, speaksFor } from './scoring.ts';
import { classifyTask, type ClassifyBatch } from './tasks.ts';
import { loadTaxonomy, type Taxonomy } from './taxonomy.ts';
import { ALWAYS_CHANGES, isReckoned, whatEndsIntent, whatWouldChange, whatWouldMoveBand } from './what-if.ts';
import { summarise } from './why.ts';

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
}

export interface Rejection { readonly id: string; readonly claim: Claim; readonly value: string; readonly label: string; readonly path: string[]; readonly rejectedAtMs: number }

/** A conclusion as it is and as it would be; null where it is not there. */
export interface Change { readonly id: string; readonly claim: Claim; readonly label: string; readonly path: readonly string[]; readonly before: number | null; readonly after: number | null }
export interface RuleChange { readonly state: 'none' | 'reading' | 'ready'; readonly changes: readonly Change[]; /** Conclusions that stay about as strong as they are. */ readonly same: number }

/** One thing a company says of the person. */
export interface ClaimedView {
  readonly id: number; readonly source: SourceId; readonly kind: ItemKind; readonly title: string; readonly category: string | null; readonly firstAtMs: number; readonly lastAtMs: number; readonly sensitive: boolean;
  /** The vault's own word for it; null where it has none. */
  readonly word: { readonly claim: Claim; readonly value: string; readonly label: string } | null;
  /** What the profile says about the same, or about something finer; null when it says nothing. */
  readonly yours: { readonly id: string; readonly label: string; readonly strength: number } | null;
}

/** What one thing is evidence of: the vault's word for it, by which rule, and what the profile says about it. */
export interface About { readonly label: string; readonly path: readonly string[]; readonly says: string; readonly yours: { readonly id: string; readonly label: string; readonly strength: number } | null }

export interface EnrichmentService {
  readonly taxonomy: Taxonomy;
  /**
   * Brings the conclusions up to date: matches items not seen before (in a worker), then adds everything up again. Two calls take turns.
   *
   * @returns how many conclusions are new and how many are gone. @throws {AppError} ERR_CANCELLED when `signal` fires; what was there stays.
   */
  refresh(signal: AbortSignal, onProgress?: (share: number) => void): Promise<{ readonly added: number; readonly removed: number }>;
  /**
   * What the newest rules would say otherwise. Until the person agrees, what was read before counts as it was read; only what came in since is read by the newest rules, and what they call closed is sealed at once.
   *
   * `none`: those that apply are the newest; `reading`: not everything is read by them yet.
   */
  ruleChange(): Promise<RuleChange>;
  /** Lets the newest rules apply; nothing happens when they do. Audited as `profile.rules-applied`. @throws {AppError} ERR_IMPORT_BUSY */
  applyRules(): Promise<{ readonly added: number; readonly removed: number }>;
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
  /** `view`: leaves out what only the open closed part shows, and the months. @throws {AppError} ERR_PREFERENCE_UNKNOWN */
  why(id: string, view?: 'without closed'): PreferenceWhy;
  /** What companies say of the person beside what the profile says, by source; what is sealed only while the person has the closed part open. */
  claimed(): { claims: ClaimedView[]; hidden: number };
  /** What records say besides interests, worked out now; nothing of it is kept. What lies in the closed part is among it only while that is open. */
  patterns(): Promise<PatternsView>;
  trends(): Promise<TrendsView>;
  /** The things of the closed part, and when it shuts by itself (Unix ms); null while shut. */
  opened(): { readonly items: readonly Item[]; readonly untilMs: number } | null;
  /** Things that speak for this node of the taxonomy or for something below it, some of them more than once; none of the closed part. */
  itemsWithin(area: string): Iterable<number>;
  /** What this thing speaks for, the surest first, also when the person said it is not about them; nothing for one of the closed part. */
  about(itemId: number): About[];
  /** Audited as `profile.declared`. @throws {AppError} ERR_CLAIM_UNKNOWN, ERR_CLAIM_VALUE_INVALID, ERR_IMPORT_BUSY */
  declare(input: { readonly claim: string; readonly value: string; readonly horizonWeeks?: number | undefined }): Preference;
  /** Audited as `profile.corrected`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_CLAIM_VALUE_INVALID, ERR_IMPORT_BUSY */
  correct(input: { readonly id: string; readonly value?: string | undefined; readonly strength?: number | undefined }): Preference;
  /** Keeps what was concluded as strong as it is now, whatever comes or fades. Audited as `profile.pinned`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  pin(id: string): Preference;
  /** Lets what was concluded count half of what the records say; again, half of that. Audited as `profile.weakened`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_CLAIM_VALUE_INVALID for what only the person said, ERR_IMPORT_BUSY */
  weaken(id: string): Preference;
  /**
   * These things, or everything by their creators or of their collections, say nothing about the person: now, after another import and under other rules. What rested on them is concluded anew before it resolves. Audited as `profile.disowned`.
   *
   * @returns what was said, once each. @throws {AppError} ERR_ITEM_UNKNOWN, also for a thing without a creator or collection; ERR_IMPORT_BUSY
   */
  notMe(itemIds: readonly number[], scope: NotMeScope): Promise<NotMe[]>;
  /** The newest first; about closed things only while the person has the closed part open. */
  disowned(): NotMe[];
  /** What of it is about this thing. */
  disownedBy(item: Pick<Item, 'source' | 'kind' | 'title' | 'creator' | 'collection'>): NotMe[];
  /** Takes it back. Audited as `profile.owned`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  wasMe(ids: readonly string[]): Promise<void>;
  /** At once; what lies above is added up again before it resolves. Audited as `profile.rejected`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  reject(id: string): Promise<Rejection>;
  rejections(): Rejection[];
  /** Audited as `profile.restored`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  restore(id: string): Promise<void>;
  /** Deletes a statement of the person; a conclusion only until the next refresh. Audited as `profile.deleted`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  delete(id: string): void;
}

type ClosedItem = { readonly item: Item; readonly matches: readonly Match[] };
/** What a conclusion rests on. */
interface Evidence {
  readonly byRule: Map<RuleName, number[]>;
  readonly because: string[];
  /** By item, also of those that speak against it: how much of the item is about it. */
  readonly weights: ReadonlyMap<number, number>;
  /** Things that would count, had the person not said that they are not about them. */
  readonly disowned: number;
}

/** Items given to one worker: bounds the memory they take on their way. */
const CLASSIFY_ITEMS = 20_000;
const PAGE_ITEMS = 5_000;
/** Item ids added up between two turns of the event loop. */
const ADD_UP_ITEMS = 4_000;
const MAX_PURCHASES = 50_000;
const EXAMPLES = 5;
const STALE_AFTER_MS = 86_400_000;
/** A smaller difference in strength is none to a person. */
const NOTICEABLE = 0.05;
/** Shares of progress: matching, totals, adding up. */
const MATCHED = 0.5, TOTALLED = 0.8;
const DECLARED_INTENT_WEEKS = 8;

/** The same value always has the same id, in every vault: it names a statement, not a person. */
const preferenceId = (claim: Claim, value: string): string => createHash('sha256').update(`${claim}|${value}`).digest('base64url').slice(0, 16);

export function createEnrichmentService(deps: EnrichmentDeps): EnrichmentService {
  const { db, audit, ports } = deps;
  const { clock, resourcesDir } = ports;
  const resource = (name: string): unknown => JSON.parse(readFileSync(join(resourcesDir, name), 'utf8'));
  const taxonomy = loadTaxonomy(resourcesDir);
  const prices = createPriceTable(resource('price-bands.json'));
  const intents = parseIntentRules(resource('intents.json'));
  const texts = readLexicons(resourcesDir);
  const version = lexiconVersion(texts, taxonomy);
  const brandNames = brandNamesOf(texts);
  const isClosed = (target: string): boolean => taxonomy.get(target)?.closed === true;
  const closedPart = createClosedPart({ db, ports, publicKey: deps.closedKey, isClosed });
  let turn: Promise<unknown> = Promise.resolve();

  const changed = (): void => {
    deps.onChanged?.();
    deps.emit('profile.changed', { updatedAtMs: clock.nowMs() });
  };
  const note = (type: AuditType, claim: Claim): void => { audit.append({ type, claims: [{ claim, precision: 1 }] }); };
  const unknown = (): AppError => new AppError('ERR_PREFERENCE_UNKNOWN', 'This is not in the profile any more. Nothing was changed.');
  /** @throws {AppError} ERR_IMPORT_BUSY */
  const refuseWhileFilled = (): void => {
    if (deps.isBeingFilled?.() === true) throw new AppError('ERR_IMPORT_BUSY', 'An export is just being taken over. Nothing was changed by this step. Wait until that is through or stop it, then say it again.');
  };
  const notMe = (): NotMe[] => [...listNotMe(db), ...closedPart.notMe()];
  const statements = (): Statement[] => [...listStatements(db), ...closedPart.statements()];
  const rejected = (): StoredRejection[] => [...listRejections(db), ...closedPart.rejections()];
  const ruledOut = (): RuledOut[] => rejected();
  const liesClosed = (claim: Claim, value: string): boolean => wordsForValue(claim, value, taxonomy).closed;
  const keepStatement = (statement: Statement): void => { if (liesClosed(statement.claim, statement.value)) closedPart.putStatement(statement); else putStatement(db, statement); };
  const keepRejection = (rejection: StoredRejection): void => { if (liesClosed(rejection.claim, rejection.value)) closedPart.putRejection(rejection); else putRejection(db, rejection); };
  const dropStatement = (id: string): boolean => deleteStatement(db, id) || closedPart.deleteStatement(id);
  const dropRejection = (id: string): boolean => deleteRejection(db, id) || closedPart.deleteRejection(id);
  const toPreference = (from: Conclusion & { readonly id: string }, origin: Preference['origin'], manner: Preference['manner']): Preference => {
    const words = wordsForValue(from.claim, from.value, taxonomy);
    return {
      id: from.id, claim: from.claim, value: from.value, label: words.label, path: words.path, iab: words.iab, strength: from.strength, confidence: from.confidence, origin, manner,
      sensitive: from.sensitive || words.closed, evidence: from.evidence, horizonWeeks: from.horizonWeeks, lastSeenMs: from.lastSeenMs,
    };
  };

  const fromStatement = (statement: Statement, known: StoredConclusion | undefined): Preference => toPreference({
    ...statement, confidence: 1, sensitive: known?.sensitive ?? false, evidence: known?.evidence ?? 0, lastSeenMs: Math.max(statement.saidAtMs, known?.lastSeenMs ?? 0),
  }, statement.origin, statement.manner);

  const preferences = (): Preference[] => layOver([...listConclusions(db), ...closedPart.conclusions()]);

  /** The person's own words over what was concluded. */
  function layOver(conclusions: readonly StoredConclusion[]): Preference[] {
    const said = new Map(statements().map((statement) => [statement.id, statement]));
    const replaced = new Set([...said.values()].flatMap((statement) => statement.replaces));
    const isRuledOut = ruledOutBy(ruledOut(), taxonomy);
    const concluded = new Map(conclusions.filter(({ id, claim, value }) => !replaced.has(id) && !isRuledOut(claim, value)).map((conclusion) => [conclusion.id, conclusion]));
    const own = [...said.values()].flatMap((statement) => {
      const known = concluded.get(statement.id);
      concluded.delete(statement.id);
      if (statement.manner !== 'weakened') return [fromStatement(statement, known)];
      return known ? [toPreference({ ...known, strength: rounded(known.strength * statement.strength) }, statement.origin, statement.manner)] : [];
    });
    return [...own, ...[...concluded.values()].map((conclusion) => toPreference(conclusion, 'inferred', null))]
      .sort((a, b) => (a.claim < b.claim ? -1 : a.claim > b.claim ? 1 : b.strength - a.strength || (a.value < b.value ? -1 : 1)));
  }

  const find = (id: string): Preference => {
    const found = preferences().find((preference) => preference.id === id);
    if (!found) throw unknown();
    return found;
  };

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
    const { lexicon, nextLexicon } = readState(db);
    if (lexicon !== version && nextLexicon !== version) db.transaction(() => { if (lexicon === '' || !hasMatches(db)) resetMatches(db, version); else beginNext(db, version); });
    const write = matchWriter();
    const state = readState(db);
    const firstId = state.nextLexicon === null ? state.classifiedTo : state.nextClassifiedTo;
    const lastId = Math.max(1, highestItemId(db));
    for (let afterId = firstId; ;) {
      const items = [];
      for (let page = listItems(db, { afterId, limit: PAGE_ITEMS }); page.length > 0; page = items.length < CLASSIFY_ITEMS ? listItems(db, { afterId, limit: PAGE_ITEMS }) : []) {
        items.push(...page);
        afterId = page.at(-1)?.id ?? afterId;
        await nextTurn();
      }
      if (items.length === 0) return;
      await runTask(ports.workerUrl, classifyTask, { resourcesDir, items }, {
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
    }
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

  /** Up to which item the newest rules have said what is closed. */
  function readTo(): number {
    const { lexicon, nextLexicon, classifiedTo, nextClassifiedTo } = readState(db);
    return (nextLexicon ?? lexicon) !== version ? 0 : nextLexicon === null ? classifiedTo : nextClassifiedTo;
  }

  /** What items that are not stored in the open are evidence of; `open` is told what is not closed any more. */
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

  /** `onceAtMs`: when a thing was bought of which there is one record; null where the records have to be read. */
  const purchasesOf = (bought: readonly { readonly itemId: number; readonly family: string }[], onceAtMs: (itemId: number) => number | null): Purchase[] => {
    const once: Purchase[] = [], families = new Map<number, string>();
    for (const { itemId, family } of bought) {
      const atMs = onceAtMs(itemId);
      if (atMs === null) families.set(itemId, family);
      else once.push({ itemId, family, atMs });
    }
    if (families.size === 0) return once;
    return [...once, ...recordsOfItems(db, [...families.keys()], MAX_PURCHASES).flatMap(({ itemId, atMs }) => {
      const family = families.get(itemId);
      return family === undefined ? [] : [{ itemId, family, atMs }];
    })];
  };

  /** What the person said that decides which evidence counts. */
  const wordsNow = (): string => JSON.stringify([keyOf(ruledOut()), notMe().map(({ id }) => id).sort()]);

  async function addUp(table: MatchTable, signal: AbortSignal, onShare: (share: number) => void): Promise<{ conclusions: StoredConclusion[]; records: number; restsOn: string }> {
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
    const tally = createTally({ taxonomy, prices, intents, ruledOut: ruled, nowMs });
    const addItem = (itemId: number, { kind, act }: Pick<Item, 'kind' | 'act'>, matches: readonly Match[]): void => {
      const records = totals.count[itemId] ?? 0;
      if (records === 0) return;
      const pieces = totals.quantity[itemId] ?? 0, paid = totals.amountMinor[itemId] ?? 0;
      tally.add({
        itemId, kind, act, records, matches, share: shares.get(itemId) ?? 1, lastAtMs: totals.lastAtMs[itemId] ?? 0, decayed: totals.decayedOf(itemId),
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
    const conclusions = tally.conclude(purchasesOf(tally.purchasedItems(), (itemId) => (totals.count[itemId] === 1 ? totals.lastAtMs[itemId] ?? null : null))).map((conclusion) => ({ ...conclusion, id: preferenceId(conclusion.claim, conclusion.value) }));
    return { conclusions, records: totals.records, restsOn };
  }

  async function refreshNow(signal: AbortSignal, onProgress: (share: number) => void): Promise<{ added: number; removed: number }> {
    stopIf(signal);
    await classifyNew(signal, (share) => { onProgress(MATCHED * share); });
    // Also after a wish to stop: what is closed or undone does not stay in the index.
    await purgeWords(db, async () => { await nextTurn(); });
    for (;;) {
      const { conclusions, records, restsOn } = await addUp('item_matches', signal, (share) => { onProgress(MATCHED + (TOTALLED - MATCHED) * share); });
      const done = db.transaction(() => {
        // Something was ruled out meanwhile: what was added up may rest on it.
        if (wordsNow() !== restsOn) return null;
        const open = conclusions.filter(({ sensitive }) => !sensitive);
        const before = new Set(listConclusions(db).map((conclusion) => conclusion.id)), after = new Set(open.map((conclusion) => conclusion.id));
        closedPart.conclude(conclusions.filter(({ sensitive }) => sensitive));
        replaceConclusions(db, open, { updatedAtMs: clock.nowMs(), records });
        return { added: [...after].filter((id) => !before.has(id)).length, removed: [...before].filter((id) => !after.has(id)).length };
      });
      if (!done) continue;
      onProgress(1);
      changed();
      return done;
    }
  }

  function refresh(signal: AbortSignal, onProgress: (share: number) => void = () => undefined): Promise<{ added: number; removed: number }> {
    const next = turn.then(() => refreshNow(signal, onProgress), () => refreshNow(signal, onProgress));
    turn = next.catch(() => undefined);
    return next;
  }
  const forever = (): AbortSignal => new AbortController().signal;

  /** Matches behind a preference, each with the rule that made it. */
  function evidenceOf(p: Preference, closedItems: readonly ClosedItem[]): Evidence {
    const byRule = new Map<RuleName, number[]>(), weights = new Map<number, number>();
    const put = (rule: RuleName, itemId: number): void => { const ids = byRule.get(rule); if (ids) ids.push(itemId); else byRule.set(rule, [itemId]); };
    const weigh = (itemId: number, weight: number): void => { weights.set(itemId, Math.max(weight, weights.get(itemId) ?? 0)); };
    const names = matchNames(db);
    const isRuledOut = ruledOutBy(ruledOut(), taxonomy), said = notMe();
    const forgotten = (because: string[]): string[] => [...because, ...forgottenWords(p)];
    const targets = (wanted: (target: string) => boolean): MatchRow[] => matchesOnTargets(db, [...names].filter(([, name]) => wanted(name)).map(([id]) => id));
    const isWanted = (target: string, key: string): boolean => keysFor(target, taxonomy, isRuledOut).includes(key);

    if (p.claim === 'interest' || p.claim === 'genre' || p.claim === 'brand') {
      const key = `${p.claim}|${p.value}`;
      const rows = targets((target) => isWanted(target, key));
      const disowned = disownedAmong(db, rows.map(({ itemId }) => itemId));
      for (const row of rows) {
        const rule = knownRule(names.get(row.ruleId) ?? '');
        if (rule === null || disowned.has(row.itemId)) continue;
        weigh(row.itemId, row.weight);
        if (speaksFor(row.act)) put(rule, row.itemId);
      }
      for (const { item, matches } of closedItems) {
        for (const { rule, weight } of matches.filter((match) => isWanted(match.target, key))) {
          if (said.some((one) => covers(one, item))) { disowned.add(item.id); continue; }
          weigh(item.id, weight);
          if (speaksFor(item.act)) put(rule, item.id);
        }
      }
      return { byRule, because: forgotten(closeTogetherWords(db, [...new Set([...byRule.values()].flat())])), weights, disowned: disowned.size };
    }
    if (p.claim === 'price_band') {
      const [department = '', band = ''] = p.value.split(':');
      const { families, disowned } = familiesOf(department, targets, names);
      for (const itemId of families.keys()) put('price/band@1', itemId);
      const edges = [...new Set(families.values())].flatMap((family) => { const found = prices.edges(family); return found ? [`${taxonomy.get(family)?.label ?? family}: low below ${found[0]} euro, high from ${found[1]} euro`] : []; });
      return { byRule, weights, disowned, because: byRule.size === 0 ? [] : [`Most of what was bought there cost a ${band} price for such things. ${edges.slice(0, 4).join('; ')}.`] };
    }
    if (p.claim === 'intent') {
      const { families, disowned } = familiesOf(null, targets, names);
      const found = decideIntents(purchasesOf([...families].map(([itemId, family]) => ({ itemId, family })), () => null), intents, clock.nowMs()).find((intent) => intent.family === p.value);
      for (const itemId of found?.itemIds ?? []) put(found?.rule ?? 'intent/adjacent@1', itemId);
      return { byRule, weights, disowned, because: found ? [found.because] : [] };
    }
    return { byRule, weights, disowned: 0, because: [] };
  }

  /** What is left of forgotten records that speaks for or against it, each with how much of a thing is about it. */
  function keptFor(p: Preference): { readonly kept: KeptEvidence; readonly weight: number }[] {
    const key = `${p.claim}|${p.value}`, isRuledOut = ruledOutBy(ruledOut(), taxonomy);
    return listKeptEvidence(db).flatMap((kept) => {
      const weight = kept.matches.reduce((most, [target, , own]) => (keysFor(target, taxonomy, isRuledOut).includes(key) ? Math.max(most, own) : most), 0);
      return weight > 0 ? [{ kept, weight }] : [];
    });
  }

  /** How much of it rests on records that were forgotten. */
  function forgottenWords(p: Preference): string[] {
    const records = keptFor(p).reduce((sum, { kept }) => sum + (speaksFor(kept.act) ? kept.records : 0), 0);
    return records === 0 ? [] : [`Of these, ${records.toLocaleString('en-US')} were forgotten as you asked. What they said still counts and fades as they would have.`];
  }

  /** What would change a conclusion, from the very records it rests on. */
  function changesOf(p: Preference, said: Statement | undefined, { byRule, weights }: Evidence): string[] {
    if (said) return [said.manner === 'said' ? 'Deleting your statement takes it back; what the records say by themselves then counts again.' : 'Deleting what you said lets it follow the records again.'];
    const lines: string[] = [];
    if (isReckoned(p.claim)) {
      const kept = { plays: 0, purchases: 0 }, nowMs = clock.nowMs();
      for (const { kept: one, weight } of keptFor(p)) kept[halfLifeOf(one.kind)] += ACT_WEIGHTS[one.act] * weight * keptSupport(one, nowMs);
      lines.push(...whatWouldChange(decayOf(db, [...weights.keys()], nowMs, (kind) => HALF_LIVES_MS[halfLifeOf(kind)]).map((item) => ({ ...item, ...closedPart.item(item.itemId), weight: weights.get(item.itemId) ?? 0 })), p.strength, kept));
    } else if (p.claim === 'price_band') {
      lines.push(...whatWouldMoveBand(votesOf(byRule.get('price/band@1') ?? []), (p.value.split(':')[1] ?? 'middle') as Band));
    } else if (p.claim === 'intent') lines.push(...whatEndsIntent(p.horizonWeeks, [...byRule.keys()][0] ?? null));
    return [...lines, ALWAYS_CHANGES];
  }

  /** How much low, middle and high prices weigh among these purchases. */
  function votesOf(itemIds: readonly number[]): [number, number, number] {
    const votes: [number, number, number] = [0, 0, 0];
    const paid = new Map<number, { pieces: number; amount: number; currency: string | null }>();
    for (const { itemId, quantity, amountMinor, currency } of recordsOfItems(db, itemIds, MAX_PURCHASES)) {
      const sum = paid.get(itemId) ?? { pieces: 0, amount: 0, currency: null };
      paid.set(itemId, { pieces: sum.pieces + (quantity ?? 0), amount: sum.amount + (amountMinor ?? 0), currency: sum.currency ?? currency });
    }
    const { families } = familiesOf(null, (wanted) => { const names = matchNames(db); return matchesOf(db, itemIds).filter(({ targetId }) => wanted(names.get(targetId) ?? '')); }, matchNames(db));
    for (const { itemId, decayed } of decayOf(db, itemIds, clock.nowMs(), (kind) => HALF_LIVES_MS[halfLifeOf(kind)])) {
      const sum = paid.get(itemId), family = families.get(itemId);
      const band = sum && family !== undefined && sum.pieces > 0 && sum.amount > 0 && sum.currency !== null ? prices.bandOf(family, sum.amount / sum.pieces, sum.currency) : null;
      if (band !== null) votes[band] += decayed;
    }
    return votes;
  }

  /** Product family of each bought item, within a department or all of them. */
  function familiesOf(department: string | null, targets: (wanted: (target: string) => boolean) => MatchRow[], names: ReadonlyMap<number, string>): { readonly families: Map<number, string>; readonly disowned: number } {
    const best = new Map<number, MatchRow>();
    for (const row of targets((target) => { const node = taxonomy.get(target); return node?.kind === 'department' && !node.closed; })) {
      if (row.act !== 'used') continue;
      const before = best.get(row.itemId);
      if (!before || row.weight > before.weight) best.set(row.itemId, row);
    }
    const all = [...best].map(([itemId, row]) => [itemId, names.get(row.targetId) ?? ''] as const).filter(([, family]) => department === null || taxonomy.isWithin(family, department));
    const disowned = disownedAmong(db, all.map(([itemId]) => itemId));
    return { families: new Map(all.filter(([itemId]) => !disowned.has(itemId))), disowned: disowned.size };
  }

  const toRejection = (row: { readonly id: string; readonly claim: Claim; readonly value: string; readonly rejectedAtMs: number }): Rejection => {
    const words = wordsForValue(row.claim, row.value, taxonomy);
    return { id: row.id, claim: row.claim, value: row.value, label: words.label, path: [...words.path], rejectedAtMs: row.rejectedAtMs };
  };

  return Object.freeze({
    taxonomy, refresh, preferences,
    isStale() {
      const { updatedAtMs, records } = readState(db);
      // Nothing to conclude from, nothing concluded.
      if (records === 0 && !hasRecords(db) && !hasKeptEvidence(db)) return false;
      return records < 0 || readTo() < highestItemId(db) || hasWordsToPurge(db) || hasUncounted(db) || (updatedAtMs !== null && clock.nowMs() - updatedAtMs > STALE_AFTER_MS);
    },
    ruleChange,
    hasToForget: (sources) => importsToForget(db, sources).length > 0,
    async forgetRecords(sources, signal) {
      let records = 0;
      for (const number of importsToForget(db, sources)) {
        const forgotten = turn.then(async () => {
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
        turn = forgotten.catch(() => undefined);
        records += await forgotten;
      }
      if (records > 0) await refresh(signal);
      return records;
    },
    async applyRules() {
      refuseWhileFilled();
      const { changes } = await ruleChange();
      // One after the other with what refreshes.
      const applied = turn.then(async () => {
        if (readState(db).nextLexicon === null) return null;
        await classifyNew(forever(), () => undefined);
        const lastId = highestItemId(db);
        for (let afterId = 0; afterId < lastId; afterId += ADD_UP_ITEMS) {
          db.transaction(() => { applyNext(db, afterId, Math.min(lastId, afterId + ADD_UP_ITEMS)); });
          await nextTurn();
        }
        const counts = { added: changes.filter(({ before }) => before === null).length, removed: changes.filter(({ after }) => after === null).length };
        db.transaction(() => {
          endNext(db);
          audit.append({ type: 'profile.rules-applied', counts });
        });
        return counts;
      });
      turn = applied.catch(() => undefined);
      const counts = await applied;
      await refresh(forever());
      return counts ?? { added: 0, removed: 0 };
    },
    list() {
      const { updatedAtMs, nextLexicon, records } = readState(db);
      // Those the profile was made from. Counting ten million takes a third of a second.
      return { preferences: preferences(), records: records > 0 ? records : countRecords(db), updatedAtMs, rulesWait: nextLexicon !== null, closed: { count: closedPart.count(), openUntilMs: closedPart.openUntilMs() } };
    },
    async openClosed(privateKey, untilMs) {
      refuseWhileFilled();
      const batches: ClassifyBatch[] = [];
      const reopened = await closedPart.open(privateKey, untilMs, (items) => matchNow(items, (batch) => { batches.push(batch); }));
      // Lists that say less than they did: what is not closed any more counts like everything else.
      const { classifiedTo, nextClassifiedTo, nextLexicon } = readState(db);
      if (reopened.size > 0) db.transaction(() => {
        for (const batch of batches) {
          const part = partOf(batch, (itemId) => reopened.has(itemId));
          createMatchWriter(db, 'item_matches').write({ ...part, classifiedTo });
          if (nextLexicon !== null) createMatchWriter(db, 'next_matches').write({ ...part, classifiedTo: nextClassifiedTo });
        }
      });
      await refresh(forever());
    },
    shutClosed() {
      closedPart.shut();
      changed();
    },
    why(id, view) {
      const preference = find(id);
      const evidence = evidenceOf(preference, view === 'without closed' ? [] : [...closedPart.items()]);
      const { byRule, because } = evidence;
      const rules = [...byRule].map(([rule, itemIds]) => {
        const unique = [...new Set(itemIds)];
        const examples: EvidenceExample[] = itemExamples(db, unique, EXAMPLES).map(({ itemId, title, creator, collection, ...rest }) => {
          const words = closedPart.item(itemId) ?? { title, creator, collection };
          return { itemId, title: words.title, creator: words.creator, collection: words.collection, ...rest };
        });
        return { rule, says: RULES[rule].says, records: countRecordsOf(db, unique), examples };
      }).filter((rule) => rule.records > 0).sort((a, b) => b.records - a.records || (a.rule < b.rule ? -1 : 1));
      const statement = statements().find((said) => said.id === id);
      const summary = summarise({ preference, because, saidAtMs: statement?.saidAtMs ?? null, sources: rules.flatMap((rule) => rule.examples.map((example) => example.source)) });
      const changes = view === undefined ? changesOf(preference, statement, evidence) : [];
      return { preference, summary, changes, disowned: evidence.disowned, rules, months: view === undefined ? recordsByMonth(db, [...new Set([...byRule.values()].flat())]) : [] };
    },
    patterns: () => readPatterns({ db, taxonomy, closedPart, ruledOut, notMe, readTo }),
    opened() {
      const untilMs = closedPart.openUntilMs();
      return untilMs === null ? null : { items: [...closedPart.items()].map(({ item }) => item), untilMs };
    },
    trends: () => readTrends({ db, taxonomy, ruledOut: ruledOut(), readTo: readTo(), nowMs: clock.nowMs() }),
    itemsWithin(area) {
      return itemsOnTargets(db, [...matchNames(db)].filter(([, name]) => taxonomy.isWithin(name, area)).map(([id]) => id));
    },
    about(itemId) {
      const known = preferences();
      const [found] = itemsOf(matchesOf(db, [itemId]), matchNames(db), taxonomy);
      return [...(found?.matches ?? [])].sort((a, b) => b.weight * RULES[b.rule].reliability - a.weight * RULES[a.rule].reliability).flatMap(({ target, rule }) => {
        const [word] = wordOf(target);
        const node = taxonomy.get(target);
        if (!word && !node) return [];
        const yours = word && known.find(({ claim, value }) => claim === word.claim && value === word.value);
        return [{ label: word?.label ?? node?.label ?? target, path: word ? wordsForValue(word.claim, word.value, taxonomy).path : [], says: RULES[rule].says, yours: yours ? { id: yours.id, label: yours.label, strength: yours.strength } : null }];
      });
    },
    claimed() {
      const listed = listClaimedItems(db);
      const names = matchNames(db);
      const shown = listed.filter(({ id, sealed }) => !sealed || closedPart.item(id) !== undefined);
      const found = new Map<number, readonly Match[]>([...itemsOf(matchesOf(db, shown.map(({ id }) => id)), names, taxonomy)].map(({ itemId, matches }) => [itemId, matches]));
      for (const { item, matches } of closedPart.items()) found.set(item.id, matches);
      const known = preferences();
      const claims = shown.map(({ sealed, ...claimed }): ClaimedView => {
        const words = closedPart.item(claimed.id);
        // The one it is most about; where two are as near, the finer.
        const [about] = (found.get(claimed.id) ?? []).flatMap(({ target, weight }) => wordOf(target).map((word) => ({ ...word, weight }))).sort((a, b) => b.weight - a.weight || b.value.split('.').length - a.value.split('.').length);
        const yours = about && known.filter(({ claim, value }) => claim === about.claim && (claim === 'brand' ? value === about.value : taxonomy.isWithin(value, about.value))).sort((a, b) => b.strength - a.strength)[0];
        return {
          ...claimed, title: words?.title ?? claimed.title, category: words?.category ?? claimed.category, sensitive: sealed,
          word: about ? { claim: about.claim, value: about.value, label: about.label } : null, yours: yours ? { id: yours.id, label: yours.label, strength: yours.strength } : null,
        };
      });
      return { claims, hidden: listed.length - claims.length };
    },
    declare({ claim: named, value: written, horizonWeeks }) {
      refuseWhileFilled();
      const { claim, value } = parseClaimValue(named, written, taxonomy, (name) => brandNames.get(normalise(name)));
      const id = preferenceId(claim, value);
      const statement: Statement = {
        id, claim, value, origin: 'declared', strength: 1, horizonWeeks: claim === 'intent' ? horizonWeeks ?? DECLARED_INTENT_WEEKS : null, manner: 'said',
        replaces: statements().find((said) => said.id === id)?.replaces ?? [], saidAtMs: clock.nowMs(),
      };
      db.transaction(() => {
        if (isSaidOnce(claim)) forgetOthers(claim, id);
        keepStatement(statement);
        // Saying it takes "never infer this" back for exactly this; what lies above stays ruled out for the rules.
        dropRejection(id);
        note('profile.declared', claim);
      });
      changed();
      // Something closed is not in the list while the closed part is shut, but the person who just said it is shown it.
      return preferences().find((preference) => preference.id === id) ?? fromStatement(statement, undefined);
    },
    correct({ id, value: written, strength }) {
      refuseWhileFilled();
      const before = find(id);
      const value = written === undefined ? before.value : parseClaimValue(before.claim, written, taxonomy, (name) => brandNames.get(normalise(name))).value;
      if (liesClosed(before.claim, value) !== liesClosed(before.claim, before.value)) {
        throw new AppError('ERR_CLAIM_VALUE_INVALID', 'One of the two lies in the closed part of the profile and the other does not. Add the new one by hand, and reject or delete the old one. Nothing was changed.');
      }
      const nextId = preferenceId(before.claim, value);
      db.transaction(() => {
        const said = statements().find((statement) => statement.id === id);
        const moved = nextId !== id;
        // A statement of the person's own that changes its value leaves nothing behind; a conclusion stays hidden behind the new one.
        if (said && moved) dropStatement(id);
        const isConcluded = concludedIds().has(id);
        const origin = said?.origin === 'declared' && !isConcluded ? 'declared' : 'corrected';
        const replaces = [...(said?.replaces ?? []), ...(moved && isConcluded ? [id] : [])].filter((other) => other !== nextId);
        keepStatement({
          id: nextId, claim: before.claim, value, origin, strength: strength ?? (moved ? 1 : before.strength), horizonWeeks: before.horizonWeeks, manner: 'said',
          replaces, saidAtMs: clock.nowMs(),
        });
        dropRejection(nextId);
        note('profile.corrected', before.claim);
      });
      changed();
      return find(nextId);
    },
    pin: (id) => hold(id, 'pinned', ({ strength }) => strength),
    weaken(id) {
      if (!concludedIds().has(id)) throw new AppError('ERR_CLAIM_VALUE_INVALID', 'Only what was concluded from records can count less than they say. This is your own word; put it right instead. Nothing was changed.');
      return hold(id, 'weakened', (_before, said) => (said?.manner === 'weakened' ? said.strength : 1) / 2);
    },
    async notMe(itemIds, scope) {
      refuseWhileFilled();
      const open = new Map(itemsById(db, itemIds).map((item) => [item.id, item]));
      const said = new Map<string, { readonly words: NotMe; readonly closed: boolean }>();
      for (const id of itemIds) {
        const item = open.get(id) ?? closedPart.item(id);
        const words = item && notMeAbout(item, scope, clock.nowMs());
        if (!words) throw new AppError('ERR_ITEM_UNKNOWN', item ? 'This thing names nobody who made it and nothing it belongs to. Choose only the thing itself. Nothing was changed.' : 'This is not in the vault any more. Nothing was changed.');
        // What is said about anything in the open is said in the open.
        said.set(words.id, { words, closed: !open.has(id) && said.get(words.id)?.closed !== false });
      }
      db.transaction(() => {
        for (const { words, closed } of said.values()) if (closed) closedPart.putNotMe(words); else putNotMe(db, words);
        audit.append({ type: 'profile.disowned', counts: { said: said.size } });
      });
      await refresh(forever());
      return [...said.values()].map(({ words }) => words);
    },
    disowned: () => notMe().sort((a, b) => b.saidAtMs - a.saidAtMs || (a.name < b.name ? -1 : 1)),
    disownedBy: (item) => notMe().filter((one) => covers(one, item)),
    async wasMe(ids) {
      refuseWhileFilled();
      const known = new Set(notMe().map(({ id }) => id));
      if (ids.some((id) => !known.has(id))) throw unknown();
      db.transaction(() => {
        for (const id of ids) { deleteNotMe(db, id); closedPart.deleteNotMe(id); }
        audit.append({ type: 'profile.owned', counts: { said: ids.length } });
      });
      await refresh(forever());
    },
    async reject(id) {
      refuseWhileFilled();
      const { claim, value } = find(id);
      const rejectedAtMs = clock.nowMs();
      db.transaction(() => {
        keepRejection({ id, claim, value, rejectedAtMs });
        dropStatement(id);
        const isRuledOut = ruledOutBy([{ claim, value }], taxonomy);
        deleteConclusions(db, listConclusions(db).filter((conclusion) => isRuledOut(conclusion.claim, conclusion.value)).map((conclusion) => conclusion.id));
        note('profile.rejected', claim);
      });
      changed();
      await refresh(forever());
      return toRejection({ id, claim, value, rejectedAtMs });
    },
    rejections: () => rejected().map(toRejection),
    async restore(id) {
      refuseWhileFilled();
      const row = rejected().find((rejection) => rejection.id === id);
      if (!row) throw unknown();
      db.transaction(() => {
        dropRejection(id);
        note('profile.restored', row.claim);
      });
      changed();
      await refresh(forever());
    },
    delete(id) {
      refuseWhileFilled();
      const { claim } = find(id);
      db.transaction(() => {
        if (dropStatement(id)) { /* its conclusion counts again */ } else {
          deleteConclusions(db, [id]);
          closedPart.conclude(closedPart.conclusions().filter((conclusion) => conclusion.id !== id));
        }
        note('profile.deleted', claim);
      });
      changed();
    },
  } satisfies EnrichmentService);

  async function ruleChange(): Promise<RuleChange> {
    if (readState(db).nextLexicon === null) return { state: 'none', changes: [], same: 0 };
    if (readTo() < highestItemId(db)) return { state: 'reading', changes: [], same: 0 };
    const waiting = turn.then(async () => compare((await addUp('next_matches', forever(), () => undefined)).conclusions));
    turn = waiting.catch(() => undefined);
    return { state: 'ready', ...await waiting };
  }

  /** The profile as it is beside what it would be with these conclusions. */
  function compare(conclusions: readonly StoredConclusion[]): Omit<RuleChange, 'state'> {
    const isOpen = ({ sensitive }: { readonly sensitive: boolean }): boolean => !sensitive;
    const before = new Map(layOver(listConclusions(db)).filter(isOpen).map((one) => [one.id, one])), after = new Map(layOver(conclusions.filter(isOpen)).filter(isOpen).map((one) => [one.id, one]));
    const changes: Change[] = [];
    for (const [id, { claim, label, path }] of new Map([...before, ...after])) {
      const change = { id, claim, label, path, before: before.get(id)?.strength ?? null, after: after.get(id)?.strength ?? null };
      if (change.before === null || change.after === null || Math.abs(change.before - change.after) >= NOTICEABLE) changes.push(change);
    }
    return { changes: changes.sort((a, b) => Math.abs((b.after ?? 0) - (b.before ?? 0)) - Math.abs((a.after ?? 0) - (a.before ?? 0)) || (a.label < b.label ? -1 : 1)), same: after.size - changes.filter(({ after: then }) => then !== null).length };
  }

  /** The person's word that what was concluded stays, or counts less. */
  function hold(id: string, manner: 'pinned' | 'weakened', strengthOf: (before: Preference, said: Statement | undefined) => number): Preference {
    refuseWhileFilled();
    const before = find(id), said = statements().find((statement) => statement.id === id);
    db.transaction(() => {
      keepStatement({
        id, claim: before.claim, value: before.value, origin: said?.origin ?? 'corrected', strength: strengthOf(before, said), horizonWeeks: before.horizonWeeks, manner, replaces: said?.replaces ?? [], saidAtMs: clock.nowMs(),
      });
      note(`profile.${manner}`, before.claim);
    });
    changed();
    return find(id);
  }

  /** What a match would speak for, in words; none for what prices and intents only rest on. */
  function wordOf(target: string): { readonly claim: Claim; readonly value: string; readonly label: string }[] {
    if (target.startsWith(BRAND_PREFIX)) return [{ claim: 'brand', value: target.slice(BRAND_PREFIX.length), label: target.slice(BRAND_PREFIX.length) }];
    const node = taxonomy.get(target);
    return node && node.kind !== 'department' ? [{ claim: node.kind, value: node.id, label: node.label }] : [];
  }

  function concludedIds(): Set<string> { return new Set([...listConclusions(db), ...closedPart.conclusions()].map((conclusion) => conclusion.id)); }

  function forgetOthers(claim: Claim, id: string): void {
    for (const other of listStatements(db)) if (other.claim === claim && other.id !== id) deleteStatement(db, other.id);
  }
}

/** The rows of some of a batch's items; it says as much about how far things are read. */
function partOf(batch: ClassifyBatch, isWanted: (itemId: number) => boolean): ClassifyBatch {
  const rows = [...batch.itemIds.keys()].filter((i) => isWanted(batch.itemIds[i] ?? 0));
  const pick = <T>(column: readonly T[]): T[] => rows.flatMap((i) => column.slice(i, i + 1));
  return { itemIds: pick(batch.itemIds), kinds: pick(batch.kinds), acts: pick(batch.acts), targets: pick(batch.targets), rules: pick(batch.rules), weights: pick(batch.weights), classifiedTo: batch.classifiedTo };
}

/** An item with anything closed about it goes into the closed part whole. */
function splitBatch(batch: ClassifyBatch, isClosed: (target: string) => boolean): { readonly open: ClassifyBatch; readonly closed: Map<number, Match[]> } {
  const closed = new Map<number, Match[]>();
  batch.targets.forEach((target, i) => { if (isClosed(target)) closed.set(batch.itemIds[i] ?? 0, []); });
  if (closed.size === 0) return { open: batch, closed };
  const open = { itemIds: [] as number[], kinds: [] as Item['kind'][], acts: [] as Item['act'][], targets: [] as string[], rules: [] as string[], weights: [] as number[], classifiedTo: batch.classifiedTo };
  batch.itemIds.forEach((itemId, i) => {
    const target = batch.targets[i] ?? '', rule = batch.rules[i] ?? '', weight = batch.weights[i] ?? 0, kind = batch.kinds[i], act = batch.acts[i];
    const sealed = closed.get(itemId);
    if (sealed) {
      const known = knownRule(rule);
      if (known !== null) sealed.push({ target, rule: known, weight });
    } else if (kind !== undefined && act !== undefined) {
      open.itemIds.push(itemId);
      open.kinds.push(kind);
      open.acts.push(act);
      open.targets.push(target);
      open.rules.push(rule);
      open.weights.push(weight);
    }
  });
  return { open, closed };
}

const keyOf = (list: readonly RuledOut[]): string => list.map(({ claim, value }) => `${claim}|${value}`).sort().join('\n');

function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('ERR_CANCELLED', 'This was stopped before it was finished. The profile is as it was.');
}

/** Rows in order of item, grouped; names that are not known any more are left out. */
function* itemsOf(rows: readonly MatchRow[], names: ReadonlyMap<number, string>, taxonomy: Taxonomy): Generator<Pick<MatchRow, 'itemId' | 'kind' | 'act'> & { matches: Match[] }> {
  let current: (Pick<MatchRow, 'itemId' | 'kind' | 'act'> & { matches: Match[] }) | undefined;
  for (const row of rows) {
    if (current?.itemId !== row.itemId) {
      if (current) yield current;
      current = { itemId: row.itemId, kind: row.kind, act: row.act, matches: [] };
    }
    const target = names.get(row.targetId), rule = knownRule(names.get(row.ruleId) ?? '');
    if (target !== undefined && rule !== null && (target.startsWith('brand:') || taxonomy.get(target))) current.matches.push({ target, rule, weight: row.weight });
  }
  if (current) yield current;
}

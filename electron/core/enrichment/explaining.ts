/** Why the profile says what it says, what would change it, and what single things and companies say beside it. */
import { msg, t } from '../../../shared/language/message.ts';
import type { EvidenceExample, Preference, PreferenceWhy } from '../../../shared/domain/preference.ts';
import type { ItemKind, SourceId } from '../../../shared/domain/records.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import { runTask } from '../platform/workers/run-task.ts';
import type { CorePorts } from '../ports.ts';
import { listKeptEvidence, type KeptEvidence } from '../records/forgotten.ts';
import { countBackgroundOf, countRecordsOf, decayOf, itemExamples, itemsById, listClaimedItems, recordsByMonth, recordsOfItems, type Item } from '../records/records.ts';
import { wordsForValue } from './claim-values.ts';
import { closeTogetherWords } from './close-together.ts';
import type { ClosedPart } from './closed-part.ts';
import { keptSupport, isLookedFor, keysFor, knownRule, ruledOutBy } from './conclude.ts';
import { MAX_PURCHASES, purchasesOf } from './concluding.ts';
import { disownedAmong, itemsOnTargets, matchesOf, matchesOnTargets, matchNames, readLasting, type MatchRow, type Statement } from './enrichment-repository.ts';
import { decideIntents, type IntentRules } from './intents.ts';
import { BRAND_PREFIX, type Match } from './matcher.ts';
import type { MatchedWords } from './matched-words.ts';
import { itemsOf } from './matches.ts';
import { covers } from './not-me.ts';
import type { Preferences } from './preferences.ts';
import type { Band, PriceTable } from './price-bands.ts';
import { RULES, type RuleName } from './rules.ts';
import { normalise } from './normalise.ts';
import { ACT_WEIGHTS, HALF_LIVES_MS, halfLifeOf, speaksFor } from './scoring.ts';
import { seasonWords, type Resting } from './seasons.ts';
import type { Taxonomy } from './taxonomy.ts';
import { wordsTask } from './tasks.ts';
import { alwaysChanges, isReckoned, whatEndsIntent, whatWouldChange, whatWouldMoveBand } from './what-if.ts';
import { summarise } from './why.ts';

/** One thing a company says of the person. */
export interface ClaimedView {
  readonly id: number; readonly source: SourceId; readonly kind: ItemKind; readonly title: string; readonly category: string | null; readonly firstAtMs: number; readonly lastAtMs: number; readonly sensitive: boolean;
  /** The vault's own word for it; null where it has none. */
  readonly word: { readonly claim: Claim; readonly value: string; readonly label: string } | null;
  /** What the profile says about the same, or about something finer; null when it says nothing. */
  readonly yours: { readonly id: string; readonly label: string; readonly strength: number } | null;
}

/** What one thing is evidence of: the vault's word for it, by which rule, and what the profile says about it. */
export interface About { readonly rule: RuleName; readonly label: string; readonly path: readonly string[]; readonly says: string; readonly yours: { readonly id: string; readonly label: string; readonly strength: number } | null }
export interface Explaining {
  /** `view`: leaves out what only the open closed part shows, and the months. @throws {AppError} ERR_PREFERENCE_UNKNOWN */
  why(id: string, view?: 'without closed'): PreferenceWhy;
  /** What companies say of the person beside what the profile says, by source; what is sealed only while the person has the closed part open. */
  claimed(): { claims: ClaimedView[]; hidden: number };
  /** Things that speak for this node of the taxonomy or for something below it, some of them more than once; none of the closed part. */
  itemsWithin(area: string): Iterable<number>;
  /** What this thing speaks for, the surest first, also when the person said it is not about them; nothing for one of the closed part. */
  about(itemId: number): About[];
  /**
   * Which words of these things it goes by, read anew by the rules of this program. With `id` only what speaks for that preference. Things that are gone, or closed while the part is shut, are left out.
   *
   * @throws {AppError} ERR_PREFERENCE_UNKNOWN
   */
  words(itemIds: readonly number[], id?: string): Promise<WordsOf[]>;
}

/** `label`: as {@link About} names what the match is about. */
export interface WordsOf { readonly itemId: number; readonly rule: RuleName; readonly label: string; readonly words: readonly MatchedWords[] }

export interface ExplainingDeps {
  readonly db: ReadableDb;
  readonly ports: Pick<CorePorts, 'clock' | 'workerUrl' | 'resourcesDir'>;
  readonly taxonomy: Taxonomy;
  readonly prices: PriceTable;
  readonly intents: IntentRules;
  readonly closedPart: ClosedPart;
  readonly preferences: Pick<Preferences, 'list' | 'find' | 'concluded' | 'statements' | 'ruledOut' | 'notMe'>;
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
const EXAMPLES = 5;

/** Whose word it is, where the importer put it; all else is the company's own. */
const WHOSE: ReadonlySet<string> = new Set([msg('Spotify itself'), msg('a partner'), msg('a data broker')]);
const categoryWords = (category: string | null): string | null => (category !== null && WHOSE.has(category) ? t(category) : category);

/**
 * Open interests by their name and each part of it ("food" and "drink" for "Food and drink"), also in the plural. Companies
 * call whole areas by a single word that no lexicon can hold: it would find food in every dog food.
 */
function plainNamesOf(taxonomy: Taxonomy): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { id, label, kind, closed } of taxonomy.nodes) {
    if (kind !== 'interest' || closed) continue;
    for (const name of [label, ...label.split(/ and |, /u)].map(normalise)) for (const form of [name, `${name}s`]) if (!names.has(form)) names.set(form, id);
  }
  return names;
}

export function createExplaining({ db, ports: { clock, workerUrl, resourcesDir }, taxonomy, prices, intents, closedPart, preferences }: ExplainingDeps): Explaining {
  const { find, concluded, statements, ruledOut, notMe } = preferences;
  const areaNames = plainNamesOf(taxonomy);

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
      return { byRule, because: forgotten([...seasonSentence(p), ...closeTogetherWords(db, [...new Set([...byRule.values()].flat())]), ...backgroundWords([...new Set([...byRule.values()].flat())])]), weights, disowned: disowned.size };
    }
    if (p.claim === 'price_band') {
      const [department = '', band = ''] = p.value.split(':');
      const { families, disowned } = familiesOf(department, targets, names);
      for (const itemId of families.keys()) put('price/band@1', itemId);
      const edges = [...new Set(families.values())].flatMap((family) => { const found = prices.edges(family); return found ? [t('{what}: low below {low, number} euro, high from {high, number} euro', { what: taxonomy.name(family), low: found[0], high: found[1] })] : []; });
      return { byRule, weights, disowned, because: byRule.size === 0 ? [] : [`${t('Most of what was bought there cost a {band, select, low {low} middle {middle} other {high}} price for such things.', { band })} ${edges.slice(0, 4).join('; ')}.`] };
    }
    if (p.claim === 'intent') {
      const { families, disowned, looked } = familiesOf(null, targets, names, true);
      const found = decideIntents(purchasesOf(db, [...families].map(([itemId, family]) => ({ itemId, family, looked: looked.has(itemId) })), () => null), intents, clock.nowMs()).find((intent) => intent.family === p.value);
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
    return records === 0 ? [] : [t('{records, plural, one {Of these, one was forgotten} other {Of these, # were forgotten}} as you asked. What they said still counts and fades as they would have.', { records })];
  }

  const seasonOf = (id: string): Resting | null => concluded().find((conclusion) => conclusion.id === id)?.season ?? null;
  /** How it comes round, as a sentence; none where it does not. */
  const seasonSentence = ({ id, value }: Pick<Preference, 'id' | 'value'>): string[] => {
    const season = seasonOf(id);
    return season ? [seasonWords(season, season.of === value ? null : taxonomy.name(season.of), clock.nowMs())] : [];
  };

  /** How much of it went on by itself. */
  function backgroundWords(itemIds: readonly number[]): string[] {
    const records = countBackgroundOf(db, itemIds);
    return records === 0 ? [] : [t('{records, plural, one {Of these, one went on by itself} other {Of these, # went on by themselves}} after three hours or more in which nothing was chosen. What plays in the background counts a quarter of what was chosen.', { records })];
  }

  /** What would change a conclusion, from the very records it rests on. */
  function changesOf(p: Preference, said: Statement | undefined, { byRule, weights }: Evidence): string[] {
    if (said) return [said.manner === 'said' ? t('Deleting your statement takes it back; what the records say by themselves then counts again.') : t('Deleting what you said lets it follow the records again.')];
    const lines: string[] = [];
    if (isReckoned(p.claim)) {
      const kept = { plays: 0, purchases: 0 }, nowMs = clock.nowMs();
      for (const { kept: one, weight } of keptFor(p)) kept[halfLifeOf(one.kind)] += ACT_WEIGHTS[one.act] * weight * keptSupport(one, nowMs);
      lines.push(...whatWouldChange(decayOf(db, [...weights.keys()], nowMs, (kind) => HALF_LIVES_MS[halfLifeOf(kind)]).map((item) => ({ ...item, ...closedPart.item(item.itemId), weight: weights.get(item.itemId) ?? 0 })), p.strength, kept, seasonOf(p.id), nowMs));
    } else if (p.claim === 'price_band') {
      lines.push(...whatWouldMoveBand(votesOf(byRule.get('price/band@1') ?? []), (p.value.split(':')[1] ?? 'middle') as Band));
    } else if (p.claim === 'intent') lines.push(...whatEndsIntent(p.horizonWeeks, [...byRule.keys()][0] ?? null));
    return [...lines, alwaysChanges()];
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

  /** Product family of each bought item, within a department or all of them; `withLooked`: also of what was only looked for. */
  function familiesOf(department: string | null, targets: (wanted: (target: string) => boolean) => MatchRow[], names: ReadonlyMap<number, string>, withLooked = false): { readonly families: Map<number, string>; readonly disowned: number; readonly looked: ReadonlySet<number> } {
    const looked = new Set<number>();
    const best = new Map<number, MatchRow>();
    for (const row of targets((target) => { const node = taxonomy.get(target); return node?.kind === 'department' && !node.closed; })) {
      const isLook = isLookedFor(row);
      if (isLook ? !withLooked : row.act !== 'used' || row.kind !== 'product') continue;
      if (isLook) looked.add(row.itemId);
      const before = best.get(row.itemId);
      if (!before || row.weight > before.weight) best.set(row.itemId, row);
    }
    const all = [...best].map(([itemId, row]) => [itemId, names.get(row.targetId) ?? ''] as const).filter(([, family]) => department === null || taxonomy.isWithin(family, department));
    const disowned = disownedAmong(db, all.map(([itemId]) => itemId));
    return { families: new Map(all.filter(([itemId]) => !disowned.has(itemId))), disowned: disowned.size, looked };
  }
  /** What a match would speak for, in words; none for what prices and intents only rest on. */
  function wordOf(target: string): { readonly claim: Claim; readonly value: string; readonly label: string }[] {
    if (target.startsWith(BRAND_PREFIX)) return [{ claim: 'brand', value: target.slice(BRAND_PREFIX.length), label: target.slice(BRAND_PREFIX.length) }];
    const node = taxonomy.get(target);
    return node && node.kind !== 'department' ? [{ claim: node.kind, value: node.id, label: taxonomy.name(node.id) }] : [];
  }
  return Object.freeze({
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
        return { rule, says: t(RULES[rule].says), records: countRecordsOf(db, unique), examples };
      }).filter((rule) => rule.records > 0).sort((a, b) => b.records - a.records || (a.rule < b.rule ? -1 : 1));
      const statement = statements().find((said) => said.id === id);
      const summary = summarise({ preference, because, saidAtMs: statement?.saidAtMs ?? null, lasting: readLasting(db), sources: rules.flatMap((rule) => rule.examples.map((example) => example.source)) });
      const changes = view === undefined ? changesOf(preference, statement, evidence) : [];
      return { preference, summary, changes, disowned: evidence.disowned, rules, months: view === undefined ? recordsByMonth(db, [...new Set([...byRule.values()].flat())]) : [] };
    },
    itemsWithin(area) {
      return itemsOnTargets(db, [...matchNames(db)].filter(([, name]) => taxonomy.isWithin(name, area)).map(([id]) => id));
    },
    about(itemId) {
      const known = preferences.list();
      const [found] = itemsOf(matchesOf(db, [itemId]), matchNames(db), taxonomy);
      return [...(found?.matches ?? [])].sort((a, b) => b.weight * RULES[b.rule].reliability - a.weight * RULES[a.rule].reliability).flatMap(({ target, rule }) => {
        const [word] = wordOf(target);
        const node = taxonomy.get(target);
        if (!word && !node) return [];
        const yours = word && known.find(({ claim, value }) => claim === word.claim && value === word.value);
        return [{ rule, label: word?.label ?? taxonomy.name(target), path: word ? wordsForValue(word.claim, word.value, taxonomy).path : [], says: [t(RULES[rule].says), ...(yours ? seasonSentence(yours) : [])].join(' '), yours: yours ? { id: yours.id, label: yours.label, strength: yours.strength } : null }];
      });
    },
    async words(itemIds, id) {
      const preference = id === undefined ? null : find(id);
      const isRuledOut = ruledOutBy(ruledOut(), taxonomy);
      const key = preference && `${preference.claim}|${preference.value}`;
      const items = [...itemsById(db, itemIds), ...[...closedPart.items()].map(({ item }) => item).filter((item) => itemIds.includes(item.id))];
      const found = items.length === 0 ? [] : await runTask(workerUrl, wordsTask, { resourcesDir, items });
      return found.filter(({ target }) => key === null || keysFor(target, taxonomy, isRuledOut).includes(key)).map(({ itemId, target, rule, words }) => ({ itemId, rule, label: wordOf(target)[0]?.label ?? taxonomy.name(target), words }));
    },
    claimed() {
      const listed = listClaimedItems(db);
      const names = matchNames(db);
      const shown = listed.filter(({ id, sealed }) => !sealed || closedPart.item(id) !== undefined);
      const found = new Map<number, readonly Match[]>([...itemsOf(matchesOf(db, shown.map(({ id }) => id)), names, taxonomy)].map(({ itemId, matches }) => [itemId, matches]));
      for (const { item, matches } of closedPart.items()) found.set(item.id, matches);
      const known = preferences.list();
      const claims = shown.map(({ sealed, ...claimed }): ClaimedView => {
        const words = closedPart.item(claimed.id);
        // The one it is most about; where two are as near, the finer.
        const [matched] = (found.get(claimed.id) ?? []).flatMap(({ target, weight }) => wordOf(target).map((word) => ({ ...word, weight }))).sort((a, b) => b.weight - a.weight || b.value.split('.').length - a.value.split('.').length);
        const named = matched || sealed ? undefined : areaNames.get(normalise(claimed.title));
        const about = matched ?? (named && wordOf(named)[0]);
        const yours = about && known.filter(({ claim, value }) => claim === about.claim && (claim === 'brand' ? value === about.value : taxonomy.isWithin(value, about.value))).sort((a, b) => b.strength - a.strength)[0];
        return {
          ...claimed, title: words?.title ?? claimed.title, category: categoryWords(words?.category ?? claimed.category), sensitive: sealed,
          word: about ? { claim: about.claim, value: about.value, label: about.label } : null, yours: yours ? { id: yours.id, label: yours.label, strength: yours.strength } : null,
        };
      });
      return { claims, hidden: listed.length - claims.length };
    },
  } satisfies Explaining);
}

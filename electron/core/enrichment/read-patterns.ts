/** Goes through the records for the patterns, in slices that let others go on, and puts examples to what was found. Reads only. */
import { dayUtc } from '../../../shared/language/format.ts';
import type { NotMe } from '../../../shared/domain/preference.ts';
import { ITEM_KINDS, type ItemKind, type SourceId } from '../../../shared/domain/records.ts';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import { countRecords, highestItemId, itemsById, recordsByVariant, recordsOfItems, recordTimes, usedKinds, type Item } from '../records/records.ts';
import { readGroups } from './close-together.ts';
import type { ClosedPart } from './closed-part.ts';
import { keysFor, ruledOutBy, type RuledOut } from './conclude.ts';
import { disownedItems, itemsOnTargets, matchNames, targetsOfItems, type StoredConclusion } from './enrichment-repository.ts';
import { hasOtherLetters, SURE_LEAD, type Language } from './language.ts';
import type { Match } from './matcher.ts';
import { covers } from './not-me.ts';
import { createPatternCounts, QUARTER_MS } from './pattern-counts.ts';
import { decideChildrens, decideLanguages, decideLifeEvents, decideOddHours, decidePresents, decideProfiles, decideRoutines, decideSizes, describeSeasons, TITLED, type Bought, type Profile, type Pattern, type Seasonal, type Sign, type Titled } from './patterns.ts';
import { SIZED_DEPARTMENTS } from './sizes.ts';
import type { Taxonomy } from './taxonomy.ts';

export interface PatternExample { readonly itemId: number; readonly title: string; readonly creator: string | null; readonly source: SourceId; readonly kind: ItemKind; readonly count: number }
export interface PatternsView {
  readonly patterns: (Pick<Pattern, 'id' | 'kind' | 'title' | 'reason' | 'count' | 'size' | 'sensitive'> & { readonly examples: PatternExample[]; readonly itemIds: number[] })[];
  readonly records: number;
  readonly closed: { readonly count: number; readonly openUntilMs: number | null };
}

export interface PatternsDeps {
  readonly db: ReadableDb;
  readonly taxonomy: Taxonomy;
  readonly closedPart: Pick<ClosedPart, 'items' | 'item' | 'count' | 'openUntilMs'>;
  readonly ruledOut: () => readonly RuledOut[];
  /** What the person said was not them: it is in no pattern. */
  readonly notMe: () => readonly NotMe[];
  /** Up to which item the newest lists have said what is closed. */
  readonly readTo: () => number;
  /** Those of the closed part only while it is open. */
  readonly concluded: () => readonly StoredConclusion[];
  readonly nowMs: () => number;
  readonly languageOf: (title: string, lead: number) => Language | null;
  /** Lets others go on. */
  readonly pause: () => Promise<void>;
}

const SLICE_ITEMS = 8_000;
/** The newest; a person buys less in a life. */
const MAX_PURCHASES = 20_000;
/** Titles looked at for their language, the newest things first, and between two turns of the event loop: 20 microseconds each. */
const MAX_TITLES = 20_000, SLICE_TITLES = 500;
const EXAMPLES = 3;
/** Made for small children: all of it lies in the closed part. */
const FOR_CHILDREN: Readonly<Partial<Record<ItemKind, string>>> = { video: 'film.preschool', music: 'music.children-music', book: 'books.children-books' };
/** What somebody went and got, or looked for; what was merely watched or heard hints at nothing. */
const SIGNS: ReadonlySet<ItemKind> = new Set<ItemKind>(['product', 'book', 'search']);

/** Without the season of a series: whatever the service calls that says nothing of the series. */
const wordsOf = (title: string, collection: string | null): string => (collection !== null && title.startsWith(`${collection}: `) ? `${collection} ${title.slice(collection.length + 2).split(': ').slice(1).join(' ')}` : title);

/** What the clock of this computer shows beyond UTC at a moment. */
export const offsetMs = (atMs: number): number => -new Date(atMs).getTimezoneOffset() * 60_000;

export async function readPatterns({ db, taxonomy, closedPart, ruledOut, notMe, readTo, concluded, nowMs, languageOf, pause }: PatternsDeps): Promise<PatternsView> {
  const isOpen = (): boolean => closedPart.openUntilMs() !== null;
  const view = (patterns: PatternsView['patterns']): PatternsView => ({ patterns, records: countRecords(db), closed: { count: closedPart.count(), openUntilMs: closedPart.openUntilMs() } });
  // What no list was asked about yet may be closed.
  const highestId = Math.min(highestItemId(db), readTo());
  if (highestId === 0) return view([]);
  const open = isOpen();

  const names = matchNames(db);
  const isRuledOut = ruledOutBy(ruledOut(), taxonomy);
  const kinds = new Uint8Array(highestId + 1);
  const kindOf = (id: number): ItemKind | undefined => ITEM_KINDS[(kinds[id] ?? 0) - 1];
  const bought: number[] = [];
  /** By item: place of its department in `departments` and one more. */
  const departmentOf = new Uint8Array(highestId + 1);
  const departments = taxonomy.nodes.filter(({ kind, level }) => kind === 'department' && level === 1);
  const departmentNumbers = new Map([...names].map(([targetId, name]) => [targetId, departments.findIndex(({ id }) => taxonomy.isWithin(name, id)) + 1]));
  /** Of what may be a sign, while the closed part is open. */
  const targets = new Map<number, string[]>();
  for (let afterId = 0; afterId < highestId; afterId += SLICE_ITEMS) {
    const toId = Math.min(highestId, afterId + SLICE_ITEMS);
    const disowned = disownedItems(db, afterId, toId);
    for (const { id, kind } of usedKinds(db, afterId, toId)) {
      if (disowned.has(id)) continue;
      kinds[id] = ITEM_KINDS.indexOf(kind) + 1;
      if (kind === 'product') bought.push(id);
    }
    const { itemIds, targetIds } = targetsOfItems(db, afterId, toId);
    for (let id = afterId + 1, at = 0; id <= toId; id++) {
      for (; itemIds[at] === id; at++) {
        const targetId = targetIds[at] ?? 0;
        const department = departmentNumbers.get(targetId) ?? 0;
        if (department > 0) departmentOf[id] = department;
        const kind = kindOf(id);
        if (open && kind !== undefined && SIGNS.has(kind)) targets.set(id, [...(targets.get(id) ?? []), names.get(targetId) ?? '']);
      }
    }
    await pause();
  }

  const groups = await readGroups(db, pause);
  const counts = createPatternCounts({ kinds, groups: groups.of, groupCount: groups.members.length, offsetMs });
  await recordTimes(db, (records) => { counts.add(records); }, pause);

  const titled = await titledThings();
  const purchases = purchasesOf();
  await pause();
  const found = [
    ...decideRoutines(counts),
    ...describeSeasons(seasonal(), itemsOfSubject, nowMs()),
    ...decideOddHours(counts, groups.members.map((group) => ({ ...group, ids: group.ids.filter((id) => (kinds[id] ?? 0) > 0) })), itemsOfKind),
    ...decideProfiles(profiles()),
    ...decideLanguages(titled),
    ...decidePresents(purchases),
    ...decideSizes(purchases, dayUtc),
  ];
  if (open) found.push(...decideChildrens(childrens()), ...decideLifeEvents(signs(), dayUtc));
  const shown = found.map(({ itemIds, mayBeOthers, ...pattern }) => ({ ...pattern, examples: examplesOf(itemIds), itemIds: mayBeOthers ? [...itemIds] : [] }));
  // It may have shut by itself meanwhile.
  return view(isOpen() ? shown : shown.filter(({ sensitive }) => !sensitive));

  function itemsOfKind(kind: ItemKind): number[] {
    const ids: number[] = [];
    for (let id = 1; id <= highestId; id++) if (kindOf(id) === kind) ids.push(id);
    return ids;
  }

  async function titledThings(): Promise<Titled[]> {
    const ids: number[] = [], things: Titled[] = [];
    for (let id = highestId; id > 0 && ids.length < MAX_TITLES; id--) { const kind = kindOf(id); if (kind !== undefined && TITLED[kind] !== undefined) ids.push(id); }
    for (let at = 0; at < ids.length; at += SLICE_TITLES) {
      for (const { id, kind, title, collection } of itemsById(db, ids.slice(at, at + SLICE_TITLES))) {
        const words = wordsOf(title, collection), language = hasOtherLetters(words) ? null : languageOf(words, SURE_LEAD);
        if (language !== null) things.push({ itemId: id, kind, language });
      }
      await pause();
    }
    return things;
  }

  /** What has a season of its own. */
  function seasonal(): Seasonal[] {
    return concluded().flatMap(({ claim, value, season, sensitive }) => (season?.of === value && !isRuledOut(claim, value) ? [{ id: value, label: taxonomy.name(value), season, sensitive }] : []));
  }

  function itemsOfSubject({ id: subject, sensitive }: Seasonal): number[] {
    const speaks = (target: string): boolean => keysFor(target, taxonomy, isRuledOut).some((key) => key.endsWith(`|${subject}`));
    if (sensitive) return closedItems().filter(({ matches }) => matches.some(({ target }) => speaks(target))).map(({ item }) => item.id);
    return [...new Set(itemsOnTargets(db, [...names].filter(([, name]) => speaks(name)).map(([id]) => id)))].filter((id) => (kinds[id] ?? 0) > 0);
  }

  function purchasesOf(): Bought[] {
    const of = (itemId: number) => departments[(departmentOf[itemId] ?? 0) - 1];
    // Only clothes and shoes have sizes to be read from their names.
    const words = new Map(itemsById(db, bought.filter((id) => SIZED_DEPARTMENTS.some((sized) => sized === of(id)?.id))).map((item) => [item.id, item]));
    return recordsOfItems(db, bought, MAX_PURCHASES).flatMap(({ itemId, atMs }) => {
      const item = words.get(itemId), department = of(itemId);
      return atMs > 0 ? [{ itemId, atMs, title: item?.title ?? '', category: item?.category ?? null, department: department?.id ?? null, departmentLabel: department ? taxonomy.name(department.id) : '' }] : [];
    });
  }

  function profiles(): Profile[] {
    const all = recordsByVariant(db, 'netflix/viewing-activity'), times = new Map<number, number>();
    for (const { itemIds } of all) for (const id of itemIds) times.set(id, (times.get(id) ?? 0) + 1);
    // What two of them watched says nothing about either; what is sealed is not spoken of unless it is open.
    const closed = new Set(open ? closedItems().map(({ item }) => item.id) : []);
    return all.map(({ records, itemIds }) => { const own = itemIds.filter((id) => times.get(id) === 1); return { records, itemIds: own.filter((id) => (kinds[id] ?? 0) > 0), closedIds: own.filter((id) => closed.has(id)) }; });
  }

  /** While it is open. */
  function closedItems(): { readonly item: Item; readonly matches: readonly Match[] }[] {
    const said = notMe();
    return [...closedPart.items()].filter(({ item }) => item.act === 'used' && !said.some((one) => covers(one, item)));
  }

  function childrens(): { readonly kind: ItemKind; readonly itemIds: number[]; readonly records: number; readonly all: number }[] {
    const closed = closedItems();
    return ITEM_KINDS.flatMap((kind, nth) => {
      const target = FOR_CHILDREN[kind];
      if (target === undefined) return [];
      const itemIds = closed.filter(({ item, matches }) => item.kind === kind && matches.some((match) => taxonomy.isWithin(match.target, target))).map(({ item }) => item.id);
      const all = kinds.reduce((sum, other) => sum + (other === nth + 1 ? 1 : 0), 0) + closed.filter(({ item }) => item.kind === kind).length;
      return [{ kind, itemIds, records: itemIds.reduce((sum, id) => sum + (counts.items[id] ?? 0), 0), all }];
    });
  }

  function signs(): Sign[] {
    const ofItem = (itemId: number, title: string, of: readonly string[]): Sign[] => { const atMs = (counts.newest[itemId] ?? 0) * QUARTER_MS; return atMs === 0 ? [] : [{ itemId, atMs, title, targets: of }]; };
    return [
      ...itemsById(db, [...new Set([...targets.keys(), ...bought])]).flatMap(({ id, title }) => ofItem(id, title, targets.get(id) ?? [])),
      ...closedItems().filter(({ item }) => SIGNS.has(item.kind)).flatMap(({ item, matches }) => ofItem(item.id, item.title, matches.map(({ target }) => target))),
    ];
  }

  /** Those with most records. */
  function examplesOf(itemIds: readonly number[]): PatternExample[] {
    const ids = itemIds.toSorted((a, b) => (counts.items[b] ?? 0) - (counts.items[a] ?? 0) || a - b).slice(0, EXAMPLES);
    const words = new Map(itemsById(db, ids).map((item) => [item.id, item]));
    return ids.flatMap((id) => {
      const item = closedPart.item(id) ?? words.get(id);
      return item ? [{ itemId: id, title: item.title, creator: item.creator, source: item.source, kind: item.kind, count: counts.items[id] ?? 0 }] : [];
    });
  }
}

/** Goes through the records for the patterns, in slices that let others go on, and puts examples to what was found. Reads only. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NotMe } from '../../../shared/domain/preference.ts';
import { ITEM_KINDS, type ItemKind, type SourceId } from '../../../shared/domain/records.ts';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import { countRecords, highestItemId, itemsById, recordsByVariant, recordsOfItems, recordTimes, type Item } from '../records/records.ts';
import { readGroups } from './close-together.ts';
import type { ClosedPart } from './closed-part.ts';
import type { RuledOut } from './conclude.ts';
import type { Match } from './matcher.ts';
import { covers } from './not-me.ts';
import { createPatternCounts, QUARTER_MS } from './pattern-counts.ts';
import { decideChildrens, decideLifeEvents, decideOddHours, decidePresents, decideProfiles, decideRoutines, decideSeasons, decideSizes, type Bought, type Pattern, type Sign } from './patterns.ts';
import { SIZED_DEPARTMENTS } from './sizes.ts';
import { indexSubjects } from './subject-index.ts';
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
}

/** The newest; a person buys less in a life. */
const MAX_PURCHASES = 20_000;
const EXAMPLES = 3;
/** Made for small children: all of it lies in the closed part. */
const FOR_CHILDREN: Readonly<Partial<Record<ItemKind, string>>> = { video: 'film.preschool', music: 'music.children-music', book: 'books.children-books' };
/** What somebody went and got, or looked for; what was merely watched or heard hints at nothing. */
const SIGNS: ReadonlySet<ItemKind> = new Set<ItemKind>(['product', 'book', 'search']);

const day = (ms: number): string => new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
/** What the clock of this computer shows beyond UTC at a moment. */
export const offsetMs = (atMs: number): number => -new Date(atMs).getTimezoneOffset() * 60_000;

export async function readPatterns({ db, taxonomy, closedPart, ruledOut, notMe, readTo }: PatternsDeps): Promise<PatternsView> {
  const pause = async (): Promise<void> => { await nextTurn(); };
  const isOpen = (): boolean => closedPart.openUntilMs() !== null;
  const view = (patterns: PatternsView['patterns']): PatternsView => ({ patterns, records: countRecords(db), closed: { count: closedPart.count(), openUntilMs: closedPart.openUntilMs() } });
  // What no list was asked about yet may be closed.
  const highestId = Math.min(highestItemId(db), readTo());
  if (highestId === 0) return view([]);
  const open = isOpen();

  const bought: number[] = [];
  /** By item: place of its department in `departments` and one more. */
  const departmentOf = new Uint8Array(highestId + 1);
  const departments = taxonomy.nodes.filter(({ kind, level }) => kind === 'department' && level === 1);
  const departmentNumbers = new Map<string, number>();
  const departmentNumber = (target: string): number => {
    const known = departmentNumbers.get(target) ?? departments.findIndex(({ id }) => taxonomy.isWithin(target, id)) + 1;
    departmentNumbers.set(target, known);
    return known;
  };
  /** Of what may be a sign, while the closed part is open. */
  const targets = new Map<number, string[]>();
  const { kinds, kindOf, subjectsFrom, subjects, list } = await indexSubjects({
    db, taxonomy, ruledOut: ruledOut(), readTo: highestId, pause,
    onMatch(id, kind, target) {
      const department = departmentNumber(target);
      if (department > 0) departmentOf[id] = department;
      if (open && SIGNS.has(kind)) targets.set(id, [...(targets.get(id) ?? []), target]);
    },
  });
  for (let id = 1; id <= highestId; id++) if (kindOf(id) === 'product') bought.push(id);

  const groups = await readGroups(db, pause);
  const counts = createPatternCounts({ kinds, groups: groups.of, groupCount: groups.members.length, subjectsFrom, subjects, subjectCount: list.length, offsetMs });
  await recordTimes(db, (records) => { counts.add(records); }, pause);

  const purchases = purchasesOf();
  await pause();
  const found = [
    ...decideRoutines(counts),
    ...decideSeasons(counts, list, ({ at }) => itemsOfSubject(at)),
    ...decideOddHours(counts, groups.members.map((group) => ({ ...group, ids: group.ids.filter((id) => (kinds[id] ?? 0) > 0) })), itemsOfKind),
    ...decideProfiles(profiles()),
    ...decidePresents(purchases),
    ...decideSizes(purchases, day),
  ];
  if (open) found.push(...decideChildrens(childrens()), ...decideLifeEvents(signs(), day));
  const shown = found.map(({ itemIds, ...pattern }) => ({ ...pattern, examples: examplesOf(itemIds), itemIds: pattern.kind === 'someone-else' ? [...itemIds] : [] }));
  // It may have shut by itself meanwhile.
  return view(isOpen() ? shown : shown.filter(({ sensitive }) => !sensitive));

  function itemsOfKind(kind: ItemKind): number[] {
    const ids: number[] = [];
    for (let id = 1; id <= highestId; id++) if (kindOf(id) === kind) ids.push(id);
    return ids;
  }

  function itemsOfSubject(subject: number): number[] {
    const ids: number[] = [];
    for (let id = 1; id <= highestId; id++) {
      if (kinds[id] === 0) continue;
      for (let at = subjectsFrom[id] ?? 0; at < (subjectsFrom[id + 1] ?? 0); at++) if (subjects[at] === subject) { ids.push(id); break; }
    }
    return ids;
  }

  function purchasesOf(): Bought[] {
    const of = (itemId: number) => departments[(departmentOf[itemId] ?? 0) - 1];
    // Only clothes and shoes have sizes to be read from their names.
    const words = new Map(itemsById(db, bought.filter((id) => SIZED_DEPARTMENTS.some((sized) => sized === of(id)?.id))).map((item) => [item.id, item]));
    return recordsOfItems(db, bought, MAX_PURCHASES).flatMap(({ itemId, atMs }) => {
      const item = words.get(itemId), department = of(itemId);
      return atMs > 0 ? [{ itemId, atMs, title: item?.title ?? '', category: item?.category ?? null, department: department?.id ?? null, departmentLabel: department?.label ?? '' }] : [];
    });
  }

  function profiles(): { readonly records: number; readonly itemIds: readonly number[] }[] {
    const all = recordsByVariant(db, 'netflix/viewing-activity'), times = new Map<number, number>();
    for (const { itemIds } of all) for (const id of itemIds) times.set(id, (times.get(id) ?? 0) + 1);
    // What two of them watched says nothing about either; what is sealed is not spoken of.
    return all.map(({ records, itemIds }) => ({ records, itemIds: itemIds.filter((id) => times.get(id) === 1 && (kinds[id] ?? 0) > 0) }));
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

/** What is decided about patterns: said when clearly above chance, with its count, and not otherwise. */
import { describe, expect, test } from 'vitest';
import { createPatternCounts, type CountedItems } from '../../../electron/core/enrichment/pattern-counts.ts';
import { decideChildrens, decideLanguages, decideLifeEvents, decideOddHours, decidePresents, decideProfiles, decideRoutines, decideSizes, describeSeasons, type Bought, type Sign } from '../../../electron/core/enrichment/patterns.ts';
import type { Season } from '../../../electron/core/enrichment/seasons.ts';
import { sizeIn } from '../../../electron/core/enrichment/sizes.ts';
import { ITEM_KINDS, type ItemKind } from '../../../shared/domain/records.ts';
import { seededRandom } from '../../bench/generate.ts';

const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const quarter = (atMs: number): number => Math.floor(atMs / 900_000);

interface Thing { readonly kind: ItemKind; readonly group?: number }
/** Counts over things numbered from 1 and what happened with them. */
function counted(things: readonly Thing[], happened: readonly (readonly [id: number, atMs: number, isCoarse?: boolean])[], offsetMs: CountedItems['offsetMs'] = () => 0) {
  const counts = createPatternCounts({
    kinds: Uint8Array.from([0, ...things.map(({ kind }) => ITEM_KINDS.indexOf(kind) + 1)]), groups: Int32Array.from([0, ...things.map(({ group }) => group ?? 0)]), groupCount: Math.max(0, ...things.map(({ group }) => group ?? 0)),
    offsetMs,
  });
  counts.add([...happened].sort((a, b) => a[1] - b[1]).map(([id, atMs, isCoarse]) => ({ doubled: id * 2 + (isCoarse ? 1 : 0), quarter: quarter(atMs) })));
  return counts;
}
const days = (count: number, hour: number, wanted: (weekday: number) => boolean = () => true, fromMs = MONDAY): number[] =>
  Array.from({ length: count }, (_, day) => day).filter((day) => wanted(day % 7)).map((day) => fromMs + day * DAY_MS + hour * HOUR_MS);

describe('routines', () => {
  const music: Thing[] = [{ kind: 'music' }];
  test('are said with share and count when most of a kind lies in a short span of the week', () => {
    const happened = [...days(70, 7, (weekday) => weekday < 5), ...days(70, 8, (weekday) => weekday < 5), ...days(70, 20, (weekday) => weekday === 5)].map((atMs): [number, number] => [1, atMs]);
    const [routine, ...more] = decideRoutines(counted(music, happened));
    expect(more).toEqual([]);
    expect(routine).toMatchObject({ id: 'routine/music', kind: 'routine', title: 'Music: mostly weekday mornings, 7:00 to 9:00', count: 100 });
    expect(routine?.reason).toBe('100 of 110 hours with music lie on Monday to Friday between 7:00 and 9:00: 91 of 100. Spread evenly over the week it would be 6 of 100.');
  });

  test('follow the clock at home, and many records of an hour are one', () => {
    const happened = days(60, 23).flatMap((atMs) => Array.from({ length: 12 }, (_, i): [number, number] => [1, atMs + i * 300_000]));
    expect(decideRoutines(counted(music, happened))[0]).toMatchObject({ title: expect.stringContaining('23:00 to 24:00') as string, count: 60 });
    // India: five and a half hours on.
    expect(decideRoutines(counted(music, happened, () => 5.5 * HOUR_MS))[0]?.title).toContain('nights');
    expect(decideRoutines(counted(music, happened, () => 2 * HOUR_MS))[0]?.title).toMatch(/nights, [01]:00 to [23]:00$/u);
  });

  test('are not said of what is spread over the day, of little, of few days, nor of days without a time', () => {
    const random = seededRandom(3);
    const anywhere = Array.from({ length: 2_000 }, (): [number, number] => [1, MONDAY + Math.floor(random() * 300 * 24) * HOUR_MS]);
    expect(decideRoutines(counted(music, anywhere))).toEqual([]);
    expect(decideRoutines(counted(music, days(30, 7).map((atMs) => [1, atMs])))).toEqual([]);
    expect(decideRoutines(counted(music, days(15, 7).flatMap((atMs) => [0, 1, 2].map((hour): [number, number] => [1, atMs + hour * HOUR_MS]))))).toEqual([]);
    expect(decideRoutines(counted(music, days(200, 7).map((atMs) => [1, atMs, true])))).toEqual([]);
  });
});

describe('seasons', () => {
  const season: Season = { from: 2, months: 3, years: [2022, 2023, 2024], inside: 12, all: 13, share: 0.31 };
  const subjects = [['garden', 12], ['garden.vegetables', 11], ['film', 30], ['film.christmas', 9]].map(([id, inside]) => ({ id: String(id), label: `The ${id}`, season: { ...season, inside: Number(inside) }, sensitive: id === 'film' }));
  test('are told once for the finest, with what was counted and what it means', () => {
    const found = describeSeasons(subjects, ({ id }) => [id.length], Date.UTC(2024, 8, 1));
    expect(found.map(({ title, sensitive, itemIds }) => [title, sensitive, itemIds])).toEqual([['The film: March to May', true, [4]], ['The garden.vegetables: March to May', false, [17]], ['The film.christmas: March to May', false, [14]]]);
    expect(found[1]?.reason).toBe('11 of 13 weeks with something about it lie in March to May, in 2022, 2023 and 2024. Of all weeks with records, 31 of 100 do. It comes back every year from March to May; it rests until then and does not fade meanwhile.');
  });
});

describe('what may be somebody else’s', () => {
  const things: Thing[] = [{ kind: 'video', group: 1 }, { kind: 'video', group: 2 }, { kind: 'music' }];
  const groups = [{ kind: 'video' as const, name: 'Cartoon Club', ids: [1] }, { kind: 'video' as const, name: 'Late Show', ids: [2] }];
  const evenings = days(300, 20).map((atMs): [number, number] => [3, atMs]);
  test('is a series at hours at which nothing else happens', () => {
    const found = decideOddHours(counted(things, [...evenings, ...days(40, 10, (weekday) => weekday === 1).map((atMs): [number, number] => [1, atMs]), ...days(40, 20).map((atMs): [number, number] => [2, atMs])]), groups, () => []);
    expect(found).toMatchObject([{ kind: 'someone-else', title: 'Cartoon Club', count: 6, itemIds: [1], sensitive: false }]);
    expect(found[0]?.reason).toContain('all 6 times at hours when hardly anything else happens (0 of 100 of the rest): mostly Monday to Friday between 9:00 and 12:00');
  });
  test('is not one that was watched thrice, nor one of an account with little else', () => {
    expect(decideOddHours(counted(things, [...evenings, ...days(20, 10, (weekday) => weekday === 1).map((atMs): [number, number] => [1, atMs])]), groups, () => [])).toEqual([]);
    expect(decideOddHours(counted(things, [...evenings.slice(0, 50), ...days(60, 10, (weekday) => weekday === 1).map((atMs): [number, number] => [1, atMs])]), groups, () => [])).toEqual([]);
  });
  test('is a whole kind at such hours, said once', () => {
    const found = decideOddHours(counted(things, [...evenings, ...days(40, 10, (weekday) => weekday === 1).map((atMs): [number, number] => [1, atMs])]), groups, (kind) => (kind === 'video' ? [1, 2] : []));
    expect(found).toMatchObject([{ id: 'someone-else/hours/video', title: 'Films and series', itemIds: [1, 2], count: 6 }]);
    expect(found[0]?.reason).toMatch(/^There was something all 6 times at hours/u);
  });
  test('is every profile but the largest, and what is for children in a vault of a grown-up', () => {
    expect(decideProfiles([{ records: 30, itemIds: [3, 4] }])).toEqual([]);
    expect(decideProfiles([{ records: 30, itemIds: [3, 4] }, { records: 170, itemIds: [1] }])).toMatchObject([{ title: 'Netflix profile 2 of 2', count: 30, itemIds: [3, 4] }]);
    // A child's is named while the closed part is open, in its own place; shut, the others keep theirs.
    expect(decideProfiles([{ records: 62, itemIds: [1] }, { records: 60, itemIds: [], closedIds: [7, 8] }, { records: 30, itemIds: [3], closedIds: [] }])).toMatchObject([{ title: 'Netflix profile 2 of 3', itemIds: [7, 8], sensitive: true }, { title: 'Netflix profile 3 of 3', itemIds: [3], sensitive: false }]);
    expect(decideProfiles([{ records: 62, itemIds: [1] }, { records: 60, itemIds: [] }, { records: 30, itemIds: [3] }])).toMatchObject([{ title: 'Netflix profile 3 of 3', itemIds: [3] }]);
    const childrens = { kind: 'video' as const, itemIds: [1, 2, 3], records: 9, all: 200 };
    expect(decideChildrens([childrens])).toMatchObject([{ title: 'Programmes for small children', sensitive: true, itemIds: [1, 2, 3] }]);
    expect(decideChildrens([{ ...childrens, all: 8 }])).toHaveLength(1);
    expect(decideChildrens([{ ...childrens, all: 5 }])).toEqual([]);
  });
});

const LABELS: Readonly<Record<string, string>> = { clothing: 'Clothing', shoes: 'Shoes', kitchenware: 'Kitchenware', instruments: 'Musical instruments', cosmetics: 'Beauty and care', accessories: 'Bags and accessories' };
let nextItem = 0;
const buy = (department: string, atMs: number, title = 'Thing', itemId = ++nextItem): Bought => ({ itemId, atMs, title, category: null, department, departmentLabel: LABELS[department] ?? department });
const everyday = Array.from({ length: 20 }, (_, nth) => buy('kitchenware', Date.UTC(2024, nth % 12, 5)));

describe('presents', () => {
  test('are things of kinds never bought otherwise, before Christmas', () => {
    const found = decidePresents([...everyday, buy('cosmetics', Date.UTC(2024, 11, 10)), buy('instruments', Date.UTC(2025, 11, 2)), buy('accessories', Date.UTC(2024, 11, 10)), buy('accessories', Date.UTC(2024, 5, 10))]);
    expect(found).toMatchObject([{ id: 'present/christmas', count: 2 }]);
    expect(found[0]?.reason).toBe('2 things were bought once, in the four weeks before Christmas of 2024 and 2025, and are of kinds you never buy otherwise: Beauty and care and Musical instruments.');
  });
  test('are clothes in another size than usual, before Christmas', () => {
    const own = [1, 2, 3, 4].map((month) => buy('clothing', Date.UTC(2024, month, 3), 'Shirt, blue, M'));
    expect(decidePresents([...everyday, ...own, buy('clothing', Date.UTC(2024, 11, 3), 'Pullover, red, XL'), buy('clothing', Date.UTC(2024, 11, 4), 'Shirt, green, M'), buy('cosmetics', Date.UTC(2024, 11, 10))])[0]).toMatchObject({ count: 2 });
  });
  test('come round on one day of three years, and a single thing is none', () => {
    const found = decidePresents([...everyday, buy('cosmetics', Date.UTC(2022, 4, 10)), buy('accessories', Date.UTC(2023, 4, 12)), buy('instruments', Date.UTC(2024, 4, 9))]);
    expect(found).toMatchObject([{ kind: 'present', title: expect.stringMatching(/^Perhaps presents around \d+ May$/u) as string, count: 3 }]);
    expect(decidePresents([...everyday, buy('cosmetics', Date.UTC(2022, 4, 10)), buy('accessories', Date.UTC(2023, 4, 12))])).toEqual([]);
    expect(decidePresents([...everyday, buy('cosmetics', Date.UTC(2024, 11, 10))])).toEqual([]);
    expect(decidePresents([...everyday.slice(0, 5), buy('cosmetics', Date.UTC(2024, 11, 10)), buy('instruments', Date.UTC(2025, 11, 2))])).toEqual([]);
  });
});

describe('languages', () => {
  let nth = 0;
  const titles = (kind: ItemKind, language: 'en' | 'de' | 'fr', count: number) => Array.from({ length: count }, () => ({ itemId: ++nth, kind, language }));
  test('are told by what is done in them, with shares in words, and only the lesser ones may be somebody else’s', () => {
    const found = decideLanguages([...titles('video', 'en', 60), ...titles('video', 'de', 35), ...titles('video', 'fr', 5), ...titles('book', 'de', 20), ...titles('podcast', 'en', 11)]);
    expect(found.map(({ title, reason, count, mayBeOthers }) => [title, reason, count, mayBeOthers])).toEqual([
      ['English', 'Most of what you watch: 60 of 100 titles that tell.', 60, false],
      ['German', 'Much of what you watch: 35 of 100 titles that tell. Nearly all of what you read: 20 of 20 titles that tell.', 55, true],
    ]);
  });
  test('are not told from little, nor of what has no titles to read', () => {
    expect(decideLanguages([...titles('video', 'de', 11), ...titles('book', 'de', 11)])).toEqual([]);
    expect(decideLanguages([...titles('product', 'de', 50), ...titles('music', 'en', 50)])).toEqual([]);
  });
});

describe('sizes', () => {
  test.each([
    ['shoes', 'Running Shoe Men Black EU 42', '42'], ['shoes', 'Laufschuh Damen, 38,5 EU', '38.5'], ['shoes', 'Trail Runner UK 8.5', 'UK 8.5'], ['shoes', 'Sneaker (US 10)', 'US 10'], ['shoes', 'Stiefel Größe 42', '42'], ['shoes', 'Bottines femme, pointure 39', '39'],
    ['shoes', 'Sneaker, weiß, 43', '43'], ['shoes', 'Schnürsenkel 120 cm, 2 Paar', null], ['shoes', 'Socken 39-42', null], ['shoes', 'Air Max 90', null],
    ['clothing', 'T-Shirt Herren, Schwarz, XXL', '2XL'], ['clothing', 'Hemd Gr. M blau', 'M'], ['clothing', 'Robe taille 38', '38'], ['clothing', 'Dress Size 12 UK', 'UK 12'], ['clothing', 'Jeans 501 Original, W32 L34', 'W32 L34'], ['clothing', 'Jeans 33W x 32L', 'W33 L32'],
    ['clothing', 'Merino Pullover (L)', 'L'], ['clothing', 'Jacke 5XL', null], ['clothing', 'Jacke, 5XL', '5XL'], ['clothing', 'Men’s T-Shirt 3-Pack', null], ['clothing', 'Boxer Briefs, 5 Pack, M', 'M'], ['clothing', 'Hemd, 100 % Baumwolle', null], ['clothing', 'Größentabelle', null],
  ] as const)('of %s “%s” is %s', (department, title, size) => { expect(sizeIn(department, title)).toBe(size); });

  test('are offered by department with how often and the newest, when there twice', () => {
    const found = decideSizes([...everyday, buy('clothing', Date.UTC(2024, 1, 3), 'Shirt, M'), buy('clothing', Date.UTC(2024, 3, 3), 'Pullover, M'), buy('clothing', Date.UTC(2024, 2, 3), 'Coat, L'), buy('shoes', Date.UTC(2024, 2, 3), 'Boot EU 42'), buy('kitchenware', Date.UTC(2024, 2, 3), 'Apron, M')], (atMs) => new Date(atMs).toISOString().slice(0, 10));
    expect(found).toMatchObject([{ id: 'size/clothing/M', title: 'Clothing: M', size: 'clothing:M', count: 2, reason: '2 of 3 purchases that name a size were in M, the newest on 2024-04-03. Whether it is yours, only you can say.' }]);
  });
});

describe('hints at what happened in a life', () => {
  const sign = (title: string, day: number, ...targets: string[]): Sign => ({ itemId: ++nextItem, atMs: MONDAY + day * DAY_MS, title, targets });
  const said = (signs: readonly Sign[]): string[] => decideLifeEvents(signs, () => 'x').map(({ id }) => id);
  test('need several things of several sorts close in time, and lie in the closed part', () => {
    const move = [sign('Umzugskartons 10 Stück', 0), sign('Desk', 5, 'furniture.tables'), sign('Wall paint', 9, 'tools.paint'), sign('Bed', 20, 'furniture.beds')];
    expect(said(move)).toEqual(['life-event/moving']);
    expect(decideLifeEvents(move, () => 'x').every(({ sensitive }) => sensitive)).toBe(true);
    expect(said(move.map((one, nth) => ({ ...one, atMs: one.atMs + nth * 90 * DAY_MS })))).toEqual([]);
    expect(said([1, 2, 3, 4, 5].map((day) => sign('Chair', day, 'furniture.seating')))).toEqual([]);
  });
  test('know a wedding, a baby, a new animal and a course, and not the animal that was always there', () => {
    expect(said([sign('Wedding guest book', 0), sign('Brautkleid Reinigung', 9), sign('Bridal veil', 40)])).toEqual(['life-event/wedding']);
    expect(said([sign('a', 0, 'family.pregnancy'), sign('b', 9, 'baby.prams'), sign('c', 40, 'baby.baby-care')])).toEqual(['life-event/baby']);
    const animal = (day: number): Sign[] => [0, 1, 2, 3].map((nth) => sign('Dog bed', day + nth, 'pet-supplies.dog-supplies'));
    expect(said(animal(400))).toEqual(['life-event/pet']);
    expect(said([sign('Dog food', 200, 'pet-supplies.dog-supplies'), ...animal(400)])).toEqual([]);
    expect(said([sign('Biology textbook', 0), sign('Italian Workbook', 3, 'learning.languages'), sign('Notebook A4', 9, 'stationery.notebooks'), sign('Fountain pen', 12, 'stationery.pens')])).toEqual(['life-event/course']);
  });
});

/** What records say besides interests: when things happen, what comes round, what may be somebody else's, languages, presents, sizes, and what several things close in time hint at. Pure; nothing of it is kept here. */
import { capital, dayOfYearName, labelled, languageName, list } from '../../../shared/language/format.ts';
import { msg, t } from '../../../shared/language/message.ts';
import type { PatternKind } from '../../../shared/domain/patterns.ts';
import { ITEM_KINDS, type ItemKind } from '../../../shared/domain/records.ts';
import { LANGUAGES, type Language } from './language.ts';
import { cellOf, CELLS, WEEK_HOURS, type PatternCounts } from './pattern-counts.ts';
import { monthsWords, seasonCounts, seasonWords, type Season } from './seasons.ts';
import { SIZED_DEPARTMENTS, sizeIn, type SizedDepartment } from './sizes.ts';

/** One pattern, in plain words. */
export interface Pattern {
  /** The same for the same pattern, whenever it is worked out. */
  readonly id: string;
  readonly kind: PatternKind;
  readonly title: string;
  /** What was counted, and against what. */
  readonly reason: string;
  readonly count: number;
  /** Things it rests on; empty where it rests on all of a kind. */
  readonly itemIds: readonly number[];
  /** For a size: as the person may say it of themselves. */
  readonly size: string | null;
  /** Lies in the closed part. */
  readonly sensitive: boolean;
  /** The person may say of all its things that they were not them. */
  readonly mayBeOthers: boolean;
}

const DAY_MS = 86_400_000;
const hundred = (share: number): number => Math.round(share * 100);
const clock = (hour: number): string => `${hour}:00`;
/** How many standard deviations a share lies above what chance would give. */
const above = (found: number, all: number, share: number): number => (found - all * share) / Math.sqrt(Math.max(1e-9, all * share * (1 - share)));
const plain = (pattern: Omit<Pattern, 'size' | 'sensitive' | 'mayBeOthers'> & Partial<Pick<Pattern, 'size' | 'sensitive' | 'mayBeOthers'>>): Pattern => ({ size: null, sensitive: false, mayBeOthers: pattern.kind === 'someone-else', ...pattern });

const KIND_WORDS: Readonly<Record<ItemKind, readonly [title: string, hours: string]>> = {
  music: [msg('Music'), msg('hours with music')], podcast: [msg('Podcasts'), msg('hours with podcasts')], audiobook: [msg('Audiobooks'), msg('hours with audiobooks')], video: [msg('Films and series'), msg('hours with films and series')], product: [msg('Shopping'), msg('hours in which something was bought')],
  book: [msg('Books'), msg('hours with books')], app: [msg('Apps'), msg('hours with apps')], search: [msg('Searches'), msg('hours with searches')], site: [msg('Websites'), msg('hours on websites')], topic: [msg('Subjects'), msg('hours with subjects')], advertiser: [msg('Advertisers'), msg('hours with advertisers')],
};

// Routines: shortest spans of the week that hold most of a kind.

const ROUTINE = { hours: 40, days: 20, share: 0.5, lift: 2.5, deviations: 6, longest: 6 } as const;
const DAYS: readonly { readonly name: 'weekday' | 'weekend' | 'any'; readonly words: string; readonly from: number; readonly to: number }[] = [
  { name: 'weekday', words: msg('Monday to Friday'), from: 0, to: 5 }, { name: 'weekend', words: msg('Saturday and Sunday'), from: 5, to: 7 }, { name: 'any', words: msg('any day'), from: 0, to: 7 },
];
/** By the middle of a span. */
const partOfDay = (hour: number): string => (hour < 5 ? 'nights' : hour < 11 ? 'mornings' : hour < 14 ? 'middays' : hour < 18 ? 'afternoons' : hour < 22 ? 'evenings' : 'nights');

/** At most one for each kind of thing: the span whose share lies furthest above its share of the week. */
export function decideRoutines({ week, kindDays }: Pick<PatternCounts, 'week' | 'kindDays'>): Pattern[] {
  return ITEM_KINDS.flatMap((kind, nth): Pattern[] => {
    const hours = week.subarray(nth * WEEK_HOURS, (nth + 1) * WEEK_HOURS), all = hours.reduce((sum, count) => sum + count, 0);
    if (all < ROUTINE.hours || (kindDays[nth] ?? 0) < ROUTINE.days) return [];
    let best: { readonly days: (typeof DAYS)[number]; readonly from: number; readonly length: number; readonly found: number; readonly share: number; readonly says: number } | null = null;
    for (const days of DAYS) {
      for (let length = 1; length <= ROUTINE.longest; length++) {
        for (let from = 0; from + length <= 24; from++) {
          let found = 0;
          for (let day = days.from; day < days.to; day++) for (let hour = from; hour < from + length; hour++) found += hours[day * 24 + hour] ?? 0;
          const share = ((days.to - days.from) * length) / WEEK_HOURS, seen = found / all;
          if (seen < ROUTINE.share || seen < ROUTINE.lift * share || above(found, all, share) < ROUTINE.deviations) continue;
          // How much is learnt by it: many hours in a narrow span say more than all of them in a wide one.
          const says = seen * Math.log(seen / share) + (seen === 1 ? 0 : (1 - seen) * Math.log((1 - seen) / (1 - share)));
          if (!best || says > best.says) best = { days, from, length, found, share, says };
        }
      }
    }
    if (!best) return [];
    const [title, hoursOf] = KIND_WORDS[kind];
    return [plain({
      id: `routine/${kind}`, kind: 'routine', title: t('{kind}: mostly {days, select, weekday {weekday } weekend {weekend } other {}}{part, select, mornings {mornings} middays {middays} afternoons {afternoons} evenings {evenings} other {nights}}, {from} to {to}', { kind: t(title), days: best.days.name, part: partOfDay(best.from + (best.length - 1) / 2), from: clock(best.from), to: clock(best.from + best.length) }), count: best.found, itemIds: [],
      reason: t('{found, number} of {all, number} {hours} lie on {days} between {from} and {to}: {share, number} of 100. Spread evenly over the week it would be {even, number} of 100.', { found: best.found, all, hours: t(hoursOf), days: t(best.days.words), from: clock(best.from), to: clock(best.from + best.length), share: hundred(best.found / all), even: hundred(best.share) }),
    })];
  });
}

// Seasons: what the conclusions come round with.

const MOST_SEASONS = 12;

/** A subject with a season of its own. */
export interface Seasonal { readonly id: string; readonly label: string; readonly season: Season; readonly sensitive: boolean }

/** `itemsOf`: the things that speak for one of the subjects. */
export function describeSeasons(subjects: readonly Seasonal[], itemsOf: (subject: Seasonal) => readonly number[], nowMs: number): Pattern[] {
  // What lies above says no more where one thing below it is most of it.
  const finest = subjects.filter((one) => !subjects.some((other) => other !== one && other.id.startsWith(`${one.id}.`) && other.season.inside >= one.season.inside * 0.6));
  return finest.sort((a, b) => b.season.inside - a.season.inside || (a.id < b.id ? -1 : 1)).slice(0, MOST_SEASONS).map((subject) => {
    const { id, label, season, sensitive } = subject;
    return plain({ id: `season/${id}`, kind: 'season', title: labelled(label, monthsWords(season)), count: season.inside, itemIds: itemsOf(subject), sensitive, reason: `${seasonCounts(season)} ${seasonWords(season, null, nowMs)}` });
  });
}

// Somebody else's: at hours nothing else happens, on another profile, for small children.

const OTHERS = { hours: 6, days: 4, share: 0.75, restHours: 200, restShare: 0.05, cellShare: 0.02, most: 20 } as const;

export interface Group { readonly kind: ItemKind; readonly name: string; readonly ids: readonly number[] }

const cellWords = (cell: number): string => t('{weekend, select, yes {the weekend} other {Monday to Friday}} between {from} and {to}', { weekend: cell >= 8, from: clock((cell % 8) * 3), to: clock((cell % 8) * 3 + 3) });

/** `groups[i]` is number `i + 1` of the counts. `itemsOf`: all things of a kind. */
export function decideOddHours({ groupCells, groupDays, week, kindDays, allCells }: Pick<PatternCounts, 'groupCells' | 'groupDays' | 'week' | 'kindDays' | 'allCells'>, groups: readonly Group[], itemsOf: (kind: ItemKind) => readonly number[]): Pattern[] {
  const all = allCells.reduce((sum, hours) => sum + hours, 0);
  const kinds = ITEM_KINDS.flatMap((kind, nth) => {
    const cells = new Uint32Array(CELLS);
    for (const [hour, count] of week.subarray(nth * WEEK_HOURS, (nth + 1) * WEEK_HOURS).entries()) { const cell = cellOf(Math.floor(hour / 24), hour % 24); cells[cell] = (cells[cell] ?? 0) + count; }
    const words = oddWords(cells, kindDays[nth] ?? 0, allCells, all);
    return words ? [plain({ id: `someone-else/hours/${kind}`, kind: 'someone-else', title: t(KIND_WORDS[kind][0]), count: words.hours, itemIds: itemsOf(kind), reason: words.reason('there') })] : [];
  });
  // Where a whole kind sticks out, its series and makers do not by themselves.
  const told = new Set(kinds.map(({ id }) => id));
  return [...kinds, ...groups.flatMap(({ kind, name, ids }, nth): Pattern[] => {
    if (told.has(`someone-else/hours/${kind}`)) return [];
    const words = oddWords(groupCells.subarray((nth + 1) * CELLS, (nth + 2) * CELLS), groupDays[nth + 1] ?? 0, allCells, all);
    return words ? [plain({ id: `someone-else/hours/${kind}/${name}`, kind: 'someone-else', title: name, count: words.hours, itemIds: ids, reason: words.reason(kind === 'video' ? 'watched' : 'heard') })] : [];
  })].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)).slice(0, OTHERS.most);
}

/** Null for what does not lie mostly at hours at which hardly anything else happens. */
function oddWords(cells: Uint32Array, days: number, allCells: Uint32Array, all: number): { readonly hours: number; readonly reason: (begin: string) => string } | null {
  if (days < OTHERS.days) return null;
  const hours = cells.reduce((sum, count) => sum + count, 0), rest = all - hours;
  if (hours < OTHERS.hours || rest < OTHERS.restHours) return null;
  let odd = 0, elsewhere = 0;
  const used: { readonly cell: number; readonly count: number }[] = [];
  for (const [cell, count] of cells.entries()) {
    const others = Math.max(0, (allCells[cell] ?? 0) - count);
    if (count === 0 || others > rest * OTHERS.cellShare) continue;
    odd += count;
    elsewhere += others;
    used.push({ cell, count });
  }
  if (odd < hours * OTHERS.share || elsewhere > rest * OTHERS.restShare) return null;
  const when = list(used.sort((a, b) => b.count - a.count).slice(0, 2).map(({ cell }) => cellWords(cell)));
  return { hours, reason: (begin) => t('{begin, select, watched {Watched} heard {Heard} other {There was something}} {every, select, yes {all {hours, number}} other {{odd, number} of {hours, number}}} times at hours when hardly anything else happens ({share, number} of 100 of the rest): mostly {when}. It may have been somebody else in your home.', { begin, every: odd === hours, odd, hours, share: hundred(elsewhere / rest), when }) };
}

/** What was watched under one profile of an account that has several; names of profiles are not kept. */
export interface Profile { readonly records: number; readonly itemIds: readonly number[]; /** Of the closed part; none while it is shut. */ readonly closedIds?: readonly number[] }

export function decideProfiles(profiles: readonly Profile[]): Pattern[] {
  const all = profiles.reduce((sum, { records }) => sum + records, 0);
  const [, ...smaller] = [...profiles].sort((a, b) => b.records - a.records || (a.itemIds[0] ?? 0) - (b.itemIds[0] ?? 0));
  return smaller.map((profile, nth) => ({ ...profile, nth, closedIds: profile.closedIds ?? [] })).filter(({ itemIds, closedIds }) => itemIds.length + closedIds.length > 0).map(({ records, itemIds, closedIds, nth }) => plain({
    id: `someone-else/profile/${nth}`, kind: 'someone-else', title: t('Netflix profile {nth, number} of {of, number}', { nth: nth + 2, of: profiles.length }), count: records,
    // A child's, as often as not: all of it is named, and only while the closed part is open.
    ...(closedIds.length > itemIds.length ? { itemIds: [...itemIds, ...closedIds], sensitive: true } : { itemIds }),
    reason: t('Your Netflix file holds {profiles, number} profiles. {records, number} of {all, number} viewings were under this one: {share, number} of 100. The names of profiles are not kept, so look at the examples.', { profiles: profiles.length, records, all, share: hundred(records / all) }),
  }));
}

/** While the closed part is open. `all`: things of the kind in the vault. */
export function decideChildrens(found: readonly { readonly kind: ItemKind; readonly itemIds: readonly number[]; readonly records: number; readonly all: number }[]): Pattern[] {
  return found.filter(({ itemIds, all }) => itemIds.length >= 3 && itemIds.length < all * 0.6).map(({ kind, itemIds, records, all }) => plain({
    id: `someone-else/children/${kind}`, kind: 'someone-else', title: kind === 'video' ? t('Programmes for small children') : kind === 'music' ? t('Music for children') : t('Books for children'), count: records, itemIds, sensitive: true,
    reason: t('{found, number} of {all, number} {kind, select, video {films and episodes} music {tracks} other {books}} are made for small children; the rest is not.', { found: itemIds.length, all, kind }),
  }));
}

// Languages: of titles that tell, where there are enough of them.

const LANGUAGE = { sure: 12, things: 6, share: 0.1 } as const;
/** What is watched, read and listened to, by kind. */
export const TITLED: Readonly<Partial<Record<ItemKind, string>>> = { video: 'watch', book: 'read', podcast: 'hear', audiobook: 'hear' };
const SHARES = [{ from: 0.9, share: 'nearly' }, { from: 0.5, share: 'most' }, { from: 0.25, share: 'much' }, { from: 0, share: 'some' }] as const;

export interface Titled { readonly itemId: number; readonly kind: ItemKind; readonly language: Language }

/** `titled`: things whose title tells. All but the one there is most of may be somebody else's. */
export function decideLanguages(titled: readonly Titled[]): Pattern[] {
  const does = [...new Set(Object.values(TITLED))].map((what) => ({ what, of: titled.filter(({ kind }) => TITLED[kind] === what) })).filter(({ of }) => of.length >= LANGUAGE.sure);
  const found = LANGUAGES.flatMap((language) => {
    const told = does.map(({ what, of }) => ({ what, all: of.length, own: of.filter((one) => one.language === language) })).filter(({ own, all }) => own.length >= LANGUAGE.things && own.length >= all * LANGUAGE.share);
    const itemIds = told.flatMap(({ own }) => own.map(({ itemId }) => itemId));
    if (itemIds.length === 0) return [];
    const reason = told.map(({ what, own, all }) => t('{share, select, nearly {Nearly all} most {Most} much {Much} other {Some}} of what you {what, select, watch {watch} read {read} other {hear spoken}}: {own, number} of {all, number} titles that tell.', { share: SHARES.find(({ from }) => own.length >= all * from)?.share ?? 'some', what, own: own.length, all })).join(' ');
    return [{ language, itemIds, reason }];
  }).sort((a, b) => b.itemIds.length - a.itemIds.length);
  return found.map(({ language, itemIds, reason }, nth) => plain({ id: `language/${language}`, kind: 'language', title: capital(languageName(language)), count: itemIds.length, itemIds, reason, mayBeOthers: nth > 0 }));
}

// Presents: once, of a kind never bought otherwise, before Christmas or around one day of every year.

const PRESENTS = { purchases: 12, things: 2, years: 3, reachDays: 4, sizeTimes: 3 } as const;

export interface Bought { readonly itemId: number; readonly atMs: number; readonly title: string; readonly category: string | null; /** Top of the department, and its words; null where nothing says. */ readonly department: string | null; readonly departmentLabel: string }

const isBeforeChristmas = (atMs: number): boolean => { const date = new Date(atMs), day = (date.getUTCMonth() + 1) * 100 + date.getUTCDate(); return day >= 1127 && day <= 1224; };
const yearOf = (atMs: number): number => new Date(atMs).getUTCFullYear();
const dayOfYear = (atMs: number): number => Math.floor((atMs - Date.UTC(yearOf(atMs), 0, 1)) / DAY_MS);
const isSized = (department: string | null): department is SizedDepartment => SIZED_DEPARTMENTS.some((sized) => sized === department);
const sizeOf = ({ department, title, category }: Bought): string | null => (isSized(department) ? sizeIn(department, title) ?? (category === null ? null : sizeIn(department, category)) : null);

export function decidePresents(purchases: readonly Bought[]): Pattern[] {
  if (purchases.length < PRESENTS.purchases) return [];
  const byItem = Map.groupBy(purchases, ({ itemId }) => itemId), byDepartment = Map.groupBy(purchases, ({ department }) => department);
  const isOnce = ({ itemId }: Bought): boolean => byItem.get(itemId)?.length === 1;
  const usual = usualSizes(purchases);
  const found: Pattern[] = [];
  const before = purchases.filter((bought) => isOnce(bought) && isBeforeChristmas(bought.atMs) && bought.department !== null).flatMap((bought) => {
    if (byDepartment.get(bought.department)?.every(({ atMs }) => isBeforeChristmas(atMs)) === true) return [{ bought, why: bought.departmentLabel }];
    const size = sizeOf(bought), own = usual.get(bought.department ?? '');
    return size !== null && own !== undefined && size !== own ? [{ bought, why: t('{department} in another size than yours', { department: bought.departmentLabel }) }] : [];
  });
  const years = [...new Set(before.map(({ bought }) => yearOf(bought.atMs)))].sort((a, b) => a - b);
  if (before.length >= PRESENTS.things) found.push(plain({
    id: 'present/christmas', kind: 'present', title: t('Perhaps Christmas presents'), count: before.length, itemIds: before.map(({ bought }) => bought.itemId),
    reason: t('{things, number} things were bought once, in the four weeks before Christmas of {years}, and are of kinds you never buy otherwise: {kinds}.', { things: before.length, years: list(years.map(String)), kinds: list([...new Set(before.map(({ why }) => why))].slice(0, 4)) }),
  }));
  // Around one day of every year: all of the department's purchases lie there.
  const other = purchases.filter((bought) => isOnce(bought) && !isBeforeChristmas(bought.atMs) && bought.department !== null).sort((a, b) => dayOfYear(a.atMs) - dayOfYear(b.atMs) || a.itemId - b.itemId);
  const taken = new Set<Bought>();
  const isNear = (atMs: number, day: number): boolean => Math.abs(dayOfYear(atMs) - day) <= PRESENTS.reachDays;
  for (const middle of other) {
    const day = dayOfYear(middle.atMs);
    const around = other.filter((bought) => !taken.has(bought) && isNear(bought.atMs, day) && byDepartment.get(bought.department)?.every(({ atMs }) => isNear(atMs, day)) === true);
    const when = new Set(around.map(({ atMs }) => yearOf(atMs)));
    if (when.size < PRESENTS.years) continue;
    for (const bought of around) taken.add(bought);
    const date = new Date(Date.UTC(2023, 0, 1) + day * DAY_MS);
    found.push(plain({
      id: `present/day/${day}`, kind: 'present', title: t('Perhaps presents around {day}', { day: dayOfYearName(date.getTime()) }), count: around.length, itemIds: around.map(({ itemId }) => itemId),
      reason: t('In {years} something was bought within a few days of this date, each of a kind you never buy otherwise: {kinds}.', { years: list([...when].sort((a, b) => a - b).map(String)), kinds: list([...new Set(around.map(({ departmentLabel }) => departmentLabel))].slice(0, 4)) }),
    }));
  }
  return found;
}

/** By department, where one size is clearly the most frequent. */
function usualSizes(purchases: readonly Bought[]): Map<string, string> {
  return new Map([...Map.groupBy(purchases, ({ department }) => department ?? '')].flatMap(([department, bought]) => {
    const sized = bought.flatMap((one) => sizeOf(one) ?? []), [most] = [...Map.groupBy(sized, (size) => size)].sort((a, b) => b[1].length - a[1].length);
    return most && most[1].length >= PRESENTS.sizeTimes && most[1].length >= sized.length * 0.6 ? [[department, most[0]] as const] : [];
  }));
}

// Sizes, as they stand in the names of what was bought.

const SIZES_OF_A_DEPARTMENT = 3, SIZE_TIMES = 2;

/** `dateWords`: a day as the person reads it. */
export function decideSizes(purchases: readonly Bought[], dateWords: (atMs: number) => string): Pattern[] {
  return SIZED_DEPARTMENTS.flatMap((department) => {
    const sized = purchases.filter((bought) => bought.department === department).flatMap((bought) => { const size = sizeOf(bought); return size === null ? [] : [{ ...bought, size }]; });
    return [...Map.groupBy(sized, ({ size }) => size)].filter(([, bought]) => bought.length >= SIZE_TIMES).sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).slice(0, SIZES_OF_A_DEPARTMENT).map(([size, bought]) => plain({
      id: `size/${department}/${size}`, kind: 'size', title: labelled(bought[0]?.departmentLabel ?? '', size), count: bought.length, itemIds: [...new Set(bought.map(({ itemId }) => itemId))], size: `${department}:${size}`,
      reason: t('{bought, number} of {sized, number} purchases that name a size were in {size}, the newest on {newest}. Whether it is yours, only you can say.', { bought: bought.length, sized: sized.length, size, newest: dateWords(bought.reduce((newest, { atMs }) => Math.max(newest, atMs), 0)) }),
    }));
  });
}

// Hints at what happened in a life: several things close in time, shown only while the closed part is open.

/** One thing with the day it was last seen. */
export interface Sign { readonly itemId: number; readonly atMs: number; readonly title: string; readonly targets: readonly string[] }

interface LifeEvent { readonly id: string; readonly title: string; readonly things: number; readonly days: number; /** Several ways of being a sign are needed, not one thing many times. */ readonly ways: number; readonly signs: readonly { readonly words?: RegExp; readonly within?: readonly string[] }[]; /** No such thing in the year before. */ readonly isNew?: true }
const LIFE_EVENTS: readonly LifeEvent[] = [
  { id: 'moving', title: msg('Perhaps a move'), things: 4, days: 60, ways: 3, signs: [
    { words: /\b(?:moving (?:box|blanket|strap)|packing tape|bubble wrap|umzug|umzugskarton|cartons? de déménagement|déménagement|caja para mudanza|mudanza|trasloco|verhuisdo)/iu }, { within: ['furniture'] }, { within: ['tools.paint', 'tools.fixings'] }, { within: ['decor.lamps', 'decor.rugs'] }, { within: ['appliances.laundry', 'appliances.fridges'] },
  ] },
  { id: 'wedding', title: msg('Perhaps a wedding'), things: 3, days: 180, ways: 1, signs: [{ words: /\b(?:wedding|bridal|bridesmaid|hochzeit|trauzeug|brautkleid|brautjungfer|mariage|demoiselle d.honneur|boda|novia|matrimonio|sposa|bruiloft|bryllup|bröllop)/iu }] },
  { id: 'baby', title: msg('Perhaps a baby'), things: 3, days: 240, ways: 1, signs: [{ within: ['family.pregnancy', 'baby.maternity', 'baby.baby-care', 'baby.prams', 'family.children.babies'] }] },
  { id: 'pet', title: msg('Perhaps a new pet'), things: 4, days: 60, ways: 1, isNew: true, signs: [{ within: ['pet-supplies'] }] },
  { id: 'course', title: msg('Perhaps a course that begins'), things: 4, days: 60, ways: 2, isNew: true, signs: [
    { within: ['learning.study', 'learning.languages'] }, { words: /\b(?:textbook|workbook|coursebook|exam|lehrbuch|arbeitsbuch|prüfung|klausur|studium|manuel|examen|libro de texto|manuale|esame|leerboek)/iu }, { within: ['stationery.notebooks', 'stationery.pens'] },
  ] },
];
const YEAR_MS = 365 * DAY_MS;

export function decideLifeEvents(signs: readonly Sign[], dateWords: (atMs: number) => string): Pattern[] {
  return LIFE_EVENTS.flatMap(({ id, title, things, days, ways, signs: wanted, isNew }): Pattern[] => {
    const found = signs.flatMap((sign) => {
      const way = wanted.findIndex(({ words, within }) => words?.test(sign.title) === true || sign.targets.some((target) => within?.some((higher) => target === higher || target.startsWith(`${higher}.`)) === true));
      return way === -1 ? [] : [{ ...sign, way }];
    }).sort((a, b) => a.atMs - b.atMs || a.itemId - b.itemId);
    let best: typeof found = [];
    for (const [at, first] of found.entries()) {
      const close = found.slice(at).filter(({ atMs }) => atMs - first.atMs <= days * DAY_MS);
      const before = found[at - 1];
      if (isNew === true && before && first.atMs - before.atMs < YEAR_MS) continue;
      if (close.length >= things && new Set(close.map(({ way }) => way)).size >= ways && close.length >= best.length) best = close;
    }
    const [first] = best, last = best.at(-1);
    if (!first || !last) return [];
    return [plain({
      id: `life-event/${id}`, kind: 'life-event', title: t(title), count: best.length, itemIds: best.map(({ itemId }) => itemId), sensitive: true,
      reason: t('{things, number} things that go with it lie between {first} and {last}. It is a guess, it stays here, and nothing else is concluded from it.', { things: best.length, first: dateWords(first.atMs), last: dateWords(last.atMs) }),
    })];
  });
}

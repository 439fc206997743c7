/** Netflix: what "Get my info" tells of watching, rating, searching and lists, and the short history of the account page. */
import { msg } from '../../../../shared/language/message.ts';
import { createBackground, type Playback } from '../background.ts';
import { parseIso, parseNumericDate, plausible, surveyDateOrder } from '../dates.ts';
import { hasColumns, type Columns, type CsvFormat, type Importer, type ReadOptions, type Structure } from '../format.ts';
import { actOfRating, tidy, variantOf, type IssueCode, type ParsedRecord } from '../record.ts';
import { isPersonalSearch } from '../search-words.ts';

/** Under two minutes a title was opened and left: it says nothing about taste. */
const SHORTEST_MS = 120_000;

/** As a choice may name it. */
const profileOf = (cell: string | undefined): string | null => tidy(cell, 200);

const DURATION = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/;

function parseDuration(text: string): number | null {
  const match = DURATION.exec(text.trim());
  return match ? ((Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3])) * 1000 : null;
}

const SEASON = new RegExp([
  '^(?:season|series|part|volume|vol\\.|book|chapter|collection|limited series|mini-?series|staffel|teil|reihe|buch|miniserie|saison|partie|livre|mini-série|temporada|parte|libro|livro|minissérie|stagione',
  'seizoen|deel|boek|säsong|del|sæson|sesong|kausi|osa|sezon|część|sezonul|série|évad|sezona|sezóna|serie limitada|série limitée|beperkte serie|сезон|часть|σεζόν|الموسم|עונה|ซีซั่น|mùa|musim)\\b|^シーズン|^시즌|^第.+季|^(?:сезон|часть|σεζόν|الموسم|עונה|ซีซั่น)',
].join('|'), 'iu');

/** "Show: Season 2: Episode" → "Show"; null for a film, whose title may hold colons too. */
export function seriesOf(title: string): string | null {
  const parts = title.split(': ');
  const season = parts.findIndex((part, i) => i > 0 && i < parts.length - 1 && SEASON.test(part));
  return season === -1 ? null : parts.slice(0, season).join(': ');
}

/** "Show: Season 2: Title (Episode 4)", as only the long file writes it: the number goes, so that both files name one episode alike. */
const withoutNumber = (title: string, series: string | null): string => (series === null ? title : title.replace(/ \(\p{L}[\p{L}\p{M}.]* ?\d{1,4}\)$/u, ''));

/** One after the other without a hand. */
const BY_ITSELF = /autoplayed: user action: none/iu;
/** How a row is named for what the whole file says of it. */
const nameOf = (profile: string, startMs: number): string => `${startMs} ${profile}`;

/** All of them are held to be put in order; of a file with more than anybody sees in a life, none is told to have gone on by itself. */
const MOST_PLAYED = 300_000;

/** Whose profiles occur in a file, and what went on by itself for hours: its newest rows come first, so that no row can tell. */
const surveyViewings: CsvFormat['survey'] = async (columns, rows) => {
  const at = (name: string): number => columns.get(name) ?? -1;
  const profileAt = at('profile name'), startAt = at('start time'), durationAt = at('duration'), attributesAt = at('attributes');
  const profiles = new Set<string>(), played = new Map<string, Playback[]>();
  let held = 0;
  for await (const bunch of rows) {
    for (const row of bunch) {
      if (!('cells' in row) || row.cells.length !== columns.size) continue;
      const name = profileOf(row.cells[profileAt]);
      if (name !== null && profiles.size < 50) profiles.add(name);
      const startMs = parseIso((row.cells[startAt] ?? '').trim()), durationMs = parseDuration(row.cells[durationAt] ?? '');
      if (attributesAt === -1 || startMs === null || durationMs === null || held > MOST_PLAYED) continue;
      if (++held > MOST_PLAYED) { played.clear(); continue; }
      const own = played.get(name ?? '') ?? [];
      played.set(name ?? '', own);
      own.push({ startMs, endMs: startMs + durationMs, byItself: BY_ITSELF.test(row.cells[attributesAt] ?? '') });
    }
  }
  const background = new Set<string>();
  for (const [profile, own] of played) {
    const isBackground = createBackground();
    for (const playback of own.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)) if (isBackground(playback)) background.add(nameOf(profile, playback.startMs));
  }
  return { profiles: [...profiles], dateOrder: null, remark: null, background };
};

/** Whose profiles occur in a file. */
const surveyProfiles: CsvFormat['survey'] = async (columns, rows) => {
  const column = columns.get('profile name') ?? -1;
  const profiles = new Set<string>();
  for await (const bunch of rows) {
    for (const row of bunch) {
      const name = 'cells' in row && row.cells.length === columns.size ? profileOf(row.cells[column]) : null;
      if (name !== null && profiles.size < 50) profiles.add(name);
    }
  }
  return { profiles: [...profiles], dateOrder: null, remark: null };
};

/** The name itself is not stored; two profiles doing one thing in one second stay two events. */
function createVariants(): (profile: string) => number {
  const variants = new Map<string, number>();
  return (profile) => {
    let variant = variants.get(profile);
    if (variant === undefined) variants.set(profile, (variant = variantOf(`profile|${profile}`)));
    return variant;
  };
}

const viewingActivity: CsvFormat = {
  id: 'netflix/viewing-activity', source: 'netflix', shape: 'csv', grainMs: 1,
  keeps: ['Title', 'Start Time', 'Duration', msg('only whether it went on by itself for hours (Attributes)')],
  drops: ['Profile Name', 'Device Type', 'Country', 'Bookmark', 'Latest Bookmark', 'Supplemental Video Type'],
  recognises: (structure) => hasColumns(structure, 'profile name', 'start time', 'duration', 'title', 'supplemental video type'),
  surveyFor: 'always',
  survey: surveyViewings,
  reader(columns, options) {
    const at = (name: string): number => columns.get(name) ?? -1;
    const profileAt = at('profile name'), startAt = at('start time'), durationAt = at('duration'), titleAt = at('title'), extraAt = at('supplemental video type');
    const variantFor = createVariants();
    return (cells) => {
      const profile = profileOf(cells[profileAt]) ?? '';
      if (options.profiles && !options.profiles.has(profile)) return 'SKIPPED_PROFILE';
      if ((cells[extraAt] ?? '').trim() !== '') return 'SKIPPED_TRAILER';
      const startMs = parseIso((cells[startAt] ?? '').trim());
      const atMs = startMs === null ? null : plausible(startMs, options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      const durationMs = parseDuration(cells[durationAt] ?? '');
      if (durationMs === null) return 'DURATION_INVALID';
      const named = tidy(cells[titleAt]);
      if (named === null) return 'TITLE_MISSING';
      const collection = seriesOf(named), title = withoutNumber(named, collection);
      if (durationMs < SHORTEST_MS) return 'SKIPPED_SHORT';
      return { kind: 'video', act: 'used', title, creator: null, collection, category: null, atMs, durationMs, quantity: null, amountMinor: null, currency: null, variant: variantFor(profile), ...(options.survey?.background?.has(nameOf(profile, startMs ?? 0)) === true ? { background: true } : {}) };
    };
  },
};

type Said = Pick<ParsedRecord, 'kind' | 'act' | 'title'>;

/** Reads files of one thing a row, each with a profile and a time in its last column named here. `said` gets the cells of `names`, null where there is nothing in them. */
const readSaid = (names: readonly string[], time: string, isDay: boolean, said: (...cells: (string | null)[]) => Said | IssueCode) => (columns: Columns, options: ReadOptions) => {
  const at = (name: string): number => columns.get(name) ?? -1;
  const profileAt = at('profile name'), timeAt = at(time), columnsAt = names.map(at);
  const variantFor = createVariants();
  return (cells: readonly string[]): ParsedRecord | IssueCode => {
    const profile = profileOf(cells[profileAt]) ?? '';
    if (options.profiles && !options.profiles.has(profile)) return 'SKIPPED_PROFILE';
    const thing = said(...columnsAt.map((column) => tidy(cells[column])));
    if (typeof thing === 'string') return thing;
    const text = (cells[timeAt] ?? '').trim();
    const toldMs = isDay ? parseNumericDate(text.slice(0, 10), 'mdy') : parseIso(text);
    const atMs = toldMs === null ? null : plausible(toldMs, options.nowMs);
    if (atMs === null) return 'DATE_INVALID';
    return { ...thing, creator: null, collection: thing.kind === 'video' ? seriesOf(thing.title) : null, category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: variantFor(profile) };
  };
};

/** Thumbs are 1 down, 2 up, 3 two up, 0 taken back; stars were given until 2017. */
const ratings: CsvFormat = {
  id: 'netflix/ratings', source: 'netflix', shape: 'csv', grainMs: 1, saysOnce: true,
  keeps: ['Title Name', 'Thumbs Value or Star Value', 'Event Utc Ts'], drops: ['Profile Name', 'Rating Type', 'Device Model', 'Region View Date'],
  recognises: (structure) => hasColumns(structure, 'profile name', 'title name', 'event utc ts') && (hasColumns(structure, 'thumbs value') || hasColumns(structure, 'star value')),
  surveyFor: 'preview', survey: surveyProfiles,
  reader: readSaid(['title name', 'thumbs value', 'star value'], 'event utc ts', false, (title = null, thumbs = null, stars = null) => {
    if (title === null) return 'TITLE_MISSING';
    const act = thumbs !== null && Number(thumbs) > 0 ? (Number(thumbs) === 1 ? 'disliked' : 'liked') : actOfRating(Number(stars));
    return act === null ? 'SKIPPED_OTHER' : { kind: 'video', act, title };
  }),
};

const searches: CsvFormat = {
  id: 'netflix/searches', source: 'netflix', shape: 'csv', grainMs: 1,
  keeps: ['Query Typed', 'Utc Timestamp'], drops: ['Profile Name', 'Displayed Name', 'Action', 'Section', 'Device', 'Country Iso Code', 'Is Kids'],
  recognises: (structure) => hasColumns(structure, 'profile name', 'query typed', 'utc timestamp'),
  surveyFor: 'preview', survey: surveyProfiles,
  // Rows without words are of titles that were shown, which says nothing.
  reader: readSaid(['query typed'], 'utc timestamp', false, (title = null) => (title === null ? 'SKIPPED_OTHER' : isPersonalSearch(title) ? 'SKIPPED_PERSONAL' : { kind: 'search', act: 'used', title })),
};

const myList: CsvFormat = {
  id: 'netflix/my-list', source: 'netflix', shape: 'csv', grainMs: 86_400_000, saysOnce: true,
  keeps: ['Title Name', 'Utc Title Add Date'], drops: ['Profile Name', 'Country'],
  recognises: (structure) => hasColumns(structure, 'profile name', 'title name', 'utc title add date'),
  surveyFor: 'preview', survey: surveyProfiles,
  reader: readSaid(['title name'], 'utc title add date', true, (title = null) => (title === null ? 'TITLE_MISSING' : { kind: 'video', act: 'wanted', title })),
};

const isYes = (cell: string | null): boolean => /^(?:true|yes|1)$/i.test(cell ?? ''), isNo = (cell: string | null): boolean => /^(?:false|no|0)$/i.test(cell ?? '');

/** What was answered when Netflix asked about a title, mostly when the profile was made. */
const indicated: CsvFormat = {
  id: 'netflix/indicated', source: 'netflix', shape: 'csv', grainMs: 86_400_000, saysOnce: true,
  keeps: ['Show', 'Is Interested', 'Has Watched', 'Event Date'], drops: ['Profile Name', 'Source'],
  recognises: (structure) => hasColumns(structure, 'profile name', 'show', 'is interested', 'event date'),
  surveyFor: 'preview', survey: surveyProfiles,
  reader: readSaid(['show', 'is interested', 'has watched'], 'event date', true, (title = null, interested = null, watched = null) => {
    if (title === null) return 'TITLE_MISSING';
    if (isYes(interested)) return { kind: 'video', act: isYes(watched) ? 'liked' : 'wanted', title };
    if (isYes(watched)) return { kind: 'video', act: 'used', title };
    return isNo(interested) ? { kind: 'video', act: 'disliked', title } : 'SKIPPED_OTHER';
  }),
};

/** "Title" and "Date" as the account page writes them in its languages. */
const SLIM_HEADERS: readonly (readonly [string, string])[] = [
  ['title', 'date'], ['titel', 'datum'], ['titre', 'date'], ['título', 'fecha'], ['título', 'data'], ['titolo', 'data'], ['titel', 'dato'], ['tittel', 'dato'], ['tytuł', 'data'],
  ['nimi', 'päivämäärä'], ['otsikko', 'päivämäärä'], ['başlık', 'tarih'], ['cím', 'dátum'], ['název', 'datum'], ['naslov', 'datum'], ['titlu', 'dată'], ['titlu', 'data'], ['τίτλος', 'ημερομηνία'],
  ['название', 'дата'], ['назва', 'дата'], ['タイトル', '日付'], ['제목', '날짜'], ['标题', '日期'], ['標題', '日期'], ['片名', '日期'], ['العنوان', 'التاريخ'], ['כותר', 'תאריך'], ['ชื่อ', 'วันที่'], ['tiêu đề', 'ngày'], ['judul', 'tanggal'],
];
const isSlim = (structure: Structure): boolean =>
  structure.shape === 'csv' && structure.header.length === 2 && SLIM_HEADERS.some(([title, date]) => structure.header[0] === title && structure.header[1] === date);

const viewingHistory: CsvFormat = {
  id: 'netflix/viewing-history', source: 'netflix', shape: 'csv', grainMs: 86_400_000,
  keeps: ['Title', 'Date'], drops: [],
  recognises: isSlim,
  surveyFor: 'always',
  survey: (columns, rows) => surveyDateOrder(columns, [...columns.keys()][1] ?? '', rows),
  reader(_columns, options) {
    const order = options.survey?.dateOrder ?? 'mdy';
    return (cells) => {
      const title = tidy(cells[0]);
      if (title === null) return 'TITLE_MISSING';
      const dayMs = parseNumericDate(cells[1] ?? '', order);
      const atMs = dayMs === null ? null : plausible(dayMs, options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      return { kind: 'video', act: 'used', title, creator: null, collection: seriesOf(title), category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 };
    };
  },
};

export const netflix: Importer = {
  source: 'netflix', formats: [viewingActivity, ratings, searches, myList, indicated, viewingHistory],
  leaves: [{ recognises: (structure) => hasColumns(structure, 'profile name', 'maturity level'), why: msg('it holds the settings of the account’s profiles and nothing anybody watched.') }],
};

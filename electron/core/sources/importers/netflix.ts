/** Netflix: the viewing activity of "Get my info" and the short history of the account page. */
import { parseIso, parseNumericDate, plausible, surveyDateOrder } from '../dates.ts';
import { hasColumns, type CsvFormat, type Importer, type Structure } from '../format.ts';
import { tidy, variantOf } from '../record.ts';

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

const viewingActivity: CsvFormat = {
  id: 'netflix/viewing-activity', source: 'netflix', shape: 'csv', grainMs: 1,
  keeps: ['Title', 'Start Time', 'Duration'],
  drops: ['Profile Name', 'Device Type', 'Country', 'Bookmark', 'Latest Bookmark', 'Attributes', 'Supplemental Video Type'],
  recognises: (structure) => hasColumns(structure, 'profile name', 'start time', 'duration', 'title', 'supplemental video type'),
  surveyFor: 'preview',
  async survey(columns, rows) {
    const column = columns.get('profile name') ?? -1;
    const profiles = new Set<string>();
    for await (const bunch of rows) {
      for (const row of bunch) {
        const name = 'cells' in row && row.cells.length === columns.size ? profileOf(row.cells[column]) : null;
        if (name !== null && profiles.size < 50) profiles.add(name);
      }
    }
    return { profiles: [...profiles], dateOrder: null, remark: null };
  },
  reader(columns, options) {
    const at = (name: string): number => columns.get(name) ?? -1;
    const profileAt = at('profile name'), startAt = at('start time'), durationAt = at('duration'), titleAt = at('title'), extraAt = at('supplemental video type');
    // The name itself is not stored; two profiles starting one title in one second stay two events.
    const variants = new Map<string, number>();
    return (cells) => {
      const profile = profileOf(cells[profileAt]) ?? '';
      if (options.profiles && !options.profiles.has(profile)) return 'SKIPPED_PROFILE';
      if ((cells[extraAt] ?? '').trim() !== '') return 'SKIPPED_TRAILER';
      const startMs = parseIso((cells[startAt] ?? '').trim());
      const atMs = startMs === null ? null : plausible(startMs, options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      const durationMs = parseDuration(cells[durationAt] ?? '');
      if (durationMs === null) return 'DURATION_INVALID';
      const title = tidy(cells[titleAt]);
      if (title === null) return 'TITLE_MISSING';
      if (durationMs < SHORTEST_MS) return 'SKIPPED_SHORT';
      let variant = variants.get(profile);
      if (variant === undefined) variants.set(profile, (variant = variantOf(`profile|${profile}`)));
      return { kind: 'video', act: 'used', title, creator: null, collection: seriesOf(title), category: null, atMs, durationMs, quantity: null, amountMinor: null, currency: null, variant };
    };
  },
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

export const netflix: Importer = { source: 'netflix', formats: [viewingActivity, viewingHistory] };

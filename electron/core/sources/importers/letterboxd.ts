/** Letterboxd: films watched, seen again, rated, liked and put on the watchlist. */
import type { Act } from '../../../../shared/domain/records.ts';
import { parseNumericDate, plausible } from '../dates.ts';
import { hasColumns, type Columns, type CsvFormat, type Importer, type ReadOptions, type Structure } from '../format.ts';
import { tidy, type IssueCode, type ParsedRecord } from '../record.ts';

const KEEPS = ['Name', 'Year', 'Date'];
const DROPS = ['Letterboxd URI'];

/** `act`: from the cells of a row; a code where a row says nothing. */
function readerOf(date: string, actOf: (cell: (name: string) => string) => Act | IssueCode): (columns: Columns, options: ReadOptions) => (cells: readonly string[]) => ParsedRecord | IssueCode {
  return (columns, options) => (cells) => {
    const cell = (name: string): string => (cells[columns.get(name) ?? -1] ?? '').trim();
    const title = tidy(cell('name'));
    if (title === null) return 'TITLE_MISSING';
    const dayMs = parseNumericDate(cell(date), 'mdy');
    const atMs = dayMs === null ? null : plausible(dayMs, options.nowMs);
    if (atMs === null) return 'DATE_INVALID';
    const act = actOf(cell);
    if (act.toUpperCase() === act) return act as IssueCode;
    // The year tells two films of one name apart to the eye; what a film is about is known by its name.
    return { kind: 'video', act: act as Act, title, creator: null, collection: null, category: tidy(cell('year'), 20), atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 };
  };
}

const FILM = ['date', 'name', 'year', 'letterboxd uri'] as const;
/** Lists of films have one structure, and only their names say what they are. */
const isList = (structure: Structure): boolean => hasColumns(structure, ...FILM) && structure.shape === 'csv' && structure.header.length === FILM.length;
/** What the person deleted is still in the export. */
const isDeleted = (path: string): boolean => /(?:^|\/)(?:deleted|orphaned)\//u.test(path);
const named = (path: string, name: string): boolean => !isDeleted(path) && new RegExp(`(?:^|/)${name}[^/]*\\.csv$`, 'u').test(path);

const base = { source: 'letterboxd', shape: 'csv', grainMs: 86_400_000, keeps: KEEPS, drops: DROPS } as const;

const watched: CsvFormat = { ...base, id: 'letterboxd/watched', recognises: (structure, path) => isList(structure) && named(path, 'watched'), reader: readerOf('date', () => 'used') };
const watchlist: CsvFormat = { ...base, id: 'letterboxd/watchlist', recognises: (structure, path) => isList(structure) && named(path, 'watchlist'), reader: readerOf('date', () => 'wanted') };
const likes: CsvFormat = { ...base, id: 'letterboxd/likes', recognises: (structure, path) => isList(structure) && named(path, 'likes/films'), reader: readerOf('date', () => 'liked') };
/** Also of the reviews, whose text is not kept: the same viewing told twice is stored once. */
const diary: CsvFormat = {
  ...base, id: 'letterboxd/diary', keeps: ['Name', 'Year', 'Watched Date'], drops: [...DROPS, 'Review', 'Rating', 'Rewatch', 'Tags', 'Date'],
  recognises: (structure, path) => hasColumns(structure, ...FILM, 'watched date', 'rewatch') && !isDeleted(path), reader: readerOf('watched date', () => 'used'),
};
const ratings: CsvFormat = {
  ...base, id: 'letterboxd/ratings', keeps: [...KEEPS, 'Rating'],
  recognises: (structure, path) => hasColumns(structure, ...FILM, 'rating') && structure.shape === 'csv' && structure.header.length === FILM.length + 1 && !isDeleted(path),
  reader: readerOf('date', (cell) => {
    const rating = Number(cell('rating'));
    // Half to five stars. That it was watched stands in another file.
    return rating >= 3.5 && rating <= 5 ? 'liked' : rating >= 0.5 && rating <= 2 ? 'disliked' : 'SKIPPED_MIDDLING';
  }),
};

export const letterboxd: Importer = { source: 'letterboxd', formats: [watched, watchlist, likes, diary, ratings] };

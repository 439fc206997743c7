/**
 * Letterboxd: films watched, logged in the diary, rated, liked and wanted, a file for each.
 *
 * One film stands in several of them. Each file says its own thing: that it was seen (`watched.csv`), on which days (diary and reviews), what the person
 * thinks of it (ratings and likes). So a diary entry is a viewing and no opinion, a film logged and reviewed on one day is one record, and one that is in
 * the diary was not also seen on the day it was marked or rated.
 */
import type { Act } from '../../records/records.ts';
import { firstDay } from '../dates.ts';
import { hasColumns, type Columns, type CsvFormat, type Importer, type ReadOptions, type Structure } from '../format.ts';
import { actOfRating, tidy, type IssueCode, type ParsedRecord } from '../record.ts';

/** `days`: columns with the day, the best first. */
function createReader(columns: Columns, options: ReadOptions, days: readonly string[], actOf: (rating: string) => Act): (cells: readonly string[]) => ParsedRecord | IssueCode {
  const nameAt = columns.get('name') ?? -1, yearAt = columns.get('year') ?? -1, ratingAt = columns.get('rating') ?? -1;
  const dayAt = days.map((name) => columns.get(name) ?? -1);
  return (cells) => {
    const name = tidy(cells[nameAt], 990);
    if (name === null) return 'TITLE_MISSING';
    const atMs = firstDay(dayAt.map((column) => cells[column] ?? ''), options.nowMs);
    if (atMs === null) return 'DATE_INVALID';
    // The year tells films of one name apart; the name alone is what they are known by.
    const year = (cells[yearAt] ?? '').trim(), hasYear = /^\d{4}$/.test(year);
    return {
      kind: 'video', act: actOf(cells[ratingAt] ?? ''), title: hasYear ? `${name} (${year})` : name, creator: null, collection: hasYear ? name : null, category: null, atMs,
      durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0,
    };
  };
}

/** What the person deleted is in the export too, in folders of its own. */
const isKept = (path: string): boolean => !/(?:^|\/)(?:deleted|orphaned)\//.test(path);
const isOfFilms = (structure: Structure): boolean => hasColumns(structure, 'date', 'name', 'year', 'letterboxd uri');

/** Lists of films without anything else all look the same. */
const isList = (structure: Structure, path: string, named: RegExp): boolean =>
  isOfFilms(structure) && !hasColumns(structure, 'rating') && isKept(path) && named.test(path.slice(path.lastIndexOf('/') + 1));

const BASE = { source: 'letterboxd', shape: 'csv', grainMs: 86_400_000, keeps: ['Name', 'Year', 'Date'], drops: ['Letterboxd URI'] } as const;

const watched: CsvFormat = {
  ...BASE, id: 'letterboxd/watched', saysOnce: true,
  recognises: (structure, path) => isList(structure, path, /^watched(?![a-z])/),
  reader: (columns, options) => createReader(columns, options, ['date'], () => 'used'),
};

const watchlist: CsvFormat = {
  ...BASE, id: 'letterboxd/watchlist', saysOnce: true,
  recognises: (structure, path) => isList(structure, path, /^watchlist(?![a-z])/),
  reader: (columns, options) => createReader(columns, options, ['date'], () => 'wanted'),
};

const likes: CsvFormat = {
  ...BASE, id: 'letterboxd/likes', saysOnce: true,
  recognises: (structure, path) => isList(structure, path, /^films(?![a-z])/),
  reader: (columns, options) => createReader(columns, options, ['date'], () => 'liked'),
};

const ratings: CsvFormat = {
  ...BASE, id: 'letterboxd/ratings', saysOnce: true, keeps: ['Name', 'Year', 'Rating', 'Date'],
  recognises: (structure, path) => isOfFilms(structure) && hasColumns(structure, 'rating') && !hasColumns(structure, 'watched date') && !hasColumns(structure, 'review') && isKept(path),
  reader: (columns, options) => createReader(columns, options, ['date'], (rating) => actOfRating(Number(rating)) ?? 'used'),
};

const diary: CsvFormat = {
  ...BASE, id: 'letterboxd/diary', keeps: ['Name', 'Year', 'Watched Date'], drops: ['Review', 'Tags', 'Rating', 'Rewatch', 'Letterboxd URI'],
  recognises: (structure, path) => isOfFilms(structure) && (hasColumns(structure, 'watched date') || hasColumns(structure, 'review')) && isKept(path),
  reader: (columns, options) => createReader(columns, options, ['watched date', 'date'], () => 'used'),
};

export const letterboxd: Importer = { source: 'letterboxd', formats: [watched, watchlist, likes, ratings, diary] };

/** Goodreads: the library export, one row for each book on any shelf. */
import { UNDATED_MS, type Act } from '../../../../shared/domain/records.ts';
import { parseNumericDate, plausible } from '../dates.ts';
import { hasColumns, type CsvFormat, type Importer } from '../format.ts';
import { tidy } from '../record.ts';

/** "The Hobbit (Middle-earth, #1)", "Wyrd Sisters (Discworld, #6; Witches #2)": the series behind the title. */
const SERIES = /^(.+?)\s*\(([^()]+?),?\s+#[^()]*\)\s*$/u;
/** Shelves of one's own for what was laid aside. */
const LAID_ASIDE = /\b(?:dnf|did-not-finish|didn-?t-finish|not-finished|unfinished|abandoned|gave-up|abgebrochen|abandonné|abandonado)\b/iu;

/** Rated 4 or 5 of 5: liked; 1 or 2: disliked. 0 is no rating. */
function actOf(shelf: string, rating: number): Act {
  if (rating >= 4) return 'liked';
  if (rating === 1 || rating === 2) return 'disliked';
  if (shelf === 'to-read') return 'wanted';
  return LAID_ASIDE.test(shelf) ? 'disliked' : 'used';
}

const library: CsvFormat = {
  id: 'goodreads/library', source: 'goodreads', shape: 'csv', grainMs: 86_400_000,
  keeps: ['Title', 'Author', 'My Rating', 'Exclusive Shelf', 'Date Read', 'Date Added'],
  drops: ['My Review', 'Private Notes', 'Spoiler', 'Bookshelves', 'Book Id', 'ISBN', 'ISBN13', 'Additional Authors', 'Average Rating', 'Publisher', 'Binding', 'Number of Pages', 'Year Published', 'Read Count', 'Owned Copies'],
  recognises: (structure) => hasColumns(structure, 'title', 'author', 'exclusive shelf', 'my rating', 'date added'),
  reader(columns, options) {
    const at = (name: string): number => columns.get(name) ?? -1;
    const titleAt = at('title'), authorAt = at('author'), ratingAt = at('my rating'), shelfAt = at('exclusive shelf'), readAt = at('date read'), addedAt = at('date added');
    return (cells) => {
      const whole = tidy(cells[titleAt]);
      if (whole === null) return 'TITLE_MISSING';
      const series = SERIES.exec(whole);
      const act = actOf((cells[shelfAt] ?? '').trim().toLowerCase(), Number((cells[ratingAt] ?? '').trim() || 0));
      // Many books on "read" have no day they were read on; those on "to-read" never have.
      const text = [cells[readAt], cells[addedAt]].map((cell) => (cell ?? '').trim()).find((cell) => cell !== '');
      const dayMs = text === undefined ? UNDATED_MS : parseNumericDate(text, 'mdy');
      const atMs = dayMs === null ? null : dayMs === UNDATED_MS ? UNDATED_MS : plausible(dayMs, options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      return {
        kind: 'book', act, title: tidy(series?.[1]) ?? whole, creator: tidy(cells[authorAt]), collection: tidy(series?.[2]), category: null, atMs,
        durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0,
      };
    };
  },
};

export const goodreads: Importer = { source: 'goodreads', formats: [library] };

/** Goodreads: the library as one file, a book in each row with its shelf, its rating and the days it was added and read. */
import type { Act } from '../../records/records.ts';
import { firstDay } from '../dates.ts';
import { hasColumns, type CsvFormat, type Importer } from '../format.ts';
import { actOfRating, tidy } from '../record.ts';

/** Shelves of people who gave a book up; Goodreads has none of its own for that. */
const GIVEN_UP = /^(?:dnf|did-?not-?finish(?:ed)?|not-finished|unfinished|abandoned|gave-up|given-up|abgebrochen|abandonn[ée]s?|abandonados?|abbandonati)$/;
const FAVOURITES = /^(?:(?:all-time-)?favou?rites?|favoriten|lieblingsb(?:ü|ue)cher|favoris|favoritos|preferiti)$/;

/** "Red Rising (Red Rising Saga, #1)", "(Discworld #8; City Watch #1)", "(Dune Chronicles, #1-3)": the first series, without its number. */
const SERIES = /^(.+?)\s*\(([^()]+?),?\s+#[^()]*\)$/;

/** Names come with the spaces of middle names that are not there. */
const oneSpaced = (text: string | null): string | null => text && text.replaceAll(/ {2,}/g, ' ');

const library: CsvFormat = {
  id: 'goodreads/library', source: 'goodreads', shape: 'csv', grainMs: 86_400_000,
  keeps: ['Title', 'Author', 'My Rating', 'Date Read', 'Date Added', 'Exclusive Shelf'],
  drops: [
    'My Review', 'Private Notes', 'Spoiler', 'Bookshelves', 'Bookshelves with positions', 'Read Count', 'Recommended For', 'Recommended By', 'Owned Copies', 'Original Purchase Date', 'Original Purchase Location', 'Condition', 'Condition Description', 'BCID',
    'Book Id', 'ISBN', 'ISBN13', 'Author l-f', 'Additional Authors', 'Average Rating', 'Publisher', 'Binding', 'Number of Pages', 'Year Published', 'Original Publication Year',
  ],
  recognises: (structure) => hasColumns(structure, 'title', 'author', 'my rating', 'date added', 'exclusive shelf'),
  reader(columns, options) {
    const at = (name: string): number => columns.get(name) ?? -1;
    const titleAt = at('title'), authorAt = at('author'), ratingAt = at('my rating'), readAt = at('date read'), addedAt = at('date added'), shelfAt = at('exclusive shelf'), shelvesAt = at('bookshelves'), countAt = at('read count');
    return (cells) => {
      const cell = (column: number): string => (cells[column] ?? '').trim();
      const named = oneSpaced(tidy(cells[titleAt]));
      if (named === null) return 'TITLE_MISSING';
      const [, title = named, collection = null] = SERIES.exec(named) ?? [];

      const shelf = cell(shelfAt).toLowerCase(), rated = actOfRating(Number(cell(ratingAt)));
      const isRead = shelf === 'read' || cell(readAt) !== '' || rated !== null || Number(cell(countAt)) > 0;
      if (GIVEN_UP.test(shelf) && rated === null) return 'SKIPPED_UNFINISHED';
      let act: Act;
      // A rating says more than a shelf, whichever the shelf.
      if (rated === 'liked' || rated === 'disliked') act = rated;
      else if (cell(shelvesAt).toLowerCase().split(',').some((name) => FAVOURITES.test(name.trim()))) act = 'liked';
      else if (shelf === 'to-read' && rated === null) act = 'wanted';
      else act = isRead || shelf === 'currently-reading' ? 'used' : 'saved';

      // A book read again has its last day only, so that each export adds the reading the one before did not know.
      const atMs = firstDay(act === 'wanted' ? [cell(addedAt)] : [cell(readAt), cell(addedAt)], options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      return { kind: 'book', act, title, creator: oneSpaced(tidy(cells[authorAt])), collection, category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 };
    };
  },
};

export const goodreads: Importer = { source: 'goodreads', formats: [library] };

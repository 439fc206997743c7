/** Browsers on this computer: bookmarks as Chrome, Edge, Firefox and Safari export them, and the databases in which they keep where somebody was. Of a page only its site is kept: addresses and titles name persons, accounts and illnesses. */
import { msg } from '../../../../shared/language/message.ts';
import { UNDATED_MS, type Act } from '../../../../shared/domain/records.ts';
import { plausible } from '../dates.ts';
import type { ForeignValue } from '../../platform/sqlite/foreign-database.ts';
import { hasTable, type DatabaseFormat, type HtmlFormat, type HtmlHandlers, type Importer, type JsonTreeFormat, type ReadOptions } from '../format.ts';
import type { IssueCode, ParsedRecord } from '../record.ts';
import { siteOf } from '../site.ts';

type Outcome = ParsedRecord | IssueCode;

const siteRecord = (act: Act, title: string, atMs: number): ParsedRecord =>
  ({ kind: 'site', act, title, creator: null, collection: null, category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 });

/** In seconds, so that one bookmark is the same in both kinds of file. `since`: what the browser says, 0 or nothing for a bookmark older than its list. */
function bookmarked(act: Act, url: string, sinceMs: number | null, nowMs: number): Outcome {
  const site = siteOf(url);
  if (site === null) return 'SKIPPED_OTHER';
  if (sinceMs === 0) return siteRecord(act, site, UNDATED_MS);
  const atMs = sinceMs === null ? null : plausible(Math.floor(sinceMs / 1_000) * 1_000, nowMs);
  return atMs === null ? 'DATE_INVALID' : siteRecord(act, site, atMs);
}

/** ADD_DATE counts seconds; some programs write milliseconds or microseconds there, which their length tells. @returns 0 for none, null when it is no number */
function addedMs(text: string): number | null {
  const digits = text.trim();
  if (digits === '') return 0;
  if (!/^\d{1,17}$/.test(digits)) return null;
  const number = Number(digits);
  return digits.length >= 16 ? number / 1_000 : digits.length >= 13 ? number : number * 1_000;
}

/** The folder in which Safari keeps what is to be read later. */
const READING_LIST = 'com.apple.readinglist';

/** Folders are lists (DL), each behind its heading (H3). List items and paragraphs are never closed. */
function createBookmarkReader({ nowMs }: ReadOptions, emit: (outcome: Outcome) => void): HtmlHandlers {
  /** Of each list that is open: what is done with things in it. */
  const lists: Act[] = [];
  let next: Act = 'saved', isEnded = false;
  return {
    open(name, attributes) {
      const inside = lists.at(-1) ?? 'saved';
      if (name === 'h3') next = attributes['id']?.toLowerCase() === READING_LIST ? 'wanted' : inside;
      else if (name === 'dl') { lists.push(next); next = 'saved'; isEnded = false; }
      else if (name === 'a') emit(bookmarked(inside, attributes['href'] ?? '', addedMs(attributes['add_date'] ?? ''), nowMs));
    },
    text: () => undefined,
    close(name) {
      if (name !== 'dl') return;
      lists.pop();
      next = lists.at(-1) ?? 'saved';
      isEnded = lists.length === 0;
    },
    isWhole: () => isEnded,
  };
}

const bookmarksPage: HtmlFormat = {
  id: 'browser/bookmarks', source: 'browser', shape: 'html', grainMs: 1,
  keeps: ['domain of HREF', 'ADD_DATE'], drops: ['HREF', 'names of bookmarks', 'names of folders', 'descriptions', 'TAGS', 'SHORTCUTURL', 'ICON', 'ICON_URI', 'LAST_VISIT', 'LAST_MODIFIED'],
  recognises: (structure) => structure.shape === 'html' && /^<!doctype netscape-bookmark-file-1\b/i.test(structure.head),
  reader: createBookmarkReader,
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (element: Readonly<Record<string, unknown>>, key: string): unknown => (Object.hasOwn(element, key) ? element[key] : undefined);

/** Bookmarks in a folder and all folders in it, each with what `read` makes of it. Nothing recurses: depth is the file's. */
function flatten(top: unknown, isFolder: (node: Readonly<Record<string, unknown>>) => boolean, read: (node: Readonly<Record<string, unknown>>) => Outcome | null): Outcome[] {
  const outcomes: Outcome[] = [];
  const open: unknown[] = [top];
  while (open.length > 0) {
    const node = open.pop();
    if (!isObject(node)) { outcomes.push('ELEMENT_SHAPE'); continue; }
    const children = own(node, 'children');
    if (!isFolder(node)) {
      const outcome = read(node);
      if (outcome !== null) outcomes.push(outcome);
    } else if (Array.isArray(children)) {
      for (let i = children.length - 1; i >= 0; i--) open.push(children[i]);
    }
  }
  return outcomes;
}

const micros = (value: unknown): number | null => (value === undefined ? 0 : typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value / 1_000 : null);

/** Every bookmark of Firefox stands once more under each of its tags. */
const isTags = (node: Readonly<Record<string, unknown>>): boolean => own(node, 'root') === 'tagsFolder' || own(node, 'guid') === 'tags________';

const firefoxBackup: JsonTreeFormat = {
  id: 'browser/firefox-bookmarks', source: 'browser', shape: 'json-tree', grainMs: 1,
  keeps: ['domain of uri', 'dateAdded'], drops: ['uri', 'title', msg('titles of folders'), 'tags', 'keyword', 'postData', 'annos', 'iconUri', 'guid', 'id', 'lastModified', 'charset'],
  paths: ['$.children.*'],
  recognises: (structure) => structure.shape === 'json-tree' && ['children', 'dateAdded', 'type'].every((key) => structure.keys.has(key)),
  reader: ({ nowMs }) => (folder) => {
    if (isObject(folder) && isTags(folder)) return [];
    return flatten(folder, (node) => own(node, 'typeCode') === 2 || own(node, 'type') === 'text/x-moz-place-container', (node) => {
      const uri = own(node, 'uri');
      // Lines between bookmarks are entries, too.
      if (own(node, 'typeCode') === 3 || own(node, 'type') === 'text/x-moz-place-separator') return null;
      return typeof uri === 'string' ? bookmarked('saved', uri, micros(own(node, 'dateAdded')), nowMs) : 'ELEMENT_SHAPE';
    });
  },
};

const DAY_MS = 86_400_000;
/** Chrome counts microseconds since 1601. */
const CHROME_EPOCH_MS = -11_644_473_600_000;

/** A table of addresses by number, and one of visits to them. Their columns in the order in which they are read. */
interface History { readonly pages: string; readonly visits: string; readonly page: string; readonly time: string; readonly way: string; readonly epochMs: number; readonly isChosen: (way: number) => boolean }

/** Each site once for each day (in UTC) on which it was visited: how often, when and where on it is nobody's business. */
const readHistory = ({ pages, visits, page, time, way, epochMs, isChosen }: History): DatabaseFormat['reader'] => ({ nowMs }) => function* (database) {
  const sites = new Map<ForeignValue, string | null>();
  for (const [id = null, url = null] of database.rows(pages, ['id', 'url'])) {
    if (typeof url === 'string') sites.set(id, siteOf(url));
    yield null;
  }
  const days = new Map<string, Set<number>>();
  for (const [id = null, micros = null, how = null] of database.rows(visits, [page, time, way])) {
    const site = sites.get(id);
    if (site === undefined) { yield 'TITLE_MISSING'; continue; }
    if (site === null || (typeof how === 'number' && !isChosen(how))) { yield 'SKIPPED_OTHER'; continue; }
    const atMs = typeof micros === 'number' ? plausible(Math.floor(micros / 1_000) + epochMs, nowMs) : null;
    if (atMs === null) { yield 'DATE_INVALID'; continue; }
    const day = Math.floor(atMs / DAY_MS);
    const seen = days.get(site);
    if (seen?.has(day)) { yield null; continue; }
    if (seen) seen.add(day);
    else days.set(site, new Set([day]));
    yield siteRecord('used', site, day * DAY_MS + DAY_MS / 2);
  }
};

const HISTORY_KEEPS = ['domain of url', 'day of the visit'];

const firefoxHistory: DatabaseFormat = {
  id: 'browser/firefox-history', source: 'browser', shape: 'database', grainMs: DAY_MS, isOptIn: true,
  keeps: HISTORY_KEEPS, drops: ['url', 'title', 'description', 'preview_image_url', 'visit_count', 'frecency', msg('time of day'), 'from_visit', msg('bookmarks'), msg('what you typed'), msg('downloads'), msg('notes on pages'), msg('everything else in the file')],
  recognises: (structure) => hasTable(structure, 'moz_places', 'id', 'url') && hasTable(structure, 'moz_historyvisits', 'place_id', 'visit_date', 'visit_type'),
  // 4 and 8 are parts of other pages, 7 are downloads.
  reader: readHistory({ pages: 'moz_places', visits: 'moz_historyvisits', page: 'place_id', time: 'visit_date', way: 'visit_type', epochMs: 0, isChosen: (way) => way !== 4 && way !== 7 && way !== 8 }),
};

const chromeHistory: DatabaseFormat = {
  id: 'browser/chrome-history', source: 'browser', shape: 'database', grainMs: DAY_MS, isOptIn: true,
  keeps: HISTORY_KEEPS, drops: ['url', 'title', 'visit_count', 'typed_count', msg('time of day'), 'visit_duration', 'from_visit', 'words searched for', msg('downloads'), msg('everything else in the file')],
  recognises: (structure) => hasTable(structure, 'urls', 'id', 'url') && hasTable(structure, 'visits', 'url', 'visit_time', 'transition'),
  // The lowest byte: 3 and 4 are frames within another page.
  reader: readHistory({ pages: 'urls', visits: 'visits', page: 'url', time: 'visit_time', way: 'transition', epochMs: CHROME_EPOCH_MS, isChosen: (way) => (way & 255) !== 3 && (way & 255) !== 4 }),
};

export const browser: Importer = {
  source: 'browser', formats: [bookmarksPage, firefoxBackup, firefoxHistory, chromeHistory],
  leaves: [{ recognises: (structure) => structure.shape === 'database', why: msg('of all databases, only the histories of Firefox, Chrome, Edge, Brave and their kin are read.') }],
};

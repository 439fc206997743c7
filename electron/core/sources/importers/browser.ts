/** Browsers on this computer: bookmarks as Chrome, Edge, Firefox and Safari export them. Of a page only its site is kept: addresses and titles name persons, accounts and illnesses. */
import { UNDATED_MS, type Act } from '../../../../shared/domain/records.ts';
import { plausible } from '../dates.ts';
import type { HtmlFormat, HtmlHandlers, Importer, JsonTreeFormat, ReadOptions } from '../format.ts';
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
  keeps: ['domain of uri', 'dateAdded'], drops: ['uri', 'title', 'titles of folders', 'tags', 'keyword', 'postData', 'annos', 'iconUri', 'guid', 'id', 'lastModified', 'charset'],
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

export const browser: Importer = { source: 'browser', formats: [bookmarksPage, firefoxBackup] };

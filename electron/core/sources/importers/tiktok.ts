/** TikTok: what was searched for, and hashtags that were kept. Watched and liked videos stand there as bare links, which say nothing. */
import { UNDATED_MS } from '../../../../shared/domain/records.ts';
import { parseIso, plausible } from '../dates.ts';
import type { Importer, JsonTreeFormat } from '../format.ts';
import { tidy } from '../record.ts';
import { field } from './meta.ts';

const TOPS = ['Activity', 'Your Activity'];
const SEARCHES = ['Search History', 'Searches'];
const HASHTAGS = ['Hashtag'];
/** The letter case of names varies between exports. */
const anyCase = (element: unknown, name: string): unknown => field(element, name) ?? field(element, name.charAt(0).toLowerCase() + name.slice(1));

const activity: JsonTreeFormat = {
  id: 'tiktok/activity', source: 'tiktok', shape: 'json-tree', grainMs: 1_000,
  keeps: ['SearchTerm', 'HashtagName', 'Date'], drops: ['VideoList', 'ItemFavoriteList', 'FavoriteVideoList', 'Link', 'Login History', 'Direct Messages', 'Profile'],
  paths: TOPS.flatMap((top) => [...SEARCHES.map((name) => `$.${top}.${name}.SearchList.*`), ...HASHTAGS.map((name) => `$.${top}.${name}.HashtagSpaceList.*`)]),
  recognises: (structure) => structure.shape === 'json-tree' && TOPS.some((top) => [...structure.keys].some((key) => key.startsWith(`${top}/`))),
  reader: ({ nowMs }) => (element, path) => {
    const isSearch = SEARCHES.includes(String(path[1]));
    const name = anyCase(element, isSearch ? 'SearchTerm' : 'HashtagName');
    const title = typeof name === 'string' ? tidy(name.replace(/^#/u, '')) : null;
    if (title === null) return 'TITLE_MISSING';
    const date = anyCase(element, 'Date');
    const ms = typeof date === 'string' && date.trim() !== '' ? parseIso(date.trim()) : UNDATED_MS;
    const atMs = ms === null ? null : ms === UNDATED_MS ? UNDATED_MS : plausible(ms, nowMs);
    if (atMs === null) return 'DATE_INVALID';
    return { kind: isSearch ? 'search' : 'topic', act: isSearch ? 'used' : 'saved', title, creator: null, collection: null, category: null, atMs, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 };
  },
};

export const tiktok: Importer = { source: 'tiktok', formats: [activity] };

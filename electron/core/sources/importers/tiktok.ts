/** TikTok: what it and its advertisers say of the person, what was searched for, hashtags kept, and the shop. Watched and liked videos stand there as bare links, which say nothing. */
import { UNDATED_MS } from '../../../../shared/domain/records.ts';
import { parseIso, plausible } from '../dates.ts';
import type { Importer, JsonTreeFormat, ReadOptions, Told } from '../format.ts';
import { tidy, variantOf, type IssueCode, type ParsedRecord } from '../record.ts';
import { isPersonalSearch } from '../search-words.ts';
import { field, listOf, plainRecord } from './meta.ts';

/** The letter case of names varies between exports. */
const anyCase = (element: unknown, name: string): unknown => field(element, name) ?? field(element, name.charAt(0).toLowerCase() + name.slice(1));
/** What stands where nothing is. */
const ABSENT = /^(?:n\/a|none|null)?$/iu;
const words = (value: unknown): string | null => {
  const text = typeof value === 'string' ? tidy(value) : null;
  return text === null || ABSENT.test(text) ? null : text;
};
/** Null for a time that cannot be. */
function timeOf(value: unknown, nowMs: number): number | null {
  const text = words(value);
  if (text === null) return UNDATED_MS;
  const atMs = parseIso(text);
  return atMs === null ? null : plausible(atMs, nowMs);
}
const recordAt = (is: Pick<ParsedRecord, 'kind' | 'act'>, title: string | null, time: unknown, { nowMs }: ReadOptions): ParsedRecord | IssueCode => {
  if (title === null) return 'TITLE_MISSING';
  if (is.kind === 'search' && isPersonalSearch(title)) return 'SKIPPED_PERSONAL';
  const atMs = timeOf(time, nowMs);
  return atMs === null ? 'DATE_INVALID' : plainRecord(is, title, atMs);
};
const counted = (value: unknown): number => {
  const count = Number(value);
  return Number.isSafeInteger(count) && count > 0 && count < 100_000 ? count : 1;
};

/** Several in one text, between bars or else as told; or a list. */
function several(value: unknown, between: RegExp, is: Pick<ParsedRecord, 'kind' | 'act'>): Told {
  const parts = typeof value === 'string' ? value.split(value.includes('|') ? '|' : between) : listOf(value);
  const records = parts.flatMap((part) => words(part) ?? []).map((title) => plainRecord(is, title, UNDATED_MS));
  return records.length === 0 ? 'SKIPPED_OTHER' : records;
}

/** The hashtag kept: by its name, or by a link that ends in it. */
function hashtagOf(element: unknown): string | null {
  const name = anyCase(element, 'HashtagName');
  if (typeof name === 'string') return words(name.trim().replace(/^#/u, ''));
  const link = anyCase(element, 'Link');
  const tag = typeof link === 'string' ? /\/tag\/([^/?#]+)/u.exec(link)?.[1] : undefined;
  // A link cut off within a letter.
  try { return tag === undefined ? null : words(decodeURIComponent(tag)); } catch { return null; }
}

function orderOf(order: unknown, id: string, options: ReadOptions): Told {
  if (/cancel/iu.test(words(field(order, 'order_status')) ?? '')) return 'SKIPPED_CANCELLED';
  const records = listOf(field(order, 'Products')).map((product, nth): ParsedRecord | IssueCode => {
    const record = recordAt({ kind: 'product', act: 'used' }, words(field(product, 'product_name')), field(order, 'order_date'), options);
    return typeof record === 'string' ? record : { ...record, quantity: counted(field(product, 'quantity')), variant: variantOf(`order|${id}|${nth}`) };
  });
  return records.length === 0 ? 'TITLE_MISSING' : records;
}

const kept = (name: unknown, time: unknown, count: unknown, options: ReadOptions): ParsedRecord | IssueCode => {
  const record = recordAt({ kind: 'product', act: 'wanted' }, words(name), time, options);
  return typeof record === 'string' || count === undefined ? record : { ...record, quantity: counted(count) };
};

type Section = readonly [path: string, read: (element: unknown, key: string | number, options: ReadOptions) => Told];
const search: Section[1] = (element, _key, options) => recordAt({ kind: 'search', act: 'used' }, words(anyCase(element, 'SearchTerm')), anyCase(element, 'Date'), options);
const hashtag: Section[1] = (element, _key, options) => recordAt({ kind: 'topic', act: 'saved' }, hashtagOf(element), anyCase(element, 'Date'), options);
const bareLink: Section[1] = () => 'SKIPPED_OTHER';

/** By the name of the section; what stands around it is called differently from year to year. */
const SECTIONS: readonly Section[] = [
  ['Search History.SearchList', search], ['Searches.SearchList', search],
  ['Hashtag.HashtagSpaceList', hashtag], ['Hashtag.HashtagList', hashtag], ['Favorite Hashtags.FavoriteHashtagList', hashtag],
  ['Ad Interests', (value) => several(value, /,/u, { kind: 'topic', act: 'claimed' })],
  // Beside the list of those who aim, one of those who merely deliver data. "Acme, Inc." is one.
  ['Ads Based On Data Received From Partners', (value, key) => (key === 'DataPartnerList' ? 'SKIPPED_OTHER' : several(value, /,(?!\s)/u, { kind: 'advertiser', act: 'claimed' }))],
  ['Watch History.VideoList', bareLink], ['Video Browsing History.VideoList', bareLink], ['Like List.ItemFavoriteList', bareLink], ['Favorite Videos.FavoriteVideoList', bareLink],
  ['Order History.OrderHistories', (order, key, options) => orderOf(order, String(key), options)],
  ['Shopping Cart List.ShoppingCart', (item, _key, options) => kept(field(item, 'ProductName'), field(item, 'CreateTime'), field(item, 'SkuCount'), options)],
  ['TikTokFavoriteItem.TikTokFavoriteItemResult.TikTokFavoriteItemList', (item, _key, options) => kept(field(item, 'Product'), field(item, 'Time'), undefined, options)],
];
const READERS = new Map(SECTIONS);

/** Pairs of names that no other file begins with, in lower case: the parts of the file come in any order, and its beginning shows but a few. */
const SIGNS: ReadonlySet<string> = new Set([
  'comment/comments', 'direct message/direct messages', 'direct messages/chat history', 'direct message/group chat', 'profile/profile information', 'profile and settings/profile info', 'app settings/settings', 'app settings/block',
  'likes and favorites/like list', 'likes and favorites/favorite videos', 'likes and favorites/favorite effects', 'income+ wallet/coin purchase history', 'income+ wallet/transaction history', 'income plus wallet/transaction history',
  ...['activity', 'your activity'].flatMap((top) => ['search history', 'searches', 'hashtag', 'video browsing history', 'watch history', 'favorite videos', 'favorite effects', 'favorite hashtags', 'like list', 'activity summary', 'login history', 'share history'].map((name) => `${top}/${name}`)),
  'ads and data/ad interests', 'ads and data/off tiktok activity', 'ads and data/ads based on data received from partners', 'tiktok live/watch live history', 'tiktok shop/order history', 'tiktok shopping/order history',
]);

const activity: JsonTreeFormat = {
  id: 'tiktok/activity', source: 'tiktok', shape: 'json-tree', grainMs: 1_000,
  keeps: ['SearchTerm', 'HashtagName', 'AdInterestCategories', 'AdvertiserList', 'product_name', 'ProductName', 'Product', 'quantity', 'Date'],
  drops: ['VideoList', 'ItemFavoriteList', 'FavoriteVideoList', 'Link', 'Off TikTok Activity', 'DataPartnerList', 'Login History', 'Location Data', 'Direct Messages', 'Comments', 'Following', 'Follower', 'Profile', 'Settings', 'Posts', 'Shop addresses and payment'],
  paths: SECTIONS.map(([path]) => `$.*.${path}.*`),
  recognises: (structure) => structure.shape === 'json-tree' && [...structure.keys].some((key) => SIGNS.has(key.toLowerCase())),
  reader: (options) => (element, path) => READERS.get(path.slice(1, -1).join('.'))?.(element, path.at(-1) ?? '', options) ?? 'ELEMENT_SHAPE',
};

export const tiktok: Importer = { source: 'tiktok', formats: [activity] };

/** Google Takeout: YouTube's histories and My Activity as JSON and as pages, channels followed, old playlists, Google Play, sites visited with Chrome. Places are never read. */
import { msg } from '../../../../shared/language/message.ts';
import { UNDATED_MS } from '../../../../shared/domain/records.ts';
import type { Act, ItemKind } from '../../records/records.ts';
import { parseIso, plausible } from '../dates.ts';
import type { CsvFormat, HtmlFormat, HtmlHandlers, Importer, JsonFormat, JsonTreeFormat, ReadOptions, Structure } from '../format.ts';
import { parseMinorUnits } from '../money.ts';
import { tidy, type IssueCode, type ParsedRecord } from '../record.ts';
import { siteOf } from '../site.ts';
import { parseWrittenDate, type WrittenDate } from '../written-dates.ts';
import { createEntryReader, creatorOf, recordOf } from './google-activity.ts';

type Element = Readonly<Record<string, unknown>>;
const own = (element: Element | null, key: string): unknown => (element !== null && Object.hasOwn(element, key) ? element[key] : null);
const text = (element: Element | null, key: string): string | null => {
  const value = own(element, key);
  return typeof value === 'string' ? tidy(value) : null;
};
const object = (value: unknown): Element | null => (value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Element : null);
const objects = (value: unknown): Element[] => (Array.isArray(value) ? value.map(object).filter((one) => one !== null) : []);
const timeOf = (value: unknown): number | null => (typeof value === 'string' ? parseIso(value.trim()) : null);

const hasKeys = (structure: Structure, ...keys: readonly string[]): boolean => structure.shape === 'json-array' && keys.every((key) => structure.keys.has(key));

/** A channel, not a place or a time. */
const CHANNEL = /youtube\.com\/(?:channel|user|c|@)/;

const ACTIVITY_KEEPS = ['title', 'subtitles (the channel)', 'time', 'words searched for', 'domain of a site visited'];
const ACTIVITY_DROPS = ['titleUrl', 'header', 'description', 'details', 'products', 'locationInfos', 'activityControls', 'imageFile', 'audioFiles', 'attachedFiles', 'safeHtmlItem'];

const activity: JsonFormat = {
  id: 'google/activity', source: 'google', shape: 'json-array', grainMs: 1, keeps: ACTIVITY_KEEPS, drops: ACTIVITY_DROPS,
  recognises: (structure) => hasKeys(structure, 'title', 'time') && hasKeys(structure, 'products') && (hasKeys(structure, 'header') || hasKeys(structure, 'activityControls')),
  reader(options) {
    const read = createEntryReader(options);
    return (element) => {
      const title = text(element, 'title');
      if (title === null) return 'TITLE_MISSING';
      const channel = objects(own(element, 'subtitles')).find((subtitle) => CHANNEL.test(text(subtitle, 'url') ?? '')) ?? null;
      return read({
        header: text(element, 'header'), sentence: title, name: null, url: text(element, 'titleUrl'), channel: text(channel, 'name'),
        details: objects(own(element, 'details')).flatMap((detail) => text(detail, 'name') ?? []), atMs: timeOf(own(element, 'time')),
      });
    };
  },
};

/** Of one entry: lines beyond these, and text beyond this, belong to an answer or a list, not to what was done. */
const LINES = 12, TEXT_CHARS = 2_000;
interface Line { text: string; link: { text: string; readonly url: string | null } | null }
interface Section { text: string; isPlaceOrReason: boolean }
type Cell = 'header' | 'body' | 'caption';

const append = (before: string, piece: string): string => (before.length >= TEXT_CHARS ? before : before + piece.slice(0, TEXT_CHARS - before.length));
const hasClass = (classes: string, name: string): boolean => (` ${classes} `).includes(` ${name} `);

/** Which part of an entry this element holds. */
function cellOf(classes: string): Cell | null {
  if (hasClass(classes, 'header-cell')) return 'header';
  if (!hasClass(classes, 'content-cell') || hasClass(classes, 'mdl-typography--text-right')) return null;
  return hasClass(classes, 'mdl-typography--caption') ? 'caption' : 'body';
}

/** Entries are "outer-cell" blocks; in them the product, then lines for what was done, by whom, and when, then small print under headings. */
function createPageReader(options: ReadOptions, emit: (outcome: ParsedRecord | IssueCode) => void): HtmlHandlers {
  const read = createEntryReader(options);
  let isZoneTold = false;
  /** Elements that are open within the block; 0 outside of one. */
  let depth = 0;
  let cell: Cell | null = null, cellDepth = 0, isInLink = false;
  let header = '', lines: Line[] = [], sections: Section[] = [];

  const dateOf = (): WrittenDate | null => {
    for (const line of lines.slice(1)) {
      const date = line.link ? null : parseWrittenDate(line.text.trim());
      if (date) return date;
    }
    return null;
  };

  const finish = (): void => {
    depth = 0;
    cell = null;
    const [first] = lines, date = dateOf();
    const channel = lines.slice(1).find((line) => CHANNEL.test(line.link?.url ?? ''))?.link ?? null;
    const outcome = read({
      header: tidy(header), sentence: tidy(first?.text) ?? '', name: tidy(first?.link?.text), url: first?.link?.url ?? null, channel: tidy(channel?.text),
      // The first heading is the product's.
      details: sections.slice(1).filter((section) => !section.isPlaceOrReason).map((section) => section.text), atMs: date?.atMs ?? null,
    });
    if (typeof outcome !== 'string' && date && !date.isZoneKnown && !isZoneTold) {
      isZoneTold = true;
      options.remark('ZONE_UNKNOWN');
    }
    emit(outcome);
  };

  return {
    open(name, attributes) {
      const classes = attributes['class'] ?? '';
      if (hasClass(classes, 'outer-cell')) {
        // Where an end is missing, the next one begins inside.
        if (depth > 0) finish();
        depth = 1;
        cell = null; isInLink = false; header = ''; lines = []; sections = [];
        return;
      }
      if (depth === 0) return;
      depth++;
      const starts = cellOf(classes);
      if (starts !== null) { cell = starts; cellDepth = depth; if (starts === 'body') lines.push({ text: '', link: null }); return; }
      const url = name === 'a' ? attributes['href'] ?? null : null, line = lines.at(-1), section = sections.at(-1);
      if (cell === 'caption' && name === 'b') sections.push({ text: '', isPlaceOrReason: false });
      else if (cell === 'caption' && section && url !== null && /google\.[a-z.]+\/maps|activitycontrols|privacy/i.test(url)) section.isPlaceOrReason = true;
      else if (cell === 'body' && name === 'br' && lines.length < LINES) lines.push({ text: '', link: null });
      else if (cell === 'body' && name === 'a' && line && !line.link) { line.link = { text: '', url }; isInLink = true; }
    },
    text(piece) {
      if (cell === 'header') header = append(header, piece);
      const line = lines.at(-1), section = sections.at(-1);
      if (cell === 'caption' && section) section.text = append(section.text, piece);
      if (cell !== 'body' || !line) return;
      line.text = append(line.text, piece);
      if (isInLink && line.link) line.link.text = append(line.link.text, piece);
    },
    close(name) {
      if (depth === 0) return;
      if (name === 'a') isInLink = false;
      if (cell !== null && depth === cellDepth) cell = null;
      depth--;
      if (depth === 0) finish();
    },
  };
}

const activityPage: HtmlFormat = {
  id: 'google/activity-html', source: 'google', shape: 'html', grainMs: 1, keeps: ACTIVITY_KEEPS, drops: ACTIVITY_DROPS,
  recognises: (structure) => structure.shape === 'html' && /class="[^"]*\bouter-cell\b[^"]*\bmdl-/.test(structure.head),
  reader: createPageReader,
};

/** "Channel Id, Channel Url, Channel Title" in any language: one names an id, one an address, the third is the title. */
function channelColumns(header: readonly string[]): { readonly url: number; readonly title: number } | null {
  const url = header.findIndex((name) => /\burl\b/.test(name)), id = header.findIndex((name) => /\bid\b|识别|識別/.test(name));
  const title = [0, 1, 2].find((column) => column !== url && column !== id);
  return header.length !== 3 || url === -1 || id === -1 || url === id || title === undefined ? null : { url, title };
}

const subscriptions: CsvFormat = {
  id: 'google/subscriptions', source: 'google', shape: 'csv', grainMs: 1, keeps: ['Channel Title'], drops: ['Channel Id', 'Channel Url'],
  recognises: (structure) => structure.shape === 'csv' && channelColumns(structure.header) !== null,
  reader(columns) {
    const at = channelColumns([...columns.keys()]);
    return (cells) => {
      // Other services have tables of ids and addresses too.
      if (at === null || !CHANNEL.test(cells[at.url] ?? '')) return 'SKIPPED_OTHER';
      const title = tidy(cells[at.title]);
      if (title === null) return 'TITLE_MISSING';
      const { creator, isArtist } = creatorOf(title);
      return recordOf({ kind: isArtist ? 'music' : 'video', act: 'followed', title: creator ?? title, creator }, UNDATED_MS);
    };
  },
};

/** By the beginning of a list's id: favourites, likes, watch later. Any other is the person's own. */
const LISTS: Readonly<Record<string, Act>> = { FL: 'liked', LL: 'liked', WL: 'wanted' };

/** Until 2020; today's lists hold ids only. */
const playlist: JsonFormat = {
  id: 'google/playlist', source: 'google', shape: 'json-array', grainMs: 1, keeps: ['snippet.title', 'snippet.publishedAt'], drops: ['contentDetails', 'etag', 'id', 'snippet.channelId', 'snippet.channelTitle', 'snippet.description', 'snippet.resourceId', 'snippet.thumbnails', 'status'],
  recognises: (structure) => hasKeys(structure, 'snippet', 'contentDetails'),
  reader: (options) => (element) => {
    const snippet = object(own(element, 'snippet'));
    const title = text(snippet, 'title');
    if (title === null) return 'TITLE_MISSING';
    if (/^(?:private|deleted) video$/i.test(title)) return 'SKIPPED_NOT_AVAILABLE';
    const at = timeOf(own(snippet, 'publishedAt')), atMs = at === null ? null : plausible(at, options.nowMs);
    if (atMs === null) return 'DATE_INVALID';
    // The name given beside it is the owner's of the list.
    return recordOf({ kind: 'video', act: LISTS[(text(snippet, 'playlistId') ?? '').slice(0, 2)] ?? 'saved', title, creator: null }, atMs);
  },
};

const APP = /\bapps?\b|anwendung|aplica|applica|aplikac/i;
/** What Google Play calls its goods; in other languages than these it is taken for the kind given. */
const GOODS: readonly (readonly [RegExp, ItemKind])[] = [
  [APP, 'app'], [/audiobook|hörb|livre audio|audiolibro|luisterboek/i, 'audiobook'], [/book|buch|bücher|livre|libro|livro|boek/i, 'book'], [/movie|film|filme|tv|show|episod|serie|série/i, 'video'], [/music|musik|musique|música|musica|muziek|song|album/i, 'music'],
];
/** In-app goods are apps by name only. */
const IN_APP = /in[\s-]?app/i;
const goodsKind = (doc: Element | null, otherwise: ItemKind): ItemKind => {
  const type = text(doc, 'documentType') ?? '';
  return IN_APP.test(type) ? 'product' : GOODS.find(([words]) => words.test(type))?.[1] ?? otherwise;
};

interface PlayEvent { readonly outer: string; readonly time: string; readonly act: Act; readonly otherwise: ItemKind }

const playFormat = (id: string, keeps: readonly string[], drops: readonly string[], { outer, time, act, otherwise }: PlayEvent, amount?: (event: Element | null, record: ParsedRecord, options: ReadOptions) => ParsedRecord): JsonFormat => ({
  id, source: 'google', shape: 'json-array', grainMs: 1, keeps, drops,
  recognises: (structure) => hasKeys(structure, outer),
  reader: (options) => (element) => {
    const event = object(own(element, outer)), doc = object(own(event, 'doc'));
    const title = text(doc, 'title');
    if (title === null) return 'TITLE_MISSING';
    const at = timeOf(own(event, time)), atMs = at === null ? null : plausible(at, options.nowMs);
    if (atMs === null) return 'DATE_INVALID';
    const record = recordOf({ kind: goodsKind(doc, otherwise), act, title, creator: null }, atMs);
    return amount ? amount(event, record, options) : record;
  },
});

const installs = playFormat('google/play-installs', ['doc.title', 'doc.documentType', 'firstInstallationTime'], ['deviceAttribute', 'lastUpdateTime'], { outer: 'install', time: 'firstInstallationTime', act: 'used', otherwise: 'app' });
const library = playFormat('google/play-library', ['doc.title', 'doc.documentType', 'acquisitionTime'], ['libraryName'], { outer: 'libraryDoc', time: 'acquisitionTime', act: 'saved', otherwise: 'app' });

/** What is paid again and again. The next time lies ahead, and nothing says when the first was. */
const memberships: JsonFormat = {
  id: 'google/play-subscriptions', source: 'google', shape: 'json-array', grainMs: 1, keeps: ['doc.title', 'doc.documentType'], drops: ['renewalDate', 'expirationDate', 'pricing', 'state', 'userCountry'],
  recognises: (structure) => hasKeys(structure, 'subscription'),
  reader: () => (element) => {
    const doc = object(own(object(own(element, 'subscription')), 'doc')), title = text(doc, 'title');
    return title === null ? 'TITLE_MISSING' : recordOf({ kind: goodsKind(doc, 'app'), act: 'followed', title, creator: null }, UNDATED_MS);
  },
};

/** ISO 4217 by the sign before or behind an amount; signs that several currencies share, by country. */
const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', '₹': 'INR', '₩': 'KRW', '₽': 'RUB', '₺': 'TRY', '₪': 'ILS', '₫': 'VND', '฿': 'THB', '₱': 'PHP', '₴': 'UAH', 'R$': 'BRL', 'US$': 'USD', 'CA$': 'CAD', 'A$': 'AUD', 'AU$': 'AUD', 'NZ$': 'NZD', 'MX$': 'MXN', 'HK$': 'HKD', 'NT$': 'TWD', zł: 'PLN', Kč: 'CZK', Ft: 'HUF', Fr: 'CHF' };
const SHARED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  $: { US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD', MX: 'MXN', SG: 'SGD', HK: 'HKD', TW: 'TWD', AR: 'ARS', CL: 'CLP', CO: 'COP' }, '¥': { JP: 'JPY', CN: 'CNY' }, '￥': { JP: 'JPY', CN: 'CNY' }, kr: { SE: 'SEK', NO: 'NOK', DK: 'DKK' },
};

/** @returns null where the sign alone does not say which currency it is */
function currencyOf(price: string, country: string | null): string | null {
  const sign = price.replace(/[\d.,'’\s−-]/gu, '');
  if (/^[A-Z]{3}$/.test(sign)) return sign;
  if (Object.hasOwn(SIGNS, sign)) return SIGNS[sign] ?? null;
  const countries = Object.hasOwn(SHARED, sign) ? SHARED[sign] : undefined;
  return countries && country !== null && Object.hasOwn(countries, country) ? countries[country] ?? null : null;
}

const purchases = playFormat(
  'google/play-purchases', ['doc.title', 'doc.documentType', 'purchaseTime', 'invoicePrice'], ['paymentMethodTitle', 'userCountry', 'userLanguageCode'],
  { outer: 'purchaseHistory', time: 'purchaseTime', act: 'used', otherwise: 'product' },
  (event, record, options) => {
    const price = text(event, 'invoicePrice');
    if (price === null) return record;
    const currency = currencyOf(price, text(event, 'userCountry')), amountMinor = parseMinorUnits(price, currency);
    if (amountMinor === null) options.remark('AMOUNT_INVALID');
    return { ...record, quantity: 1, amountMinor, currency: amountMinor === null ? null : currency };
  },
);

const chrome: JsonTreeFormat = {
  id: 'google/chrome-history', source: 'google', shape: 'json-tree', grainMs: 1, isOptIn: true, keeps: ['domain of url', 'time_usec'], drops: ['url', 'title', 'favicon_url', 'client_id', 'ptoken', 'page_transition', 'page_transition_qualifier', 'Typed Url', 'Session'],
  paths: ['$.Browser History.*'],
  recognises: (structure) => structure.shape === 'json-tree' && structure.keys.has('Browser History'),
  reader: (options) => (value) => {
    const visit = object(value);
    const url = text(visit, 'url');
    if (url === null) return visit ? 'TITLE_MISSING' : 'ELEMENT_SHAPE';
    // Parts of another page, which nobody chose to see.
    if (/_SUBFRAME$/.test(text(visit, 'page_transition') ?? '')) return 'SKIPPED_OTHER';
    const site = siteOf(url);
    if (site === null) return 'SKIPPED_OTHER';
    const time = own(visit, 'time_usec'), usec = typeof time === 'string' && /^\d{1,17}$/.test(time) ? Number(time) : time;
    // In whole seconds, as the same visit stands in My Activity.
    const atMs = typeof usec === 'number' && Number.isFinite(usec) ? plausible(Math.floor(usec / 1_000_000) * 1_000, options.nowMs) : null;
    return atMs === null ? 'DATE_INVALID' : recordOf({ kind: 'site', act: 'used', title: site, creator: null }, atMs);
  },
};

const isCsv = (structure: Structure, fits: (header: readonly string[]) => boolean): boolean => structure.shape === 'csv' && fits(structure.header);

export const google: Importer = {
  source: 'google', formats: [activity, activityPage, subscriptions, playlist, installs, library, purchases, memberships, chrome],
  leaves: [
    {
      recognises: (structure) => isCsv(structure, (header) => (header.length === 2 && /\bid\b/.test(header[0] ?? '') && /v[ií]d[eé]o|動画|影片|视频|동영상/.test(header[0] ?? '')) || header.includes('playlist id')),
      why: msg('a playlist of today holds the numbers of its videos, not their titles.'),
    },
    { recognises: (structure) => isCsv(structure, (header) => header.includes('comment id')), why: msg('what you wrote to others is not imported.') },
    {
      recognises: (structure) => (structure.shape === 'json-tree' && ['locations', 'timelineObjects', 'semanticSegments', 'timelineEdits'].some((key) => structure.keys.has(key)))
        || (hasKeys(structure, 'startTime', 'endTime') && ['visit', 'activity', 'timelinePath'].some((key) => hasKeys(structure, key))),
      why: msg('the places you were at are never imported.'),
    },
  ],
};

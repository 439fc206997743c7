/** Amazon: retail orders as exported until 2025, in 2026, and by the order history reports that ended in 2023; digital orders, the cart, searches, Prime Video, Audible; and who advertises. */
import { msg } from '../../../../shared/language/message.ts';
import { UNDATED_MS } from '../../../../shared/domain/records.ts';
import { parseIso, parseNumericDate, plausible, surveyDateOrder } from '../dates.ts';
import { hasColumns, type Columns, type CsvFormat, type Importer, type ReadOptions } from '../format.ts';
import { parseMinorUnits } from '../money.ts';
import { tidy, variantOf, type IssueCode, type ParsedRecord } from '../record.ts';
import { isPersonalSearch } from '../search-words.ts';

const ABSENT = /^(?:not available|not applicable|n\/a)$/i;
const CANCELLED = /cancel|storn|annul|annull|geannuleerd|キャンセル/i;

/** Columns by their name in one format; null where it has none. */
interface Names { readonly title: string; readonly unitPrice: string; readonly unitTax: string | null; readonly total: string; readonly quantity: string; readonly category: string | null }

/** How many lines of one order are remembered to tell equal ones apart; lines of one order stand together. */
const LINES_REMEMBERED = 100_000;

function createReader(columns: Columns, options: ReadOptions, names: Names, parseDate: (text: string) => number | null): (cells: readonly string[]) => ParsedRecord | IssueCode {
  const at = (name: string | null): number => (name === null ? -1 : (columns.get(name) ?? -1));
  const orderAt = at('order id'), dateAt = at('order date'), titleAt = at(names.title), statusAt = at('order status'), currencyAt = at('currency');
  const unitAt = at(names.unitPrice), taxAt = at(names.unitTax), totalAt = at(names.total), quantityAt = at(names.quantity), categoryAt = at(names.category);
  const giftAt = ['gift message', 'gift sender name', 'gift recipient contact', 'gift recipient contact details'].map(at).filter((column) => column >= 0);
  const lines = new Map<number, number>();
  // Shared by all parts: each refund pays one line back.
  const refunds = options.survey?.beside ?? new Map<string, number>();

  return (cells) => {
    const cell = (column: number): string | null => {
      const value = tidy(cells[column]);
      return value === null || ABSENT.test(value) ? null : value;
    };
    // "We cannot show orders before 2002": one sentence in one cell.
    if (cells.filter((value) => value.trim() !== '').length <= 1) return 'SKIPPED_NOT_AVAILABLE';
    if (CANCELLED.test(cell(statusAt) ?? '')) return 'SKIPPED_CANCELLED';
    const title = cell(titleAt);
    if (title === null) return tidy(cells[titleAt]) === null ? 'TITLE_MISSING' : 'SKIPPED_NOT_AVAILABLE';
    const quantityText = cell(quantityAt);
    const quantity = quantityText === null ? 1 : Number(quantityText);
    if (quantity === 0) return 'SKIPPED_CANCELLED';
    // Orders sent in parts hold several times: the first is when it was ordered.
    const orderedMs = parseDate((cell(dateAt) ?? '').split(' and ')[0] ?? '');
    const atMs = orderedMs === null ? null : plausible(orderedMs, options.nowMs);
    if (atMs === null) return 'DATE_INVALID';
    const pieces = Number.isSafeInteger(quantity) && quantity > 0 && quantity < 100_000 ? quantity : 1;

    const currencyText = cell(currencyAt);
    const currency = currencyText !== null && /^[A-Z]{3}$/.test(currencyText) ? currencyText : null;
    // What one piece cost, not the order's total, which is repeated on each of its lines.
    const unit = parseMinorUnits(cell(unitAt), currency), tax = parseMinorUnits(cell(taxAt), currency);
    const amountMinor = unit === null ? parseMinorUnits(cell(totalAt), currency) : (unit + (tax ?? 0)) * pieces;
    if (amountMinor === null && currency !== null) options.remark('AMOUNT_INVALID');

    const refund = refundKey(cell(orderAt), currency, amountMinor), paidBack = refund === null ? 0 : (refunds.get(refund) ?? 0);
    if (refund !== null && paidBack > 0) refunds.set(refund, paidBack - 1);
    const line = variantOf(`order|${cell(orderAt) ?? ''}|${title}`);
    const nth = lines.get(line) ?? 0;
    if (lines.size >= LINES_REMEMBERED) lines.clear();
    lines.set(line, nth + 1);
    return {
      // Of what stands there about a present only that it was one is kept.
      kind: 'product', act: paidBack > 0 ? 'returned' : giftAt.some((column) => cell(column) !== null) ? 'given' : 'used', title, creator: null, collection: null, category: cell(categoryAt), atMs, durationMs: null, quantity: pieces,
      amountMinor: currency === null ? null : amountMinor, currency: amountMinor === null ? null : currency, variant: nth === 0 ? line : variantOf(`${line}|${nth}`),
    };
  };
}

/** One payment for one order: only what was paid back to the last cent is taken for sent back; the rest is allowances and vouchers. */
const refundKey = (order: string | null, currency: string | null, amountMinor: number | null): string | null => (order === null || currency === null || amountMinor === null || amountMinor <= 0 ? null : `${order}|${currency}|${amountMinor}`);

/** Refunds name the number of the order, not the thing. */
const refunded: NonNullable<CsvFormat['beside']> = {
  recognises: (structure) => hasColumns(structure, 'order id', 'refund amount', 'currency'),
  reader(columns) {
    const read = cellsOf(columns, 'order id', 'currency', 'refund amount', 'reversal status');
    return (cells) => {
      const [order = null, currencyText = null, amount = null, status = null] = read(cells);
      const currency = currencyText !== null && /^[A-Z]{3}$/.test(currencyText) ? currencyText : null;
      return /fail|cancel|declin|reject/i.test(status ?? '') ? null : refundKey(order, currency, parseMinorUnits(amount, currency));
    };
  },
};

const KEEPS = ['Product Name', 'Order Date', 'Quantity', 'Unit Price', 'Currency', msg('whether it was a gift, or paid back')];
const DROPS = ['Order ID', 'ASIN', 'Billing Address', 'Shipping Address', 'Carrier Name & Tracking Number', 'Gift Message', 'Gift Sender Name', 'Gift Recipient Contact', 'Purchase Order Number', 'Item Serial Number', 'Website', 'Shipping Option', 'Ship Date'];

/** ISO since about 2020, "03/04/2021 10:11:12 UTC" before. */
const retailDate = (text: string): number | null => parseIso(text) ?? parseNumericDate(text, 'mdy');

const retail: CsvFormat = {
  id: 'amazon/retail-order-history', source: 'amazon', shape: 'csv', grainMs: 1, keeps: KEEPS, drops: [...DROPS, 'Payment Instrument Type'],
  recognises: (structure) => hasColumns(structure, 'order id', 'order date', 'product name', 'total owed', 'quantity'),
  beside: refunded,
  reader: (columns, options) => createReader(columns, options, { title: 'product name', unitPrice: 'unit price', unitTax: 'unit price tax', total: 'total owed', quantity: 'quantity', category: null }, retailDate),
};

const orders2026: CsvFormat = {
  id: 'amazon/orders-2026', source: 'amazon', shape: 'csv', grainMs: 1, keeps: [...KEEPS, 'Department'], drops: [...DROPS, 'Payment Method Type'],
  recognises: (structure) => hasColumns(structure, 'order id', 'order date', 'product name', 'total amount', 'original quantity'),
  beside: refunded,
  reader: (columns, options) => createReader(columns, options, { title: 'product name', unitPrice: 'unit price', unitTax: 'unit price tax', total: 'total amount', quantity: 'original quantity', category: 'department' }, retailDate),
};

const report: CsvFormat = {
  id: 'amazon/order-history-report', source: 'amazon', shape: 'csv', grainMs: 86_400_000,
  keeps: ['Title', 'Category', 'Order Date', 'Quantity', 'Purchase Price Per Unit', 'Currency'],
  drops: ['Order ID', 'ASIN/ISBN', 'Payment Instrument Type', 'Ordering Customer Email', 'Buyer Name', 'Shipping Address', 'Carrier Name & Tracking Number', 'Seller', 'Group Name'],
  recognises: (structure) => hasColumns(structure, 'order date', 'order id', 'title', 'category', 'asin/isbn'),
  surveyFor: 'always',
  survey: (columns, rows) => surveyDateOrder(columns, 'order date', rows),
  reader: (columns, options) => createReader(
    columns, options, { title: 'title', unitPrice: 'purchase price per unit', unitTax: null, total: 'item total', quantity: 'quantity', category: 'category' },
    (text) => parseNumericDate(text, options.survey?.dateOrder ?? 'mdy'),
  ),
};

/** Files of one column, whose heading says what is in them. */
const audiences = (id: string, heading: string, kind: 'advertiser' | 'topic', category: string | null): CsvFormat => ({
  id, source: 'amazon', shape: 'csv', grainMs: 1, keeps: [heading], drops: [],
  recognises: (structure) => structure.shape === 'csv' && structure.header.length === 1 && structure.header[0] === heading.toLowerCase(),
  reader: () => (cells) => {
    const title = tidy(cells[0]);
    if (title === null) return 'TITLE_MISSING';
    return ABSENT.test(title) ? 'SKIPPED_NOT_AVAILABLE' : { kind, act: 'claimed', title, creator: null, collection: null, category, atMs: UNDATED_MS, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 };
  },
});
const advertisers = audiences('amazon/advertisers', 'Advertisers who brought audiences in which you are included', 'advertiser', null);
const ownAudiences = audiences('amazon/audiences', 'Amazon Audiences in which you are included', 'topic', 'Amazon itself');
const thirdAudiences = audiences('amazon/third-party-audiences', 'Audiences in which you are included via 3rd Parties', 'topic', 'other companies');

type Cells = (cells: readonly string[]) => (string | null)[];

/** Cells by column name; null where there is none, nothing in it, or "Not Available". */
const cellsOf = (columns: Columns, ...names: readonly string[]): Cells => {
  const at = names.map((name) => columns.get(name) ?? -1);
  return (cells) => at.map((column) => {
    const value = tidy(cells[column]);
    return value === null || ABSENT.test(value) ? null : value;
  });
};

const NOTHING = { creator: null, collection: null, category: null, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 } as const;

const isYes = (cell: string | null): boolean => /^(?:yes|y|true|1)$/i.test(cell ?? '');

/** A time in any form Amazon writes: ISO, "2019-10-09 12:30:14.0", "3/1/2021 19:00:00". @returns null when it cannot be read or cannot have been */
const timeOf = (text: string | null, nowMs: number): number | null => {
  const ms = text === null ? null : (parseIso(text) ?? parseNumericDate(text, 'mdy'));
  return ms === null ? null : plausible(ms, nowMs);
};

/** Each thing has a row for its price, one for the tax and more for vouchers; which of them were paid in the end only their sum says, so that no price is kept. */
const digitalOrders: CsvFormat = {
  id: 'amazon/digital-orders', source: 'amazon', shape: 'csv', grainMs: 1,
  keeps: ['Product Name', 'Order Date', 'Seller of Record (for audiobooks)'], drops: ['Order ID', 'Digital Order Item ID', 'ASIN', 'Billing Address', 'Customer Declared Address', 'Payment Information', 'Gift Email', 'Gift Customer Nickname', 'Gift Message', 'Fulfillment Mobile Number', 'Claim Code', 'Transaction Amount', 'Price', 'Component Type', 'Marketplace'],
  recognises: (structure) => hasColumns(structure, 'order id', 'digital order item id', 'product name', 'order date'),
  reader(columns, options) {
    const read = cellsOf(columns, 'digital order item id', 'order id', 'product name', 'order date', 'order status', 'component type', 'subscription order type', 'gift item', 'seller of record');
    let seen = new Set<number>();
    return (cells) => {
      const [item = null, order = null, title = null, date = null, status = null, component = null, subscription = null, gift = null, seller = null] = read(cells);
      if (CANCELLED.test(status ?? '') || /fail|refus|declin|reject/i.test(status ?? '')) return 'SKIPPED_CANCELLED';
      // Renewals of a membership, and presents for others.
      if (/^tax/i.test(component ?? '') || subscription !== null || isYes(gift)) return 'SKIPPED_OTHER';
      if (title === null) return 'TITLE_MISSING';
      const atMs = timeOf(date, options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      const thing = variantOf(`digital|${order ?? ''}|${item ?? ''}|${title}`);
      if (seen.has(thing)) return 'SKIPPED_OTHER';
      if (seen.size >= LINES_REMEMBERED) seen = new Set();
      seen.add(thing);
      return { ...NOTHING, kind: seller !== null && /^audible\b/i.test(seller) ? 'audiobook' : 'product', act: 'used', title, atMs, quantity: 1, variant: thing };
    };
  },
};

const cart: CsvFormat = {
  id: 'amazon/cart', source: 'amazon', shape: 'csv', grainMs: 1,
  keeps: ['Product Name', 'Date Added to Cart'], drops: ['ASIN', 'Cart Domain', 'Cart List', 'Cart Source', 'Order Quantity', 'Gift Wrapped', 'Prime Subscription'],
  recognises: (structure) => hasColumns(structure, 'date added to cart', 'product name'),
  reader(columns, options) {
    const read = cellsOf(columns, 'product name', 'date added to cart');
    return (cells) => {
      const [title = null, date = null] = read(cells);
      if (title === null) return 'TITLE_MISSING';
      const atMs = timeOf(date, options.nowMs);
      return atMs === null ? 'DATE_INVALID' : { ...NOTHING, kind: 'product', act: 'wanted', title, atMs };
    };
  },
};

const searches: CsvFormat = {
  id: 'amazon/searches', source: 'amazon', shape: 'csv', grainMs: 1,
  keeps: ['Keywords', 'First Search Time (GMT)'], drops: ['Customer IP', 'Session ID', 'Query ID', 'Last Known Customer ID', 'Device Model', 'Device Type ID', 'Application / Browser Name', 'User Agent Info Family', 'Department', 'First Added Item', 'First Purchased Item', 'Maximum Purchase Price'],
  recognises: (structure) => hasColumns(structure, 'keywords', 'first search time (gmt)'),
  reader(columns, options) {
    const read = cellsOf(columns, 'keywords', 'first search query string', 'first search time (gmt)');
    return (cells) => {
      const [keywords = null, query = null, date = null] = read(cells);
      const title = keywords ?? query;
      // Departments that were looked through without a word.
      if (title === null) return 'SKIPPED_OTHER';
      if (isPersonalSearch(title)) return 'SKIPPED_PERSONAL';
      const atMs = timeOf(date, options.nowMs);
      return atMs === null ? 'DATE_INVALID' : { ...NOTHING, kind: 'search', act: 'used', title, atMs };
    };
  },
};

/** Less is a title that was opened and left. */
const SHORTEST_MS = 120_000;
/** No sitting is longer. */
const LONGEST_MS = 7 * 86_400_000;

/** @returns null for what is no duration */
const durationOf = (text: string | null, unitMs: number): number | null => {
  const ms = text === null ? Number.NaN : Math.round(Number(text) * unitMs);
  return ms >= 0 && ms <= LONGEST_MS ? ms : null;
};

/** Titles come in quotation marks of their own. */
const unquoted = (title: string | null): string | null => tidy(title?.replace(/^"+|"+$/g, ''));

const primeVideo: CsvFormat = {
  id: 'amazon/prime-video', source: 'amazon', shape: 'csv', grainMs: 1,
  keeps: ['Title', 'Playback Start Datetime (UTC)', 'Seconds Viewed'], drops: ['Profile Type', 'Device Model', 'Device Manufacturer Name', 'Country Code', 'City', 'ISP Name', 'Operating System', 'Browser', 'Playback End Datetime (UTC)', 'Is Autoplay', 'Material Type Description', 'Content Quality Delivered'],
  recognises: (structure) => hasColumns(structure, 'title', 'playback start datetime (utc)', 'seconds viewed'),
  reader(columns, options) {
    const read = cellsOf(columns, 'title', 'playback start datetime (utc)', 'seconds viewed', 'material type description', 'is deleted');
    return (cells) => {
      const [quoted = null, start = null, seconds = null, material = null, deleted = null] = read(cells);
      if (/trailer|promo|teaser|clip|bonus/i.test(material ?? '')) return 'SKIPPED_TRAILER';
      // The person took it out of their history.
      if (isYes(deleted)) return 'SKIPPED_OTHER';
      const title = unquoted(quoted);
      if (title === null || ABSENT.test(title)) return 'SKIPPED_NOT_AVAILABLE';
      const atMs = timeOf(start, options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      const durationMs = durationOf(seconds, 1_000);
      if (durationMs === null) return 'DURATION_INVALID';
      return durationMs < SHORTEST_MS ? 'SKIPPED_SHORT' : { ...NOTHING, kind: 'video', act: 'used', title, atMs, durationMs, variant: durationMs };
    };
  },
};

/** Until 2022: the hour, and no duration. */
const primeVideoHours: CsvFormat = {
  id: 'amazon/prime-video-hours', source: 'amazon', shape: 'csv', grainMs: 3_600_000,
  keeps: ['Title', 'Playback Hour'], drops: ['City', 'State', 'Country', 'ISP', 'Operating System', 'Browser', 'Device Type', 'Marketplace', 'Delivery Type', 'Audio Language', 'Entitlement Type', 'Video Type'],
  recognises: (structure) => hasColumns(structure, 'title', 'playback hour'),
  reader(columns, options) {
    const read = cellsOf(columns, 'title', 'playback hour', 'video type');
    return (cells) => {
      const [quoted = null, hour = null, type = null] = read(cells);
      if (/trailer|promo|teaser/i.test(type ?? '')) return 'SKIPPED_TRAILER';
      const title = unquoted(quoted);
      if (title === null || ABSENT.test(title)) return 'SKIPPED_NOT_AVAILABLE';
      const atMs = timeOf(hour, options.nowMs);
      return atMs === null ? 'DATE_INVALID' : { ...NOTHING, kind: 'video', act: 'used', title, atMs };
    };
  },
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** "2024-01-02", or "02-Jan-2022" until about 2022; noon of it. */
function audibleDay(text: string | null, nowMs: number): number | null {
  const [, day = '', month = '', year = ''] = /^(\d\d?)-([a-z]{3})-(\d{4})$/i.exec(text ?? '') ?? [];
  const ms = parseNumericDate(year === '' ? (text ?? '').slice(0, 10) : `${year}-${MONTHS.indexOf(month.toLowerCase()) + 1}-${day}`, 'mdy');
  return ms === null ? null : plausible(ms, nowMs);
}

const audibleListening: CsvFormat = {
  id: 'amazon/audible-listening', source: 'amazon', shape: 'csv', grainMs: 86_400_000,
  keeps: ['Product Name', 'Start Date', 'Event Duration Milliseconds'], drops: ['ASIN', 'End Date', 'Start Position Milliseconds', 'End Position Milliseconds', 'Narration Speed', 'Bookmark', 'Delivery Type', 'Listening Mode', 'Store', 'App Version', 'Local Timezone', 'Device Type'],
  recognises: (structure) => hasColumns(structure, 'start date', 'event duration milliseconds', 'product name'),
  reader(columns, options) {
    const read = cellsOf(columns, 'product name', 'start date', 'event duration milliseconds', 'audio type', 'start position milliseconds', 'end position milliseconds');
    return (cells) => {
      const [title = null, date = null, duration = null, audio = null, ...positions] = read(cells);
      if (/preview|sample/i.test(audio ?? '')) return 'SKIPPED_TRAILER';
      if (title === null) return 'TITLE_MISSING';
      const atMs = audibleDay(date, options.nowMs);
      if (atMs === null) return 'DATE_INVALID';
      const durationMs = durationOf(duration, 1);
      if (durationMs === null) return 'DURATION_INVALID';
      // One book has many sittings in a day; where in it tells them apart.
      return durationMs < SHORTEST_MS ? 'SKIPPED_SHORT' : { ...NOTHING, kind: 'audiobook', act: 'used', title, atMs, durationMs, variant: variantOf(`audible|${durationMs}|${positions.join('|')}`) };
    };
  },
};

const audibleLibrary: CsvFormat = {
  id: 'amazon/audible-library', source: 'amazon', shape: 'csv', grainMs: 86_400_000,
  keeps: ['title', 'authors', 'purchase_date'], drops: ['ASIN', 'product_name', 'subtitle', 'audiobook_narrator', 'is_finished', 'marketplace', 'last_updated', 'ownership'],
  recognises: (structure) => hasColumns(structure, 'asin', 'title', 'authors', 'purchase_date'),
  reader(columns, options) {
    const read = cellsOf(columns, 'title', 'authors', 'purchase_date');
    return (cells) => {
      const [title = null, creator = null, date = null] = read(cells);
      if (title === null) return 'TITLE_MISSING';
      const atMs = date === null ? UNDATED_MS : audibleDay(date, options.nowMs);
      return atMs === null ? 'DATE_INVALID' : { ...NOTHING, kind: 'audiobook', act: 'saved', title, creator, atMs };
    };
  },
};

export const amazon: Importer = {
  source: 'amazon',
  formats: [retail, orders2026, report, digitalOrders, cart, searches, primeVideo, primeVideoHours, audibleListening, audibleLibrary, advertisers, ownAudiences, thirdAudiences],
  leaves: [
    {
      recognises: (structure) => hasColumns(structure, 'order id', 'refund amount') || hasColumns(structure, 'order id', 'return date') || hasColumns(structure, 'order id', 'return creation date'),
      why: msg('what was sent back or refunded stands there by the number of the order only, and numbers of orders are not kept. Choose the list of refunds together with the orders, in one zip or folder: then what was paid back in full counts for nothing.'),
    },
    // A list, its owner and each thing on it are entries of their own, whose only key says which: "Birthday [List]", "Birthday [Item 1]".
    { recognises: (structure) => structure.shape === 'json-array' && structure.keys.size > 0 && [...structure.keys].every((key) => /\[(?:list|user|item \d+)\]$/i.test(key)), why: msg('a wish list holds the numbers of its things, not their names.') },
  ],
};

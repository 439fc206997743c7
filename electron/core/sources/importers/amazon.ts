/** Amazon: retail orders as exported until 2025, in 2026, and by the order history reports that ended in 2023. */
import { UNDATED_MS } from '../../../../shared/domain/records.ts';
import { parseIso, parseNumericDate, plausible, surveyDateOrder } from '../dates.ts';
import { hasColumns, type Columns, type CsvFormat, type Importer, type ReadOptions } from '../format.ts';
import { parseMinorUnits } from '../money.ts';
import { tidy, variantOf, type IssueCode, type ParsedRecord } from '../record.ts';

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
  const lines = new Map<number, number>();

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

    const line = variantOf(`order|${cell(orderAt) ?? ''}|${title}`);
    const nth = lines.get(line) ?? 0;
    if (lines.size >= LINES_REMEMBERED) lines.clear();
    lines.set(line, nth + 1);
    return {
      kind: 'product', act: 'used', title, creator: null, collection: null, category: cell(categoryAt), atMs, durationMs: null, quantity: pieces,
      amountMinor: currency === null ? null : amountMinor, currency: amountMinor === null ? null : currency, variant: nth === 0 ? line : variantOf(`${line}|${nth}`),
    };
  };
}

const KEEPS = ['Product Name', 'Order Date', 'Quantity', 'Unit Price', 'Currency'];
const DROPS = ['Order ID', 'ASIN', 'Billing Address', 'Shipping Address', 'Carrier Name & Tracking Number', 'Gift Message', 'Gift Sender Name', 'Gift Recipient Contact', 'Purchase Order Number', 'Item Serial Number', 'Website', 'Shipping Option', 'Ship Date'];

/** ISO since about 2020, "03/04/2021 10:11:12 UTC" before. */
const retailDate = (text: string): number | null => parseIso(text) ?? parseNumericDate(text, 'mdy');

const retail: CsvFormat = {
  id: 'amazon/retail-order-history', source: 'amazon', shape: 'csv', grainMs: 1, keeps: KEEPS, drops: [...DROPS, 'Payment Instrument Type'],
  recognises: (structure) => hasColumns(structure, 'order id', 'order date', 'product name', 'total owed', 'quantity'),
  reader: (columns, options) => createReader(columns, options, { title: 'product name', unitPrice: 'unit price', unitTax: 'unit price tax', total: 'total owed', quantity: 'quantity', category: null }, retailDate),
};

const orders2026: CsvFormat = {
  id: 'amazon/orders-2026', source: 'amazon', shape: 'csv', grainMs: 1, keeps: KEEPS, drops: [...DROPS, 'Payment Method Type'],
  recognises: (structure) => hasColumns(structure, 'order id', 'order date', 'product name', 'total amount', 'original quantity'),
  reader: (columns, options) => createReader(columns, options, { title: 'product name', unitPrice: 'unit price', unitTax: 'unit price tax', total: 'total amount', quantity: 'original quantity', category: null }, retailDate),
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

export const amazon: Importer = { source: 'amazon', formats: [retail, orders2026, report, advertisers, ownAudiences, thirdAudiences] };

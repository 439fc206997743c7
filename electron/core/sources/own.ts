/** Formats that persons make themselves: a mapping says what the columns of their CSV, or the members of the objects in their JSON list, mean. */
import { createHash } from 'node:crypto';
import type { Mapping, SavedMapping } from '../../../shared/api/mapping.ts';
import { LONGEST_COLUMN, MOST_COLUMNS, type MappedField } from '../../../shared/domain/mapping.ts';
import { UNDATED_MS } from '../../../shared/domain/records.ts';
import { cleanText } from '../platform/text/clean-text.ts';
import { parseIso, parseNumericDate, plausible, utcMs } from './dates.ts';
import type { CsvFormat, DateOrder, Format, JsonFormat, ReadOptions, Structure } from './format.ts';
import { siteOf } from './site.ts';
import { formatById } from './importers/index.ts';
import { parseMinorUnits } from './money.ts';
import { actOfRating, tidy, type IssueCode, type ParsedRecord } from './record.ts';
import { isPersonalSearch } from './search-words.ts';
import { parseWrittenDate } from './written-dates.ts';

/** What makes a format; a mapping that is still being tried has no id and knows no names yet. */
export type OwnFormat = Pick<SavedMapping, 'id' | 'shape' | 'mapping'> & { readonly names: readonly string[] | null };

const PREFIX = 'own/';
export const ownFormatId = (mappingId: string): string => `${PREFIX}${mappingId}`;
/** Null for a format that is no person's own. */
export const mappingIdOf = (formatId: string): string | null => (formatId.startsWith(PREFIX) ? formatId.slice(PREFIX.length) : null);
/** Days and moments may both occur in one list; nothing of it is told a second time by another export of the same account. */
export const OWN_GRAIN_MS = 1;

/** The format a task reads by. Null when it is not known any more. */
export const formatOf = ({ format, own }: { readonly format: string; readonly own: SavedMapping | null }): Format | null => (own ? formatOfMapping(own) : formatById(format));

/** Names of the columns, each once and none empty: a second "name" is "name (2)". Without a header they are numbered. */
export function columnNames(header: readonly string[], headerless: boolean): string[] {
  const taken = new Set<string>();
  return header.map((cell, at) => {
    const plain = (headerless ? '' : cleanText(cell, LONGEST_COLUMN - 10)) || `column ${at + 1}`;
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain} (${n})`;
    taken.add(name);
    return name;
  });
}

/** By which a file of this look is known again. Of a first row that is an entry already nothing is written down but a hash. */
export function signatureOf(structure: Structure, headerless: boolean): string[] {
  if (structure.shape === 'csv' && headerless) return [createHash('sha256').update(JSON.stringify(structure.header)).digest('base64url')];
  const names = structure.shape === 'csv' ? columnNames(structure.header, false) : structure.shape === 'json-array' ? [...structure.keys].map((key) => cleanText(key, LONGEST_COLUMN)).filter((key) => key !== '') : [];
  return [...new Set(names.slice(0, MOST_COLUMNS))].sort();
}

/** Whether a file has the names a mapping was made for: all of a table's; of a list's two thirds, for members that hold nothing are often left out. */
export function isOfMapping({ shape, names, mapping }: Pick<SavedMapping, 'shape' | 'names' | 'mapping'>, structure: Structure): boolean {
  if (structure.shape !== shape) return false;
  const found = signatureOf(structure, mapping.headerless), known = new Set(names);
  const shared = found.filter((name) => known.has(name)).length;
  if (shape === 'csv') return shared === known.size && found.length === known.size;
  const title = mapping.columns.find(({ field }) => field === 'title')?.name.split('.')[0] ?? '';
  return found.includes(title) && shared * 3 >= new Set([...found, ...known]).size * 2;
}

/** The first mapping that fits, newest first as they come. */
export const recogniseOwn = (structure: Structure, mappings: readonly SavedMapping[]): SavedMapping | null => mappings.find((saved) => isOfMapping(saved, structure)) ?? null;

export function formatOfMapping({ id, shape, names, mapping }: OwnFormat): CsvFormat | JsonFormat {
  const keeps = mapping.columns.map(({ name }) => name);
  const base = {
    id: ownFormatId(id), source: 'own' as const, grainMs: OWN_GRAIN_MS, keeps,
    drops: mapping.headerless ? [] : (names ?? []).filter((name) => !keeps.some((kept) => kept === name || kept.startsWith(`${name}.`))),
    recognises: (structure: Structure) => structure.shape === shape && (names === null || isOfMapping({ shape, names: [...names], mapping }, structure)),
  };
  const nameOf = (field: MappedField): string | null => mapping.columns.find((column) => column.field === field)?.name ?? null;
  if (shape === 'json-array') {
    return { ...base, shape, reader: (options) => {
      const read = createRowReader(mapping, options);
      const keys = Object.fromEntries(mapping.columns.map(({ field, name }) => [field, name])) as Partial<Record<MappedField, string>>;
      return (element) => read((field) => { const key = keys[field]; return key === undefined ? null : memberText(element, key); });
    } };
  }
  return { ...base, shape, headerless: mapping.headerless, namesOf: (header) => columnNames(header, mapping.headerless), reader: (columns, options) => {
    const read = createRowReader(mapping, options);
    const at = Object.fromEntries(mapping.columns.map(({ field }) => [field, columns.get(nameOf(field) ?? '') ?? -1])) as Partial<Record<MappedField, number>>;
    return (cells) => read((field) => cells[at[field] ?? -1] ?? null);
  } };
}

/** As much of a list in one member as is read. */
const LIST_ENTRIES = 20;

/** What a member holds as text: a text, a number, a truth, or a list of them. `name`: as it stands there, or "outer.inner". */
export function memberText(element: Readonly<Record<string, unknown>>, name: string): string | null {
  const found = memberOf(element, name);
  const values: readonly unknown[] = Array.isArray(found) ? found.slice(0, LIST_ENTRIES) : [found];
  const texts = values.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean').map(String);
  return texts.length === 0 ? null : texts.join(', ');
}

function memberOf(element: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(element, name)) return element[name];
  // A dot may be part of either name.
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const outer = Object.hasOwn(element, name.slice(0, dot)) ? element[name.slice(0, dot)] : null;
    if (outer !== null && typeof outer === 'object' && !Array.isArray(outer) && Object.hasOwn(outer, name.slice(dot + 1))) return (outer as Readonly<Record<string, unknown>>)[name.slice(dot + 1)];
  }
  return null;
}

/** No title is one of these: they say who or where somebody is. */
const ADDRESS = /^(?:https?:\/\/|www\.|mailto:)\S+$|^\S+@\S+\.\S+$/iu;
const MOST_QUANTITY = 1_000_000;

function createRowReader(mapping: Mapping, options: ReadOptions): (cell: (field: MappedField) => string | null) => ParsedRecord | IssueCode {
  const { kind } = mapping;
  const mapped = new Set(mapping.columns.map(({ field }) => field));
  return (cell) => {
    const written = tidy(cell('title'));
    if (written === null) return 'TITLE_MISSING';
    const title = kind === 'site' ? siteOf(written.includes('://') ? written : `https://${written}`) : written;
    if (title === null) return 'SKIPPED_OTHER';
    if (kind === 'search' ? isPersonalSearch(title) : kind !== 'site' && ADDRESS.test(title)) return 'SKIPPED_PERSONAL';
    const atMs = momentOf((cell('date') ?? '').trim(), mapping.dateOrder, options.nowMs);
    if (atMs === null) return 'DATE_INVALID';
    const durationMs = durationOf((cell('duration') ?? '').trim(), mapping.durationUnit);
    if (durationMs === 'invalid') return 'DURATION_INVALID';
    const amountText = tidy(cell('amount'));
    const currency = amountText === null ? null : currencyOf(cell('currency')) ?? currencyOf(amountText) ?? mapping.currency;
    const amountMinor = parseMinorUnits(amountText, currency);
    if (amountText !== null && /\d/.test(amountText) && amountMinor === null) options.remark('AMOUNT_INVALID');
    const creator = tidy(cell('creator'));
    const rated = mapped.has('rating') ? actOfRating(starsOf((cell('rating') ?? '').trim(), mapping.ratingTop)) : null;
    return {
      kind, title, creator: creator !== null && ADDRESS.test(creator) ? null : creator, collection: tidy(cell('collection')), category: tidy(cell('category')),
      // A middling mark says no more than that it was used, and so no more than what was said of all rows.
      act: rated === null || rated === 'used' ? mapping.act : rated,
      atMs, durationMs, quantity: quantityOf((cell('quantity') ?? '').trim()), amountMinor, currency: amountMinor === null ? null : currency, variant: 0,
    };
  };
}

const DAY_MS = 86_400_000;
/** A day by itself stands for its noon, so that it is the same day nearly everywhere. */
const DAY = /^\d{4}-\d\d-\d\d$/, COMPACT_DAY = /^(\d{4})(\d\d)(\d\d)$/, UNIX = /^\d{10}(?:\d{3})?$/;
const CLOCK = /^(.{6,40}?)[,T ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?: ?([ap])\.?m\.?)?$/i;

/** UNDATED_MS for nothing, null for what is no date that can have been. */
export function momentOf(text: string, order: DateOrder, nowMs: number): number | null {
  if (text === '') return UNDATED_MS;
  if (text.length > 90) return null;
  const ms = exactly(text, order) ?? withClock(text, order) ?? inWords(text);
  return ms === null ? null : plausible(ms, nowMs);
}

function exactly(text: string, order: DateOrder): number | null {
  const iso = parseIso(text);
  if (iso !== null) return DAY.test(text) ? iso + DAY_MS / 2 : iso;
  const compact = COMPACT_DAY.exec(text);
  if (compact) return utcMs(Number(compact[1]), Number(compact[2]), Number(compact[3]), 12);
  if (UNIX.test(text)) return text.length === 10 ? Number(text) * 1_000 : Number(text);
  return parseNumericDate(text, order);
}

function withClock(text: string, order: DateOrder): number | null {
  const match = CLOCK.exec(text);
  if (!match) return null;
  const [, day = '', hour = '', minute = '', second, half] = match;
  const hours = half === undefined ? Number(hour) : Number(hour) > 12 ? Number.NaN : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const noon = parseNumericDate(day, order);
  return noon === null || !(hours < 24) || Number(minute) > 59 || Number(second ?? 0) > 59 ? null : noon - DAY_MS / 2 + hours * 3_600_000 + Number(minute) * 60_000 + Number(second ?? 0) * 1_000;
}

/** "3. März 2024", "Mar 3, 2024 6:25 PM": what is written for reading has its seconds added, and its noon where it has no clock. */
function inWords(text: string): number | null {
  const full = /\d:\d\d/.test(text) ? text.replace(/(?<![\d:])(\d{1,2}:\d\d)(?![:\d])/, '$1:00') : `${text} 12:00:00`;
  return parseWrittenDate(full)?.atMs ?? null;
}

const UNIT_MS = { h: 3_600_000, min: 60_000, s: 1_000, ms: 1 } as const;
const LONGEST_MS = 365 * DAY_MS;
const WORDS = /^(?:(\d+(?:[.,]\d+)?) ?h(?:ours?|rs?|\.)?)?[ ,]*(?:(\d+(?:[.,]\d+)?) ?m(?:in(?:utes?|uten|\.)?)?)?[ ,]*(?:(\d+(?:[.,]\d+)?) ?s(?:ec(?:onds?)?|ek(?:unden)?|\.)?)?$/i;
const ISO_DURATION = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/i;
const numberOf = (text: string): number => (/^-?\d{1,15}(?:[.,]\d{1,9})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN);

/** "1:23:45", "3:45" (minutes and seconds), "PT1H2M", "1 h 20 min", or a bare number of the unit. Null for nothing and for words without a number. */
function durationOf(text: string, unit: Mapping['durationUnit']): number | null | 'invalid' {
  if (!/\d/.test(text)) return null;
  if (text.length > 40) return 'invalid';
  const bare = numberOf(text);
  let ms = bare * UNIT_MS[unit];
  const clock = /^(?:(\d{1,4}):)?(\d{1,3}):(\d\d)(?:[.,]\d+)?$/.exec(text);
  const parts = clock ?? ISO_DURATION.exec(text) ?? WORDS.exec(text);
  if (Number.isNaN(bare) && parts) {
    const [hours, minutes, seconds] = [parts[1], parts[2], parts[3]].map((part) => Number((part ?? '0').replace(',', '.')));
    ms = ((hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1_000;
  }
  return ms >= 0 && ms <= LONGEST_MS ? Math.round(ms) || null : 'invalid';
}

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', $: 'USD', '¥': 'JPY', '₹': 'INR', '₺': 'TRY', zł: 'PLN', 'Kč': 'CZK', Fr: 'CHF' };

/** A code or a sign somewhere in the text; `$` stands for the dollar most often meant. */
export function currencyOf(text: string | null): string | null {
  if (text === null || text.length > 60) return null;
  const code = /(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])/.exec(text)?.[1];
  if (code !== undefined) return code;
  const sign = Object.keys(SIGNS).find((one) => text.includes(one));
  return sign === undefined ? null : SIGNS[sign] ?? null;
}

function quantityOf(text: string): number | null {
  const number = Math.round(numberOf(text));
  return number > 0 && number <= MOST_QUANTITY ? number : null;
}

/** A mark as one to five stars; NaN for none. "★★★★☆", "4/5", "8 / 10", "4,5", "80%". */
function starsOf(text: string, top: number): number {
  if (text === '' || text.length > 30) return Number.NaN;
  const stars = text.match(/[★⭐]/gu)?.length ?? 0;
  if (stars > 0) return stars + (text.includes('½') ? 0.5 : 0);
  const [, given = '', of] = /^(\d+(?:[.,]\d+)?) ?(?:(?:\/|of|von|sur|de) ?(\d+)|%)?$/i.exec(text) ?? [];
  const most = text.endsWith('%') ? 100 : of === undefined ? top : Number(of);
  return (numberOf(given) / most) * 5;
}

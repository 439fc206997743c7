/** The form of what a person says about a file of their own, as it comes from the page, lies in the vault and stands in an export. */
import { z } from 'zod';
import { DURATION_UNITS, LONGEST_COLUMN, MAPPED_ACTS, MAPPED_FIELDS, MAPPED_KINDS, MOST_COLUMNS, RATING_TOPS } from '../domain/mapping.ts';

const columnName = z.string().min(1).max(LONGEST_COLUMN);

export const mapping = z.strictObject({
  /** What the person calls the source. */
  name: z.string().trim().min(1).max(80),
  kind: z.enum(MAPPED_KINDS), act: z.enum(MAPPED_ACTS),
  /** Names in lower case; in JSON "outer.inner" for what lies one level down. */
  columns: z.array(z.strictObject({ name: columnName, field: z.enum(MAPPED_FIELDS) })).min(1).max(MAPPED_FIELDS.length),
  /** How dates of digits only are read. */
  dateOrder: z.enum(['dmy', 'mdy']),
  /** What a duration that is a bare number counts. */
  durationUnit: z.enum(DURATION_UNITS),
  /** The best there is to give. */
  ratingTop: z.literal(RATING_TOPS),
  /** Of amounts that name none. ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/u).nullable(),
  /** The first row of the CSV is an entry already. */
  headerless: z.boolean(),
}).refine(({ columns }) => columns.some(({ field }) => field === 'title'), { message: 'one column must be the title' })
  .refine(({ columns }) => new Set(columns.map(({ field }) => field)).size === columns.length && new Set(columns.map(({ name }) => name)).size === columns.length, { message: 'a column means one thing, and each thing is one column' });
export type Mapping = z.output<typeof mapping>;

/** A mapping as it is kept. */
export const savedMapping = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/u), savedAtMs: z.number().int().min(0).max(8.64e15),
  shape: z.enum(['csv', 'json-array']),
  /** By which a file is known again: the names of its columns, or a hash over a first row that has none. */
  names: z.array(z.string().max(LONGEST_COLUMN)).min(1).max(MOST_COLUMNS),
  mapping,
});
export type SavedMapping = z.output<typeof savedMapping>;

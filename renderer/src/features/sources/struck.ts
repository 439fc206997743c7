/** What the person struck out of one file so far, and how it is said to the core. Pure. */
import type { Input, Output } from '../../../../shared/api/contract.ts';
import type { Act, ItemKind, OptionalField } from '../../../../shared/domain/records.ts';

export interface Sort { readonly kind: ItemKind; readonly act: Act }
export interface StruckRow { readonly title: string; readonly atMs: number }

export interface Struck {
  readonly sensitive: boolean;
  readonly kinds: readonly Sort[];
  readonly fields: readonly OptionalField[];
  /** As a date field gives it, "2024-03-01"; empty for no limit. */
  readonly from: string;
  readonly to: string;
  readonly titles: readonly string[];
  readonly creators: readonly string[];
  readonly rows: readonly StruckRow[];
  /** Single rows that stay, whatever else would leave them out. */
  readonly kept: readonly StruckRow[];
}

/** What touches closed parts of life is struck before the person does anything. */
export const NOTHING_STRUCK: Struck = { sensitive: true, kinds: [], fields: [], from: '', to: '', titles: [], creators: [], rows: [], kept: [] };

export const hasSort = (sorts: readonly Sort[], { kind, act }: Sort): boolean => sorts.some((sort) => sort.kind === kind && sort.act === act);
export const toggledSort = (sorts: readonly Sort[], { kind, act }: Sort): readonly Sort[] => (hasSort(sorts, { kind, act }) ? sorts.filter((sort) => sort.kind !== kind || sort.act !== act) : [...sorts, { kind, act }]);
export const toggled = <T>(list: readonly T[], item: T): readonly T[] => (list.includes(item) ? list.filter((other) => other !== item) : [...list, item]);
const hasRow = (rows: readonly StruckRow[], { title, atMs }: StruckRow): boolean => rows.some((row) => row.title === title && row.atMs === atMs);

const DAY_MS = 86_400_000;
/** Days are the person's own, midnight to midnight. */
const startOf = (day: string): number | undefined => { const ms = new Date(`${day}T00:00`).getTime(); return Number.isNaN(ms) ? undefined : ms; };

/** As it was left the last time something of this source came in. */
export const struckBefore = (policy: NonNullable<Output<'sources.preview'>['items'][number]['policy']>): Struck =>
  ({ ...NOTHING_STRUCK, sensitive: policy.sensitive === true, kinds: policy.kinds ?? [], fields: policy.fields ?? [] });

type LeaveOut = NonNullable<Input<'sources.import'>['choices'][number]['leaveOut']>;

export function leaveOutOf(struck: Struck): LeaveOut {
  const fromMs = startOf(struck.from), untilMs = startOf(struck.to);
  return {
    ...(struck.sensitive ? { sensitive: true } : {}),
    ...(struck.kinds.length > 0 ? { kinds: struck.kinds.map(({ kind, act }) => ({ kind, act })) } : {}), ...(struck.fields.length > 0 ? { fields: [...struck.fields] } : {}),
    ...(fromMs === undefined ? {} : { fromMs }), ...(untilMs === undefined ? {} : { toMs: untilMs + DAY_MS - 1 }),
    ...(struck.titles.length > 0 ? { titles: [...struck.titles] } : {}), ...(struck.creators.length > 0 ? { creators: [...struck.creators] } : {}), ...(struck.rows.length > 0 ? { rows: struck.rows.map(({ title, atMs }) => ({ title, atMs })) } : {}),
    ...(struck.kept.length > 0 ? { kept: struck.kept.map(({ title, atMs }) => ({ title, atMs })) } : {}),
  };
}

/** The first day lies after the last one: no row with a date would be kept. */
export const isReversed = ({ from, to }: Struck): boolean => from !== '' && to !== '' && from > to;

type Row = StruckRow & Sort & { readonly creator: string | null; readonly closed: string | null };

/** The row is kept if it was left out, whatever left it out, and the other way round. */
export function turned(struck: Struck, row: Row): Struck {
  const out = isStruck(struck, row);
  const without: Struck = { ...struck, rows: struck.rows.filter((one) => !hasRow([one], row)), kept: struck.kept.filter((one) => !hasRow([one], row)) };
  if (isStruck(without, row) !== out) return without;
  return out ? { ...without, kept: [...without.kept, { title: row.title, atMs: row.atMs }] } : { ...without, rows: [...without.rows, { title: row.title, atMs: row.atMs }] };
}

/** Whether a row would be left out as things stand. */
export function isStruck(struck: Struck, row: Row): boolean {
  if (hasRow(struck.kept, row)) return false;
  const fromMs = startOf(struck.from) ?? Number.NEGATIVE_INFINITY, untilMs = (startOf(struck.to) ?? Number.POSITIVE_INFINITY) + DAY_MS - 1;
  return hasSort(struck.kinds, row) || struck.titles.includes(row.title) || (row.creator !== null && struck.creators.includes(row.creator)) || hasRow(struck.rows, row)
    || (row.atMs !== 0 && (row.atMs < fromMs || row.atMs > untilMs)) || (struck.sensitive && row.closed !== null);
}

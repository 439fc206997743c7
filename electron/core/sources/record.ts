/** One event of an export in the product's own words. What it has no place for (addresses, payment, devices, persons) cannot be stored. */
import { createHash } from 'node:crypto';
import { cleanText } from '../platform/text/clean-text.ts';
import type { Act, ItemKind, SourceId } from '../records/records.ts';

export type { SourceId };

export interface ParsedRecord {
  readonly kind: ItemKind;
  readonly act: Act;
  readonly title: string;
  readonly creator: string | null;
  readonly collection: string | null;
  readonly category: string | null;
  /** Unix ms; UNDATED_MS where the export gives no time. For a day without a time: noon UTC of it. For a play: when it ended (Spotify) or began (Netflix). */
  readonly atMs: number;
  readonly durationMs: number | null;
  readonly quantity: number | null;
  readonly amountMinor: number | null;
  /** ISO 4217. */
  readonly currency: string | null;
  /** Tells apart two events of one item at one time; a safe integer. */
  readonly variant: number;
  /** It went on by itself for hours. */
  readonly background?: boolean;
}

/** Why a row is not stored. `SKIPPED_…`: understood and left out on purpose; the others: could not be understood. */
export type IssueCode =
  | 'ROW_COLUMNS' | 'ROW_QUOTES' | 'ROW_TOO_LARGE' | 'ROW_CUT' | 'ELEMENT_INVALID' | 'ELEMENT_SHAPE' | 'ELEMENT_TOO_LARGE' | 'ELEMENT_CUT' | 'FILE_CUT' | 'FILE_TRAILING'
  | 'DATE_INVALID' | 'DATE_ORDER_ASSUMED' | 'ZONE_UNKNOWN' | 'TITLE_MISSING' | 'DURATION_INVALID' | 'AMOUNT_INVALID'
  | 'SKIPPED_TRAILER' | 'SKIPPED_SHORT' | 'SKIPPED_INCOGNITO' | 'SKIPPED_CANCELLED' | 'SKIPPED_NOT_AVAILABLE' | 'SKIPPED_PROFILE'
  | 'SKIPPED_AD' | 'SKIPPED_OTHER' | 'SKIPPED_PERSONAL' | 'SKIPPED_UNFINISHED' | 'SKIPPED_NO_ARTIST' | 'SKIPPED_OTHER_KIND' | 'SKIPPED_STRUCK' | 'SKIPPED_SENSITIVE';

/** Said about the file or about a row that is stored all the same; every other code means one row less. */
export const REMARKS: ReadonlySet<IssueCode> = new Set<IssueCode>(['FILE_CUT', 'FILE_TRAILING', 'DATE_ORDER_ASSUMED', 'ZONE_UNKNOWN', 'AMOUNT_INVALID']);

export interface ImportIssue { readonly code: IssueCode; readonly position: string }

/** What a rating of up to five stars says; null for none, and for what is no such rating. */
export function actOfRating(stars: number): Act | null {
  if (!(stars > 0 && stars <= 5)) return null;
  return stars >= 4 ? 'liked' : stars <= 2 ? 'disliked' : 'used';
}

/** 52 bits of a SHA-256: enough to tell apart what happened to one item within one millisecond. */
export function variantOf(text: string): number {
  const digest = createHash('sha256').update(text).digest();
  return digest.readUIntBE(0, 6) * 16 + ((digest[6] ?? 0) >> 4);
}

const TEXT_LIMIT = 1_000;

/** Text as it is stored: well-formed, composed, one line, without format characters, at most `limit` characters; null when nothing is left. */
export function tidy(value: string | null | undefined, limit = TEXT_LIMIT): string | null {
  const text = cleanText(value ?? '', limit);
  return text === '' ? null : text;
}

/** Text of an own key of an object of an export; null for anything else. */
export function textIn(element: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = Object.hasOwn(element, key) ? element[key] : null;
  return typeof value === 'string' ? tidy(value) : null;
}

/** What a person says about a file no importer knows: what its rows are, what was done with them, and which column means what. Plain data. */
import { ITEM_KINDS } from './records.ts';

/** What a column can mean; every other column is left out. */
export const MAPPED_FIELDS = ['title', 'creator', 'collection', 'category', 'date', 'duration', 'amount', 'currency', 'quantity', 'rating'] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

/** What companies say about a person comes from companies. */
export const MAPPED_KINDS = ITEM_KINDS.filter((kind) => kind !== 'advertiser');
export const MAPPED_ACTS = ['used', 'liked', 'wanted', 'saved', 'followed'] as const;
export const DURATION_UNITS = ['h', 'min', 's', 'ms'] as const;
export const RATING_TOPS = [5, 10, 100] as const;
/** Columns of one file that are looked at; more has no list a person keeps. */
export const MOST_COLUMNS = 200;
export const LONGEST_COLUMN = 200;

/** Why a column is left out unless the person says otherwise. */
export const LEFT_OUT_BECAUSE = ['personal', 'identifier', 'long', 'empty', 'unknown'] as const;

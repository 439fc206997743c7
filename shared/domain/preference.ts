/** A preference: one thing the vault knows, where it came from and how sure it is. */
import type { Claim } from '../protocol/vocabulary.ts';
import type { Act, ItemKind, SourceId } from './records.ts';

export const ORIGINS = ['inferred', 'declared', 'corrected'] as const;
/** `inferred` by a rule; `declared` by the person; `corrected`: inferred first, then changed by the person. */
export type Origin = (typeof ORIGINS)[number];

export const MANNERS = ['said', 'pinned', 'weakened'] as const;
/** How the person's own word holds: it is what they `said`; what was concluded stays as it is (`pinned`); or it follows the records and counts less (`weakened`). */
export type Manner = (typeof MANNERS)[number];

export const NOT_ME_SCOPES = ['thing', 'creator', 'collection'] as const;
/** Records that say nothing about the person: of one thing, of everything by somebody, or of everything in a series or album, all of one source. */
export interface NotMe {
  readonly id: string;
  readonly scope: (typeof NOT_ME_SCOPES)[number];
  readonly source: SourceId;
  /** Of the thing it was said about. */
  readonly kind: ItemKind;
  /** Title, creator or collection, as the source writes it. */
  readonly name: string;
  /** Creator of the thing or collection; null where there is none. */
  readonly maker: string | null;
  readonly saidAtMs: number;
}

export interface Preference {
  readonly id: string;
  readonly claim: Claim;
  /**
   * Canonical value. `interest`, `avoid`, `genre`: a taxonomy node id ("food.cooking.baking").
   * `intent`: a department node id. `price_band`: "<department>:low|middle|high". `size`: "<department>:<size>".
   * `brand`: the brand's name. `age`: a 5-year band "30-34". `region`: ISO 3166-1 or -2 ("DE", "DE-BY"). `language`: BCP 47.
   */
  readonly value: string;
  /** Words for people, e.g. "Baking". */
  readonly label: string;
  /** Labels from the top of the taxonomy down to this value; one element where there is no hierarchy. */
  readonly path: readonly string[];
  /** IAB Content Taxonomy 3.1 id (interest, avoid, genre) or IAB Audience Taxonomy 1.1 id (intent); null where none fits. */
  readonly iab: string | null;
  /** 0..1, decays with recency; 1 for what the person declared. */
  readonly strength: number;
  /** 0..1: how often at least such a conclusion is right, with room for presents, others and passing moods; 1 for what the person said. */
  readonly confidence: number;
  readonly origin: Origin;
  /** How the person's own word holds; null for what was only concluded. */
  readonly manner: Manner | null;
  /** True in a closed branch: never leaves unless opened one by one. */
  readonly sensitive: boolean;
  /** Number of records behind it; 0 when declared. */
  readonly evidence: number;
  /** Horizon of a purchase intent in whole weeks; null for other claims. */
  readonly horizonWeeks: number | null;
  /** Unix ms of the newest record behind it, or of the person's own word; 0 when no record has a date. */
  readonly lastSeenMs: number;
}

/** One record shown as an example of evidence. */
export interface EvidenceExample {
  readonly itemId: number;
  readonly title: string;
  readonly creator: string | null;
  readonly collection: string | null;
  readonly act: Act;
  readonly source: SourceId;
  readonly importId: string;
  /** Times this title occurs in the records. */
  readonly count: number;
  readonly lastAtMs: number;
}

/** Why the vault believes one preference: rule by rule, with examples. */
export interface PreferenceWhy {
  readonly preference: Preference;
  /** Plain sentences: what was seen and what it was taken to mean. */
  readonly summary: readonly string[];
  /** Plain sentences: what would change it, reckoned from these records. */
  readonly changes: readonly string[];
  /** Things that point here but do not count, because the person said they are not about them. */
  readonly disowned: number;
  readonly rules: readonly {
    /** Stable name and version, e.g. "lexicon/interest@1". */
    readonly rule: string;
    readonly says: string;
    readonly records: number;
    readonly examples: readonly EvidenceExample[];
  }[];
  /** How many of the records fell into each month of UTC, "2026-11", in order; months without any are left out. */
  readonly months: readonly { readonly month: string; readonly count: number }[];
}

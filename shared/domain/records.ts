/** What records are of: where they come from, what kind of thing they name, and what the person did with it. */

/** `own`: lists and files of the person's own making, each with a mapping that says what is in it. */
export const SOURCES = ['netflix', 'spotify', 'amazon', 'google', 'goodreads', 'letterboxd', 'apple', 'instagram', 'facebook', 'tiktok', 'browser', 'own'] as const;
export type SourceId = (typeof SOURCES)[number];

/**
 * A track, a podcast episode, an audiobook, a film or episode, something to buy, a book, an app, words searched for, a site, a subject, an advertiser.
 */
export const ITEM_KINDS = ['music', 'podcast', 'audiobook', 'video', 'product', 'book', 'app', 'search', 'site', 'topic', 'advertiser'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/**
 * `used`: played, watched, read, bought, installed, visited, searched for. `liked` and `disliked`: said so, or rated it. `wanted`: put on a list for later.
 * `saved`: kept in a library or list. `followed`: subscribed to. `given`: bought as a present for somebody else. `returned`: bought, and paid back in full. `claimed`: nothing the person did, but what a company says it thinks of them.
 */
export const ACTS = ['used', 'liked', 'disliked', 'wanted', 'saved', 'followed', 'given', 'returned', 'claimed'] as const;
export type Act = (typeof ACTS)[number];

/** What of a record can be left empty without it losing its meaning. */
export const OPTIONAL_FIELDS = ['creator', 'collection', 'category', 'duration', 'quantity', 'amount'] as const;
export type OptionalField = (typeof OPTIONAL_FIELDS)[number];

/** Stands in for a time where an export gives none. No record has it otherwise: nothing is older than 1995. */
export const UNDATED_MS = 0;

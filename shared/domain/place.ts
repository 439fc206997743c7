/** Where somebody was in the page, as far as the vault keeps it: nothing typed, and nothing that names a thing, an interest or a part of life. That may lie in the closed part, and a place lies in the open one. */

/** What a screen may be narrowed to: choices from lists that are the same for everybody. */
export const PLACE_FILTERS = ['kind', 'origin', 'order', 'source', 'act', 'group'] as const;
/** Screens whose further parts are ids of companies, requests, lessons and the like. */
export const PLACES_WITH_PARTS = ['companies', 'requests', 'security', 'learn'] as const;

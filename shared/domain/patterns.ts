/** What records say besides interests. Worked out when asked for, and but for seasons never kept. */

/** When things of a kind happen; what comes round each year; what may be somebody else's; in which languages titles are; what may have been a present; sizes; what several things close in time hint at. */
export const PATTERN_KINDS = ['routine', 'season', 'someone-else', 'language', 'present', 'size', 'life-event'] as const;
export type PatternKind = (typeof PATTERN_KINDS)[number];

/** How a subject went of late: not there before, more than before, as before, less than before. */
export const DIRECTIONS = ['new', 'growing', 'steady', 'fading'] as const;
export type Direction = (typeof DIRECTIONS)[number];
/** Months of a trend, the one we are in last. */
export const TREND_MONTHS = 24;

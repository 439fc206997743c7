/** Which Penchant this is, and where it could be learnt that there is a newer one. */

/** A test keeps it equal to package.json. */
export const VERSION = '0.1.0';

/**
 * Address of a document about the newest release, as GitHub, Gitea and Forgejo answer for `releases/latest` (`tag_name`, `html_url`).
 * Null until Penchant is published somewhere; who passes it on sets their own, here or by PENCHANT_RELEASES.
 */
export const RELEASES: string | null = null;

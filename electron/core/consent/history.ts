/** Which list of the log a permission's entries also go into: what its company may one day have a receipt of. */
import type { GrantRecord } from './types.ts';

/**
 * One list for each issuer key. A company knows the person under another name in every epoch; a list across epochs would tie the names together.
 * Only what the company took part in goes in: that a request was received, denied or checked, or a permission quietly narrowed, is the person's own affair.
 */
export const historyOf = (grant: Pick<GrantRecord, 'keyId'>): string => `issuer/${grant.keyId}`;

/** What makes two rows the same thing. */
import { createHash } from 'node:crypto';
import type { NewItem } from './record-writer.ts';
import type { SourceId } from './records.ts';

/** Two rows are the same item when source, kind, title, creator and act are the same: album and identifiers differ between exports. 16 bytes. */
export function itemFingerprint(source: SourceId, { kind, act, title, creator }: Pick<NewItem, 'kind' | 'act' | 'title' | 'creator'>): Buffer {
  // Vaults of before there were acts hold items without.
  const what = [source, kind, title, creator, ...(act === 'used' ? [] : [act])];
  return createHash('sha256').update(JSON.stringify(what)).digest().subarray(0, 16);
}

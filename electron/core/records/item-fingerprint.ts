/** What makes two rows the same thing. */
import { createHash } from 'node:crypto';
import type { Act, ItemKind, SourceId } from './records.ts';

/** Two rows are the same item when source, kind, title, creator and act are the same: album and identifiers differ between exports. 16 bytes. */
export function itemFingerprint(source: SourceId, { kind, act, title, creator }: { readonly kind: ItemKind; readonly act: Act; readonly title: string; readonly creator: string | null }): Buffer {
  // Vaults of before there were acts hold items without.
  const what = [source, kind, title, creator, ...(act === 'used' ? [] : [act])];
  return createHash('sha256').update(JSON.stringify(what)).digest().subarray(0, 16);
}

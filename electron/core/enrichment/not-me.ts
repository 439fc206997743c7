/** "That was not me": which things the person said are not about them. Pure. */
import { createHash } from 'node:crypto';
import type { NotMe } from '../../../shared/domain/preference.ts';
import type { Item } from '../records/records.ts';

export type NotMeScope = NotMe['scope'];
type Named = Pick<Item, 'source' | 'kind' | 'title' | 'creator' | 'collection'>;

/** The same words always have the same id, so that saying them twice is saying them once. */
export const notMeId = ({ scope, source, kind, name, maker }: Omit<NotMe, 'id' | 'saidAtMs'>): string =>
  createHash('sha256').update(JSON.stringify(scope === 'thing' ? [scope, source, kind, name, maker] : [scope, source, name, maker])).digest('base64url').slice(0, 16);

/** What to say so that this thing no longer counts; null where the thing has no creator or belongs to nothing. */
export function notMeAbout(item: Named, scope: NotMeScope, saidAtMs: number): NotMe | null {
  const name = scope === 'thing' ? item.title : scope === 'creator' ? item.creator : item.collection;
  if (name === null) return null;
  const said = { scope, source: item.source, kind: item.kind, name, maker: scope === 'creator' ? null : item.creator };
  return { id: notMeId(said), ...said, saidAtMs };
}

export function covers(said: NotMe, item: Named): boolean {
  if (said.source !== item.source) return false;
  if (said.scope === 'creator') return item.creator === said.name;
  if (item.creator !== said.maker) return false;
  return said.scope === 'thing' ? item.kind === said.kind && item.title === said.name : item.collection === said.name;
}

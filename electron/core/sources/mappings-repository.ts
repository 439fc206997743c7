/** What a person said about files of their own, at rest. */
import type { SavedMapping } from '../../../shared/api/mapping.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import { ownFormatId } from './own.ts';

interface Row { readonly id: string; readonly name: string; readonly saved: string | null }

/** Newest first, without those that were forgotten. */
export const listMappings = (db: ReadableDb): SavedMapping[] =>
  db.query<{ saved: string }>("SELECT saved FROM mappings WHERE saved IS NOT NULL ORDER BY saved ->> '$.savedAtMs' DESC, mapping_id").all()
    // Written by this module and by the taking over, which checks it.
    .map(({ saved }) => JSON.parse(saved) as SavedMapping);

/** What the person calls it, by format, forgotten ones too. */
export const namesOfOwn = (db: ReadableDb): ReadonlyMap<string, string> =>
  new Map(db.query<Row>('SELECT mapping_id AS id, name, saved FROM mappings').all().map(({ id, name }) => [ownFormatId(id), name]));

export function saveMapping(db: WritableDb, saved: SavedMapping): void {
  db.command('INSERT INTO mappings (mapping_id, name, saved) VALUES (?, ?, ?) ON CONFLICT (mapping_id) DO UPDATE SET name = excluded.name, saved = excluded.saved').run(saved.id, saved.mapping.name, JSON.stringify(saved));
}

/** The name stays while imports are called by it. @returns false when there is none */
export function forgetMapping(db: WritableDb, id: string): boolean {
  const { changes } = db.command('UPDATE mappings SET saved = NULL WHERE mapping_id = ? AND saved IS NOT NULL').run(id);
  db.command('DELETE FROM mappings WHERE mapping_id = ? AND saved IS NULL AND NOT EXISTS (SELECT 1 FROM imports WHERE format = ?)').run(id, ownFormatId(id));
  return changes > 0;
}

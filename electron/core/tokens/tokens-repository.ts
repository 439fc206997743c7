/** Rows of pairwise issuer keys and status lists. */
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';

export interface KeyRow { readonly key_id: number; readonly recipient_id: string; readonly epoch: number; readonly private_key: Buffer; readonly jwk: string; readonly jkt: string }
export interface ListRow { readonly list_id: string; readonly key_id: number; readonly bits: Buffer; readonly taken: Buffer; readonly used: number }

export const findKey = (db: ReadableDb, recipientId: string, epoch: number): KeyRow | undefined =>
  db.query<KeyRow>('SELECT * FROM issuer_keys WHERE recipient_id = ? AND epoch = ?').get(recipientId, epoch);

export const getKey = (db: ReadableDb, keyId: number): KeyRow | undefined => db.query<KeyRow>('SELECT * FROM issuer_keys WHERE key_id = ?').get(keyId);

export function insertKey(db: WritableDb, key: Omit<KeyRow, 'key_id'>): number {
  return db.command('INSERT INTO issuer_keys (recipient_id, epoch, private_key, jwk, jkt) VALUES (?, ?, ?, ?, ?)').run(key.recipient_id, key.epoch, key.private_key, key.jwk, key.jkt).lastInsertRowid;
}

export const findListWithRoom = (db: ReadableDb, keyId: number, capacity: number): ListRow | undefined =>
  db.query<ListRow>('SELECT * FROM status_lists WHERE key_id = ? AND used < ? LIMIT 1').get(keyId, capacity);

export const getList = (db: ReadableDb, listId: string): ListRow | undefined => db.query<ListRow>('SELECT * FROM status_lists WHERE list_id = ?').get(listId);

export function insertList(db: WritableDb, list: ListRow): void {
  db.command('INSERT INTO status_lists (list_id, key_id, bits, taken, used) VALUES (?, ?, ?, ?, ?)').run(list.list_id, list.key_id, list.bits, list.taken, list.used);
}

export function updateList(db: WritableDb, list: ListRow): void {
  db.command('UPDATE status_lists SET bits = ?, taken = ?, used = ? WHERE list_id = ?').run(list.bits, list.taken, list.used, list.list_id);
}

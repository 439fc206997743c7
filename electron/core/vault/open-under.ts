/** The database under the key that is derived for it alone. */
import { hkdf32 } from '../platform/crypto/keys.ts';
import { openDatabase, type Cipher, type Database } from '../platform/sqlite/database.ts';

/** The database key is derived and overwritten here. @throws {AppError} as {@link openDatabase} does */
export function openUnder(masterKey: Buffer, path: string, cipher: Cipher, mustExist: boolean): Database {
  const key = databaseKey(masterKey);
  try {
    return openDatabase(path, key, cipher, { mustExist, exclusive: true });
  } finally {
    key.fill(0);
  }
}

/** 32 bytes; the caller overwrites them. */
export const databaseKey = (masterKey: Buffer): Buffer => hkdf32(masterKey, 'vault/v1/database');

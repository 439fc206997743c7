/** One encrypted backup file: the database under its own key, the key file, and an authenticated manifest, in a zip without compression. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, createWriteStream, existsSync, fsyncSync, openSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type yauzl from 'yauzl';
import yazl from 'yazl';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { openZipFile } from '../platform/archive/zip-file.ts';
import { canonicalJson, hmac, sameBytes } from '../platform/crypto/keys.ts';
import { makePrivateFolder, replaceFile, syncFolder } from '../platform/files/atomic-file.ts';
import { MAX_HEADER_BYTES, parseHeader, serializeHeader } from './header.ts';
import { folderIsFree, readHeader, unlockVault, vaultPaths, type OpenVault, type Secret, type VaultPorts } from './vault.ts';

const ENTRIES = ['manifest.json', 'vault.keys', 'vault.db'] as const;

const manifestBase = {
  format: z.literal('penchant-backup'),
  vaultId: z.string().max(64), createdAtMs: z.number().int(),
  databaseSha256: z.string().length(64), databaseBytes: z.number().int(), keysSha256: z.string().length(64),
  mac: z.string().max(64),
};
const manifestSchema = z.discriminatedUnion('version', [
  /** Of the time when the log was a chain: position and hash of its newest entry. Read, no longer written. */
  z.strictObject({ ...manifestBase, version: z.literal(1), auditHead: z.strictObject({ seq: z.number().int(), hash: z.string().max(64) }) }),
  /** Signed checkpoint of the log inside, so that a restored copy can be told from a later one. */
  z.strictObject({ ...manifestBase, version: z.literal(2), checkpoint: z.string().max(4096) }),
]);
type Manifest = z.output<typeof manifestSchema>;

const macOf = (manifest: object, key: Buffer): string => hmac(key, canonicalJson(manifest)).toString('base64url');

const invalid = (cause?: unknown) => new AppError('ERR_BACKUP_INVALID', 'This backup file is damaged or is not a Penchant backup. Nothing was written. Try another copy.', { cause });

/**
 * Writes a backup to `path` while the vault is in use, and opens it once before reporting success.
 *
 * @param checkpoint - Of the log as it is now.
 * @throws {AppError} ERR_FILE_EXISTS, ERR_STORAGE_FULL, ERR_BACKUP_INVALID when the written file does not read back.
 */
export async function writeBackup(vault: OpenVault, checkpoint: string, path: string, nowMs: number): Promise<{ readonly sizeBytes: number }> {
  if (existsSync(path)) throw new AppError('ERR_FILE_EXISTS', `${basename(path)} exists already. Choose another name; it was not overwritten.`);
  if (!existsSync(dirname(path))) throw new AppError('ERR_FILE_MISSING', 'The folder for the backup does not exist. Create it, or choose another one.');
  const copy = `${path}.part-db`;
  const unfinished = `${path}.part`;
  try {
    vault.db.copyTo(copy);
    const keys = serializeHeader(vault.header());
    const unsigned = {
      format: 'penchant-backup', version: 2, vaultId: vault.header().vaultId, createdAtMs: nowMs,
      databaseSha256: await sha256OfFile(copy), databaseBytes: statSync(copy).size, keysSha256: sha256(keys), checkpoint,
    } as const;
    const manifest: Manifest = { ...unsigned, mac: macOf(unsigned, vault.deriveKey('backup-mac')) };

    const zip = new yazl.ZipFile();
    const options = { mtime: new Date(nowMs), compress: false, mode: 0o100_600 };
    zip.addBuffer(Buffer.from(JSON.stringify(manifest)), 'manifest.json', options);
    zip.addBuffer(Buffer.from(keys), 'vault.keys', options);
    zip.addFile(copy, 'vault.db', options);
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }));
    const handle = openSync(unfinished, 'r+');
    try { fsyncSync(handle); } finally { closeSync(handle); }

    const read = await readBackup(unfinished, null);
    if (!sameBytes(Buffer.from(read.manifest.mac), Buffer.from(macOf(withoutMac(read.manifest), vault.deriveKey('backup-mac'))))) throw invalid();
    renameSync(unfinished, path);
    syncFolder(dirname(path));
    return { sizeBytes: statSync(path).size };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) throw new AppError('ERR_STORAGE_FULL', 'There is not enough room for the backup. The vault is untouched. Make room or choose another disk.', { cause: error });
    throw error;
  } finally {
    rmSync(copy, { force: true });
    rmSync(unfinished, { force: true });
  }
}

/**
 * Restores a backup into an empty folder, proving with the secret that it opens before it is put in place.
 *
 * @throws {AppError} ERR_FILE_MISSING, ERR_BACKUP_INVALID, ERR_VAULT_EXISTS, ERR_VAULT_SECRET_WRONG, ERR_STORAGE_FULL
 */
export async function restoreBackup(ports: VaultPorts, path: string, secret: Secret): Promise<{ readonly vault: OpenVault; readonly createdAtMs: number }> {
  if (!existsSync(path)) throw new AppError('ERR_FILE_MISSING', `There is no file ${basename(path)} here.`);
  if (readHeader(ports.dataDir) ?? !folderIsFree(ports.dataDir)) throw new AppError('ERR_VAULT_EXISTS', 'The folder for the restored vault is not empty. Choose an empty one; nothing was overwritten.');
  const made = !existsSync(ports.dataDir);
  makePrivateFolder(ports.dataDir);
  const paths = vaultPaths(ports.dataDir);
  try {
    const { manifest, keys } = await readBackup(path, paths.database);
    replaceFile(paths.header, keys);
    const vault = await unlockVault(ports, secret);
    if (!sameBytes(Buffer.from(manifest.mac), Buffer.from(macOf(withoutMac(manifest), vault.deriveKey('backup-mac'))))) {
      vault.close();
      throw invalid();
    }
    return { vault, createdAtMs: manifest.createdAtMs };
  } catch (error) {
    // What was unpacked is a copy; the backup file itself is never touched.
    for (const file of [paths.header, paths.database, `${paths.database}-wal`, `${paths.database}-shm`]) rmSync(file, { force: true });
    if (made) rmdirSync(ports.dataDir);
    throw error;
  }
}

function withoutMac(manifest: Manifest): object {
  const { mac: _mac, ...rest } = manifest;
  return rest;
}

/** Reads and checks every byte; writes the database to `databaseTo` when given. */
async function readBackup(path: string, databaseTo: string | null): Promise<{ readonly manifest: Manifest; readonly keys: string }> {
  const zip = await openZipFile(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => { throw invalid(error); });
  try {
    const found = new Map<string, yauzl.Entry>();
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!(ENTRIES as readonly string[]).includes(entry.fileName) || found.has(entry.fileName) || entry.compressionMethod !== 0) { reject(invalid()); return; }
        found.set(entry.fileName, entry);
        zip.readEntry();
      });
      zip.on('end', () => { resolve(); });
      zip.on('error', (error: unknown) => { reject(invalid(error)); });
      zip.readEntry();
    });
    const open = (name: (typeof ENTRIES)[number]) => new Promise<Readable>((resolve, reject) => {
      const entry = found.get(name);
      if (!entry) { reject(invalid()); return; }
      zip.openReadStream(entry, (error, stream) => { if (error) reject(invalid(error)); else resolve(stream); });
    });
    const manifest = manifestSchema.parse(JSON.parse(await text(await open('manifest.json'))));
    const keys = await text(await open('vault.keys'));
    if (sha256(keys) !== manifest.keysSha256 || parseHeader(keys).vaultId !== manifest.vaultId) throw invalid();

    const digest = createHash('sha256');
    let bytes = 0;
    const stream = await open('vault.db');
    const count = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        digest.update(chunk);
        bytes += chunk.length;
        if (bytes > manifest.databaseBytes) throw invalid();
        yield chunk;
      }
    };
    if (databaseTo === null) for await (const _chunk of count(stream)) { /* only counted */ }
    else await pipeline(stream, count, createWriteStream(databaseTo, { flags: 'wx', mode: 0o600 }));
    if (bytes !== manifest.databaseBytes || digest.digest('hex') !== manifest.databaseSha256) throw invalid();
    return { manifest, keys };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'ERR_VAULT_HEADER_INVALID') throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new AppError('ERR_STORAGE_FULL', 'There is not enough room to restore the backup. Nothing was kept.', { cause: error });
    throw invalid(error);
  } finally {
    zip.close();
  }
}

/** A small entry as text; larger than any honest one is refused. */
async function text(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_HEADER_BYTES) throw invalid();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');

async function sha256OfFile(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest);
  return digest.digest('hex');
}

/** "penchant-2026-11-23-181502.backup" for a moment, in UTC. */
const backupName = (nowMs: number): string => `penchant-${new Date(nowMs).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}.backup`;

export const backupPath = (dataDir: string, nowMs: number): string => {
  const { backups } = vaultPaths(dataDir);
  makePrivateFolder(backups);
  return join(backups, backupName(nowMs));
};

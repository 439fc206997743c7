/** One encrypted backup file: the database under its own key, the key file, and an authenticated manifest, in a zip without compression; opened before it counts. */
import { createHash } from 'node:crypto';
import { closeSync, createWriteStream, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type yauzl from 'yauzl';
import yazl from 'yazl';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { openZipFile } from '../platform/archive/zip-file.ts';
import { canonicalJson, hmac, sameBytes } from '../platform/crypto/keys.ts';
import { makePrivateFolder, replaceFile, syncFolder } from '../platform/files/atomic-file.ts';
import type { StoredFile } from '../platform/files/sealed-file.ts';
import { runTask } from '../platform/workers/run-task.ts';
import { MAX_HEADER_BYTES, parseHeader, serializeHeader } from './header.ts';
import { countRows } from './row-counts.ts';
import { verifyCopyTask } from './tasks.ts';
import { folderIsFree, readHeader, unlockVault, vaultPaths, type OpenVault, type Secret, type VaultPorts } from './vault.ts';

const ENTRIES = ['vault.keys', 'vault.db', 'manifest.json'] as const;

const facts = {
  format: z.literal('penchant-backup'),
  vaultId: z.string().max(64), createdAtMs: z.number().int(),
  databaseSha256: z.string().length(64), databaseBytes: z.number().int().min(0), keysSha256: z.string().length(64),
  mac: z.string().max(64),
};
const manifestSchema = z.discriminatedUnion('version', [
  /** Of the time when the log was a chain: position and hash of its newest entry. Read, no longer written. */
  z.strictObject({ ...facts, version: z.literal(1), auditHead: z.strictObject({ seq: z.number().int(), hash: z.string().max(64) }) }),
  /** `checkpoint`: signed, of the log inside, so that a restored copy can be told from a later one. `rows`: of each table, so that opening the copy also shows that nothing is missing in it. */
  z.strictObject({ ...facts, version: z.literal(2), checkpoint: z.string().max(4096), rows: z.record(z.string().max(64), z.number().int()) }),
]);
export type Manifest = z.output<typeof manifestSchema>;

export type BackupPhase = 'copying' | 'checking';
export interface BackupOptions {
  readonly workerUrl: URL;
  readonly signal?: AbortSignal;
  readonly onProgress?: (phase: BackupPhase, doneBytes: number, totalBytes: number) => void;
}

const macOf = (manifest: object, key: Buffer): string => hmac(key, canonicalJson(manifest)).toString('base64url');
const isAuthentic = ({ mac, ...unsigned }: Manifest, key: Buffer): boolean => sameBytes(Buffer.from(mac), Buffer.from(macOf(unsigned, key)));

const invalid = (cause?: unknown) => new AppError('ERR_BACKUP_INVALID', 'This backup file is damaged or is not a Penchant backup. Nothing was written. Try another copy.', { cause });

/**
 * Writes a backup to `path` while the vault is in use, then opens the copy inside the finished file under the vault's key before reporting success.
 *
 * The database file is read as it lies, while what is written meanwhile goes to the write-ahead log: nobody waits for the copying.
 *
 * @param checkpoint - Of the log as it is now.
 * @throws {AppError} ERR_FILE_EXISTS, ERR_FILE_MISSING, ERR_STORAGE_FULL, ERR_BACKUP_INVALID when the written file does not open, ERR_CANCELLED, ERR_VAULT_IN_USE while another is made; nothing of the file is then left
 */
export async function writeBackup(vault: OpenVault, checkpoint: string, path: string, nowMs: number, options: BackupOptions): Promise<{ readonly sizeBytes: number }> {
  if (existsSync(path)) throw new AppError('ERR_FILE_EXISTS', `${basename(path)} exists already. Choose another name; it was not overwritten.`);
  if (!existsSync(dirname(path))) throw new AppError('ERR_FILE_MISSING', 'The folder for the backup does not exist. Create it, or choose another one.');
  const unfinished = `${path}.part`;
  const opened = `${path}.part-check`;
  const key = vault.databaseKey();
  try {
    // One turn of the event loop: file, key slots, counts and head of the log belong to the same moment.
    const frozen = vault.db.freeze();
    try {
      const header = vault.header();
      const keys = serializeHeader(header);
      const start = {
        format: 'penchant-backup', version: 2, vaultId: header.vaultId, createdAtMs: nowMs, databaseBytes: frozen.sizeBytes, keysSha256: sha256(keys),
        checkpoint, rows: countRows(vault.db),
      } as const;
      const digest = createHash('sha256');
      let doneBytes = 0;
      const bytes = async function* (): AsyncGenerator<Buffer, void> {
        for await (const chunk of frozen.read()) {
          if (options.signal?.aborted) throw cancelled();
          digest.update(chunk);
          doneBytes += chunk.length;
          options.onProgress?.('copying', doneBytes, frozen.sizeBytes);
          yield chunk;
        }
      };
      const zip = new yazl.ZipFile();
      const output = zip.outputStream;
      zip.on('error', (error: unknown) => { if (output instanceof Readable) output.destroy(error instanceof Error ? error : new Error(String(error))); });
      const form = { mtime: new Date(nowMs), compress: false, mode: 0o100_600 };
      zip.addBuffer(Buffer.from(keys), 'vault.keys', form);
      zip.addReadStreamLazy('vault.db', { ...form, size: frozen.sizeBytes }, (give) => { give(null, Readable.from(failing(bytes(), zip), { objectMode: false })); });
      // Last, for it holds what is only known once the database is through.
      zip.addReadStreamLazy('manifest.json', form, (give) => {
        const unsigned = { ...start, databaseSha256: digest.digest('hex') };
        give(null, Readable.from([Buffer.from(JSON.stringify({ ...unsigned, mac: macOf(unsigned, vault.deriveKey('backup-mac')) }))]));
      });
      zip.end();
      await pipeline(output, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }));
    } finally {
      frozen.release();
    }
    const handle = openSync(unfinished, 'r+');
    try { fsyncSync(handle); } finally { closeSync(handle); }

    const { manifest } = await readBackup({ path: unfinished }, { databaseTo: opened, ...options });
    if (!isAuthentic(manifest, vault.deriveKey('backup-mac'))) throw invalid();
    const found = await runTask(options.workerUrl, verifyCopyTask, { path: opened, key: new Uint8Array(key), cipher: vault.header().cipher }, options.signal ? { signal: options.signal } : {});
    if (!found.whole || manifest.version !== 2 || canonicalJson(found.rows) !== canonicalJson(manifest.rows)) throw invalid();
    renameSync(unfinished, path);
    syncFolder(dirname(path));
    return { sizeBytes: statSync(path).size };
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOSPC' || error.code === 'EDQUOT') throw new AppError('ERR_STORAGE_FULL', 'There is not enough room for the backup. The vault is untouched. Make room or choose another disk.', { cause: error });
      if (error.code === 'ERR_VAULT_CORRUPT') throw invalid(error);
      if (['EACCES', 'EPERM', 'EROFS'].includes(String(error.code))) throw new AppError('ERR_BACKUP_FOLDER', 'Nothing can be written to the folder for the backup. The vault is untouched. Choose another folder.', { cause: error });
    }
    throw error;
  } finally {
    key.fill(0);
    for (const file of [unfinished, opened, `${opened}-wal`, `${opened}-shm`]) rmSync(file, { force: true });
  }
}

const cancelled = (): AppError => new AppError('ERR_CANCELLED', 'This was stopped. Nothing of it was kept; the vault is untouched.');

/** Yazl does not listen for errors of the streams it is given. */
async function* failing(source: AsyncGenerator<Buffer, void>, zip: yazl.ZipFile): AsyncGenerator<Buffer, void> {
  try { yield* source; } catch (error) { zip.emit('error', error); }
}

/** The key file inside a backup, whose digests hold; that it is authentic shows when its slots are opened. @throws {AppError} ERR_FILE_MISSING, ERR_BACKUP_INVALID */
export async function readBackupKeys(file: StoredFile): Promise<string> {
  if (!existsSync(file.path)) throw new AppError('ERR_FILE_MISSING', `There is no file ${basename(file.path)} here.`);
  return (await readBackup(file, {})).keys;
}

/** The manifest of a file, if it is a backup this key made; its contents are not read. Null for anything else. */
export async function readManifest(path: string, macKey: Buffer): Promise<Manifest | null> {
  try {
    const { manifest } = await readBackup({ path }, { manifestOnly: true });
    return isAuthentic(manifest, macKey) ? manifest : null;
  } catch {
    return null;
  }
}

/** Reads a whole backup of this vault and holds every byte against its manifest. @throws {AppError} ERR_BACKUP_INVALID, ERR_CANCELLED */
export async function checkBackup(path: string, macKey: Buffer, options: Pick<ReadOptions, 'signal' | 'onProgress'>): Promise<void> {
  const { manifest } = await readBackup({ path }, options);
  if (!isAuthentic(manifest, macKey)) throw invalid();
}

/**
 * Restores a backup into an empty folder, proving with the secret that it opens before it is put in place.
 *
 * @throws {AppError} ERR_FILE_MISSING, ERR_BACKUP_INVALID, ERR_VAULT_EXISTS, ERR_VAULT_SECRET_WRONG, ERR_STORAGE_FULL, ERR_CANCELLED
 */
export async function restoreBackup(ports: VaultPorts, file: StoredFile, secret: Secret, options: Pick<ReadOptions, 'signal' | 'onProgress'> = {}): Promise<{ readonly vault: OpenVault; readonly createdAtMs: number }> {
  if (!existsSync(file.path)) throw new AppError('ERR_FILE_MISSING', `There is no file ${basename(file.path)} here.`);
  if (readHeader(ports.dataDir) ?? !folderIsFree(ports.dataDir)) throw new AppError('ERR_VAULT_EXISTS', 'The folder for the restored vault is not empty. Choose an empty one; nothing was overwritten.');
  const made = !existsSync(ports.dataDir);
  makePrivateFolder(ports.dataDir);
  const paths = vaultPaths(ports.dataDir);
  try {
    const { manifest, keys } = await readBackup(file, { databaseTo: paths.database, ...options });
    replaceFile(paths.header, keys);
    const vault = await unlockVault(ports, secret);
    if (!isAuthentic(manifest, vault.deriveKey('backup-mac'))) {
      vault.close();
      throw invalid();
    }
    return { vault, createdAtMs: manifest.createdAtMs };
  } catch (error) {
    // What was unpacked is a copy, and the folder was empty; the backup file itself is never touched.
    for (const name of readdirSync(ports.dataDir)) rmSync(join(ports.dataDir, name), { recursive: true, force: true });
    if (made) rmdirSync(ports.dataDir);
    throw error;
  }
}

interface ReadOptions { readonly databaseTo?: string; readonly manifestOnly?: boolean; readonly signal?: AbortSignal; readonly onProgress?: BackupOptions['onProgress'] }

/** Reads and checks every byte, unless only the manifest is wanted; writes the database to `databaseTo` when given. */
async function readBackup(file: StoredFile, options: ReadOptions): Promise<{ readonly manifest: Manifest; readonly keys: string }> {
  const zip = await openZipFile(file, { lazyEntries: true, autoClose: false }).catch((error: unknown) => { throw invalid(error); });
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
    if (options.manifestOnly) return { manifest, keys };
    if (sha256(keys) !== manifest.keysSha256 || parseHeader(keys).vaultId !== manifest.vaultId) throw invalid();

    const digest = createHash('sha256');
    let bytes = 0;
    const stream = await open('vault.db');
    const count = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        digest.update(chunk);
        bytes += chunk.length;
        if (bytes > manifest.databaseBytes) throw invalid();
        if (options.signal?.aborted) throw cancelled();
        options.onProgress?.('checking', bytes, manifest.databaseBytes);
        yield chunk;
      }
    };
    if (options.databaseTo === undefined) for await (const _chunk of count(stream)) { /* only counted */ }
    else await pipeline(stream, count, createWriteStream(options.databaseTo, { flags: 'wx', mode: 0o600 }));
    if (bytes !== manifest.databaseBytes || digest.digest('hex') !== manifest.databaseSha256) throw invalid();
    return { manifest, keys };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'ERR_VAULT_HEADER_INVALID') throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new AppError('ERR_STORAGE_FULL', 'There is not enough room to unpack the backup. Nothing was kept.', { cause: error });
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

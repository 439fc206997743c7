/** A second start on the same vault finds the first and gets a fresh link from it, instead of a vault that is in use. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { makePrivateFolder, readSmallFile, replaceFile } from '../core/platform/files/atomic-file.ts';

const record = z.strictObject({ pid: z.number().int().positive(), origin: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/u), key: z.string().min(32).max(100) });
/** Readable by its owner only, who is the one a link is for. */
export type HostRecord = z.output<typeof record>;

/** Beside the vault's folder, not in it: an empty folder must stay empty until a vault is made or restored there. */
export const hostRecordPath = (vaultDir: string): string => `${vaultDir}.host.json`;
/** Header that carries the key of a {@link HostRecord}. */
export const LINK_KEY_HEADER = 'x-penchant-key';
export const LINK_PATH = '/link';

const ASK_TIMEOUT_MS = 3_000;

/** @throws {AppError} ERR_STORAGE_FULL, ERR_VAULT_UNREADABLE */
export function writeHostRecord(path: string, written: HostRecord): void {
  makePrivateFolder(dirname(path));
  replaceFile(path, `${JSON.stringify(written)}\n`);
}

/** Removes it if it is still the one of this process. */
export function removeHostRecord(path: string, pid: number): void {
  if (readHostRecord(path)?.pid === pid) rmSync(path, { force: true });
}

function readHostRecord(path: string): HostRecord | null {
  try {
    const parsed = record.safeParse(JSON.parse(readSmallFile(path, 4_096) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A fresh one-time link of the host that already serves this vault; null when there is none, or it does not answer. */
export async function askRunningHost(path: string): Promise<string | null> {
  const found = readHostRecord(path);
  if (!found) return null;
  try {
    const answer = await fetch(`${found.origin}${LINK_PATH}`, { method: 'POST', headers: { [LINK_KEY_HEADER]: found.key }, redirect: 'error', signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
    const { url } = z.strictObject({ url: z.string().max(200) }).parse(await answer.json());
    // Whatever program took that port over since: it must not send the person elsewhere.
    return answer.ok && url.startsWith(`${found.origin}/?ticket=`) ? url : null;
  } catch {
    return null;
  }
}

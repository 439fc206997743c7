/** A second start on the same vault finds the first and gets a fresh link from it, instead of a vault that is in use. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { dirname } from 'node:path';
import { z } from 'zod';
import { makePrivateFolder, readSmallFile, replaceFile } from '../core/platform/files/atomic-file.ts';

const record = z.strictObject({ pid: z.number().int().positive(), origin: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/u), key: z.string().min(32).max(100) });
/** Readable by its owner only, who is the one a link is for. */
export type HostRecord = z.output<typeof record>;

/** Beside the vault's folder, not in it: an empty folder must stay empty until a vault is made or restored there. */
export const hostRecordPath = (vaultDir: string): string => `${vaultDir}.host.json`;
export const LINK_PATH = '/link';
const CHALLENGE_HEADER = 'x-penchant-challenge';
const PROOF_HEADER = 'x-penchant-proof';
/** 256 bits in base64url. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/u;
const MAX_ANSWER_CHARS = 1_000;

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

/**
 * Both ends prove that they know the record's key, and neither ever sends it: after a crash the record may name a port some
 * other program has since. The origin is part of both proofs, so that none can be passed on to or from another port.
 */
const proofOf = (key: string, part: 'request' | 'reply', origin: string, challenge: string, link = ''): string =>
  createHmac('sha256', key).update(JSON.stringify(['penchant link', part, origin, challenge, link])).digest('base64url');

const isSame = (given: string, wanted: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const linkAnswer = z.strictObject({ url: z.string().max(200), proof: z.string().max(100) });
export type LinkAnswer = z.output<typeof linkAnswer>;

/** The running host's end: a new link with proof that it comes from here, or null for a caller that does not prove to know the key. */
export function answerLinkRequest(key: string, origin: string, headers: IncomingHttpHeaders, newLink: () => string): LinkAnswer | null {
  const challenge = headers[CHALLENGE_HEADER];
  const proof = headers[PROOF_HEADER];
  if (typeof challenge !== 'string' || typeof proof !== 'string' || !CHALLENGE.test(challenge)) return null;
  if (!isSame(proof, proofOf(key, 'request', origin, challenge))) return null;
  const url = newLink();
  return { url, proof: proofOf(key, 'reply', origin, challenge, url) };
}

/** A fresh one-time link of the host that already serves this vault; null when there is none, or what answers there cannot prove to be it. */
export async function askRunningHost(path: string, randomBytes: (size: number) => Buffer): Promise<string | null> {
  const found = readHostRecord(path);
  if (!found) return null;
  const { origin, key } = found;
  const challenge = randomBytes(32).toString('base64url');
  try {
    const answer = await fetch(`${origin}${LINK_PATH}`, {
      method: 'POST', headers: { [CHALLENGE_HEADER]: challenge, [PROOF_HEADER]: proofOf(key, 'request', origin, challenge) }, redirect: 'error', signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    const { url, proof } = linkAnswer.parse(JSON.parse(await readShort(answer)));
    return answer.ok && isSame(proof, proofOf(key, 'reply', origin, challenge, url)) && url.startsWith(`${origin}/?ticket=`) ? url : null;
  } catch {
    return null;
  }
}

/** @throws {Error} when it is longer than any answer of ours: it may come from any program. */
async function readShort(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER_CHARS) throw new Error('too long');
  }
  return text;
}

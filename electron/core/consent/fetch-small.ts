/** Fetches one small text from a company, because the person asked for it: no redirects, no cookies, bounded in size and time. */
import { AppError } from '../../../shared/errors/app-error.ts';
import { MAX_BODY_BYTES } from '../../../shared/protocol/names.ts';
import { strictUtf8 } from '../platform/jws/jws.ts';
import type { CorePorts } from '../ports.ts';

const TIMEOUT_MS = 8_000;

/**
 * @param host named in the message when it cannot be reached
 * @throws {AppError} ERR_COMPANY_UNREACHABLE for anything but a 200 with at most 64 KiB of text within 8 s
 */
export async function fetchSmall(fetch: CorePorts['fetch'], url: string, accept: string, host: string): Promise<string> {
  const unreachable = (cause: unknown): AppError =>
    new AppError('ERR_COMPANY_UNREACHABLE', `${host} did not give a usable answer. Nothing was stored or changed. Check the connection and try again later.`, { cause });
  try {
    const response = await fetch(url, { redirect: 'error', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', headers: { accept }, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status !== 200 || !response.body) {
      await response.body?.cancel();
      throw new Error(`status ${response.status}`);
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    // Leaving the loop early cancels the rest.
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) throw new Error('too large');
      chunks.push(chunk);
    }
    return strictUtf8(Buffer.concat(chunks));
  } catch (cause) {
    throw unreachable(cause);
  }
}

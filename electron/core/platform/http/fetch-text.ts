/** Fetches one text because the person asked for it: no redirects, no cookies, no referrer, bounded in size and time. */
import { strictUtf8 } from '../jws/jws.ts';

const TIMEOUT_MS = 8_000;

/** Only https, or plain http to this very machine; never with a user name in it. */
export function isFetchable(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && (url.hostname === '127.0.0.1' || url.hostname === 'localhost'));
}

/** @throws {Error} for anything but a 200 with at most `maxBytes` of UTF-8 within 8 s */
export async function fetchText(fetch: typeof globalThis.fetch, url: string, { accept, maxBytes }: { readonly accept: string; readonly maxBytes: number }): Promise<string> {
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
    if (size > maxBytes) throw new Error('too large');
    chunks.push(chunk);
  }
  return strictUtf8(Buffer.concat(chunks));
}

/** The one client of the HTTP benches: autocannon, with as many connections for every server. */
import autocannon, { type Request, type Result } from 'autocannon';

/** 10 as in the reference figure, autocannon's own default; 64 as when many companies come at once, which is what committing in groups is for. */
export const CONNECTIONS = [10, 64] as const;

/** Answers a second, and milliseconds. */
export interface Load { readonly perSecond: number; readonly p50: number; readonly p99: number; readonly answered: number }

/**
 * Asks without a pause on each connection for so many seconds.
 *
 * @param connections as many for each server a figure is compared with
 * @param next what each request has of its own
 * @throws {Error} An answer other than 2xx, or a connection that failed: such a figure would mean nothing.
 */
export async function load(url: string, seconds: number, connections: number, request: Request, next: () => Readonly<Record<string, string>> = () => ({})): Promise<Load> {
  const took: number[] = [];
  const { duration, errors, non2xx, '2xx': answered } = await new Promise<Result>((resolve, reject) => {
    const setupRequest = (each: Request): Request => ({ ...each, headers: { ...each.headers, ...next() } });
    autocannon({ url, connections, duration: seconds, requests: [{ ...request, setupRequest }] }, (error: Error | null, result) => { if (error) reject(error); else resolve(result); })
      .on('response', (_client, _status, _bytes, ms) => { took.push(ms); });
  });
  if (errors + non2xx > 0) throw new Error(`${url} refused ${non2xx} calls and failed ${errors}`);
  took.sort((a, b) => a - b);
  return { perSecond: answered / duration, p50: took[Math.floor(took.length * 0.5)] ?? NaN, p99: took[Math.floor(took.length * 0.99)] ?? NaN, answered };
}

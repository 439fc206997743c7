/**
 * Writes resources/samples/: 18 months of an invented person in Munich, as the exports people really get, for the demo and for trying the app without data of one's own.
 *
 * Mara Beispiel bakes and cooks, walks in the mountains, reads and watches science fiction, listens to indie music, and has begun to buy for camping. The works and products exist; who, when and how often is made up.
 * - `Streaming_History_Audio_2025-2026_0.json`: Spotify, extended history; some private sessions and skipped tracks, network addresses of the range kept for documentation (RFC 5737).
 * - `ViewingActivity.csv`: Netflix; two profiles, trailers, and titles opened for a moment.
 * - `Your Orders.zip`: Amazon, `Your Amazon Orders/Order History.csv`; cancelled orders, gaps, and two purchases that belong in sealed areas.
 *
 * Run it to rewrite the folder: the same bytes every time. Only data files may lie there, since the app offers all of them for import.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { makeOrderHistory } from './samples/amazon.ts';
import { makeNetflixActivity } from './samples/netflix.ts';
import { LAST_DAY_MS } from './samples/random.ts';
import { makeSpotifyHistory } from './samples/spotify.ts';

/** Every sample file by its name. */
export async function makeSamples(): Promise<ReadonlyMap<string, Buffer>> {
  const zip = new ZipFile();
  // Stored, not deflated: what a compressor makes of it differs between machines.
  zip.addBuffer(Buffer.from(makeOrderHistory(3), 'utf8'), 'Your Amazon Orders/Order History.csv', { mtime: new Date(LAST_DAY_MS), mode: 0o100644, compress: false });
  zip.end();
  return new Map([
    ['Streaming_History_Audio_2025-2026_0.json', Buffer.from(makeSpotifyHistory(1), 'utf8')],
    ['ViewingActivity.csv', Buffer.from(makeNetflixActivity(2), 'utf8')],
    ['Your Orders.zip', await buffer(zip.outputStream)],
  ]);
}

if (process.argv[1] === import.meta.filename) {
  const folder = join(import.meta.dirname, '../resources/samples');
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of await makeSamples()) {
    writeFileSync(join(folder, name), bytes);
    process.stdout.write(`${name}: ${bytes.length} bytes\n`);
  }
}

/** Synthetic exports for measuring: seeded, of realistic shape and size, streamed to disk. No real person is in them. */
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** mulberry32: the same numbers for the same seed everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SYLLABLES = ['ka', 'lo', 'mi', 'ra', 'sen', 'tu', 'vel', 'no', 'bri', 'sha', 'del', 'or', 'pi', 'zan', 'glo', 'fen', 'ar', 'wi', 'cho', 'lum'];

function word(random: () => number): string {
  const length = 2 + Math.floor(random() * 2);
  let text = '';
  for (let i = 0; i < length; i++) text += SYLLABLES[Math.floor(random() * SYLLABLES.length)] ?? '';
  return text.charAt(0).toUpperCase() + text.slice(1);
}
const words = (random: () => number, count: number): string => Array.from({ length: count }, () => word(random)).join(' ');

/** Few things are chosen often, most seldom. */
const popular = (random: () => number, size: number): number => Math.floor(size * random() ** 2.5);

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const out = createWriteStream(path);
  let block = '';
  for (const line of lines) {
    block += line;
    if (block.length < 128 * 1024) continue;
    if (!out.write(block)) await once(out, 'drain');
    block = '';
  }
  out.end(block);
  await once(out, 'finish');
}

/** `known`: share of artists and products, 0 to 1, that Penchant's own lists know: such things speak for something. None unless given. */
export interface GenerateOptions { readonly folder: string; readonly records: number; readonly seed?: number; readonly known?: number }

/** Names as one of Penchant's lists has them. */
const namesIn = (lexicon: string): string[] => readFileSync(join(import.meta.dirname, '../../resources/lexicons', `${lexicon}.tsv`), 'utf8').split('\n')
  .filter((line) => /^[a-z]/u.test(line)).flatMap((line) => (line.split('\t')[1] ?? '').split(';')).map((name) => name.replace(/^[*^]/u, '').replace(/=.*$/u, '')).filter((name) => name !== '');

const PLAYS_PER_FILE = 16_000;

/** Extended streaming history: `records` plays over some 40,000 tracks, in files of 16,000 as Spotify splits them. @returns the folder */
export async function generateSpotify({ folder, records, seed = 1, known = 0 }: GenerateOptions): Promise<string> {
  const random = seededRandom(seed);
  const knownArtists = known > 0 ? namesIn('artists') : [];
  const artists = Array.from({ length: 4_000 }, (_, i) => (i < 4_000 * known ? knownArtists[i % knownArtists.length] ?? '' : words(random, 1 + Math.floor(random() * 2))));
  const tracks = Array.from({ length: 40_000 }, (_, i) => ({ title: words(random, 1 + Math.floor(random() * 3)), artist: artists[popular(random, artists.length)] ?? '', album: words(random, 2), uri: `spotify:track:${i.toString(36).padStart(22, '0')}` }));
  const into = join(folder, 'Spotify Extended Streaming History');
  await mkdir(into, { recursive: true });
  // Within thirty years, however many there are: nothing older is taken for true.
  const stepMs = Math.min(190_000, (30 * 365 * 86_400_000) / records);
  let atMs = Date.UTC(2026, 9, 1) - records * stepMs;
  for (let file = 0, left = records; left > 0; file++, left -= PLAYS_PER_FILE) {
    const count = Math.min(PLAYS_PER_FILE, left);
    await writeLines(join(into, `Streaming_History_Audio_${file}.json`), (function* () {
      yield '[\n';
      for (let i = 0; i < count; i++) {
        atMs += 1_000 + Math.floor(random() * 2 * (stepMs - 1_000));
        const track = tracks[popular(random, tracks.length)];
        const isPodcast = random() < 0.03;
        yield `${i === 0 ? '' : ',\n'}${JSON.stringify({
          ts: new Date(atMs).toISOString().replace('.000', '').replace(/\.\d{3}/, ''), platform: 'android', ms_played: 31_000 + Math.floor(random() * 200_000), conn_country: 'DE', ip_addr: '203.0.113.7',
          master_metadata_track_name: isPodcast ? null : track?.title, master_metadata_album_artist_name: isPodcast ? null : track?.artist, master_metadata_album_album_name: isPodcast ? null : track?.album,
          spotify_track_uri: isPodcast ? null : track?.uri, episode_name: isPodcast ? track?.title : null, episode_show_name: isPodcast ? track?.artist : null, spotify_episode_uri: null,
          audiobook_title: null, audiobook_uri: null, audiobook_chapter_uri: null, audiobook_chapter_title: null,
          reason_start: 'trackdone', reason_end: 'trackdone', shuffle: random() < 0.5, skipped: false, offline: false, offline_timestamp: null, incognito_mode: false,
        })}`;
      }
      yield '\n]\n';
    })());
  }
  return into;
}

/** Retail orders as exported before 2026. @returns the file */
export async function generateAmazon({ folder, records, seed = 2, known = 0 }: GenerateOptions): Promise<string> {
  const random = seededRandom(seed);
  const nouns = known > 0 ? namesIn('products') : [];
  const into = join(folder, 'Retail.OrderHistory.1');
  await mkdir(into, { recursive: true });
  const path = join(into, 'Retail.OrderHistory.1.csv');
  // Over twenty years at most: nothing was sold there before.
  const stepMs = Math.min(60_000_000, (20 * 365 * 86_400_000) / records);
  let atMs = Date.UTC(2026, 9, 1) - records * stepMs;
  await writeLines(path, (function* () {
    yield '\ufeff"Website","Order ID","Order Date","Purchase Order Number","Currency","Unit Price","Unit Price Tax","Shipping Charge","Total Discounts","Total Owed","Shipment Item Subtotal","Shipment Item Subtotal Tax","ASIN","Product Condition","Quantity","Payment Instrument Type","Order Status","Shipment Status","Ship Date","Shipping Option","Shipping Address","Billing Address","Carrier Name & Tracking Number","Product Name","Gift Message","Gift Sender Name","Gift Recipient Contact Details","Item Serial Number"\r\n';
    for (let i = 0; i < records; i++) {
      atMs += Math.floor(random() * stepMs);
      const price = (1 + Math.floor(random() * 20_000) / 100).toFixed(2), noun = i < records * known ? ` ${nouns[i % nouns.length] ?? ''}` : '', name = `${words(random, 5)}${noun}, ${Math.floor(random() * 900)} "ml"`.replaceAll('"', '""');
      yield `"Amazon.de","303-${i}","${new Date(Math.floor(atMs)).toISOString().slice(0, 19)}Z","Not Applicable","EUR","${price}","0","0","'0'","${price}","${price}","0","B0${i}","New","1","Visa - 0000","Closed","Shipped","Not Available","std","Nowhere 1","Nowhere 1","DHL(000)","${name}","Not Available","Not Available","Not Available","Not Available"\r\n`;
    }
  })());
  return path;
}

/** Viewing activity with two profiles. @returns the file */
export async function generateNetflix({ folder, records, seed = 3 }: GenerateOptions): Promise<string> {
  const random = seededRandom(seed);
  const into = join(folder, 'CONTENT_INTERACTION');
  await mkdir(into, { recursive: true });
  const path = join(into, 'ViewingActivity.csv');
  const shows = Array.from({ length: 600 }, () => words(random, 2));
  let atMs = Date.UTC(2026, 9, 1);
  await writeLines(path, (function* () {
    yield 'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n';
    for (let i = 0; i < records; i++) {
      atMs -= 1_000 + Math.floor(random() * 20_000_000);
      const show = shows[popular(random, shows.length)] ?? '';
      yield `${i % 3 === 0 ? 'Robin' : 'Kim'},${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')},00:${10 + Math.floor(random() * 40)}:00,,"${show}: Season ${1 + Math.floor(random() * 5)}: Episode ${1 + Math.floor(random() * 10)}",,Smart TV,00:40:00,Not latest view,DE (Germany)\n`;
    }
  })());
  return path;
}

/** The sample exports: what the script writes is what lies in the folder, in the shape of the real exports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { z } from 'zod';
import { makeSamples } from '../../scripts/make-samples.ts';

const folder = join(import.meta.dirname, '../../resources/samples');
const SPOTIFY = 'Streaming_History_Audio_2025-2026_0.json', NETFLIX = 'ViewingActivity.csv', AMAZON = 'Your Orders.zip';
const read = (name: string): Buffer => readFileSync(join(folder, name));
const FROM_MS = Date.UTC(2025, 4, 1), TO_MS = Date.UTC(2026, 10, 17);

const table = (csv: string): { readonly header: string; readonly rows: Readonly<Record<string, string>>[] } => {
  const schema = z.array(z.record(z.string(), z.string()));
  return { header: (csv.split(/\r?\n/)[0] ?? '').replace(/^\ufeff/, ''), rows: schema.parse(parse(csv, { bom: true, columns: true })) };
};

test('running the script again gives the same bytes, and nothing else lies in the folder', async () => {
  const made = await makeSamples();
  expect(readdirSync(folder).sort()).toEqual([...made.keys()].sort());
  for (const [name, bytes] of made) expect(bytes.equals(read(name)), name).toBe(true);
});

describe('Spotify', () => {
  const nullable = z.string().nullable();
  const schema = z.array(z.strictObject({
    ts: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), platform: z.string(), ms_played: z.int().nonnegative(), conn_country: z.string().length(2), ip_addr: z.ipv4(),
    master_metadata_track_name: nullable, master_metadata_album_artist_name: nullable, master_metadata_album_album_name: nullable, spotify_track_uri: nullable,
    episode_name: nullable, episode_show_name: nullable, spotify_episode_uri: nullable, audiobook_title: nullable, audiobook_uri: nullable, audiobook_chapter_uri: nullable, audiobook_chapter_title: nullable,
    reason_start: z.string(), reason_end: z.string(), shuffle: z.boolean(), skipped: z.boolean(), offline: z.boolean(), offline_timestamp: z.int().nullable(), incognito_mode: z.boolean(),
  }));
  const plays = schema.parse(JSON.parse(read(SPOTIFY).toString('utf8')));

  test('is the extended history, oldest first', () => {
    expect(plays.length).toBeGreaterThan(1_500);
    const times = plays.map(({ ts }) => Date.parse(ts));
    expect(times.every((atMs, i) => atMs >= (times[i - 1] ?? FROM_MS) && atMs < TO_MS)).toBe(true);
    expect(plays.every((play) => [play.master_metadata_track_name, play.episode_name, play.audiobook_title].filter((title) => title !== null).length === 1)).toBe(true);
  });

  test('shows what is dropped and what is left out', () => {
    expect(plays.every(({ ip_addr }) => ip_addr.startsWith('203.0.113.'))).toBe(true);
    expect(plays.some(({ incognito_mode }) => incognito_mode)).toBe(true);
    expect(plays.some(({ ms_played }) => ms_played < 30_000)).toBe(true);
  });
});

describe('Netflix', () => {
  const { header, rows } = table(read(NETFLIX).toString('utf8'));

  test('is the viewing activity of both profiles, newest first', () => {
    expect(header).toBe('Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country');
    expect(new Set(rows.map((row) => row['Profile Name']))).toEqual(new Set(['Mara', 'Kids']));
    const starts = rows.map((row) => row['Start Time'] ?? '');
    expect(starts).toEqual(starts.toSorted().reverse());
    expect(starts.every((start) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(start))).toBe(true);
    expect(rows.every((row) => /^\d\d:[0-5]\d:[0-5]\d$/.test(row['Duration'] ?? ''))).toBe(true);
  });

  test('shows what is left out', () => {
    expect(new Set(rows.map((row) => row['Supplemental Video Type']))).toEqual(new Set(['', 'HOOK', 'TRAILER', 'TEASER_TRAILER', 'CINEMAGRAPH']));
    expect(rows.some((row) => row['Supplemental Video Type'] === '' && (row['Duration'] ?? '') < '00:02:00')).toBe(true);
  });
});

describe('Amazon', () => {
  const names: string[] = [];
  let csv = '';
  beforeAll(async () => {
    const zip = await fromBufferPromise(read(AMAZON), { autoClose: false, lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      names.push(entry.fileName);
      csv = (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8');
    }
  });

  test('is a zip with the order history of 2026, newest first', () => {
    expect(names).toEqual(['Your Amazon Orders/Order History.csv']);
    expect(csv.startsWith('\ufeff')).toBe(true);
    const { header, rows } = table(csv);
    expect(header.replaceAll('"', '')).toBe('ASIN,Billing Address,Carrier Name & Tracking Number,Currency,Gift Message,Gift Recipient Contact,Gift Sender Name,Item Serial Number,Order Date,Order ID,Order Status,Original Quantity,Payment Method Type,Product Condition,Product Name,Purchase Order Number,Ship Date,Shipment Item Subtotal,Shipment Item Subtotal Tax,Shipment Status,Shipping Address,Shipping Charge,Shipping Option,Total Amount,Total Discounts,Unit Price,Unit Price Tax,Website');
    const days = rows.map((row) => row['Order Date'] ?? '');
    expect(days).toEqual(days.toSorted().reverse());
    expect(new Set(rows.map((row) => row['Order ID'])).size).toBeGreaterThan(100);
  });

  test('every amount adds up, before discounts', () => {
    for (const row of table(csv).rows.filter(({ 'Order Status': status }) => status === 'Closed')) {
      const cents = (name: string): number => Math.round(Number((row[name] ?? '').replaceAll("'", '')) * 100);
      const gross = (cents('Unit Price') + cents('Unit Price Tax')) * Number(row['Original Quantity']);
      expect(cents('Total Amount') - cents('Total Discounts'), row['Product Name']).toBe(gross);
    }
  });

  test('shows what is dropped, left out and sealed', () => {
    const { rows } = table(csv);
    expect(rows.filter((row) => row['Order Status'] === 'Cancelled').length).toBeGreaterThan(1);
    expect(rows.every((row) => row['Billing Address'] !== '' && row['Gift Sender Name'] !== '')).toBe(true);
    expect(rows.some((row) => row['Ship Date']?.includes(' and ') === true)).toBe(true);
    expect(rows.filter((row) => /pregnancy|blood pressure/i.test(row['Product Name'] ?? ''))).toHaveLength(2);
  });
});

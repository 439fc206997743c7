/** Reading one export of each source: the whole importer, from bytes to records, beside a plain parser over the same bytes. Both in this thread. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PlainDriver from 'better-sqlite3-plain';
import { parse as parseCsv } from 'csv-parse/sync';
import { Parser } from 'htmlparser2';
import type { Format } from '../../electron/core/sources/format.ts';
import { recognise } from '../../electron/core/sources/importers/index.ts';
import { formatOfMapping } from '../../electron/core/sources/own.ts';
import { isIssue, parseFile, readStructure, surveyFile, type Readable } from '../../electron/core/sources/parse.ts';
import { databaseOf, FIREFOX_SCHEMA } from '../support/browser-database.ts';

export interface SourceBench { readonly what: string; readonly mb: number; readonly records: number; readonly perSecond: number; readonly plainPerSecond: number; readonly plain: string }

const FIXTURES = join(import.meta.dirname, '../fixtures');
/** A fixture is repeated until it is about so large. */
const BYTES = 8 * 2 ** 20;
const repeated = (text: string): string => text.repeat(Math.max(1, Math.ceil(BYTES / Math.max(1, text.length))));

/** Without the broken rows at the end that some fixtures have, which would swallow what follows. */
function longerCsv(text: string): string {
  const end = text.indexOf('\n') + 1;
  let lines = text.slice(end).split('\n').filter((line) => line.trim() !== '');
  for (;;) {
    try { parseCsv(lines.join('\n'), { relax_column_count: true, relax_quotes: true }); break; } catch { lines = lines.slice(0, -1); }
  }
  return text.slice(0, end) + repeated(`${lines.join('\n')}\n`);
}

/** With its longest list as often as it takes. */
function longerJson(text: string): string {
  const whole: unknown = JSON.parse(text);
  let longest: unknown[] = [];
  const look = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value) && value.length > longest.length && typeof value[0] === 'object') longest = value;
    for (const inner of Object.values(value)) look(inner);
  };
  look(whole);
  const once = longest.slice(), times = Math.ceil(BYTES / Math.max(1, JSON.stringify(once).length));
  for (let i = 1; i < times; i++) longest.push(...once);
  return JSON.stringify(whole);
}

/** With its entries as often as it takes. */
function longerHtml(text: string): string {
  const first = text.indexOf('<div class="outer-cell'), end = text.lastIndexOf('</div></div></body>');
  return text.slice(0, first) + repeated(text.slice(first, end)) + text.slice(end);
}

function browserDatabase(): Buffer {
  return databaseOf(FIREFOX_SCHEMA, (insert) => {
    for (let i = 1; i <= 30_000; i++) {
      insert('INSERT INTO moz_places (id, url, title, visit_count) VALUES (?, ?, ?, 1)', i, `https://site${i % 900}.org/page/${i}`, `Page ${i}`);
      insert('INSERT INTO moz_historyvisits (id, from_visit, place_id, visit_date, visit_type, session) VALUES (?, 0, ?, ?, 1, 0)', i, i, (Date.UTC(2024, 0, 1) + i * 60_000) * 1_000);
    }
  });
}

type Plain = 'csv-parse' | 'JSON.parse' | 'htmlparser2' | 'better-sqlite3';
const plainly: Readonly<Record<Plain, (bytes: Buffer) => unknown>> = {
  'csv-parse': (bytes) => parseCsv(bytes, { bom: true, relax_column_count: true, relax_quotes: true }),
  'JSON.parse': (bytes) => JSON.parse(bytes.toString('utf8')) as unknown,
  htmlparser2: (bytes) => { const parser = new Parser({}); parser.end(bytes.toString('utf8')); },
  'better-sqlite3': (bytes) => { const db = new PlainDriver(bytes); db.prepare('SELECT v.visit_date, p.url, p.title FROM moz_historyvisits v JOIN moz_places p ON p.id = v.place_id').all(); db.close(); },
};

const csv = (what: string, path: string) => ({ what, path, plain: 'csv-parse' as const, make: longerCsv });
const json = (what: string, path: string) => ({ what, path, plain: 'JSON.parse' as const, make: longerJson });
const FILES: readonly { readonly what: string; readonly path: string; readonly plain: Plain; readonly make: (text: string) => string | Buffer }[] = [
  csv('Netflix', 'exports/netflix/ViewingActivity.csv'), json('Spotify', 'exports/spotify/Streaming_History_Audio_2024_0.json'), csv('Amazon', 'exports/amazon/Retail.OrderHistory.1.csv'),
  { what: 'YouTube, HTML', path: 'google/watch-history.html', plain: 'htmlparser2', make: longerHtml }, json('YouTube, JSON', 'google/watch-history.json'), csv('Goodreads', 'goodreads/goodreads_library_export.csv'), csv('Letterboxd', 'letterboxd/diary.csv'),
  csv('Apple Music', 'apple/Apple Music Play Activity.csv'), json('Instagram', 'instagram/liked_posts.json'), json('Facebook', 'facebook/your_search_history.json'), json('TikTok', 'tiktok/user_data_tiktok.json'),
  { what: 'Firefox’s database', path: 'browser/places.sqlite', plain: 'better-sqlite3', make: browserDatabase },
  { what: 'a list of one’s own, CSV', path: 'own/list.csv', plain: 'csv-parse', make: () => longerCsv(`title,by,day\n${Array.from({ length: 500 }, (_, i) => `"Thing ${i}, new",Maker ${i % 40},2024-03-${String(1 + (i % 28)).padStart(2, '0')}\n`).join('')}`) },
];
const OWN = formatOfMapping({ id: 'own_bench', shape: 'csv', names: ['title', 'by', 'day'], mapping: {
  name: 'List', kind: 'product', act: 'used', headerless: false, columns: [{ name: 'title', field: 'title' }, { name: 'by', field: 'creator' }, { name: 'day', field: 'date' }], dateOrder: 'dmy', durationUnit: 's', ratingTop: 5, currency: null,
} });

async function read(file: Readable, format: Format): Promise<number> {
  let records = 0;
  const survey = await surveyFile(file, format, 'import');
  for await (const outcomes of parseFile(file, format, { nowMs: Date.now(), profiles: null, survey })) records += outcomes.filter((outcome) => !isIssue(outcome)).length;
  return records;
}

/** The best of `rounds`, each of which reads the file once in each way. */
export async function benchSources(rounds: number): Promise<readonly SourceBench[]> {
  const figures: SourceBench[] = [];
  for (const { what, path, plain, make } of FILES) {
    const made = make(path.startsWith('own/') || path.endsWith('.sqlite') ? '' : readFileSync(join(FIXTURES, path), 'utf8').replace(/^\ufeff/u, ''));
    const bytes = typeof made === 'string' ? Buffer.from(made) : made;
    const file: Readable = { label: path, sizeBytes: bytes.length, read: async function* () { for (let at = 0; at < bytes.length; at += 2 ** 16) yield bytes.subarray(at, at + 2 ** 16); } };
    const structure = await readStructure(file);
    const format = path.startsWith('own/') ? OWN : structure && recognise(structure, path);
    if (!format) throw new Error(`${path} is not known`);
    let records = 0, ms = Infinity, plainMs = Infinity;
    for (let i = 0; i < rounds; i++) {
      const startedAt = performance.now();
      records = await read(file, format);
      const readAt = performance.now();
      plainly[plain](bytes);
      ms = Math.min(ms, readAt - startedAt);
      plainMs = Math.min(plainMs, performance.now() - readAt);
    }
    figures.push({ what, mb: bytes.length / 2 ** 20, records, perSecond: (records / ms) * 1_000, plainPerSecond: (records / plainMs) * 1_000, plain });
  }
  return figures;
}

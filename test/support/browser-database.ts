/** Databases as browsers keep them, with the tables and columns that matter here and some that must be left alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { MARKER } from './marker.ts';

export type Value = string | number | bigint | Buffer | null;

/** The bytes of a database made by these statements, then by `fill`. */
export function databaseOf(schema: string, fill: (insert: (sql: string, ...values: readonly Value[]) => void) => void = () => undefined): Buffer {
  const driver = new Driver(':memory:');
  driver.unsafeMode(true);
  driver.exec(schema);
  fill((sql, ...values) => { driver.prepare(sql).run(...values); });
  const bytes = driver.serialize();
  driver.close();
  return bytes;
}

/** The same, from a file in `folder` that keeps a log beside it, as Firefox does; the log is folded back. */
export function loggedDatabaseOf(folder: string, schema: string): Buffer {
  const path = join(folder, 'logged.sqlite');
  const driver = new Driver(path);
  driver.pragma('journal_mode=WAL');
  driver.exec(schema);
  driver.close();
  return readFileSync(path);
}

export const FIREFOX_SCHEMA = `
  CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL, typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER, guid TEXT, foreign_count INTEGER DEFAULT 0 NOT NULL, url_hash INTEGER DEFAULT 0 NOT NULL, description TEXT, preview_image_url TEXT);
  CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER, visit_date INTEGER, visit_type INTEGER, session INTEGER, source INTEGER DEFAULT 0 NOT NULL);
  CREATE TABLE moz_inputhistory (place_id INTEGER NOT NULL, input LONGVARCHAR NOT NULL, use_count INTEGER, PRIMARY KEY (place_id, input));
  CREATE INDEX moz_places_url_hashindex ON moz_places (url_hash);
  CREATE INDEX moz_historyvisits_placedateindex ON moz_historyvisits (place_id, visit_date);
  CREATE TRIGGER moz_places_afterinsert AFTER INSERT ON moz_inputhistory BEGIN UPDATE moz_places SET typed = 1; END;
  INSERT INTO moz_inputhistory VALUES (1, '${MARKER}', 1);`;

export const CHROME_SCHEMA = `
  CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT,url LONGVARCHAR,title LONGVARCHAR,visit_count INTEGER DEFAULT 0 NOT NULL,typed_count INTEGER DEFAULT 0 NOT NULL,last_visit_time INTEGER NOT NULL,hidden INTEGER DEFAULT 0 NOT NULL);
  CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT,url INTEGER NOT NULL,visit_time INTEGER NOT NULL,from_visit INTEGER,transition INTEGER DEFAULT 0 NOT NULL,segment_id INTEGER,visit_duration INTEGER DEFAULT 0 NOT NULL);
  CREATE TABLE keyword_search_terms (keyword_id INTEGER NOT NULL,url_id INTEGER NOT NULL,term LONGVARCHAR NOT NULL,normalized_term LONGVARCHAR NOT NULL);
  CREATE TABLE downloads (id INTEGER PRIMARY KEY,current_path LONGVARCHAR NOT NULL,target_path LONGVARCHAR NOT NULL);
  CREATE INDEX urls_url_index ON urls (url);
  INSERT INTO keyword_search_terms VALUES (1, 1, '${MARKER}', '${MARKER}');
  INSERT INTO downloads VALUES (1, '/home/${MARKER}', '/home/${MARKER}');`;

/** One visit: address, Unix ms (or whatever stands there), and the browser's number for how it came about. */
export type Visit = readonly [url: Value, at: Value, way: Value];

export const firefoxDatabase = (visits: readonly Visit[], schema = FIREFOX_SCHEMA): Buffer => databaseOf(schema, (insert) => {
  visits.forEach(([url, at, way], i) => {
    insert('INSERT INTO moz_places (id, url, title, description) VALUES (?, ?, ?, ?)', i + 1, url, MARKER, MARKER);
    insert('INSERT INTO moz_historyvisits (from_visit, place_id, visit_date, visit_type) VALUES (0, ?, ?, ?)', i + 1, Number.isSafeInteger(at) && typeof at === 'number' ? BigInt(at) * 1_000n + 7n : at, way);
  });
});

export const chromeDatabase = (visits: readonly Visit[]): Buffer => databaseOf(CHROME_SCHEMA, (insert) => {
  visits.forEach(([url, at, way], i) => {
    insert('INSERT INTO urls (id, url, title, last_visit_time) VALUES (?, ?, ?, 0)', i + 1, url, MARKER);
    insert('INSERT INTO visits (url, visit_time, transition) VALUES (?, ?, ?)', i + 1, Number.isSafeInteger(at) && typeof at === 'number' ? (BigInt(at) + 11_644_473_600_000n) * 1_000n + 7n : at, way);
  });
});

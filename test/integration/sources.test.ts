/** Importing on a real encrypted database with a real worker: preview, import, again, overlapping, cancel, undo. */
import { randomBytes } from 'node:crypto';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { itemExamples, itemsOfImports, listItems, recordsOfItems } from '../../electron/core/records/records.ts';
import { totalItems } from '../../electron/core/records/totals.ts';
import type { WritableDb } from '../../electron/core/platform/sqlite/types.ts';
import { insertImport } from '../../electron/core/records/imports.ts';
import { newSealKey, sealing } from '../../electron/core/platform/files/sealed-file.ts';
import { chromeDatabase, databaseOf, firefoxDatabase } from '../support/browser-database.ts';
import { folderOf, fixture, MARKER, NOW_MS, openSources, zipOf } from '../support/sources.ts';

const read = (name: string): Buffer => readFileSync(fixture(name));
const DAY_MS = 86_400_000;

/** `count` plays of `tracks` tracks as account data. */
const plays = (count: number, tracks = 50, startMs = Date.UTC(2024, 0, 1)): string => JSON.stringify(Array.from({ length: count }, (_, i) => ({
  endTime: new Date(startMs + i * 240_000).toISOString().slice(0, 16).replace('T', ' '), artistName: `Artist ${i % 7}`, trackName: `Track ${i % tracks}`, msPlayed: 60_000 + i,
})));

const spotifyZip = async (): Promise<string> => {
  const folder = folderOf({});
  const path = join(folder, 'my_spotify_data.zip');
  writeFileSync(path, await zipOf({
    'Spotify Extended Streaming History/Streaming_History_Audio_2024_0.json': read('spotify/Streaming_History_Audio_2024_0.json'),
    'Spotify Extended Streaming History/endsong_0.json': read('spotify/endsong_0.json'),
    'Spotify Extended Streaming History/ReadMeFirst.pdf': '%PDF-1.4',
  }, { forceZip64Format: true }));
  return path;
};

describe('a preview', () => {
  it('shows what is in a zip64 and stores nothing', async () => {
    const { preview, counts, service } = openSources();
    const looked = await preview(await spotifyZip());
    expect(looked.items).toMatchObject([{ source: 'spotify', format: 'spotify/extended', file: 'my_spotify_data.zip', profiles: [] }]);
    expect(looked.items[0]?.sample[0]).toEqual({ kind: 'music', act: 'used', title: 'Harbour Lights', creator: 'The Paper Boats', atMs: Date.UTC(2018, 2, 1, 13, 5, 41), detail: 'Out of Paper · 4 min' });
    expect(looked.items[0]?.sample.length).toBeLessThanOrEqual(8);
    expect(looked.items[0]?.drops).toContain('address of your connection (ip_addr, ip_addr_decrypted)');
    expect(looked.unrecognised).toMatchObject([{ file: 'Spotify Extended Streaming History/ReadMeFirst.pdf', code: 'ERR_SOURCE_UNRECOGNISED' }]);
    expect(counts()).toEqual({ records: 0, items: 0 });
    expect(service.imports()).toEqual([]);
  });

  it('names the profiles of a shared account, and imports only the one chosen', async () => {
    const { preview, service, jobs } = openSources();
    const looked = await preview(fixture('netflix/ViewingActivity.csv'));
    expect(looked.items[0]?.profiles).toEqual(['Robin', 'Kim']);
    const job = await jobs.ended(service.import(looked.previewId, [{ key: looked.items[0]?.key ?? '', profiles: ['Kim'] }]));
    expect(job.reports).toMatchObject([{ source: 'netflix', added: 2, duplicate: 0, read: 13, skipped: 11 }]);
  });

  it('finds everything in a folder, one data set per format', async () => {
    const { preview } = openSources();
    const looked = await preview(fixture(''));
    expect(looked.items.map(({ format }) => format).sort()).toEqual([
      'amazon/order-history-report', 'amazon/orders-2026', 'amazon/retail-order-history', 'netflix/viewing-activity', 'netflix/viewing-history', 'spotify/account', 'spotify/account-podcasts', 'spotify/extended',
    ]);
    expect(looked.unrecognised).toMatchObject([{ file: 'netflix/latin1.csv', code: 'ERR_ENCODING_INVALID' }]);
  });

  it('takes the numbered zips of one export as one, format by format, and says why a file is left out', async () => {
    const { preview, service, jobs } = openSources();
    const folder = folderOf({});
    const zip = async (name: string, files: Readonly<Record<string, string>>): Promise<string> => {
      const path = join(folder, name);
      writeFileSync(path, await zipOf(Object.fromEntries(Object.entries(files).map(([inside, fixed]) => [inside, read(`../google/${fixed}`)]))));
      return path;
    };
    const second = await zip('takeout-20240501T100000Z-002.zip', { 'Takeout/My Activity/Search/MyActivity.json': 'MyActivity.json', 'Takeout/Chrome/History.json': 'History.json' });
    const first = await zip('takeout-20240501T100000Z-001.zip', { 'Takeout/YouTube/history/watch-history.json': 'watch-history.json', 'Takeout/YouTube/playlists/Watch later-videos.csv': 'Watch later-videos.csv', 'Takeout/Location History/Records.json': 'Records.json' });
    const another = await zip('takeout-20260501T100000Z-001.zip', { 'Takeout/YouTube/history/watch-history.json': 'Wiedergabeverlauf.json' });
    const alone = await zip('takeout.zip', { 'Takeout/YouTube/history/watch-history.json': 'Wiedergabeverlauf.json' });
    const looked = await preview(second, first, another, alone);
    expect(looked.items.map(({ format, file }) => `${format} ${file}`)).toEqual([
      'google/activity takeout-20240501T100000Z-001.zip and 1 more', 'google/chrome-history takeout-20240501T100000Z-002.zip/Takeout/Chrome/History.json',
      'google/activity takeout-20260501T100000Z-001.zip/Takeout/YouTube/history/watch-history.json', 'google/activity takeout.zip/Takeout/YouTube/history/watch-history.json',
    ]);
    expect(looked.unrecognised.map(({ message }) => message)).toEqual([expect.stringContaining('not their titles'), expect.stringContaining('the places you were at are never imported')]);
    const job = await jobs.ended(service.import(looked.previewId, [{ key: looked.items[0]?.key ?? '' }]));
    expect(job.reports).toMatchObject([{ source: 'google', state: 'done', added: 15, duplicate: 0 }]);
  });

  it('is forgotten when discarded, and its files let go', async () => {
    const { preview, service, released } = openSources();
    const looked = await preview(fixture('netflix/verlauf.csv'));
    expect(service.discardPreview(looked.previewId)).toBe(true);
    expect(service.discardPreview(looked.previewId)).toBe(false);
    expect(released).toHaveLength(1);
    expect(() => service.import(looked.previewId, [{ key: looked.items[0]?.key ?? '' }])).toThrow(expect.objectContaining({ code: 'ERR_PREVIEW_UNKNOWN' }));
  });

  it('of the samples is marked as such', async () => {
    const resourcesDir = folderOf({});
    const { service, jobs } = openSources({ resourcesDir });
    await expect(service.previewSamples()).rejects.toMatchObject({ code: 'ERR_FILE_MISSING' });
    const samples = openSources({ resourcesDir: join(import.meta.dirname, '../../resources') });
    const looked = await samples.service.previewSamples();
    expect(new Set(looked.items.map(({ source }) => source))).toEqual(new Set(['netflix', 'spotify', 'amazon']));
    const job = await samples.jobs.ended(samples.service.import(looked.previewId, looked.items.map(({ key }) => ({ key }))));
    expect(job.state).toBe('done');
    expect(job.reports.every((report) => report.sample && report.added > 0)).toBe(true);
    expect(jobs.list()).toEqual([]);
  });
});

describe('an import', () => {
  it('stores every record once, reports every row, and says so in the log', async () => {
    const { runImport, counts, audit, db, released, events } = openSources();
    const { job, reports } = await runImport(await spotifyZip(), fixture('netflix/ViewingActivity.csv'), fixture('amazon/Retail.OrderHistory.1.csv'));
    expect(job).toMatchObject({ state: 'done', phase: 'finished', error: null, remainingMs: 0 });
    expect(reports.map(({ source, file, read: rows, added, duplicate, skipped, state, sample }) => ({ source, file, rows, added, duplicate, skipped, state, sample }))).toEqual([
      { source: 'spotify', file: 'my_spotify_data.zip', rows: 11, added: 6, duplicate: 0, skipped: 5, state: 'done', sample: false },
      { source: 'netflix', file: 'ViewingActivity.csv', rows: 13, added: 5, duplicate: 0, skipped: 8, state: 'done', sample: false },
      { source: 'amazon', file: 'Retail.OrderHistory.1.csv', rows: 10, added: 5, duplicate: 0, skipped: 5, state: 'done', sample: false },
    ]);
    expect(reports[1]?.issues[0]).toEqual({ code: 'SKIPPED_TRAILER', position: 'ViewingActivity.csv#row=5', count: 1 });
    expect(reports[0]).toMatchObject({ firstRecordMs: Date.UTC(2018, 2, 1, 13, 5, 41), lastRecordMs: Date.UTC(2024, 2, 6, 7, 30) });
    expect(counts()).toEqual({ records: 16, items: 12 });
    expect(audit.list({ limit: 10 }).entries.map(({ type, counts: numbers }) => [type, numbers['added']])).toEqual([['import.finished', 5], ['import.finished', 5], ['import.finished', 6]]);
    expect(released).toHaveLength(3);
    expect(events.at(-1)?.state).toBe('done');
    expect(listItems(db, { afterId: 0, limit: 100 }).find(({ title }) => title === 'Harbour Lights')).toMatchObject({ source: 'spotify', kind: 'music', creator: 'The Paper Boats', collection: 'Out of Paper' });
  });

  it('leaves nothing of addresses, payment, devices, persons or the network in the database', async () => {
    const { runImport, db } = openSources();
    await runImport(fixture('spotify/Streaming_History_Audio_2024_0.json'), fixture('spotify/endsong_0.json'), fixture('netflix/ViewingActivity.csv'), fixture('amazon/Retail.OrderHistory.1.csv'), fixture('amazon/Your Amazon Orders/Order History.csv'), fixture('amazon/01-Jan-2021_to_31-Dec-2021.csv'));
    const tables = db.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    let rows = 0;
    for (const { name } of tables) {
      for (const row of db.query<Record<string, unknown>>(`SELECT * FROM "${name}"`).iterate()) {
        rows++;
        for (const value of Object.values(row)) {
          const text = Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
          for (const secret of [MARKER, 'Robin', '303-1', '112-1']) expect(text, `${name} holds ${secret}`).not.toContain(secret);
        }
      }
    }
    expect(rows).toBeGreaterThan(20);
  });

  it('of the same files again adds nothing', async () => {
    const { runImport, counts } = openSources();
    const files = [await spotifyZip(), fixture('netflix/ViewingActivity.csv'), fixture('netflix/ambiguous.csv'), fixture('amazon/Retail.OrderHistory.1.csv')];
    await runImport(...files);
    const before = counts();
    const { reports } = await runImport(...files);
    for (const report of reports) {
      expect(report.added).toBe(0);
      expect(report.read).toBe(report.duplicate + report.skipped);
    }
    expect(counts()).toEqual(before);
  });

  it.each([
    ['spotify/StreamingHistory_music_0.json', 'spotify/Streaming_History_Audio_2024_0.json', [2, 3, 2]],
    ['spotify/Streaming_History_Audio_2024_0.json', 'spotify/StreamingHistory_music_0.json', [5, 0, 2]],
    ['spotify/Streaming_History_Audio_2024_0.json', 'spotify/StreamingHistory_podcast_0.json', [5, 0, 1]],
    ['netflix/NetflixViewingHistory-us.csv', 'netflix/ViewingActivity.csv', [3, 3, 2]],
    ['netflix/ViewingActivity.csv', 'netflix/verlauf.csv', [5, 0, 2]],
    ['amazon/Retail.OrderHistory.1.csv', 'amazon/Your Amazon Orders/Order History.csv', [5, 2, 1]],
    ['../google/watch-history.json', '../google/watch-history.html', [8, 2, 4]],
    ['../facebook/advertisers_using_your_activity_or_information.json', '../facebook/advertisers_who_uploaded_a_contact_list_with_your_information.json', [2, 1, 1]],
    ['../instagram/following_hashtags.json', '../instagram/following_hashtags.json', [2, 0, 2]],
    ['../tiktok/user_data_tiktok.json', '../tiktok/user_data_tiktok.json', [12, 0, 12]],
    ['../browser/bookmarks-2024-03-01.json', '../browser/bookmarks-firefox.html', [4, 2, 2]],
  ] as const)('of %s then %s stores what both tell once', async (first, second, [added, more, known]) => {
    const { runImport } = openSources();
    expect((await runImport(fixture(first))).reports[0]).toMatchObject({ added });
    expect((await runImport(fixture(second))).reports[0]).toMatchObject({ added: more, duplicate: known });
  });

  it('shows progress, samples what it left out, and keeps serving others meanwhile', async () => {
    const { preview, service, jobs, clock, events } = openSources();
    const folder = folderOf({ 'StreamingHistory_music_0.json': plays(20_000), 'StreamingHistory_music_1.json': plays(5_000, 50, Date.UTC(2025, 0, 1)).replaceAll('"msPlayed":6', '"msPlayed":-6') });
    const looked = await preview(folder);
    const id = service.import(looked.previewId, looked.items.map(({ key }) => ({ key })));
    expect(() => service.import(looked.previewId, [])).toThrow(expect.objectContaining({ code: 'ERR_PREVIEW_UNKNOWN' }));
    await expect(service.undo('imp_x')).rejects.toMatchObject({ code: 'ERR_IMPORT_BUSY' });
    let turns = 0;
    const ticking = setInterval(() => { turns++; clock.advance(500); }, 1);
    const job = await jobs.ended(id);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(5);
    expect(job.reports).toMatchObject([{ read: 25_000, added: 20_000, skipped: 5_000, state: 'done' }]);
    const issues = job.reports[0]?.issues ?? [];
    expect(issues).toHaveLength(5);
    expect(issues.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
    const reading = events.filter(({ phase }) => phase === 'reading');
    expect(reading.some(({ remainingMs }) => remainingMs !== null && remainingMs > 0)).toBe(true);
    for (let i = 1; i < reading.length; i++) expect(reading[i]?.doneBytes ?? 0).toBeGreaterThanOrEqual(reading[i - 1]?.doneBytes ?? 0);
    expect(job.doneBytes).toBe(job.totalBytes);
  });

  it('that is cancelled keeps and reports what was stored', async () => {
    let refreshed = 0;
    const { preview, service, jobs, events, counts, audit } = openSources({ onRecordsChanged: async () => { refreshed++; return { removed: 0 }; } });
    const looked = await preview(folderOf({ 'a.json': plays(150_000) }));
    const id = service.import(looked.previewId, looked.items.map(({ key }) => ({ key })));
    while (!(jobs.list()[0]?.records ?? 0)) await new Promise((resolve) => { setTimeout(resolve, 1); });
    expect(jobs.cancel(id)).toBe(true);
    const job = await jobs.ended(id);
    expect(job).toMatchObject({ state: 'cancelled', error: null });
    const report = job.reports[0];
    expect(report).toMatchObject({ state: 'cancelled' });
    expect(report?.added).toBeGreaterThan(0);
    expect(report?.added).toBeLessThan(150_000);
    expect(report?.read).toBe((report?.added ?? 0) + (report?.duplicate ?? 0) + (report?.skipped ?? 0));
    expect(counts().records).toBe(report?.added);
    expect(audit.list({ limit: 1 }).entries[0]?.type).toBe('import.cancelled');
    expect(refreshed).toBe(1);
    expect(jobs.cancel(id)).toBe(false);
    expect(() => jobs.cancel('job_none')).toThrow(expect.objectContaining({ code: 'ERR_JOB_UNKNOWN' }));
    expect(events.at(-1)?.state).toBe('cancelled');
  });

  it('that is cancelled while it is being understood is understood all the same, and only locking cuts that short', async () => {
    const seen: boolean[] = [];
    const { preview, service, jobs } = openSources({
      onRecordsChanged: async ({ signal }) => {
        jobs.cancel(jobs.list()[0]?.id ?? '');
        seen.push(signal.aborted);
        // Until the vault locks.
        await new Promise<void>((resolve) => { signal.addEventListener('abort', () => { resolve(); }, { once: true }); });
        seen.push(signal.aborted);
        return { removed: 0 };
      },
    });
    const looked = await preview(folderOf({ 'a.json': plays(10) }));
    service.import(looked.previewId, looked.items.map(({ key }) => ({ key })));
    while (seen.length === 0) await new Promise((resolve) => { setTimeout(resolve, 1); });
    await jobs.close();
    expect(seen).toEqual([false, true]);
  });

  it('that a crash interrupted is cancelled at the next unlocking, with what was stored', () => {
    const { db, service, audit } = openSources();
    insertImport(db, { id: 'imp_lost', source: 'spotify', format: 'spotify/account', file: 'x.json', sample: false, startedAtMs: 1, of: { sizeBytes: 1, choice: Buffer.alloc(32) } });
    expect(service.recoverInterrupted()).toBe(true);
    expect(service.imports()).toMatchObject([{ id: 'imp_lost', state: 'cancelled' }]);
    expect(audit.list({ limit: 1 }).entries[0]).toMatchObject({ type: 'import.cancelled', reason: 'interrupted', importId: 'imp_lost' });
    expect(service.recoverInterrupted()).toBe(false);
  });
});

describe('an import that stopped', () => {
  const big = (): string => folderOf({ 'a.json': plays(60_000, 700) });
  /** Lets `count` batches in, then does something. */
  const after = (db: WritableDb, records: number, act: () => void): void => {
    const timer = setInterval(() => {
      if ((db.query<{ n: number }>('SELECT count(*) AS n FROM records').get()?.n ?? 0) < records) return;
      clearInterval(timer);
      act();
    }, 1);
  };

  it('goes on behind the last row that was stored, as the same import, when the same file is chosen again', async () => {
    const vault = openSources();
    const { preview, service, jobs, db, counts } = vault;
    const folder = big();
    const first = await preview(folder);
    expect(first.items[0]?.stoppedAt).toBeNull();
    const id = service.import(first.previewId, [{ key: first.items[0]?.key ?? '' }]);
    after(db, 10_000, () => { jobs.cancel(id); });
    const stopped = (await jobs.ended(id)).reports[0];
    expect(stopped?.state).toBe('cancelled');
    expect(stopped?.read).toBeLessThan(60_000);
    const second = await preview(folder);
    expect(second.items[0]?.stoppedAt).toBe(stopped?.read);
    const { reports } = await jobs.ended(service.import(second.previewId, [{ key: second.items[0]?.key ?? '' }]));
    expect(reports).toMatchObject([{ id: stopped?.id, state: 'done', read: 60_000, added: 60_000, duplicate: 0, skipped: 0 }]);
    expect(service.imports()).toHaveLength(1);
    expect(counts().records).toBe(60_000);
    // Whole now: another time it is read from its beginning.
    const third = await preview(folder);
    expect(third.items[0]?.stoppedAt).toBeNull();
    expect((await jobs.ended(service.import(third.previewId, [{ key: third.items[0]?.key ?? '' }]))).reports).toMatchObject([{ added: 0, duplicate: 60_000 }]);
    expect(await service.undo(stopped?.id ?? '')).toMatchObject({ records: 60_000 });
  });

  it('stores the same as one that never stopped, wherever it was cut off by a crash, with rows left out and remarks between', async () => {
    const rows = Array.from({ length: 9_000 }, (_, i) => (i % 7 === 0 ? { endTime: 'never', artistName: 'A', trackName: 'B', msPlayed: 60_000 } : i % 11 === 0 ? { endTime: '2024-01-01 10:00', artistName: 'A', trackName: 'Short', msPlayed: 5 } : { endTime: new Date(Date.UTC(2024, 0, 1) + i * 240_000).toISOString().slice(0, 16).replace('T', ' '), artistName: `Artist ${i % 5}`, trackName: `Track ${i % 90}`, msPlayed: 60_000 }));
    const folder = folderOf({ 'a.json': JSON.stringify(rows) });
    const whole = openSources();
    const { reports: [told] } = await whole.runImport(folder);
    const all = whole.db.query('SELECT r.at_ms, i.title, i.creator FROM records r JOIN items i USING (item_id) ORDER BY 1, 2').all();
    const vault = openSources();
    const looked = await vault.preview(folder);
    const id = vault.service.import(looked.previewId, [{ key: looked.items[0]?.key ?? '' }]);
    after(vault.db, 3_000, () => { vault.jobs.cancel(id); });
    await vault.jobs.ended(id);
    // As a crash leaves it.
    vault.db.command("UPDATE imports SET state = 'running', finished_at_ms = NULL").run();
    expect(vault.service.recoverInterrupted()).toBe(true);
    const { reports } = await vault.runImport(folder);
    expect(reports[0]).toMatchObject({ state: 'done', read: told?.read, added: told?.added, skipped: told?.skipped });
    const sum = (issues: readonly { readonly code: string; readonly count: number }[] | undefined, code: string): number => issues?.filter((issue) => issue.code === code).reduce((total, { count }) => total + count, 0) ?? 0;
    for (const code of ['DATE_INVALID', 'SKIPPED_SHORT']) expect(sum(reports[0]?.issues, code)).toBe(sum(told?.issues, code));
    expect(vault.db.query('SELECT r.at_ms, i.title, i.creator FROM records r JOIN items i USING (item_id) ORDER BY 1, 2').all()).toEqual(all);
  });

  it('begins anew when something else is chosen of the file, and what is twice counts once', async () => {
    const { preview, service, jobs, db, counts } = openSources();
    const folder = big();
    const first = await preview(folder);
    const id = service.import(first.previewId, [{ key: first.items[0]?.key ?? '' }]);
    after(db, 8_000, () => { jobs.cancel(id); });
    const before = (await jobs.ended(id)).reports[0];
    const second = await preview(folder);
    const { reports } = await jobs.ended(service.import(second.previewId, [{ key: second.items[0]?.key ?? '', leaveOut: { creators: ['Artist 3'] } }]));
    expect(reports[0]?.id).not.toBe(before?.id);
    expect(reports).toMatchObject([{ read: 60_000, state: 'done' }]);
    expect(counts().records).toBeLessThan(60_000);
  });

  it('waits while it is paused, goes on or stops from there, and lets others read meanwhile', async () => {
    const { preview, service, jobs, db, counts } = openSources();
    const folder = big();
    for (const isStopping of [false, true]) {
      db.command('DELETE FROM records').run();
      db.command("UPDATE imports SET state = 'undone'").run();
      const looked = await preview(folder);
      const id = service.import(looked.previewId, [{ key: looked.items[0]?.key ?? '' }]);
      const waiting = new Promise<void>((resolve) => { after(db, 8_000, () => { jobs.pause(id, true); resolve(); }); });
      await waiting;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
      const paused = counts().records;
      await new Promise((resolve) => { setTimeout(resolve, 200); });
      expect(counts().records).toBe(paused);
      expect(jobs.list()[0]).toMatchObject({ state: 'running', paused: true, remainingMs: null });
      if (isStopping) jobs.cancel(id); else expect(jobs.pause(id, false)).toBe(true);
      expect(await jobs.ended(id)).toMatchObject({ state: isStopping ? 'cancelled' : 'done', paused: false });
      expect(counts().records).toBe(isStopping ? paused : 60_000);
      expect(jobs.pause(id, true)).toBe(false);
    }
    expect(() => jobs.pause('job_none', true)).toThrow(expect.objectContaining({ code: 'ERR_JOB_UNKNOWN' }));
  });
});

describe('undoing', () => {
  it('takes the records of that import and the items only it had, and can be done once', async () => {
    let refreshed = 0;
    const { runImport, service, counts, audit, db } = openSources({ onRecordsChanged: async () => ({ removed: ++refreshed }) });
    await runImport(fixture('spotify/StreamingHistory_music_0.json'));
    const before = counts();
    const highest = db.query<{ n: number }>('SELECT max(item_id) AS n FROM items').get()?.n ?? 0;
    const { reports } = await runImport(await spotifyZip());
    const id = reports[0]?.id ?? '';
    expect(await service.undo(id)).toEqual({ importId: id, records: 4, preferences: 3 });
    expect(counts()).toEqual(before);
    expect(service.imports()[0]).toMatchObject({ id, state: 'undone' });
    expect(audit.list({ limit: 1 }).entries[0]).toMatchObject({ type: 'import.undone', importId: id, counts: { records: 4 } });
    await expect(service.undo(id)).rejects.toMatchObject({ code: 'ERR_IMPORT_UNKNOWN' });
    await expect(service.undo('imp_none')).rejects.toMatchObject({ code: 'ERR_IMPORT_UNKNOWN' });
    // What was undone can be imported again, and its items get ids nobody remembers.
    expect((await runImport(await spotifyZip())).reports[0]).toMatchObject({ added: 4 });
    expect(listItems(db, { afterId: highest, limit: 10 }).every((item) => item.id > highest + 2)).toBe(true);
  });
});

describe('reading the records', () => {
  it('totals items with decay, in pieces', async () => {
    const { runImport, db } = openSources();
    const { reports } = await runImport(folderOf({ 'a.json': plays(30_000, 3) }));
    await runImport(fixture('amazon/Your Amazon Orders/Order History.csv'));
    let pauses = 0;
    const halfLifeMsOf = (kind: string): number => (kind === 'product' ? 365 : 30) * DAY_MS;
    const totals = await totalItems(db, { asOfMs: NOW_MS, halfLifeMsOf, pause: async () => { pauses++; } });
    expect(pauses).toBeGreaterThan(1);
    expect(totals.records).toBe(30_003);
    const rows = db.query<{ item_id: number; at_ms: number }>('SELECT item_id, at_ms FROM records').all();
    for (const item of listItems(db, { afterId: 0, limit: 100 })) {
      const own = rows.filter((row) => row.item_id === item.id);
      expect(totals.count[item.id]).toBe(own.length);
      expect(totals.lastAtMs[item.id]).toBe(Math.max(...own.map((row) => row.at_ms)));
      expect(totals.firstAtMs[item.id]).toBe(Math.min(...own.map((row) => row.at_ms)));
      expect(totals.decayedOf(item.id)).toBeCloseTo(own.reduce((sum, row) => sum + 2 ** ((row.at_ms - NOW_MS) / halfLifeMsOf(item.kind)), 0), 9);
    }
    const puzzle = listItems(db, { afterId: 0, limit: 100 }).find(({ title }) => title.startsWith('Jigsaw'));
    expect(puzzle && [totals.amountMinor[puzzle.id], totals.currencyOf(puzzle.id), totals.quantity[puzzle.id]]).toEqual([1200, 'JPY', 1]);
    const first = reports[0]?.id ?? '';
    const ids = itemsOfImports(db, [first]);
    expect(ids.length).toBeGreaterThan(3);
    const examples = itemExamples(db, ids, 2);
    expect(examples).toHaveLength(2);
    expect(examples[0]).toMatchObject({ source: 'spotify', importId: first, lastAtMs: totals.lastAtMs[examples[0]?.itemId ?? 0], count: totals.count[examples[0]?.itemId ?? 0] });
    expect(recordsOfItems(db, ids, 4).map(({ atMs }) => atMs)).toEqual(rows.filter((row) => ids.includes(row.item_id)).map((row) => row.at_ms).sort((a, b) => b - a).slice(0, 4));
    expect(basename(reports[0]?.file ?? '')).toBe('a.json');
  });
});

describe('the database of a browser', () => {
  const at = Date.UTC(2024, 2, 1, 8);
  const visits = [['https://www.chefkoch.de/a', at, 1], ['https://www.bbc.co.uk/sport', at, 1], ['https://www.bbc.co.uk/news', at + DAY_MS, 1], ['http://10.0.0.1/', at, 1]] as const;

  it('is read by itself, in a folder, in a zip, and sealed as the web host keeps it, and counts once', async () => {
    const { preview, grant, service, jobs, runImport, counts } = openSources();
    const folder = folderOf({ 'places.sqlite': firefoxDatabase(visits), 'History-journal': 'x', 'cookies.sqlite': databaseOf(`CREATE TABLE moz_cookies (value TEXT); INSERT INTO moz_cookies VALUES ('${MARKER}')`) });
    const looked = await preview(folder);
    expect(looked.items.map(({ format, sample }) => [format, sample.map(({ title }) => title)])).toEqual([['browser/firefox-history', ['chefkoch.de', 'bbc.co.uk', 'bbc.co.uk']]]);
    expect(looked.unrecognised).toMatchObject([{ file: 'History-journal' }, { file: 'cookies.sqlite', message: expect.stringContaining('of all databases') as string }]);

    const path = join(folder, 'upload'), sealKey = newSealKey(randomBytes);
    await pipeline(Readable.from([chromeDatabase(visits)]), sealing(sealKey), createWriteStream(path));
    expect(readFileSync(path).includes('SQLite')).toBe(false);
    const sealed = await service.preview([grant(path, sealKey)]);
    const { reports: [report] } = await jobs.ended(service.import(sealed.previewId, sealed.items.map(({ key }) => ({ key }))));
    expect(report).toMatchObject({ state: 'done', read: 4, added: 3, skipped: 1, issues: [{ code: 'SKIPPED_OTHER' }] });

    const zip = join(folderOf({ 'profile.zip': await zipOf({ 'User Data/Default/History': chromeDatabase(visits) }) }), 'profile.zip');
    expect((await runImport(zip)).reports[0]).toMatchObject({ added: 0, duplicate: 3 });
    expect((await runImport(join(folder, 'places.sqlite'))).reports[0]).toMatchObject({ added: 0, duplicate: 3 });
    expect(counts()).toEqual({ records: 3, items: 2 });
  });

  it('that is damaged, or changed after it was looked at, imports nothing and says so', async () => {
    const { preview, service, jobs, counts } = openSources();
    const bytes = firefoxDatabase(visits);
    const folder = folderOf({ 'places.sqlite': bytes, 'half.sqlite': bytes.subarray(0, 6_000) });
    await expect(preview(join(folder, 'half.sqlite'))).rejects.toMatchObject({ code: 'ERR_DATABASE_INVALID' });
    const looked = await preview(join(folder, 'places.sqlite'));
    writeFileSync(join(folder, 'places.sqlite'), bytes.subarray(0, 6_000));
    const job = await jobs.ended(service.import(looked.previewId, looked.items.map(({ key }) => ({ key }))));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'ERR_DATABASE_INVALID' } });
    expect(counts()).toEqual({ records: 0, items: 0 });
  });
});

describe('refunds', () => {
  const orders = 'ASIN,Currency,Order Date,Order ID,Order Status,Original Quantity,Product Name,Total Amount,Unit Price,Unit Price Tax\nB1,EUR,2024-06-01T10:00:00Z,1-1,Closed,1,Wrong Shoes,50.00,50.00,0\nB2,EUR,2024-06-02T10:00:00Z,1-2,Closed,1,Right Shoes,60.00,60.00,0\n';
  const refunds = 'Currency,Order ID,Refund Amount,Refund Date,Reversal Status\nEUR,1-1,50.00,2024-06-20T10:00:00Z,Completed\n';
  const actsOf = ({ db }: ReturnType<typeof openSources>) => db.query<{ title: string; act: string }>('SELECT title, act FROM items ORDER BY title').all().map(({ title, act }) => `${act} ${title}`);

  it('chosen with the orders mark what was paid back, and no number of an order is kept', async () => {
    const vault = openSources();
    const folder = folderOf({ 'Order History.csv': orders, 'Refund Details.csv': refunds });
    const looked = await vault.preview(folder);
    expect(looked.unrecognised).toEqual([]);
    expect(looked.items).toMatchObject([{ format: 'amazon/orders-2026', sample: [{ act: 'returned', title: 'Wrong Shoes' }, { act: 'used', title: 'Right Shoes' }] }]);
    await vault.runImport(folder);
    expect(actsOf(vault)).toEqual(['used Right Shoes', 'returned Wrong Shoes']);
  });

  it('that are damaged are named, and the orders beside them are read; of two that overlap one counts', async () => {
    const vault = openSources();
    const damaged = `${refunds}${'EUR,2-2,1.00,2024-06-20T10:00:00Z,Completed\n'.repeat(20_000)}\0`;
    const looked = await vault.preview(folderOf({ 'Order History.csv': orders, 'Refund Details.csv': damaged }));
    expect(looked.items).toMatchObject([{ sample: [{ act: 'used' }, { act: 'used' }] }]);
    expect(looked.unrecognised).toEqual([expect.objectContaining({ file: expect.stringContaining('Refund Details.csv') as string, code: 'ERR_ENCODING_INVALID' })]);
    const twice = orders + 'B1,EUR,2024-06-01T10:00:00Z,1-1,Closed,1,More Shoes,50.00,50.00,0\n';
    const folder = folderOf({ 'Order History.csv': twice, 'Refund Details.csv': refunds, 'Refund Details (1).csv': refunds });
    await vault.runImport(folder);
    expect(actsOf(vault)).toEqual(['used More Shoes', 'used Right Shoes', 'returned Wrong Shoes']);
  });

  it('that come with a later import change what was stored of the line, and an older export changes nothing back', async () => {
    const vault = openSources();
    const old = folderOf({ 'Order History.csv': orders }), both = folderOf({ 'Order History.csv': orders, 'Refund Details.csv': refunds });
    await vault.runImport(old);
    const recordsOf = () => vault.db.query<{ title: string; act: string }>('SELECT i.title, i.act FROM records r JOIN items i USING (item_id) ORDER BY i.title').all().map(({ title, act }) => `${act} ${title}`);
    expect(await vault.runImport(both)).toMatchObject({ reports: [{ added: 0, duplicate: 2 }] });
    expect(recordsOf()).toEqual(['used Right Shoes', 'returned Wrong Shoes']);
    expect(await vault.runImport(old)).toMatchObject({ reports: [{ added: 0, duplicate: 2 }] });
    expect(recordsOf()).toEqual(['used Right Shoes', 'returned Wrong Shoes']);
    const gift = orders.replace('Unit Price Tax\n', 'Unit Price Tax,Gift Message\n').replaceAll(/,0\n/gu, ',0,Not Available\n').replace('60.00,60.00,0,Not Available', '60.00,60.00,0,For you');
    await vault.runImport(folderOf({ 'Order History.csv': gift }));
    expect(recordsOf()).toEqual(['given Right Shoes', 'returned Wrong Shoes']);
  });

  it('taken back, leave the lines of other imports as they were before, whatever came in between and in whatever order they go', async () => {
    const gift = orders.replace('Unit Price Tax\n', 'Unit Price Tax,Gift Message\n').replaceAll(/,0\n/gu, ',0,Not Available\n').replace('50.00,50.00,0,Not Available', '50.00,50.00,0,For you');
    const folders = [folderOf({ 'Order History.csv': orders }), folderOf({ 'Order History.csv': gift }), folderOf({ 'Order History.csv': orders, 'Refund Details.csv': refunds })] as const;
    for (const [first, second, between] of [[2, 1, 'given'], [1, 2, 'returned']] as const) {
      const vault = openSources();
      const actOf = () => vault.db.query<{ act: string }>("SELECT i.act FROM records r JOIN items i USING (item_id) WHERE i.title = 'Wrong Shoes'").all().map(({ act }) => act);
      const ids: string[] = [];
      for (const folder of folders) ids.push((await vault.runImport(folder)).reports[0]?.id ?? '');
      expect(actOf()).toEqual(['returned']);
      await vault.service.undo(ids[first] ?? '');
      expect(actOf()).toEqual([between]);
      await vault.service.undo(ids[second] ?? '');
      expect(actOf()).toEqual(['used']);
      expect(vault.db.query<{ n: number }>('SELECT count(*) AS n FROM moved_orders').get()?.n).toBe(0);
      await vault.service.undo(ids[0] ?? '');
      expect([actOf(), actsOf(vault)]).toEqual([[], []]);
    }
  });

  it('taken back leave nothing behind of an import that added no record of its own', async () => {
    const vault = openSources();
    await vault.runImport(folderOf({ 'Order History.csv': orders }));
    const { reports: [report] } = await vault.runImport(folderOf({ 'Order History.csv': orders, 'Refund Details.csv': refunds }));
    expect(report?.added).toBe(0);
    await vault.service.undo(report?.id ?? '');
    expect(actsOf(vault)).toEqual(['used Right Shoes', 'used Wrong Shoes']);
  });

  it('taken back never move a line to a thing that is not there any more', async () => {
    const vault = openSources();
    await vault.runImport(folderOf({ 'Order History.csv': orders }));
    const { reports: [report] } = await vault.runImport(folderOf({ 'Order History.csv': orders, 'Refund Details.csv': refunds }));
    // As saving a damaged vault leaves it, when the page of one thing cannot be read.
    vault.db.exec("DELETE FROM items WHERE act = 'used' AND title = 'Wrong Shoes'");
    await vault.service.undo(report?.id ?? '');
    expect(vault.db.query<{ title: string; act: string }>("SELECT i.title, i.act FROM records r LEFT JOIN items i USING (item_id) WHERE i.title IS NULL OR i.title = 'Wrong Shoes'").all()).toEqual([{ title: 'Wrong Shoes', act: 'returned' }]);
  });

  it('of an import that cannot be read to its end change nothing of what others brought', async () => {
    const vault = openSources();
    await vault.runImport(folderOf({ 'Order History.csv': orders }));
    const more = 'B9,EUR,2024-06-03T10:00:00Z,1-9,Closed,1,Filler,1.00,1.00,0\n'.repeat(40_000);
    const { job } = await vault.runImport(folderOf({ 'Order History.csv': `${orders}${more}\0`, 'Refund Details.csv': refunds }));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'ERR_ENCODING_INVALID' } });
    expect(vault.db.query<{ title: string; act: string }>('SELECT i.title, i.act FROM records r JOIN items i USING (item_id) ORDER BY i.title').all()).toEqual([{ title: 'Right Shoes', act: 'used' }, { title: 'Wrong Shoes', act: 'used' }]);
  });

  it('pay one line back each, in however many files the orders lie', async () => {
    const vault = openSources();
    const [head = '', first = '', second = ''] = orders.split('\n');
    await vault.runImport(folderOf({ 'Order History.1.csv': `${head}\n${first}\n`, 'Order History.2.csv': `${head}\n${first.replace('Wrong Shoes', 'Wrong Hat')}\n${second}\n`, 'Refund Details.csv': refunds }));
    expect(actsOf(vault).filter((line) => line.startsWith('returned'))).toHaveLength(1);
  });

  it('alone, or with files of another source, are left with what to do', async () => {
    const vault = openSources();
    await expect(vault.preview(folderOf({ 'Refund Details.csv': refunds }))).rejects.toMatchObject({ code: 'ERR_SOURCE_UNRECOGNISED', message: expect.stringContaining('together with the orders') as string });
    const looked = await vault.preview(folderOf({ 'Refund Details.csv': refunds, 'cart.csv': 'Date Added to Cart,Product Name\n2024-05-25T14:40:00Z,Springform\n' }));
    expect([looked.items.length, looked.unrecognised.length]).toEqual([1, 1]);
  });
});

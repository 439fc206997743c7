/** A folder the vault looks at: whole exports that arrive there are offered once, other files are left alone, and nothing is read in by itself. */
import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, NOW_MS, openSources } from '../support/sources.ts';
import { call, openedCore, testPorts } from '../support/ports.ts';
import { temporaryFolder } from '../support/database.ts';

const PLAYS = JSON.stringify([{ endTime: '2024-01-01 10:00', artistName: 'Wilco', trackName: 'Jesus, Etc.', msPlayed: 60_000 }]);
const DAY_S = 86_400;

/** Writes a file that nobody has touched for a day. */
function put(folder: string, name: string, content: string, ageS = DAY_S): void {
  writeFileSync(join(folder, name), content);
  utimesSync(join(folder, name), NOW_MS / 1_000 - ageS, NOW_MS / 1_000 - ageS);
}

test('what arrives is offered once it stands still, and only what holds an export', async () => {
  const { service, counts, clock } = openSources();
  const folder = folderOf({});
  const { watched } = service;
  expect(watched.state()).toEqual({ folder: null, missing: false, found: [] });
  await watched.look();
  put(folder, 'StreamingHistory_music_0.json', PLAYS);
  put(folder, 'holiday.csv', 'colour,number\nblue,1\n');
  put(folder, 'photo.jpg', 'x');
  put(folder, '.hidden.json', PLAYS);
  put(folder, 'empty.json', '');
  mkdirSync(join(folder, 'folder.zip'));
  symlinkSync(join(folder, 'StreamingHistory_music_0.json'), join(folder, 'link.json'));
  watched.choose(folder);
  await watched.look();
  expect(watched.state()).toMatchObject({ missing: false, found: [{ name: 'StreamingHistory_music_0.json', exports: [{ source: 'spotify', format: 'spotify/account' }] }] });
  expect(counts()).toEqual({ records: 0, items: 0 });
  // On its way: it still grows, and its beginning would pass for the whole.
  put(folder, 'StreamingHistory_music_1.json', PLAYS, 1);
  await watched.look();
  expect(watched.state().found).toHaveLength(1);
  put(folder, 'StreamingHistory_music_1.json', `${PLAYS} `, 0);
  await watched.look();
  expect(watched.state().found).toHaveLength(1);
  clock.advance(20_000);
  await watched.look();
  expect(watched.state().found.map(({ name }) => name)).toEqual(['StreamingHistory_music_0.json', 'StreamingHistory_music_1.json']);
});

test('what was looked into or waved away is not offered again, unless it changes', async () => {
  const { service, jobs, counts } = openSources();
  const folder = folderOf({});
  put(folder, 'a.json', PLAYS);
  put(folder, 'b.json', PLAYS.replace('Wilco', 'Low'));
  service.watched.choose(folder);
  await service.watched.look();
  expect(service.watched.dismiss('b.json')).toBe(true);
  expect(service.watched.dismiss('b.json')).toBe(false);
  const preview = await service.previewWatched('a.json');
  await jobs.ended(service.import(preview.previewId, preview.items.map(({ key }) => ({ key }))));
  expect(counts().records).toBe(1);
  await expect(service.previewWatched('a.json')).rejects.toMatchObject({ code: 'ERR_FILE_MISSING' });
  await expect(service.previewWatched('../a.json')).rejects.toMatchObject({ code: 'ERR_FILE_MISSING' });
  await service.watched.look();
  expect(service.watched.state().found).toEqual([]);
  put(folder, 'b.json', `${PLAYS.replace('Wilco', 'Low')}\n`);
  await service.watched.look();
  expect(service.watched.state().found.map(({ name }) => name)).toEqual(['b.json']);
  put(folder, 'b.json', 'no longer an export');
  await service.watched.look();
  expect(service.watched.state().found).toEqual([]);
});

test('a folder that is gone is said to be, and comes back; one that cannot be used is refused', async () => {
  let told = 0;
  const { service } = openSources({ onFound: () => { told++; } });
  const folder = folderOf({});
  put(folder, 'a.json', PLAYS);
  service.watched.choose(folder);
  await service.watched.look();
  expect(told).toBe(1);
  rmSync(folder, { recursive: true });
  await service.watched.look();
  expect(service.watched.state()).toMatchObject({ folder, missing: true, found: [] });
  mkdirSync(folder);
  put(folder, 'a.json', PLAYS);
  await service.watched.look();
  expect(service.watched.state()).toMatchObject({ missing: false, found: [{ name: 'a.json' }] });
  expect(told).toBe(4);
  for (const bad of ['relative', '/no/such/folder', join(folder, 'a.json'), '/tmp\0/x']) expect(() => service.watched.choose(bad)).toThrow(expect.objectContaining({ code: 'ERR_WATCH_FOLDER' }));
  expect(service.watched.state().folder).toBe(folder);
  service.watched.choose(null);
  await service.watched.look();
  expect(service.watched.state()).toEqual({ folder: null, missing: false, found: [] });
});

test('is remembered by the vault, and never lies inside it', async () => {
  const ports = testPorts();
  const { core } = await openedCore(ports);
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.json'), PLAYS);
  utimesSync(join(folder, 'a.json'), 1, 1);
  expect(await call(core, 'sources.watch', { folder })).toMatchObject({ folder, found: [{ name: 'a.json' }] });
  await expect(call(core, 'sources.watch', { folder: ports.dataDir })).rejects.toMatchObject({ code: 'ERR_WATCH_FOLDER' });
  await call(core, 'vault.lock');
  await call(core, 'vault.unlock', { passphrase: 'correct horse battery staple' });
  expect(await call(core, 'sources.watched')).toMatchObject({ folder });
});

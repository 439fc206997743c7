/** A file no importer knows: what is in it is said once, tried out, kept, and known again; on a real encrypted database with a real worker. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../shared/api/mapping.ts';
import { folderOf, MARKER, openSources } from '../support/sources.ts';

const VINYL = [
  'Künstler;Titel;Album;Gekauft am;Preis;E-Mail;Bewertung',
  ...Array.from({ length: 12 }, (_, i) => `Band ${i};Lied ${i};Platte ${i % 3};${String(i + 1).padStart(2, '0')}.03.2024;${10 + i},50 €;${MARKER}${i}@example.org;${(i % 5) + 1}`),
  ';ohne Datum zu lesen;Platte;im Sommer;1 €;x@example.org;3', 'Band;;Platte;01.03.2024;1 €;x@example.org;3',
].join('\r\n');

const opened = (files: Readonly<Record<string, string>>) => {
  const sources = openSources(), folder = folderOf(files);
  const preview = (...names: string[]) => sources.service.preview(names.map((name) => sources.grant(join(folder, name))), { keepUnknown: true });
  return { ...sources, folder, previewOf: preview };
};
type Opened = ReturnType<typeof opened>;

/** What is guessed of the first unknown file, taken as it is. */
async function guessed({ service }: Opened, previewId: string, key: string, name: string): Promise<Mapping> {
  const { columns, guess, headerless } = await service.columns({ previewId, key });
  return {
    name, ...guess, headerless, dateOrder: columns.find(({ field }) => field === 'date')?.dateOrder ?? 'dmy',
    columns: columns.flatMap((column) => (column.field === null ? [] : [{ name: column.name, field: column.field }])),
  };
}

describe('a table no importer knows', () => {
  it('is refused by whoever does not ask for it, and kept at hand for whoever does', async () => {
    const sources = opened({ 'platten.csv': VINYL, 'notes.txt': 'Dear diary, today\nnothing happened' });
    await expect(sources.preview(join(sources.folder, 'platten.csv'))).rejects.toMatchObject({ code: 'ERR_SOURCE_UNRECOGNISED' });
    const looked = await sources.previewOf('platten.csv', 'notes.txt');
    expect(looked).toMatchObject({ items: [], unknown: [{ key: 'unknown:0', file: 'platten.csv' }] });
    expect(looked.unrecognised.map(({ file }) => file)).toEqual(['platten.csv', 'notes.txt']);
    await expect(sources.previewOf('notes.txt')).rejects.toMatchObject({ code: 'ERR_SOURCE_UNRECOGNISED' });
  });

  it('is guessed, tried out, kept, imported, known again, already there, and taken back; the addresses in it are never stored', async () => {
    const sources = opened({ 'platten.csv': VINYL });
    const { service, jobs, db } = sources;
    const looked = await sources.previewOf('platten.csv');
    const key = looked.unknown[0]?.key ?? '';
    const mapping = await guessed(sources, looked.previewId, key, 'Meine Platten');
    expect(mapping).toEqual({
      name: 'Meine Platten', kind: 'music', act: 'used', headerless: false, dateOrder: 'dmy', durationUnit: 'min', ratingTop: 5, currency: 'EUR',
      columns: [{ name: 'künstler', field: 'creator' }, { name: 'titel', field: 'title' }, { name: 'album', field: 'collection' }, { name: 'gekauft am', field: 'date' }, { name: 'preis', field: 'amount' }, { name: 'bewertung', field: 'rating' }],
    });
    const tried = await service.tryMapping({ previewId: looked.previewId, key, mapping });
    expect(tried.rows[0]).toEqual({ kind: 'music', act: 'disliked', title: 'Lied 0', creator: 'Band 0', collection: 'Platte 0', category: null, atMs: Date.UTC(2024, 2, 1, 12), durationMs: null, quantity: null, amountMinor: 1_050, currency: 'EUR' });
    expect(tried).toMatchObject({ read: 14, kept: 12, whole: true, issues: [{ code: 'DATE_INVALID', count: 1 }, { code: 'TITLE_MISSING', count: 1 }] });
    expect(service.mappings()).toEqual([]);

    const saved = await service.saveMapping({ previewId: looked.previewId, key, mapping });
    expect(saved).toMatchObject({ keys: [key], items: [{ source: 'own', file: 'platten.csv', own: { name: 'Meine Platten', mappingId: saved.mappingId }, drops: ['e-mail'] }] });
    const rows = await service.rows({ previewId: looked.previewId, key: saved.items[0]?.key ?? '', text: '' });
    expect(rows.summary?.records).toBe(12);
    const first = await jobs.ended(service.import(looked.previewId, [{ key: saved.items[0]?.key ?? '' }]));
    expect(first.reports).toMatchObject([{ source: 'own', own: 'Meine Platten', read: 14, added: 12, skipped: 2 }]);

    // The next file of the kind has other rows and is known at once, also by whoever does not ask for unknown ones.
    writeFileSync(join(sources.folder, 'platten-neu.csv'), `${VINYL}\r\nNeue;Neu;Platte;05.05.2024;9 €;x@example.org;5`);
    const again = await sources.runImport(join(sources.folder, 'platten-neu.csv'));
    expect(again.reports).toMatchObject([{ source: 'own', own: 'Meine Platten', added: 1, duplicate: 12, skipped: 2 }]);
    expect(JSON.stringify([db.query('SELECT * FROM items').all(), db.query('SELECT saved FROM mappings').all()])).not.toContain(MARKER);

    service.deleteMapping(saved.mappingId);
    expect(service.mappings()).toEqual([]);
    expect(sources.counts().records).toBe(13);
    expect(service.imports().map(({ own }) => own)).toEqual(['Meine Platten', 'Meine Platten']);
    await expect(sources.preview(join(sources.folder, 'platten.csv'))).rejects.toMatchObject({ code: 'ERR_SOURCE_UNRECOGNISED' });
    for (const { id } of service.imports()) await service.undo(id);
    expect(sources.counts()).toEqual({ records: 0, items: 0 });
    expect(sources.audit.list({ limit: 50 }).entries.map(({ type }) => type)).toEqual(expect.arrayContaining(['source.described', 'source.forgotten']));
    expect(sources.unexpected).toEqual([]);
  });

  it('takes other files of the same form along, and leaves those of another alone', async () => {
    const sources = opened({ 'a.csv': 'titel;autor\nEins;Ada\n', 'b.csv': 'titel;autor\nZwei;Bob\n', 'c.csv': 'titel;verlag\nDrei;X\n' });
    const looked = await sources.previewOf('a.csv', 'b.csv', 'c.csv');
    const saved = await sources.service.saveMapping({ previewId: looked.previewId, key: 'unknown:0', mapping: await guessed(sources, looked.previewId, 'unknown:0', 'Bücher') });
    expect(saved.keys).toEqual(['unknown:0', 'unknown:1']);
    expect(saved.items.map(({ file, sample }) => [file, sample[0]?.title])).toEqual([['a.csv', 'Eins'], ['b.csv', 'Zwei']]);
  });

  it('can be changed and renamed; a mapping that reads nothing is not kept', async () => {
    const sources = opened({ 'a.csv': 'titel,autor,genre\nEins,Ada,Krimi\n' });
    const { service } = sources;
    const looked = await sources.previewOf('a.csv');
    const mapping = await guessed(sources, looked.previewId, 'unknown:0', 'Bücher');
    await expect(service.saveMapping({ previewId: looked.previewId, key: 'unknown:0', mapping: { ...mapping, columns: [{ name: 'not there', field: 'title' }] } })).rejects.toMatchObject({ code: 'ERR_MAPPING_EMPTY' });
    const { mappingId } = await service.saveMapping({ previewId: looked.previewId, key: 'unknown:0', mapping });
    service.renameMapping(mappingId, 'Gelesenes');
    const second = await sources.previewOf('a.csv');
    expect(second.items).toMatchObject([{ own: { mappingId, name: 'Gelesenes' }, sample: [{ title: 'Eins', detail: 'Krimi' }] }]);
    const changed = await service.saveMapping({ previewId: second.previewId, key: second.items[0]?.key ?? '', mapping: { ...mapping, act: 'wanted' } });
    expect(changed).toMatchObject({ mappingId, items: [{ key: second.items[0]?.key, sample: [{ act: 'wanted' }] }], keys: [] });
    expect(service.mappings()).toHaveLength(1);
    expect(() => { service.renameMapping('nobody', 'x'); }).toThrow(expect.objectContaining({ code: 'ERR_MAPPING_UNKNOWN' }));
    expect(() => { service.deleteMapping('nobody'); }).toThrow(expect.objectContaining({ code: 'ERR_MAPPING_UNKNOWN' }));
  });
});

it('a list of objects is read down to two levels, and known again when members are missing', async () => {
  const element = (i: number) => ({ song: { name: `Song ${i}` }, artists: [`Ada ${i}`, 'Bob'], seconds: 200 + i, at: `2024-03-0${i + 1}T10:00:00Z`, user: { email: `${MARKER}@example.org` }, ...(i > 0 ? { genre: 'Jazz' } : {}) });
  const sources = opened({ 'plays.json': JSON.stringify([0, 1, 2].map(element)), 'fewer.json': JSON.stringify([0].map(element)) });
  const looked = await sources.previewOf('plays.json');
  const mapping = await guessed(sources, looked.previewId, 'unknown:0', 'My player');
  expect(mapping.columns).toEqual([{ name: 'song.name', field: 'title' }, { name: 'artists', field: 'creator' }, { name: 'seconds', field: 'duration' }, { name: 'at', field: 'date' }, { name: 'genre', field: 'category' }]);
  const saved = await sources.service.saveMapping({ previewId: looked.previewId, key: 'unknown:0', mapping });
  expect(saved.items[0]?.sample[1]).toEqual({ kind: 'music', act: 'used', title: 'Song 1', creator: 'Ada 1, Bob', atMs: Date.UTC(2024, 2, 2, 10), detail: '3 min · Jazz' });
  expect(saved.items[0]?.drops).toEqual(['user']);
  const { reports } = await sources.runImport(join(sources.folder, 'fewer.json'));
  expect(reports).toMatchObject([{ own: 'My player', added: 1 }]);
});

it('a table without a header is known again by its first row, of which only a hash is kept', async () => {
  const sources = opened({ 'seen.tsv': `2024-03-01\tAlien\t${MARKER}\n2024-03-02\tBlade Runner\tx\n` });
  const looked = await sources.previewOf('seen.tsv');
  const mapping = await guessed(sources, looked.previewId, 'unknown:0', 'Kino');
  expect(mapping).toMatchObject({ headerless: true, columns: [{ name: 'column 1', field: 'date' }, { name: 'column 2', field: 'title' }] });
  await sources.service.saveMapping({ previewId: looked.previewId, key: 'unknown:0', mapping });
  expect(JSON.stringify(sources.db.query('SELECT saved FROM mappings').all())).not.toContain(MARKER);
  const { reports } = await sources.runImport(join(sources.folder, 'seen.tsv'));
  expect(reports).toMatchObject([{ added: 2, read: 2 }]);
});

/** Archives, folders and files made to do harm: each ends in its code and changes nothing. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { openZip, ZIP_LIMITS } from '../../electron/core/platform/archive/zip.ts';
import { temporaryFolder } from '../support/database.ts';
import { followedZip, rawZip, type RawEntry } from '../support/raw-zip.ts';
import { folderOf, openSources, zipOf } from '../support/sources.ts';

const SLIM = 'Title,Date\n"A Film","1/31/24"\n"Another","1/30/24"\n';
const good: RawEntry = { name: 'NetflixViewingHistory.csv', content: Buffer.from(SLIM) };
const inFolder = (name: string, content: string | Buffer): string => join(folderOf({ [name]: content }), name);

describe('a hostile zip', () => {
  it.each<[string, string, RawEntry[]]>([
    ['climbs out', 'ERR_ARCHIVE_UNSAFE', [good, { name: '../evil.csv' }]],
    ['climbs out in the middle', 'ERR_ARCHIVE_UNSAFE', [{ name: 'a/../../evil.csv' }]],
    ['climbs out with backslashes', 'ERR_ARCHIVE_UNSAFE', [{ name: '..\\evil.csv' }]],
    ['is absolute', 'ERR_ARCHIVE_UNSAFE', [{ name: '/etc/passwd' }]],
    ['names a drive', 'ERR_ARCHIVE_UNSAFE', [{ name: 'C:\\Windows\\x.csv' }]],
    ['names a drive without a slash', 'ERR_ARCHIVE_UNSAFE', [{ name: 'C:x.csv' }]],
    ['hides behind NUL', 'ERR_ARCHIVE_UNSAFE', [{ name: 'good.csv\0.exe' }]],
    ['holds a name twice', 'ERR_ARCHIVE_UNSAFE', [good, good]],
    ['holds a name in two spellings', 'ERR_ARCHIVE_UNSAFE', [{ name: 'é.csv' }, { name: 'e\u0301.csv' }]],
    ['holds a link', 'ERR_ARCHIVE_UNSAFE', [{ name: 'link.csv', mode: 0o120777, content: Buffer.from('/etc/passwd') }]],
    ['holds a device', 'ERR_ARCHIVE_UNSAFE', [{ name: 'tty.csv', mode: 0o020666 }]],
    ['has two names for a file', 'ERR_ARCHIVE_UNSAFE', [{ ...good, localName: 'NetflixViewingHistorx.csv' }]],
    ['has a password', 'ERR_ARCHIVE_INVALID', [{ ...good, isEncrypted: true }]],
    ['declares the size of a bomb', 'ERR_ARCHIVE_BOMB', [{ ...good, declaredSize: 0xfffffff0 }]],
    ['is a bomb', 'ERR_ARCHIVE_BOMB', [{ name: 'zeros.csv', content: Buffer.alloc(20 * 2 ** 20) }]],
    ['is a bomb in small pieces', 'ERR_ARCHIVE_BOMB', Array.from({ length: 6 }, (_, i) => ({ name: `${i}.csv`, content: Buffer.from('Title,Date\n' + 'a,1/1/23\n'.repeat(110_000)) }))],
    ['has a name without an end', 'ERR_ARCHIVE_UNSAFE', [{ name: `${'a'.repeat(2_000)}.csv` }]],
    ['claims bytes it has not', 'ERR_ARCHIVE_INVALID', [good, { name: 'b.csv', declaredPacked: 2 ** 30 }]],
    ['unpacks to more than it says', 'ERR_ARCHIVE_BOMB', [{ name: 'a.csv', content: Buffer.from(SLIM.repeat(5_000)), declaredSize: 100 }]],
    ['overlaps', 'ERR_ARCHIVE_BOMB', [good, { ...good, name: 'b.csv', overlaps: true }, { ...good, name: 'c.csv', overlaps: true }]],
    ['unpacks to less than it says', 'ERR_ARCHIVE_INVALID', [{ ...good, declaredSize: SLIM.length + 10 }]],
    ['has a wrong checksum', 'ERR_ARCHIVE_INVALID', [{ ...good, declaredCrc: 1 }]],
  ])('that %s ends in %s', async (_what, code, entries) => {
    const { preview, counts, released, service } = openSources();
    await expect(preview(inFolder('export.zip', rawZip(entries)))).rejects.toMatchObject({ code });
    expect(counts()).toEqual({ records: 0, items: 0 });
    expect(service.imports()).toEqual([]);
    expect(released).toHaveLength(1);
  });

  it('holds a link, a device, a locked file or one that is damaged beside a good one: the good one is used, and each is said', async () => {
    const { preview, runImport } = openSources();
    const path = inFolder('export.zip', rawZip([
      good, { name: 'link.csv', mode: 0o120777, content: Buffer.from('/etc/passwd') }, { name: 'tty.csv', mode: 0o020666 }, { ...good, name: 'locked.csv', isEncrypted: true }, { ...good, name: 'crc.csv', declaredCrc: 1 },
    ]));
    const looked = await preview(path);
    expect(looked.items).toHaveLength(1);
    expect(new Map(looked.unrecognised.map(({ file, code }) => [file, code]))).toEqual(new Map([['link.csv', 'ERR_ARCHIVE_UNSAFE'], ['tty.csv', 'ERR_ARCHIVE_UNSAFE'], ['locked.csv', 'ERR_ARCHIVE_INVALID'], ['crc.csv', 'ERR_ARCHIVE_INVALID']]));
    expect(looked.unrecognised.find(({ file }) => file === 'crc.csv')?.message).toBe('“crc.csv” in “export.zip” is damaged and could not be read to its end. The other files in it are not affected.');
    expect((await runImport(path)).reports[0]).toMatchObject({ state: 'done', added: 2 });
  });

  it('is packed in another way: it is said which, and what to do', async () => {
    const { preview } = openSources();
    await expect(preview(inFolder('takeout.tgz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])))).rejects.toMatchObject({ code: 'ERR_ARCHIVE_INVALID', message: expect.stringContaining('zip file') as string });
  });

  it('is not a zip at all, or half of one', async () => {
    const { preview } = openSources();
    await expect(preview(inFolder('export.zip', 'hello'))).rejects.toMatchObject({ code: 'ERR_ARCHIVE_INVALID' });
    await expect(preview(inFolder('export.zip', Buffer.alloc(0)))).rejects.toMatchObject({ code: 'ERR_ARCHIVE_INVALID' });
    const whole = await zipOf({ 'a.csv': SLIM });
    await expect(preview(inFolder('export', whole.subarray(0, 60)))).rejects.toMatchObject({ code: 'ERR_ARCHIVE_INVALID' });
  });

  it.each([['sizes before the bytes', rawZip], ['sizes behind the bytes, as Google writes them', followedZip]])('cut off anywhere: what came through whole is read and imported, with %s', async (_what, write) => {
    const contents = ['A Film', 'B Film', 'C Film'].map((title) => Buffer.from(`${SLIM}${Array.from({ length: 300 }, (_, i) => `"${title} ${i}","1/${1 + (i % 28)}/24"\n`).join('')}`));
    const entries = contents.map((content, i) => ({ name: `${i}/history.csv`, content }));
    const whole = write(entries);
    // Where each entry ends, as an archive of only those before it begins its directory there.
    const ends = entries.map((_, i) => { const some = write(entries.slice(0, i + 1)); return some.readUInt32LE(some.length - 6); });
    for (let bytes = 0; bytes < whole.length; bytes += 97) {
      const complete = ends.filter((end) => end <= bytes).length;
      const archive = await openZip({ path: inFolder('cut.zip', whole.subarray(0, bytes)) }, 'cut.zip').catch((error: unknown) => error);
      if (complete === 0) { expect(archive).toMatchObject({ code: 'ERR_ARCHIVE_INVALID' }); continue; }
      expect(archive).toMatchObject({ cutOff: true, entries: entries.slice(0, complete).map(({ name, content }) => ({ name, sizeBytes: content.length })) });
      const zip = archive as Awaited<ReturnType<typeof openZip>>;
      for (const [i, entry] of zip.entries.entries()) expect(await buffer(zip.read(entry))).toEqual(contents[i]);
      zip.close();
    }
    const { preview, runImport } = openSources();
    const path = inFolder('takeout.zip', whole.subarray(0, (ends[1] ?? 0) + 40));
    const looked = await preview(path);
    expect(looked.items).toHaveLength(1);
    expect(looked.unrecognised).toMatchObject([{ file: 'takeout.zip', code: 'ERR_ARCHIVE_INVALID', message: expect.stringContaining('Download it again') as string }]);
    expect((await runImport(path)).reports[0]).toMatchObject({ state: 'done', added: 602 });
  });

  it('cut off and hostile: the limits hold, and nothing is gone through without end', async () => {
    const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 22);
    const bombed = { name: 'zeros.csv', content: Buffer.alloc(20 * 2 ** 20) };
    for (const write of [rawZip, followedZip]) {
      const { preview } = openSources();
      const looked = await preview(inFolder('export.zip', cut(write([good, bombed]))));
      expect(looked.items).toHaveLength(1);
      await expect(preview(inFolder('export.zip', cut(write([good, { name: '../evil.csv' }]))))).rejects.toMatchObject({ code: 'ERR_ARCHIVE_UNSAFE' });
      await expect(preview(inFolder('export.zip', cut(write([good, good]))))).rejects.toMatchObject({ code: 'ERR_ARCHIVE_UNSAFE' });
    }
    const scanned = { ...ZIP_LIMITS, entries: 2 };
    const { entries } = await openZip(cut(rawZip([{ name: 'a' }, { name: 'b' }, { name: 'c' }])), 'many.zip', () => true, scanned);
    expect(entries.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('holds more entries than any export', async () => {
    const path = inFolder('many.zip', rawZip([{ name: 'a' }, { name: 'b' }, { name: 'c' }]));
    await expect(openZip({ path }, 'many.zip', () => true, { ...ZIP_LIMITS, entries: 2 })).rejects.toMatchObject({ code: 'ERR_ARCHIVE_BOMB' });
    await expect(openZip({ path }, 'many.zip', () => true, { ...ZIP_LIMITS, totalBytes: 2 })).rejects.toMatchObject({ code: 'ERR_ARCHIVE_BOMB' });
  });

  it('holds films of any size and a file about each picture, none of which is looked into', async () => {
    const { preview } = openSources();
    const beside = ['IMG_1.jpg.json', 'IMG_1.jpg.supplemental-metadata.json', 'IMG_2.HEIC.supplemental-meta.json', 'IMG_3.mp4.supplemen(2).json', 'IMG_4.jpg(1).json'];
    const looked = await preview(inFolder('takeout.zip', rawZip([good, { name: 'Takeout/Google Photos/film.mp4', declaredSize: 0xfffffff0 }, ...beside.map((name) => ({ name: `Takeout/Google Photos/${name}`, content: Buffer.from('{"title":"a"}') }))])));
    expect(looked.items).toHaveLength(1);
    expect(looked.unrecognised.map(({ code }) => code)).toEqual(Array.from({ length: beside.length + 1 }, () => 'ERR_SOURCE_UNRECOGNISED'));
    expect(looked.unrecognised.filter(({ message }) => message.includes('was left out: it only tells about one picture'))).toHaveLength(beside.length);
    expect(looked.unrecognised.filter(({ message }) => message.includes('was left out: exports are'))).toHaveLength(1);
  });

  it('holds one file beside the good ones that is too large or packs too well, and only that is left out', async () => {
    const { preview } = openSources();
    for (const bad of [{ name: 'Takeout/Drive/backup.zip', declaredSize: 0xfffffff0 }, { name: 'Takeout/Drive/empty rows.csv', content: Buffer.from(',,,,,,,,,,,\n'.repeat(200_000)) }]) {
      const looked = await preview(inFolder('takeout.zip', rawZip([bad, good])));
      expect(looked.items).toHaveLength(1);
      expect(looked.unrecognised).toEqual([expect.objectContaining({ file: bad.name, code: 'ERR_ARCHIVE_BOMB' })]);
    }
  });

  it('is small and packs very well, as a short export of one show does, and is read', async () => {
    const { preview } = openSources();
    const looked = await preview(inFolder('export.zip', rawZip([{ name: 'history.csv', content: Buffer.from(SLIM + '"A Film","1/31/24"\n'.repeat(40_000)) }])));
    expect(looked.items).toHaveLength(1);
  });

  it('holds others, down to the third, which are opened one at a time; the fourth stays closed', async () => {
    const { preview, runImport } = openSources();
    const nested = async (levels: number): Promise<Buffer> => (levels === 0 ? await zipOf({ 'a.csv': SLIM }) : await zipOf({ 'in.zip': await nested(levels - 1), [`at-${levels}.csv`]: SLIM.replace('A Film', `Film ${levels}`) }));
    const path = inFolder('outer.zip', await nested(3));
    const looked = await preview(path);
    expect(looked.items).toMatchObject([{ format: 'netflix/viewing-history', file: 'outer.zip', sizeBytes: (SLIM.length) * 3 }]);
    expect(looked.unrecognised).toMatchObject([{ file: 'in.zip/in.zip/in.zip', code: 'ERR_SOURCE_UNRECOGNISED', message: expect.stringContaining('Unpack') as string }]);
    expect((await runImport(path)).reports[0]).toMatchObject({ state: 'done', added: 4, duplicate: 2 });
  });

  it('holds others that are damaged, hostile or hidden under another ending, and gives what is good beside them', async () => {
    const { preview } = openSources();
    const zeros = rawZip([{ name: 'zeros.csv', content: Buffer.alloc(20 * 2 ** 20) }]);
    const good = await zipOf({ 'verlauf.csv': SLIM });
    const looked = await preview(inFolder('outer.zip', await zipOf({
      'a/good.zip': good, 'cut.zip': good.subarray(0, 60), 'climbs.zip': rawZip([{ name: '../evil.csv' }]), 'bomb.zip': zeros, 'hidden.csv': good, 'history.csv': SLIM.replace('A Film', 'Another'), 'none.zip': '',
    })));
    expect(looked.items.map(({ sizeBytes }) => sizeBytes)).toEqual([SLIM.length + SLIM.length + 1]);
    expect(new Map(looked.unrecognised.map(({ file, code }) => [file, code]))).toEqual(new Map([
      ['cut.zip', 'ERR_ARCHIVE_INVALID'], ['climbs.zip', 'ERR_ARCHIVE_UNSAFE'], ['bomb.zip/zeros.csv', 'ERR_ARCHIVE_BOMB'], ['none.zip', 'ERR_ARCHIVE_INVALID'], ['hidden.csv', 'ERR_SOURCE_UNRECOGNISED'],
    ]));
  });

  it('is a bomb only together with the zip in it, and is refused all the same', async () => {
    const { preview } = openSources();
    // Each packs well, neither too well: some 60 times and 60 times.
    const row = (i: number): string => `"${String(i * 7919 % 9973).padStart(4, '0')}","1/31/24"\n`;
    const text = Buffer.from(`Title,Date\n${Array.from({ length: 400 }, (_, i) => row(i)).join('').repeat(900)}`);
    const inner = rawZip(Array.from({ length: 60 }, (_, i) => ({ name: `${i}.csv`, content: text.subarray(0, 120_000) })));
    const outer = rawZip([{ name: 'in.zip', content: inner }]);
    expect((await preview(inFolder('in.zip', inner))).items).toHaveLength(1);
    await expect(preview(inFolder('outer.zip', outer))).rejects.toMatchObject({ code: 'ERR_ARCHIVE_BOMB' });
  });

  it('holds one larger than memory allows, which is to be unpacked first', async () => {
    const { preview } = openSources();
    const looked = await preview(inFolder('outer.zip', rawZip([good, { name: 'huge.zip', content: randomBytes(4 * 2 ** 20), declaredSize: 2 ** 28 + 1 }])));
    expect(looked.items).toHaveLength(1);
    expect(looked.unrecognised).toMatchObject([{ file: 'huge.zip', code: 'ERR_FILE_TOO_LARGE', message: expect.stringContaining('256 MB') as string }]);
  });

  it('survives any damage to its bytes with a code or a result', async () => {
    const bytes = await zipOf({ 'history.csv': SLIM });
    const { preview } = openSources();
    for (let at = 0; at < bytes.length; at += 9) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      await preview(inFolder('export.zip', damaged)).then((looked) => { expect(looked.items).toHaveLength(1); }, (error: unknown) => { expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_(ARCHIVE|SOURCE|ENCODING)_/) as string }); });
    }
  });
});

describe('a folder', () => {
  it('does not lead out of itself by links, nor into a loop, a pipe or a socket', async () => {
    const outside = folderOf({ 'secret.csv': SLIM });
    const folder = folderOf({ 'history.csv': SLIM });
    symlinkSync(outside, join(folder, 'out'));
    symlinkSync(join(outside, 'secret.csv'), join(folder, 'out.csv'));
    symlinkSync(folder, join(folder, 'loop'));
    execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    writeFileSync(join(folder, 'deep/er/verlauf.csv'), SLIM.replace('Title,Date', 'Titel,Datum'));
    const { preview } = openSources();
    const looked = await preview(folder);
    expect(looked.items.map(({ format, sizeBytes }) => [format, sizeBytes])).toEqual([['netflix/viewing-history', SLIM.length * 2 + 1]]);
    expect(looked.unrecognised).toEqual([]);
  });

  it('still gives what is good in it, and says what is not', async () => {
    const folder = folderOf({ 'history.csv': SLIM, 'bad.zip': 'no', 'photo.jpg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0]), 'notes.txt': 'hello' });
    const { preview } = openSources();
    const looked = await preview(folder);
    expect(looked.items).toHaveLength(1);
    expect(looked.unrecognised.map(({ file, code }) => [file, code])).toEqual([['bad.zip', 'ERR_ARCHIVE_INVALID'], ['photo.jpg', 'ERR_SOURCE_UNRECOGNISED'], ['notes.txt', 'ERR_SOURCE_UNRECOGNISED']]);
  });
});

describe('too much', () => {
  const crowd = (files: number, ending: string): Buffer => rawZip(Array.from({ length: files }, (_, i) => ({ name: `f/${i}.${ending}` })));

  it('of files in folders and zips is refused as a whole, with what to do', async () => {
    const { preview, released } = openSources();
    const tables = crowd(7_000, 'csv');
    const folder = folderOf({ 'a.zip': tables, 'b.zip': crowd(7_000, 'json'), 'c.zip': tables });
    await expect(preview(folder)).rejects.toMatchObject({ code: 'ERR_TOO_MANY_FILES', message: expect.stringContaining('20,000') as string });
    expect(released).toHaveLength(1);
  });

  it('of other things beside an export is passed over by their names', async () => {
    const { preview } = openSources();
    const looked = await preview(inFolder('all.zip', rawZip([...Array.from({ length: 6_000 }, (_, i) => ({ name: `photos/${i}.jpg` })), good, { name: 'z.csv', content: Buffer.from([0xff, 1, 2]) }])));
    expect(looked.items).toHaveLength(1);
    expect(looked.unrecognised.slice(0, 2)).toMatchObject([{ file: 'z.csv', code: 'ERR_ENCODING_INVALID' }, { file: 'photos/0.jpg', code: 'ERR_SOURCE_UNRECOGNISED', message: expect.stringContaining('left out') as string }]);
    expect(looked.unrecognised).toHaveLength(101);
  });

  it('time for a preview ends it in its code, and locking abandons it', async () => {
    const slow = folderOf({ 'many.zip': rawZip(Array.from({ length: 4_900 }, (_, i) => ({ name: `${i}.csv`, content: Buffer.from(SLIM) }))) });
    const hurried = openSources({ previewLimitMs: 300 });
    await expect(hurried.preview(slow)).rejects.toMatchObject({ code: 'ERR_PREVIEW_TIMEOUT' });
    expect(hurried.released).toHaveLength(1);
    const { preview, service, released } = openSources();
    const looking = preview(slow);
    setTimeout(() => { service.close(); }, 300);
    await expect(looking).rejects.toMatchObject({ code: 'ERR_VAULT_LOCKED' });
    expect(released).toHaveLength(1);
  });
});

describe('a name made to steer a terminal', () => {
  const BAD = 'x\u001b]0;owned\u0007\n\u202egnp\u009b31m.csv';
  const STEERS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

  it('is clean in previews, refusals and reports', async () => {
    const { preview, runImport, service } = openSources();
    const folder = folderOf({ [BAD]: SLIM, [`no${BAD}`]: 'nothing', [`${BAD}.jpg`]: 'x' });
    const looked = await preview(folder);
    expect(looked.items).toHaveLength(1);
    expect(looked.unrecognised).toHaveLength(2);
    for (const { file, message } of looked.unrecognised) expect(file + message).not.toMatch(STEERS);
    expect(looked.items[0]?.file).not.toMatch(STEERS);
    const broken = join(folderOf({ [BAD]: `${SLIM}one cell\n` }), BAD);
    const { job, reports } = await runImport(broken);
    expect(job.subject).not.toMatch(STEERS);
    expect(reports[0]?.issues).toHaveLength(1);
    for (const report of service.imports()) expect(report.file + report.issues.map((issue) => issue.position).join('')).not.toMatch(STEERS);
    const zipped = await preview(inFolder('export.zip', rawZip([{ name: 'a\u001b[31m.csv', content: Buffer.from(SLIM) }, { name: '\u202eb.csv' }])));
    expect(zipped.items[0]?.file).toBe('export.zip/a [31m.csv');
    expect(zipped.unrecognised[0]?.file).toBe('b.csv');
    await expect(preview(join(folderOf({ [BAD]: 'nothing' }), BAD))).rejects.toSatisfy((error: Error) => !STEERS.test(error.message));
  });
});

describe('a full disk', () => {
  const rows = `[${Array.from({ length: 60_000 }, (_, i) => `{"endTime":"2024-03-01 13:05","artistName":"A","trackName":"Track number ${i}","msPlayed":40000}`).join(',\n')}]`;
  const FAILED = [{ state: 'failed', read: 0, added: 0, issues: [{ code: 'ERR_STORAGE_FULL', count: 1 }] }];

  it('ends the import as failed and leaves nothing of it', async () => {
    const { db, runImport, counts, service, audit } = openSources();
    const pages = db.query<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0;
    db.exec(`PRAGMA max_page_count = ${pages + 300}`);
    const { job } = await runImport(inFolder('StreamingHistory0.json', rows));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'ERR_STORAGE_FULL' } });
    expect(service.imports()).toMatchObject(FAILED);
    expect(counts()).toEqual({ records: 0, items: 0 });
    expect(audit.list({ limit: 1 }).entries).toMatchObject([{ type: 'import.failed', reason: 'ERR_STORAGE_FULL' }]);
  });

  it('that has no room to take anything away either ends it as soon as there is some', async () => {
    let left = Number.POSITIVE_INFINITY;
    const { runImport, counts, service, audit } = openSources({
      through: (db) => ({ ...db, transaction: (body) => { if (left-- <= 0) throw new AppError('ERR_STORAGE_FULL', 'Full.'); return db.transaction(body); } }),
    });
    left = 3;
    const { job } = await runImport(inFolder('StreamingHistory0.json', rows));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'ERR_STORAGE_FULL' } });
    expect(service.imports()).toMatchObject([{ state: 'running' }]);
    left = Number.POSITIVE_INFINITY;
    expect(service.imports()).toMatchObject(FAILED);
    expect(counts()).toEqual({ records: 0, items: 0 });
    expect(audit.list({ limit: 1 }).entries).toMatchObject([{ type: 'import.failed', reason: 'ERR_STORAGE_FULL' }]);
    expect(service.recoverInterrupted()).toBe(false);
  });
});

describe('a file', () => {
  it('that is gone, is a device or was never granted is refused', async () => {
    const { preview, service } = openSources();
    await expect(preview(join(temporaryFolder(), 'nothing.csv'))).rejects.toMatchObject({ code: 'ERR_FILE_MISSING' });
    await expect(preview('/dev/zero')).rejects.toMatchObject({ code: 'ERR_FILE_UNREADABLE' });
    await expect(service.preview(['unknown'])).rejects.toMatchObject({ code: 'ERR_FILE_MISSING' });
  });

  it.each([
    ['empty.csv', '', 'ERR_SOURCE_UNRECOGNISED'], ['wrong.json', '[1,2,3]', 'ERR_JSON_INVALID'], ['object.json', '{"a":1}', 'ERR_SOURCE_UNRECOGNISED'], ['latin1.csv', Buffer.from('Titel,Datum\n"Fr\xfchling","1.2.24"', 'latin1'), 'ERR_ENCODING_INVALID'],
    ['random.bin', Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 89) & 255)), 'ERR_ENCODING_INVALID'],
  ])('%s is refused with its code', async (name, content, code) => {
    const { preview, counts } = openSources();
    await expect(preview(inFolder(name, content))).rejects.toMatchObject({ code });
    expect(counts()).toEqual({ records: 0, items: 0 });
  });

  it('that turns out broken far inside leaves nothing of itself', async () => {
    const { runImport, counts, service, audit } = openSources();
    const rows = Array.from({ length: 20_000 }, (_, i) => `{"endTime":"2024-03-01 13:05","artistName":"A","trackName":"T ${i}","msPlayed":40000}`).join(',\n');
    const { job } = await runImport(inFolder('StreamingHistory0.json', Buffer.concat([Buffer.from(`[${rows},`), Buffer.from([0xff, 0xfe, 0x5d])])));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'ERR_ENCODING_INVALID' } });
    expect(counts()).toEqual({ records: 0, items: 0 });
    expect(service.imports()).toMatchObject([{ state: 'failed', read: 0, added: 0, issues: [{ code: 'ERR_ENCODING_INVALID', count: 1 }] }]);
    expect(audit.list({ limit: 1 }).entries).toMatchObject([{ type: 'import.failed', reason: 'ERR_ENCODING_INVALID' }]);
  });

  it('swapped for another between preview and import is refused', async () => {
    const { preview, service, jobs, counts } = openSources();
    const path = inFolder('history.csv', SLIM);
    const looked = await preview(path);
    writeFileSync(path, 'Name,Age\nx,1\n');
    const job = await jobs.ended(service.import(looked.previewId, [{ key: looked.items[0]?.key ?? '' }]));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'ERR_SOURCE_UNRECOGNISED' } });
    expect(counts()).toEqual({ records: 0, items: 0 });
  });
});

/** What tests of copies and moves share: a lived-in vault, archives in age files, and reading them back without our own code. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Decrypter } from 'age-encryption';
import { fromBufferPromise } from 'yauzl';
import yazl from 'yazl';
import { encryptAge, type AgeLock } from '../../electron/core/portability/age-file.ts';
import { topics, type Topic } from '../../shared/api/contract.ts';
import { temporaryFolder } from './database.ts';
import { call, openedCore, testPorts } from './ports.ts';

type OpenedCore = Awaited<ReturnType<typeof openedCore>>['core'];

/** Imports the shipped samples and waits for the profile. */
async function importSamples(core: OpenedCore): Promise<void> {
  const preview = await call(core, 'sources.previewSamples');
  const ended = new Promise<void>((resolve) => {
    core.onEvent(({ topic, payload }) => { if (topic === 'job.changed' && topics['job.changed'].parse(payload).state !== 'running') resolve(); });
  });
  await call(core, 'sources.import', { previewId: preview.previewId, choices: preview.items.map(({ key }) => ({ key })) });
  await ended;
}

/** Says what is in a file of the person's own. */
async function describeOwn(core: OpenedCore): Promise<void> {
  const path = join(temporaryFolder(), 'shelf.csv');
  writeFileSync(path, 'titel;autor\nMomo;Ende\n');
  core.grantFile({ id: 'shelf', path, name: 'shelf.csv', size: statSync(path).size, temporary: false });
  const { previewId, unknown } = await call(core, 'sources.preview', { fileIds: ['shelf'], keepUnknown: true });
  await call(core, 'sources.saveMapping', { previewId, key: unknown[0]?.key ?? '', mapping: { name: 'My shelf', kind: 'book', act: 'saved', columns: [{ name: 'titel', field: 'title' }], dateOrder: 'dmy', durationUnit: 'min', ratingTop: 5, currency: null, headerless: false } });
  await call(core, 'sources.discardPreview', { previewId });
}

/** A vault with imports, something declared, something corrected, something ruled out, and something said of files of one's own. */
export async function livedInVault(ports = testPorts()) {
  const opened = await openedCore(ports);
  const { core } = opened;
  await importSamples(core);
  await describeOwn(core);
  await call(core, 'settings.set', { theme: 'dark', autoLockMinutes: 60 });
  await call(core, 'profile.declare', { claim: 'region', value: 'DE-BY' });
  const { preferences } = await call(core, 'profile.list');
  const [first, second] = preferences.filter(({ claim, origin }) => claim === 'interest' && origin === 'inferred');
  if (!first || !second) throw new Error('the samples say too little');
  await call(core, 'profile.correct', { id: first.id, strength: 0.25 });
  await call(core, 'profile.reject', { id: second.id });
  const third = preferences.find(({ claim, origin }) => claim === 'genre' && origin === 'inferred');
  const { items } = await call(core, 'records.find', { search: { text: '', order: 'most' }, limit: 1 });
  if (!third || !items[0]) throw new Error('the samples say too little');
  await call(core, 'profile.pin', { id: third.id });
  await call(core, 'profile.notMe', { itemIds: [items[0].id] });
  return opened;
}

/** Every file below a folder with the hash of its contents, and every folder. */
export const onDisk = (folder: string): Readonly<Record<string, string>> => Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
  const path = join(entry.parentPath, entry.name);
  return [path, entry.isDirectory() ? 'folder' : createHash('sha256').update(readFileSync(path)).digest('hex')];
}));

type Job = Topic<'job.changed'>;
/** Everything told about jobs of this kind, as it comes; `when` may act on it. */
export function watchJob(core: Pick<OpenedCore, 'onEvent'>, kind: Job['kind'], when: (job: Job) => void = () => undefined): Job[] {
  const seen: Job[] = [];
  core.onEvent(({ topic, payload }) => {
    const job = payload as Job;
    if (topic !== 'job.changed' || job.kind !== kind) return;
    seen.push(job);
    when(job);
  });
  return seen;
}

/** Resolves when no job runs, such as the one that concludes anew after unlocking. */
export async function settled(core: OpenedCore): Promise<void> {
  for (;;) {
    const changed = new Promise<void>((resolve) => { core.onEvent(({ topic }) => { if (topic === 'job.changed') resolve(); }); });
    if (!(await call(core, 'jobs.list')).jobs.some(({ state }) => state === 'running')) return;
    await changed;
  }
}

/** Everything of the profile that a move must keep, in an order of its own. */
export async function profileOf(core: OpenedCore) {
  const { preferences, records } = await call(core, 'profile.list');
  const { rejections } = await call(core, 'profile.rejections');
  const { imports } = await call(core, 'sources.imports');
  const { mappings } = await call(core, 'sources.mappings');
  const { said: notMe } = await call(core, 'profile.disowned');
  return { preferences, records, mappings, notMe, rejections: [...rejections].sort((a, b) => (a.id < b.id ? -1 : 1)), imports, settings: await call(core, 'settings.get') };
}

/** Files of an export by name, opened with the library alone and another unpacker than ours. */
export async function filesOf(path: string, key: { readonly identity: string } | { readonly passphrase: string }): Promise<Map<string, string>> {
  const decrypter = new Decrypter();
  if ('identity' in key) decrypter.addIdentity(key.identity);
  else decrypter.addPassphrase(key.passphrase);
  const zip = await fromBufferPromise(Buffer.from(await decrypter.decrypt(readFileSync(path))), { autoClose: false });
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) files.set(entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8'));
  return files;
}

/** These files as a zip inside an age file. */
export async function sealed(files: ReadonlyMap<string, string | Buffer>, lock: AgeLock): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of files) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return sealedBytes(await buffer(zip.outputStream), lock);
}

/** Any bytes inside an age file. */
export async function sealedBytes(bytes: Buffer, lock: AgeLock): Promise<Buffer> {
  const source = new ReadableStream<Uint8Array>({ start(controller) { controller.enqueue(bytes); controller.close(); } });
  return Buffer.from(await new Response(await encryptAge(source, lock, { randomBytes, work: 10 })).arrayBuffer());
}

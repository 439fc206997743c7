/** Makes a vault after a full life, through the real core and the real company API: thousands of records, hundreds of preferences, sixty companies. Arguments: the folder of the vault. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createCore } from '../../../electron/core/core.ts';
import { KDF_FLOOR } from '../../../electron/core/vault/header.ts';
import type { Input, MethodName, Output, Topic } from '../../../shared/api/contract.ts';
import { fromWireError } from '../../../shared/errors/app-error.ts';
import { createCompany, generateCompanyKeys, signDocument, type Company } from '../../../sdk/src/index.ts';
import { generateAmazon, generateNetflix, generateSpotify, seededRandom } from '../../bench/generate.ts';
import { writeNetflixHistory } from './exports.ts';
import { PASSPHRASE } from './made-vaults.ts';

const DAY_MS = 86_400_000;
const LIFE_DAYS = 60;
const ROUNDS = 40;
const root = join(import.meta.dirname, '../../..');
const random = seededRandom(7);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const clock = { atMs: Date.now() - LIFE_DAYS * DAY_MS };
const nowMs = (): number => clock.atMs;
const exportsFolder = mkdtempSync(join(tmpdir(), 'penchant-large-'));
const core = createCore({
  dataDir: process.argv[2] ?? '', resourcesDir: join(root, 'resources'), workerUrl: new URL('../../../electron/core/workers/main.ts', import.meta.url), clock: { nowMs }, steadyMs: nowMs, randomBytes: (size) => randomBytes(size),
  log: (line) => { process.stderr.write(`${line}\n`); }, fetch: globalThis.fetch, redemptionPort: 0, serveOnUnlock: false, passphraseKdf: KDF_FLOOR,
});

async function call<M extends MethodName>(method: M, ...[input]: undefined extends Input<M> ? [] : [Input<M>]): Promise<Output<M>> {
  const outcome = await core.dispatch(method, input);
  if (!outcome.ok) throw fromWireError(outcome.error);
  return outcome.value as Output<M>;
}

/** Imports one path as the app does, everything that is recognised in it. */
async function bringIn(path: string): Promise<void> {
  const id = randomUUID();
  core.grantFile({ id, path, name: basename(path), size: statSync(path).size, temporary: false });
  const { previewId, items } = await call('sources.preview', { fileIds: [id] });
  const ended = new Promise<Topic<'job.changed'>>((resolve) => {
    const undo = core.onEvent(({ topic, payload }) => {
      const job = payload as Topic<'job.changed'>;
      if (topic !== 'job.changed' || job.state === 'running') return;
      undo();
      resolve(job);
    });
  });
  await call('sources.import', { previewId, choices: items.map(({ key, profiles }) => ({ key, ...(profiles.length > 1 ? { profiles: profiles.slice(0, 1) } : {}) })) });
  const job = await ended;
  if (job.state !== 'done') throw new Error(`the import of ${path} ended ${job.state}: ${job.error?.message ?? ''}`);
}

async function bringInEverything(): Promise<void> {
  await bringIn(await generateSpotify({ folder: exportsFolder, records: 20_000 }));
  await bringIn(await generateAmazon({ folder: exportsFolder, records: 3_000 }));
  await bringIn(await generateNetflix({ folder: exportsFolder, records: 6_000 }));
  const samples = join(root, 'resources/samples');
  for (const name of readdirSync(samples)) await bringIn(join(samples, name));
  for (let i = 0; i < 24; i++) {
    const folder = join(exportsFolder, String(i));
    mkdirSync(folder);
    await bringIn(writeNetflixHistory(folder, 20 + i * 9).path);
  }
}

async function sayMuch(): Promise<void> {
  const { nodes } = await call('profile.taxonomy');
  const kinds = { interest: 'interest', genre: 'genre', department: 'intent' } as const;
  const said = nodes.filter((node) => node.level > 1 && random() < (node.kind === 'department' ? 0.12 : 0.75)).map((node) => ({ claim: random() < 0.08 && node.kind === 'interest' ? 'avoid' : kinds[node.kind], value: node.id }));
  const brands = Array.from({ length: 40 }, (_, i) => ({ claim: 'brand', value: `${pick(['Nord', 'Silver', 'Black', 'Long', 'Clear', 'Red'])}${pick(['wind', 'field', 'water', 'stone', 'wood'])} ${i + 1}` }));
  const others = [['language', 'de'], ['language', 'en'], ['language', 'is'], ['units', 'metric'], ['age', '30-34'], ['region', 'DE-BY'], ['colour', 'green'], ['colour', 'blue'], ['style', 'minimalist'], ['accessibility', 'captions'], ['channel', 'email:weekly']].map(([claim = '', value = '']) => ({ claim, value }));
  for (const each of [...said, ...brands, ...others]) {
    const { id, sensitive } = await call('profile.declare', { ...each, ...(each.claim === 'intent' ? { horizonWeeks: 13 } : {}) });
    // What is closed can be put right only while the closed part is open.
    if (!sensitive && random() < 0.6 && ['interest', 'genre', 'brand', 'avoid'].includes(each.claim)) await call('profile.correct', { id, strength: pick([0.2, 0.4, 0.65]) });
    clock.atMs += 60_000;
  }
  const { preferences } = await call('profile.list');
  for (const { id } of preferences.filter(({ origin }) => origin === 'inferred').slice(0, 5)) await call('profile.reject', { id });
}

const FIRST = ['Northlight', 'Curious', 'Old Harbour', 'Juniper', 'Blue Door', 'Seven Hills', 'Paper Crane', 'Copper & Oak', 'Little Fox', 'Meridian'];
const SECOND = ['Books', 'Kitchen', 'Outdoor', 'Records', 'Travel', 'Garden'];
const NAMES = [...FIRST.flatMap((first) => SECOND.map((second) => `${first} ${second}`)).slice(0, 57), 'The Society for Slow Journeys by Rail, River, Bicycle and on Foot', 'Buchhandlung Österreicher-Müller & Töchter', 'Donaudampfschifffahrtsgesellschaftsreisen'];

const PURPOSES = ['recommendations'] as const;
const TERMS = { code: 'SD-BASE' as const };
const WANTS = ['interest:2,genre:1?,price_band:1?', 'genre:2,interest:1?', 'interest:1', 'interest:3,brand:1?,intent:1?', 'price_band:1,intent:2?', 'interest:2,language:1,region:2?,age:2?'];

interface Shop { readonly company: Company; readonly name: string; readonly wants: string; token: string | null }

async function openShop(name: string, wants: string): Promise<Shop> {
  const keys = await generateCompanyKeys();
  const domain = `${name.normalize('NFKD').toLowerCase().replaceAll(/[^a-z]+/gu, '-').replaceAll(/^-|-$/gu, '')}.example`;
  const { compact } = await signDocument({ domain, name, contact: `privacy@${domain}`, purposes: [...PURPOSES], claims: wants.replaceAll('?', ''), retentionDays: 30, terms: TERMS }, keys, { now: nowMs });
  return { name, wants, token: null, company: createCompany({ domain, keys, document: compact, now: nowMs, timeoutMs: 120_000 }) };
}

async function ask(shop: Shop, openForDays = 30): Promise<Output<'requests.open'>> {
  const { request } = await shop.company.request({ claims: shop.wants, purposes: [...PURPOSES], durationDays: 90, cadence: { max: 50, per: 'day' }, retentionDays: 30, terms: TERMS, expiresInSeconds: openForDays * 86_400 });
  return call('requests.open', { text: request });
}

async function live(): Promise<void> {
  const at = (await core.serve()).url;
  const shops: Shop[] = [];
  for (const [i, name] of NAMES.entries()) {
    const shop = await openShop(name, WANTS[i % WANTS.length] ?? '');
    const { requestId, asks } = await ask(shop);
    const { token } = await call('requests.grant', { requestId, claims: asks.map(({ claim, precision }) => ({ claim, precision })) });
    shop.token = token;
    shops.push(shop);
    clock.atMs += 3 * 3_600_000;
  }
  for (const shop of shops.slice(0, 12)) await call('requests.deny', { requestId: (await ask(shop)).requestId });
  for (const shop of shops.slice(12, 16)) await ask(shop, 1);
  const stepMs = Math.floor((Date.now() - clock.atMs - DAY_MS) / ROUNDS);
  const { grants } = await call('grants.list');
  for (let round = 0; round < ROUNDS; round++) {
    clock.atMs += stepMs;
    await Promise.all(shops.filter(() => random() < 0.9).map(async ({ company, token }) => {
      if (token === null) return;
      if (random() < 0.7) await company.redeem(token, { at, purpose: 'recommendations' });
      else await company.introspect(token, { at });
    }));
    // Now and then one is ended, and asks again in vain.
    const ended = round % 5 === 4 ? grants[round] : undefined;
    if (ended) await call('grants.revoke', { grantId: ended.grantId });
    for (const shop of shops) if (shop.name === ended?.company.name && shop.token !== null) { await shop.company.redeem(shop.token, { at, purpose: 'recommendations' }).catch(() => undefined); shop.token = null; }
  }
  clock.atMs = Date.now() - 20 * 3_600_000;
  for (const shop of shops.slice(20, 44)) {
    await ask(shop, 14);
    clock.atMs += 40 * 60_000;
  }
  clock.atMs = Date.now();
}

try {
  await call('vault.create', { passphrase: PASSPHRASE });
  // The days fly past here; nobody is away, and nobody is there to be asked again.
  await call('settings.set', { askAgainMinutes: null, autoLockMinutes: null });
  await bringInEverything();
  await sayMuch();
  await live();
  await call('settings.set', { autoLockMinutes: 15 });
  const [profile, { companies }, { requests }, { total }] = [await call('profile.list'), await call('companies.list'), await call('requests.list'), await call('audit.list', { limit: 1 })];
  const made = { records: profile.records, preferences: profile.preferences.length, companies: companies.length, requests: requests.length, entries: total };
  if (made.records < 15_000 || made.preferences < 300 || made.companies < 60 || made.requests < 100 || made.entries < 2_500) throw new Error(`that is no full life: ${JSON.stringify(made)}`);
  process.stdout.write(`${JSON.stringify(made)}\n`);
} finally {
  await core.close();
  rmSync(exportsFolder, { recursive: true, force: true });
}

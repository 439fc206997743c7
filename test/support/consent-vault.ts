/** A vault's consent side for tests: real encrypted database, real server on a free port, a settable clock, a small known profile. */
import { createHmac, randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import type { TaxonomyLookup } from '../../electron/core/anonymizer/coarsen.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import { createConsentFeature } from '../../electron/core/rpc/consent-feature.ts';
import type { Preference } from '../../shared/domain/preference.ts';
import type { Claim } from '../../shared/protocol/vocabulary.ts';
import { openTestDatabase } from './database.ts';
import { RESOURCES } from './enrichment.ts';
import { testClock } from './ports.ts';
import { provenCall, rawCall, RECOMMENDATIONS, type CallPlan, type RawReply, type TestCompany } from './test-company.ts';

const NODES: Readonly<Record<string, { readonly label: string; readonly iab: string | null; readonly closed: boolean }>> = {
  food: { label: 'Food & drink', iab: '210', closed: false }, 'food.cooking': { label: 'Cooking', iab: '215', closed: false }, 'food.cooking.baking': { label: 'Baking', iab: '216', closed: false },
  'food.cooking.grill': { label: 'Grilling', iab: '217', closed: false }, travel: { label: 'Travel', iab: '653', closed: false }, 'travel.rail': { label: 'Rail travel', iab: '660', closed: false },
  health: { label: 'Health', iab: '223', closed: true }, 'health.mental': { label: 'Mental health', iab: '230', closed: true },
  books: { label: 'Books', iab: null, closed: false }, home: { label: 'Home', iab: null, closed: false }, 'home.kitchen': { label: 'Kitchen', iab: null, closed: false },
};
const testLookup: TaxonomyLookup = (id) => (Object.hasOwn(NODES, id) ? NODES[id] : undefined);

let counter = 0;
export function preference(claim: Claim, value: string, more: Partial<Preference> = {}): Preference {
  return {
    id: `p${counter++}`, claim, value, label: value, path: [value], iab: null, strength: 0.8, confidence: 0.9, origin: 'inferred', manner: null, sensitive: false, evidence: 12, horizonWeeks: null, lastSeenMs: 0, ...more,
  };
}

export const PROFILE: readonly Preference[] = [
  preference('interest', 'food.cooking.baking'), preference('interest', 'food.cooking.grill', { strength: 0.3 }), preference('interest', 'travel.rail', { strength: 0.4 }), preference('interest', 'health.mental', { sensitive: true }),
  preference('price_band', 'books:middle'), preference('brand', 'Nordlicht'), preference('brand', 'Hidden & Sons'), preference('age', '30-34', { origin: 'declared', strength: 1, confidence: 1 }),
];

export async function consentVault(options: { readonly preferences?: readonly Preference[]; readonly fetch?: typeof globalThis.fetch; readonly listen?: boolean; /** People who must share an answer; any number unless the test is about it. */ readonly floor?: number } = {}) {
  const db = openTestDatabase();
  db.command("INSERT INTO crowd_floors (company_id, floor) VALUES ('', ?)").run(options.floor ?? 0);
  const clock = testClock();
  const master = randomBytes(32);
  const deriveKey = (purpose: string): Buffer => createHmac('sha256', master).update(purpose).digest();
  const audit = createAuditLog({ db, key: deriveKey('audit'), clock, randomBytes });
  const events: { topic: string; payload: unknown }[] = [];
  const unexpected: string[] = [];
  let preferences = options.preferences ?? PROFILE;
  const noNetwork: typeof globalThis.fetch = () => Promise.reject(new Error('no network in this test'));
  const feature = createConsentFeature({
    db, audit, deriveKey, lookup: testLookup, nodes: Object.entries(NODES).map(([id, { closed }]) => ({ id, kind: 'interest' as const, closed })), reckoner: loadCrowdReckoner(RESOURCES), preferences: () => preferences, emit: (topic, payload) => { events.push({ topic, payload }); },
    ports: { clock, randomBytes: (size) => randomBytes(size), fetch: options.fetch ?? noNetwork, log: (line) => { unexpected.push(line); } },
  });
  const base = options.listen === false ? '' : await feature.server.start(0);
  onTestFinished(() => feature.server.stop());
  const entries = () => audit.list({ limit: 500 }).entries.toReversed();
  return {
    db, clock, audit, events, unexpected, base, entries, ...feature,
    setPreferences(next: readonly Preference[]) { preferences = next; feature.profileChanged(); },
    types: () => entries().map((entry) => entry.type),
  };
}
export type ConsentVault = Awaited<ReturnType<typeof consentVault>>;

/** Opens and grants a request with everything asked for, at the asked precision. */
export async function granted(vault: ConsentVault, company: TestCompany, change: Parameters<TestCompany['signRequest']>[0] = {}, choices: Partial<Parameters<ConsentVault['consent']['grant']>[1]> = {}) {
  const view = await vault.consent.open(await company.signRequest(change));
  return vault.consent.grant(view.requestId, { claims: view.asks.map(({ claim, precision }) => ({ claim, precision })), ...choices });
}

export async function freshNonce(vault: ConsentVault): Promise<string> {
  const reply = await rawCall(`${vault.base}/v1/claims-of-nothing`, { method: 'GET' });
  const nonce = reply.headers['dpop-nonce'];
  if (typeof nonce !== 'string') throw new Error('the server gave no nonce');
  return nonce;
}

const plan = async (vault: ConsentVault, company: TestCompany, path: string, rest: Partial<CallPlan>): Promise<CallPlan> =>
  ({ base: vault.base, path, key: company.dpop, nowMs: vault.clock.nowMs(), body: '', nonce: await freshNonce(vault), ...rest });

export async function redeem(vault: ConsentVault, company: TestCompany, token: string, body: unknown = { purpose: RECOMMENDATIONS }, rest: Partial<CallPlan> = {}): Promise<RawReply> {
  return provenCall(await plan(vault, company, '/v1/redeem', { token, inHeader: true, body: JSON.stringify(body), ...rest }));
}

export async function withForm(vault: ConsentVault, company: TestCompany, path: '/v1/introspect' | '/v1/revoke', token: string, rest: Partial<CallPlan> = {}): Promise<RawReply> {
  return provenCall(await plan(vault, company, path, { token, type: 'application/x-www-form-urlencoded', body: new URLSearchParams({ token }).toString(), ...rest }));
}

export async function claimToken(vault: ConsentVault, company: TestCompany, handle: string, rest: Partial<CallPlan> = {}): Promise<RawReply> {
  return provenCall(await plan(vault, company, '/v1/requests/claim', { body: JSON.stringify({ request_handle: handle }), ...rest }));
}

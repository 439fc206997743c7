/** The acts of an owner's life, each acknowledged with a fact that must still hold whatever happens to the process or the disk afterwards. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createCore } from '../../electron/core/core.ts';
import type { ReadableDb } from '../../electron/core/platform/sqlite/types.ts';
import type { CorePorts } from '../../electron/core/ports.ts';
import { KDF_FLOOR } from '../../electron/core/vault/header.ts';
import type { Input, MethodName, Output, Topic } from '../../shared/api/contract.ts';
import { fromWireError } from '../../shared/errors/app-error.ts';
import { provenCall, RECOMMENDATIONS, rawCall, testCompany } from './test-company.ts';

/** What opens the vault. `phrase` is null while nobody was told the newest one. */
export interface Secrets { readonly passphrase: string; readonly phrase: string | null }

export type Fact =
  | { readonly kind: 'declared'; readonly value: string }
  | { readonly kind: 'imported'; readonly id: string; readonly added: number }
  | { readonly kind: 'granted'; readonly id: string }
  | { readonly kind: 'redeemed'; readonly id: string }
  | { readonly kind: 'revoked'; readonly id: string }
  | { readonly kind: 'set'; readonly theme: string }
  | { readonly kind: 'secrets'; readonly secrets: Secrets }
  | { readonly kind: 'backed-up'; readonly path: string };

/** One line of a life: what is about to be tried where the outcome of a kill may be either, and what was acknowledged. */
export type Line = { readonly trying: { readonly secrets?: Secrets; readonly theme?: string; readonly redeeming?: string; readonly revoking?: string } } | { readonly done: Fact } | { readonly began: string };

export const lifePorts = (dataDir: string, nowMs: () => number = () => Date.now()): CorePorts => ({
  dataDir, clock: { nowMs }, randomBytes: (size) => randomBytes(size), log: () => undefined, resourcesDir: join(import.meta.dirname, '../../resources'),
  workerUrl: new URL('../../electron/core/workers/main.ts', import.meta.url), fetch: globalThis.fetch, redemptionPort: 0, passphraseKdf: KDF_FLOOR, serveOnUnlock: false,
});

export const ACTS = ['declare', 'import', 'grant', 'redeem', 'revoke', 'set', 'passphrase', 'phrase', 'rotate', 'backup'] as const;
export type Act = (typeof ACTS)[number];

/** Opens the vault in `ports.dataDir` and lives on in it. `say` must have written its line when it returns. */
export async function openLife(ports: CorePorts, first: Secrets, say: (line: Line) => void) {
  const core = createCore(ports);
  const call = async <M extends MethodName>(method: M, ...[input]: undefined extends Input<M> ? [] : [Input<M>]): Promise<Output<M>> => {
    const outcome = await core.dispatch(method, input);
    if (!outcome.ok) throw fromWireError(outcome.error);
    // The dispatcher parsed it with this very schema.
    return outcome.value as Output<M>;
  };
  await call('vault.unlock', { passphrase: first.passphrase });
  const nowMs = ports.clock.nowMs();
  const company = await testCompany({ nowMs, companyId: `https://shop${randomInt(1e9)}.example` });
  const grants: { readonly id: string; readonly token: string }[] = [];
  let secrets = first;
  let nonce: string | null = null;

  const acts: Readonly<Record<Act, () => Promise<Fact | null>>> = {
    async declare() {
      const value = `Brand ${randomBytes(6).toString('hex')}`;
      await call('profile.declare', { claim: 'brand', value });
      return { kind: 'declared', value };
    },
    async import() {
      const path = join(ports.dataDir, '..', `NetflixViewingHistory-${randomUUID()}.csv`);
      writeFileSync(path, `Title,Date\n${Array.from({ length: 300 }, () => `"Show ${randomInt(1e9)}","1/${randomInt(1, 29)}/24"`).join('\n')}\n`);
      const id = randomUUID();
      core.grantFile({ id, path, name: basename(path), size: statSync(path).size, temporary: true });
      const { previewId, items } = await call('sources.preview', { fileIds: [id] });
      // After an import that was cut off, unlocking first brings the profile up to date.
      while ((await call('jobs.list')).jobs.some(({ state }) => state === 'running')) await new Promise((resolve) => setTimeout(resolve, 20));
      const ended = new Promise<void>((resolve) => {
        const undo = core.onEvent(({ topic, payload }) => {
          if (topic !== 'job.changed' || (payload as Topic<'job.changed'>).kind !== 'import' || (payload as Topic<'job.changed'>).state === 'running') return;
          undo();
          resolve();
        });
      });
      await call('sources.import', { previewId, choices: items.map(({ key }) => ({ key })) });
      await ended;
      const [report] = (await call('sources.imports')).imports;
      if (report?.state !== 'done') throw new Error(`an import ended ${report?.state ?? 'unseen'}`);
      return { kind: 'imported', id: report.id, added: report.added };
    },
    async grant() {
      const { requestId } = await call('requests.open', { text: await company.signRequest({ details: { cadence: { max: 1_000, per: 'day' } } }) });
      const { grantId, token } = await call('requests.grant', { requestId, claims: [{ claim: 'interest', precision: 2 }, { claim: 'brand', precision: 1 }] });
      grants.push({ id: grantId, token });
      return { kind: 'granted', id: grantId };
    },
    async redeem() {
      const grant = grants.at(-1);
      if (!grant) return null;
      const { url: base } = await core.serve();
      nonce ??= String((await rawCall(`${base}/v1/redeem`)).headers['dpop-nonce']);
      say({ trying: { redeeming: grant.id } });
      const reply = await provenCall({ base, path: '/v1/redeem', key: company.dpop, nowMs: ports.clock.nowMs(), body: JSON.stringify({ purpose: RECOMMENDATIONS }), token: grant.token, inHeader: true, nonce });
      nonce = String(reply.headers['dpop-nonce']);
      if (reply.status === 401 && reply.body.includes('use_dpop_nonce')) return null;
      if (reply.status !== 200) throw new Error(`a redemption ended ${reply.status}: ${reply.body}`);
      return { kind: 'redeemed', id: grant.id };
    },
    async revoke() {
      const grant = grants.pop();
      if (!grant) return null;
      say({ trying: { revoking: grant.id } });
      await call('grants.revoke', { grantId: grant.id });
      return { kind: 'revoked', id: grant.id };
    },
    async set() {
      const theme = (['light', 'dark', 'system'] as const)[randomInt(3)] ?? 'dark';
      say({ trying: { theme } });
      await call('settings.set', { theme });
      return { kind: 'set', theme };
    },
    async passphrase() {
      const next = `a long sentence with ${randomBytes(6).toString('hex')} in it`;
      say({ trying: { secrets: { ...secrets, passphrase: next } } });
      await call('vault.changePassphrase', { proof: { passphrase: secrets.passphrase }, next });
      secrets = { ...secrets, passphrase: next };
      return { kind: 'secrets', secrets };
    },
    async phrase() {
      say({ trying: { secrets: { ...secrets, phrase: null } } });
      const { recoveryPhrase } = await call('vault.renewRecovery', { proof: { passphrase: secrets.passphrase } });
      secrets = { ...secrets, phrase: recoveryPhrase.join(' ') };
      return { kind: 'secrets', secrets };
    },
    async rotate() {
      say({ trying: { secrets: { ...secrets, phrase: null } } });
      const { recoveryPhrase } = await call('vault.rotate', { proof: { passphrase: secrets.passphrase } });
      secrets = { ...secrets, phrase: recoveryPhrase.join(' ') };
      nonce = null;
      return { kind: 'secrets', secrets };
    },
    async backup() {
      const { place } = await call('vault.backup');
      return { kind: 'backed-up', path: place };
    },
  };
  return {
    core, call,
    /** Does one act and says so. */
    async live(act: Act): Promise<void> {
      say({ began: act });
      const fact = await acts[act]();
      if (fact) say({ done: fact });
    },
  };
}

/** Everything that was acknowledged, and what may or may not have happened besides. */
export interface Known {
  readonly declared: Set<string>; readonly imported: Map<string, number>; readonly grants: Map<string, { revoked: boolean; redemptions: number }>;
  /** The newest; older ones may be cleared away. */
  backup: string | null;
  theme: string | null; secrets: Secrets;
  readonly maybe: { secrets: Secrets | null; theme: string | null; redeeming: string | null; revoking: string | null };
}

export const nothingKnown = (secrets: Secrets): Known => ({
  declared: new Set(), imported: new Map(), grants: new Map(), backup: null, theme: null, secrets, maybe: { secrets: null, theme: null, redeeming: null, revoking: null },
});

/** Takes one line into account. */
export function learn(known: Known, line: Line): void {
  const { maybe } = known;
  if ('trying' in line) {
    maybe.secrets = line.trying.secrets ?? maybe.secrets;
    maybe.theme = line.trying.theme ?? maybe.theme;
    maybe.redeeming = line.trying.redeeming ?? maybe.redeeming;
    maybe.revoking = line.trying.revoking ?? maybe.revoking;
    return;
  }
  if ('began' in line) return;
  const fact = line.done;
  maybe.secrets = maybe.theme = maybe.redeeming = maybe.revoking = null;
  const grant = 'id' in fact ? known.grants.get(fact.id) : undefined;
  switch (fact.kind) {
    case 'declared': known.declared.add(fact.value); break;
    case 'imported': known.imported.set(fact.id, fact.added); break;
    case 'granted': known.grants.set(fact.id, { revoked: false, redemptions: 0 }); break;
    case 'redeemed': if (grant) grant.redemptions += 1; break;
    case 'revoked': if (grant) grant.revoked = true; break;
    case 'set': known.theme = fact.theme; break;
    case 'secrets': known.secrets = fact.secrets; break;
    case 'backed-up': known.backup = fact.path; break;
  }
}

/** What is not as it was acknowledged, in words; empty when nothing was lost. Takes over what may have happened and did. */
export function lost(known: Known, db: ReadableDb): string[] {
  const missing: string[] = [];
  const { maybe } = known;
  for (const value of known.declared) if (!db.query("SELECT 1 FROM statements WHERE claim = 'brand' AND value = ?").get(value)) missing.push(`declared ${value}`);
  for (const [id, added] of known.imported) {
    const row = db.query<{ number: number; state: string }>('SELECT number, state FROM imports WHERE import_id = ?').get(id);
    const records = row ? db.query<{ n: number }>('SELECT count(*) AS n FROM records WHERE import_number = ?').get(row.number)?.n : undefined;
    if (row?.state !== 'done' || records !== added) missing.push(`import ${id}: ${row?.state ?? 'gone'}, ${records ?? 0} of ${added} records`);
  }
  for (const [id, grant] of known.grants) {
    const row = db.query<{ state: string; redemptions: number }>('SELECT state, redemptions FROM grants JOIN grant_usage USING (grant_id) WHERE grant_id = ?').get(id);
    if (row?.state === 'revoked' && !grant.revoked && maybe.revoking === id) grant.revoked = true;
    if (row && row.redemptions === grant.redemptions + 1 && maybe.redeeming === id) grant.redemptions += 1;
    if (row?.state !== (grant.revoked ? 'revoked' : 'active') || row.redemptions !== grant.redemptions) missing.push(`grant ${id}: ${row?.state ?? 'gone'} with ${row?.redemptions ?? 0} redemptions instead of ${grant.revoked ? 'revoked' : 'active'} with ${grant.redemptions}`);
    const logged = db.query<{ n: number }>("SELECT count(*) AS n FROM audit WHERE type = 'redemption.allowed' AND grant_id = ?").get(id)?.n;
    if (logged !== row?.redemptions) missing.push(`grant ${id}: ${logged ?? 0} redemptions in the log, ${row?.redemptions ?? 0} counted`);
  }
  const stored = db.query<{ value: string }>("SELECT value FROM settings WHERE key = 'theme'").get()?.value;
  const theme = stored === undefined ? null : String(JSON.parse(stored));
  if (theme === maybe.theme) known.theme = theme;
  if (theme !== known.theme) missing.push(`theme is ${theme ?? 'unset'} instead of ${known.theme ?? 'unset'}`);
  maybe.theme = maybe.redeeming = maybe.revoking = null;
  return missing;
}

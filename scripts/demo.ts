/** The whole main job without a window, on the sample exports: each step told as a person would understand it, and checked. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createCore } from '../electron/core/core.ts';
import { createCompany, generateCompanyKeys, isPenchantError, signDocument } from '../sdk/src/index.ts';
import type { Input, MethodName, Output, Topic } from '../shared/api/contract.ts';
import { fromWireError } from '../shared/errors/app-error.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'penchant-demo-'));
const core = createCore({
  dataDir: join(folder, 'vault'), resourcesDir: join(root, 'resources'), workerUrl: new URL('../electron/core/workers/main.ts', import.meta.url),
  clock: { nowMs: () => Date.now() }, randomBytes: (size) => randomBytes(size), log: (line) => { process.stderr.write(`${line}\n`); },
  fetch: globalThis.fetch, redemptionPort: 0, serveOnUnlock: false,
});

async function call<M extends MethodName>(method: M, ...[input]: undefined extends Input<M> ? [] : [Input<M>]): Promise<Output<M>> {
  const outcome = await core.dispatch(method, input);
  if (!outcome.ok) throw fromWireError(outcome.error);
  // The dispatcher parsed it with this method's schema.
  return outcome.value as Output<M>;
}

let number = 0;
const step = (title: string): void => { process.stdout.write(`\n${++number}. ${title}\n`); };
const say = (line: string): void => { process.stdout.write(`   ${line}\n`); };
function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`not as it should be: ${what}`);
}
/** The code a company's call was refused with. */
const refusal = async (body: () => Promise<unknown>): Promise<string> => {
  try { await body(); } catch (error) { if (isPenchantError(error)) return error.code; throw error; }
  return 'none';
};
/** Waits for a job by its events. */
const finished = (jobId: () => string, start: () => Promise<void>): Promise<Topic<'job.changed'>> => new Promise((resolve, reject) => {
  const last = new Map<string, Topic<'job.changed'>>();
  const check = (): void => { const job = last.get(jobId()); if (job && job.state !== 'running') { undo(); resolve(job); } };
  const undo = core.onEvent((event) => {
    if (event.topic !== 'job.changed') return;
    const job = event.payload as Topic<'job.changed'>;
    last.set(job.id, job);
    check();
  });
  start().then(check, reject);
});

async function main(): Promise<void> {
  const startedAt = performance.now();
  step('You make a vault: one encrypted file on your own disk.');
  const passphrase = 'seven calm otters read by lamplight';
  const created = await call('vault.create', { passphrase });
  must(created.recoveryPhrase.length === 24, 'a recovery phrase has 24 words');
  say(`It opens with your passphrase, or with 24 words you keep on paper ("${created.recoveryPhrase.slice(0, 3).join(' ')} …").`);

  step('You bring your own exports. You see what would be kept before anything is stored.');
  const samples = join(root, 'resources/samples');
  const files = readdirSync(samples).map((name, i) => {
    core.grantFile({ id: `sample-${i}`, path: join(samples, name), name, size: 0, temporary: false });
    return `sample-${i}`;
  });
  const preview = await call('sources.preview', { fileIds: files });
  must(preview.items.length > 0, 'the sample exports are recognised');
  for (const item of preview.items) say(`${item.file}: ${item.source}${item.profiles.length > 1 ? `, shared by ${item.profiles.join(' and ')}; you take only yours` : ''}. Kept: ${item.keeps.join(', ')}. Dropped: ${item.drops.join(', ') || 'nothing'}.`);
  let jobId = '';
  const job = await finished(() => jobId, async () => { ({ jobId } = await call('sources.import', { previewId: preview.previewId, choices: preview.items.map(({ key, profiles }) => ({ key, ...(profiles.includes('Mara') ? { profiles: ['Mara'] } : {}) })) })); });
  must(job.state === 'done', 'the import finishes');
  for (const report of job.reports) {
    must(report.read === report.added + report.duplicate + report.skipped, 'the counts of a report add up');
    say(`${report.file}: ${report.read} read, ${report.added} added, ${report.duplicate} already there, ${report.skipped} left out.`);
  }

  step('The vault works out, on this computer, what you like; each with its reasons.');
  const { preferences } = await call('profile.list');
  const interests = preferences.filter((p) => p.claim === 'interest' && !p.sensitive).sort((a, b) => b.strength * b.confidence - a.strength * a.confidence);
  must(interests.length >= 3, 'interests are found in the samples');
  for (const p of interests.slice(0, 5)) say(`${p.path.join(' › ')} (from ${p.evidence} records)`);
  const top = interests[0];
  must(top !== undefined, 'there is a strongest interest');
  const why = await call('profile.why', { id: top.id });
  const example = why.rules.flatMap((rule) => rule.examples)[0];
  must(example !== undefined, 'the strongest interest has an example record');
  say(`Why ${top.label}? For one: "${example.title}"${example.count > 1 ? `, ${example.count} times` : ''}.`);
  const sealed = preferences.filter((p) => p.sensitive);
  say(`${sealed.length} sensitive things stay sealed: no company is ever told them.`);

  step('You put one thing right and forbid another.');
  const declared = await call('profile.declare', { claim: 'language', value: 'en' });
  must(declared.origin === 'declared', 'what you say is marked as yours');
  const last = interests.at(-1);
  must(last !== undefined, 'there is a weakest interest');
  await call('profile.reject', { id: last.id });
  must(!(await call('profile.list')).preferences.some((p) => p.id === last.id), 'a rejected item is gone');
  say(`You speak English; and ${last.label} is never to be inferred again.`);

  step('A shop asks, with a signed request.');
  const keys = await generateCompanyKeys();
  const signed = await signDocument({
    domain: 'shop.example', name: 'Example Shop', contact: 'privacy@shop.example', purposes: ['recommendations'], claims: 'interest:2,genre:1,price_band:1', retentionDays: 30, terms: { code: 'SD-BASE' },
  }, keys);
  const shop = createCompany({ domain: 'shop.example', keys, document: signed.compact });
  const { request } = await shop.request({ claims: 'interest:2,genre:1?,price_band:1?', purposes: ['recommendations'], durationDays: 90, cadence: { max: 50, per: 'day' }, retentionDays: 30, terms: { code: 'SD-BASE' } });
  const asked = await call('requests.open', { text: request });
  say(`${asked.company.name} (${asked.company.domain}, ${asked.company.identity}) wants to: ${asked.purposes.map((p) => p.label.toLowerCase()).join('; ')}.`);
  for (const ask of asked.asks) say(`${ask.required ? 'It needs' : 'It would like'} your ${ask.claim.replace('_', ' ')}.`);

  step('You allow less than it asks: no price band, and only for 30 days. This is exactly what it will get:');
  const claims = [{ claim: 'interest', precision: 2 }, { claim: 'genre', precision: 1 }] as const;
  const shown = await call('requests.preview', { requestId: asked.requestId, claims: [...claims] });
  for (const claim of shown.claims) say(`${claim.claim}: ${claim.words.join(', ')}`);
  const granted = await call('requests.grant', { requestId: asked.requestId, claims: [...claims], expiresAtMs: Date.now() + 30 * 86_400_000 });
  const tokenText = Buffer.from(granted.token.split('.')[1] ?? '', 'base64url').toString('utf8');
  must(!shown.claims.some((c) => c.words.some((word) => tokenText.includes(word))), 'the token carries no value');
  say('The shop receives a token. It holds no preference, only the right to ask.');

  step('The shop redeems the token over HTTP and checks the answer.');
  const { url } = await core.serve();
  const redeem = () => shop.redeem(granted.token, { at: url, purpose: 'recommendations' });
  const answer = await redeem();
  for (const claim of shown.claims) must(isDeepStrictEqual(answer.claims[claim.claim], claim.value), `the ${claim.claim} that arrived is the one you were shown`);
  must(answer.claims.price_band === undefined, 'what you left out did not leave');
  must(!JSON.stringify(answer.claims).match(/health|religion|politic/iu), 'nothing sensitive left');
  say(`It knows you as ${answer.pseudonym.slice(0, 12)}…, a name no other company sees, and got what you were shown, to the letter.`);

  step('You narrow the grant; the next answer is coarser.');
  await call('grants.narrow', { grantId: granted.grantId, claims: [{ claim: 'interest', precision: 1 }] });
  const narrower = await redeem();
  must(narrower.claims.genre === undefined, 'a claim taken out is gone from the next answer');
  must((narrower.claims.interest ?? []).every(({ node }) => !node.includes('.')), 'only whole areas are named');
  say(`Now it hears only: ${(narrower.claims.interest ?? []).map(({ label }) => label).join(', ')}.`);

  step('You end it. The very next attempt fails, and looks like a token that never was.');
  must((await shop.introspect(granted.token, { at: url })).active, 'the token was active until now');
  await call('grants.revoke', { grantId: granted.grantId });
  const refused = await refusal(redeem);
  must(refused === 'ERR_REFUSED_TOKEN', `a revoked token is refused (${refused})`);
  must(!(await shop.introspect(granted.token, { at: url })).active, 'introspection says so too');
  say('Refused. Asking about the token says "not active", and no reason.');

  step('Everything is in a log that only you can read and nobody can quietly change.');
  const { entries } = await call('audit.list', { limit: 100 });
  for (const type of ['vault.created', 'import.finished', 'request.received', 'request.granted', 'redemption.allowed', 'grant.narrowed', 'grant.revoked', 'redemption.refused'] as const) must(entries.some((e) => e.type === type), `the log holds ${type}`);
  must(!shown.claims.some((c) => c.words.some((word) => JSON.stringify(entries).includes(word))), 'no preference stands in the log');
  const verdict = await call('audit.verify');
  must(verdict.ok, 'the log verifies');
  say(`${verdict.entries} entries, each checked.`);

  step('You lock the vault. It answers nobody.');
  await call('vault.lock');
  must((await refusal(redeem)) === 'ERR_NETWORK', 'a locked vault does not answer');
  say('Locked.');
  process.stdout.write(`\nAll ${number} steps went as they should, in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`\nThe demo stopped at step ${number}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
}

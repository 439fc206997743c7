/**
 * Makes a vault to start a test with, through the real core. Arguments: the folder of the vault, and what it shall be (see made-vaults.ts).
 * Its passphrase takes the least derivation there is: tests unlock it a hundred times, and the first-run ones make theirs as a person does.
 */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '../../../electron/core/core.ts';
import { KDF_FLOOR } from '../../../electron/core/vault/header.ts';
import { topics } from '../../../shared/api/contract.ts';
import { PASSPHRASE } from './made-vaults.ts';

const [, , dataDir = '', what = 'vault'] = process.argv;
const root = join(import.meta.dirname, '../../..');
const resourcesDir = mkdtempSync(join(tmpdir(), 'penchant-making-'));
cpSync(join(root, 'resources'), resourcesDir, { recursive: true });
if (what === 'older') {
  // An older program knew half of the artists, other titles, and no word for anything about food.
  const change = (list: string, line: (text: string, index: number) => string): void => {
    const path = join(resourcesDir, `lexicons/${list}.tsv`);
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').map(line).join('\n'));
  };
  change('artists', (text, index) => (text.startsWith('#') || index % 2 === 0 ? text : ''));
  change('products', (text) => (text.startsWith('food') ? '' : text));
  change('titles', (text) => text.replace(/^film\.[a-z-]+(?=\t)/u, 'film.drama'));
}

const core = createCore({
  dataDir, resourcesDir, workerUrl: new URL('../../../electron/core/workers/main.ts', import.meta.url), clock: { nowMs: () => Date.now() }, steadyMs: () => performance.now(), randomBytes: (size) => randomBytes(size),
  log: (line) => { process.stderr.write(`${line}\n`); }, fetch: globalThis.fetch, redemptionPort: 0, serveOnUnlock: false, passphraseKdf: KDF_FLOOR,
});
async function call(method: string, input?: unknown): Promise<unknown> {
  const outcome = await core.dispatch(method, input);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}
await call('vault.create', { passphrase: PASSPHRASE });
if (what !== 'vault') {
  const preview = await call('sources.previewSamples') as { previewId: string; items: { key: string }[] };
  const ended = new Promise<string>((resolve) => { core.onEvent(({ topic, payload }) => { const state = topic === 'job.changed' ? topics['job.changed'].parse(payload).state : 'running'; if (state !== 'running') resolve(state); }); });
  await call('sources.import', { previewId: preview.previewId, choices: preview.items.map(({ key }) => ({ key })) });
  if (await ended !== 'done') throw new Error('the records were not read');
}
await call('vault.lock');
await core.close();
rmSync(resourcesDir, { recursive: true, force: true });
process.exit(0);

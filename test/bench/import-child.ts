/** One measurement of importing in a process of its own, so that peaks of memory are its own: `import`, `parse` or `plain` and a file. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createCore } from '../../electron/core/core.ts';
import { fromWireError } from '../../shared/errors/app-error.ts';
import type { Input, MethodName, Output, Topic } from '../../shared/api/contract.ts';
import { measure, measureParse, measurePlainInsert, type Measurement } from './import.ts';

/** The whole way, as the app goes it: preview, import, understanding, into an encrypted vault. */
async function measureWhole(path: string): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
  const core = createCore({
    dataDir: join(folder, 'vault'), resourcesDir: join(import.meta.dirname, '../../resources'), workerUrl: new URL('../../electron/core/workers/main.ts', import.meta.url),
    clock: { nowMs: () => Date.now() }, randomBytes: (size) => randomBytes(size), log: (line) => { process.stderr.write(`${line}\n`); }, fetch: globalThis.fetch, redemptionPort: 0, serveOnUnlock: false,
  });
  const call = async <M extends MethodName>(method: M, ...[input]: undefined extends Input<M> ? [] : [Input<M>]): Promise<Output<M>> => {
    const outcome = await core.dispatch(method, input);
    if (!outcome.ok) throw fromWireError(outcome.error);
    return outcome.value as Output<M>;
  };
  try {
    await call('vault.create', { passphrase: 'seven calm otters read by lamplight' });
    core.grantFile({ id: 'bench', path, name: basename(path), size: 0, temporary: false });
    return await measure(async () => {
      const preview = await call('sources.preview', { fileIds: ['bench'] });
      const ended = new Promise<Topic<'job.changed'>>((resolve) => {
        core.onEvent((event) => {
          const job = event.payload as Topic<'job.changed'>;
          if (event.topic === 'job.changed' && job.state !== 'running') resolve(job);
        });
      });
      await call('sources.import', { previewId: preview.previewId, choices: preview.items.map(({ key }) => ({ key })) });
      const job = await ended;
      if (job.state !== 'done') throw new Error(`the import ended ${job.state}: ${job.error?.message ?? ''}`);
      return { records: job.reports.reduce((sum, report) => sum + report.added, 0), file: join(folder, 'vault/vault.db') };
    });
  } finally {
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [mode = '', path = ''] = process.argv.slice(2);
const modes: Readonly<Record<string, (path: string) => Promise<Measurement>>> = { import: measureWhole, parse: measureParse, plain: measurePlainInsert };
const run = modes[mode];
if (!run) throw new Error(`there is no measurement ${mode}`);
process.stdout.write(JSON.stringify(await run(path)));

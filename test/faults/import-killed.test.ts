/** An import whose process is killed: what was committed is whole, is reported, and the same file completes it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { createJobs } from '../../electron/core/platform/jobs/jobs.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { createSourcesService } from '../../electron/core/sources/sources-service.ts';
import { temporaryFolder } from '../support/database.ts';
import { testClock, testPorts } from '../support/ports.ts';
import { folderOf } from '../support/sources.ts';

const RECORDS = 120_000;

it('keeps whole batches, says cancelled at the next start, and can be completed', async () => {
  const path = join(temporaryFolder(), 'vault.db'), key = randomBytes(32);
  const file = join(folderOf({
    'plays.json': `[${Array.from({ length: RECORDS }, (_, i) => `{"endTime":"${new Date(Date.UTC(2020, 0, 1) + i * 60_000).toISOString().slice(0, 16).replace('T', ' ')}","artistName":"A","trackName":"T ${i % 500}","msPlayed":60000}`).join(',')}]`,
  }), 'plays.json');
  const child = spawn(process.execPath, [join(import.meta.dirname, '../support/import-child.ts'), path, key.toString('hex'), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await ended;

  const db = openDatabase(path, key);
  try {
    const clock = testClock();
    const jobs = createJobs({ clock, newId: () => 'job', onChange: () => undefined, onUnexpected: (error) => { throw error; } });
    const audit = createAuditLog({ db, key: Buffer.alloc(32, 1), clock, randomBytes });
    const service = createSourcesService({
      db, jobs, audit, ports: testPorts({ clock }), onRecordsChanged: async () => ({ removed: 0 }),
      files: { get: (id) => ({ id, path: file, name: 'plays.json', size: 0, temporary: false }), release: () => undefined },
    });
    expect(service.recoverInterrupted()).toBe(true);
    const [report] = service.imports();
    const stored = db.query<{ n: number }>('SELECT count(*) AS n FROM records').get()?.n ?? -1;
    expect(report).toMatchObject({ state: 'cancelled', added: stored, read: stored, duplicate: 0, skipped: 0 });
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(RECORDS);
    expect(db.integrityProblems()).toEqual([]);

    const preview = await service.preview(['file']);
    const job = await jobs.ended(service.import(preview.previewId, preview.items.map((item) => ({ key: item.key }))));
    expect(job.reports).toMatchObject([{ state: 'done', added: RECORDS - stored, duplicate: stored }]);
    expect((await audit.verify()).ok).toBe(true);
  } finally {
    db.close();
  }
});

/** A process that imports one file into a database and can be killed while it does: `node import-child.ts <database> <key> <file>`. */
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { createJobs } from '../../electron/core/platform/jobs/jobs.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';
import { createSourcesService } from '../../electron/core/sources/sources-service.ts';

const [path = '', key = '', file = ''] = process.argv.slice(2);
const clock = { nowMs: () => Date.now() };
const db = openDatabase(path, Buffer.from(key, 'hex'));
migrate(db, MIGRATIONS, { nowMs: 0 });
const jobs = createJobs({ clock, newId: () => 'job', onChange: (job) => { if (job.records > 0) process.stdout.write(`${job.records}\n`); }, onUnexpected: (error) => { throw error; } });
const service = createSourcesService({
  db, jobs, audit: createAuditLog({ db, key: Buffer.alloc(32, 1), clock, randomBytes }), onRecordsChanged: async () => ({ removed: 0 }),
  ports: { clock, dataDir: dirname(path), log: () => undefined, randomBytes: (size) => randomBytes(size), workerUrl: new URL('../../electron/core/workers/main.ts', import.meta.url), resourcesDir: '' },
  files: { get: (id) => ({ id, path: file, name: 'history', size: 0, temporary: false }), release: () => undefined },
});
const preview = await service.preview(['file']);
service.import(preview.previewId, preview.items.map((item) => ({ key: item.key })));

/** What tests of importing share: the fixtures, text as a readable file, and a sources service on a real encrypted database. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import yazl from 'yazl';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { createJobs, type Job } from '../../electron/core/platform/jobs/jobs.ts';
import type { GrantedFile } from '../../electron/core/ports.ts';
import { formatById, recognise, whyLeft } from '../../electron/core/sources/importers/index.ts';
import { isIssue, issueOf, parseFile, readAllBeside, readStructure, surveyFile, type Readable } from '../../electron/core/sources/parse.ts';
import type { ImportIssue, ParsedRecord } from '../../electron/core/sources/record.ts';
import { createSourcesService, type OnRecordsChanged, type Preview, type Report } from '../../electron/core/sources/sources-service.ts';
import type { WritableDb } from '../../electron/core/platform/sqlite/types.ts';
import { openTestDatabase, temporaryFolder } from './database.ts';
import { MARKER } from './marker.ts';
import { testClock, testPorts } from './ports.ts';

export const fixture = (name: string): string => join(import.meta.dirname, '../fixtures/exports', name);

export { MARKER };

/** 23 November 2026. */
export const NOW_MS = Date.UTC(2026, 10, 23, 12);

/** Bytes as a file, handed out in pieces of `pieceBytes`. */
export function readableOf(content: string | Buffer, label = 'file', pieceBytes = 1 << 16): Readable {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    label, sizeBytes: bytes.length,
    async* read() { for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes); },
  };
}

export interface Parsed { readonly records: ParsedRecord[]; readonly issues: ImportIssue[] }

/** Everything a file of this format holds. `label`: its name, where a format is told by it; positions in issues begin with “f” all the same. */
export async function parseAll(content: string | Buffer, formatId: string, options: { readonly profiles?: readonly string[]; readonly pieceBytes?: number; readonly label?: string; /** Files beside it. */ readonly beside?: readonly (string | Buffer)[] } = {}): Promise<Parsed> {
  const format = formatById(formatId);
  if (!format) throw new Error(`no format ${formatId}`);
  const file = readableOf(content, options.label ?? 'f', options.pieceBytes);
  const result: Parsed = { records: [], issues: [] };
  const survey = await surveyFile(file, format, 'import', await readAllBeside((options.beside ?? []).map((other) => readableOf(other, 'beside', options.pieceBytes)), format));
  for await (const outcomes of parseFile(file, format, { nowMs: NOW_MS, profiles: options.profiles ? new Set(options.profiles) : null, survey })) {
    for (const outcome of outcomes) {
      if (isIssue(outcome)) result.issues.push(issueOf(format, 'f', outcome));
      else result.records.push(outcome);
    }
  }
  return result;
}

/** Writes files into a temporary folder. @returns its path */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** A well-formed zip of these files. */
export async function zipOf(files: Readonly<Record<string, string | Buffer>>, options: { readonly forceZip64Format?: boolean; readonly compress?: boolean } = {}): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(typeof content === 'string' ? Buffer.from(content) : content, name, options);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A sources service with a job table over a real encrypted database, and short ways to use it. */
export function openSources(options: {
  readonly onRecordsChanged?: OnRecordsChanged; readonly onFound?: () => void; readonly resourcesDir?: string; readonly previewLimitMs?: number;
  /** Puts something between the service and its database. */
  readonly through?: (db: WritableDb) => WritableDb;
} = {}) {
  const db = openTestDatabase();
  const clock = testClock(NOW_MS);
  const audit = createAuditLog({ db, key: randomBytes(32), clock, randomBytes });
  const events: Job[] = [];
  let nextJob = 0;
  const jobs = createJobs({ clock, newId: () => `job_${++nextJob}`, onChange: (job) => { events.push(job); }, onUnexpected: (error) => { unexpected.push(error); } });
  const unexpected: unknown[] = [];
  const granted = new Map<string, GrantedFile>();
  const released: string[] = [];
  const service = createSourcesService({
    db: options.through?.(db) ?? db, audit, jobs, ports: testPorts({ clock, ...(options.resourcesDir === undefined ? {} : { resourcesDir: options.resourcesDir }) }),
    files: { get: (id) => granted.get(id), release: (id) => { released.push(id); granted.delete(id); } },
    ...(options.onFound ? { onFound: options.onFound } : {}),
    onRecordsChanged: options.onRecordsChanged ?? (async () => ({ removed: 0 })),
    ...(options.previewLimitMs === undefined ? {} : { previewLimitMs: options.previewLimitMs }),
  });
  onTestFinished(() => { service.close(); });

  /** `sealKey`: of a copy that lies there sealed. */
  const grant = (path: string, sealKey?: string): string => {
    const id = `file_${granted.size + released.length}_${randomBytes(4).toString('hex')}`;
    granted.set(id, { id, path, name: basename(path), size: 0, temporary: false, sealKey });
    return id;
  };
  const preview = (...paths: string[]): Promise<Preview> => service.preview(paths.map((path) => grant(path)));
  const runImport = async (...paths: string[]): Promise<{ job: Job; reports: Report[] }> => {
    const looked = await preview(...paths);
    const job = await jobs.ended(service.import(looked.previewId, looked.items.map(({ key }) => ({ key }))));
    return { job, reports: job.reports };
  };
  const counts = () => ({
    records: db.query<{ n: number }>('SELECT count(*) AS n FROM records').get()?.n ?? -1, items: db.query<{ n: number }>('SELECT count(*) AS n FROM items').get()?.n ?? -1,
  });
  return { db, clock, audit, jobs, service, events, unexpected, released, grant, preview, runImport, counts };
}

/** Records as lines that can be read: act, kind, title, time and numbers. */
const lineOf = ({ act, kind, title, creator, collection, category, atMs, durationMs, quantity, amountMinor }: ParsedRecord): string =>
  [act, kind, title, ...[creator, collection, category].filter((text) => text !== null), atMs === 0 ? 'no date' : new Date(atMs).toISOString().slice(0, 16), ...[durationMs, quantity, amountMinor].filter((number) => number !== null)].join(' | ');

/** Takes a file for what it is by its structure and name, and reads it. Nothing that must be dropped may be in its records. */
export async function readAsFound(content: string | Buffer, label: string): Promise<{ readonly format: string | null; readonly why: string | null; readonly lines: readonly string[]; readonly issues: readonly string[]; readonly records: readonly ParsedRecord[] }> {
  const structure = await readStructure(readableOf(content, label));
  const format = structure && recognise(structure, label);
  if (!format) return { format: null, why: structure && whyLeft(structure), lines: [], issues: [], records: [] };
  const { records, issues } = await parseAll(content, format.id, { label });
  const leak = records.find((record) => JSON.stringify(record).includes(MARKER));
  if (leak) throw new Error(`${label} let through what must be dropped: ${JSON.stringify(leak)}`);
  return { format: format.id, why: null, lines: records.map(lineOf), issues: issues.map(({ code, position }) => `${code} ${position.slice(position.indexOf('#'))}`), records };
}

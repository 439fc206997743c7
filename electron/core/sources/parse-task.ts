/** In the worker: turns files into compact batches the core only has to insert. */
import { AppError } from '../../../shared/errors/app-error.ts';
import { itemFingerprint } from '../records/item-fingerprint.ts';
import type { Act, ItemKind } from '../records/records.ts';
import type { TaskContext } from '../platform/workers/task-kind.ts';
import { createFileReader } from './files.ts';
import { formatOf } from './own.ts';
import { isIssue, issueOf, parseFile, readAllBeside, surveyFile } from './parse.ts';
import { REMARKS, type IssueCode, type ParsedRecord } from './record.ts';
import { createStrike, type ClosedLabel } from './strike.ts';
import { RECORD_FIELDS, type BatchItem, type ParseBatch, type ParseInput } from './tasks.ts';

/** Records, or items never seen before, per batch: some 5 ms of inserting. */
const BATCH_RECORDS = 4_000, BATCH_ITEMS = 800;
const SAMPLES_PER_CODE = 5;
/** Items remembered by number; beyond it they are sent again, which costs a look-up and nothing else. */
const ITEMS_REMEMBERED = 150_000;

export async function parse(input: ParseInput, { send, signal }: TaskContext<ParseBatch>, closedLabelFor: (resourcesDir: string) => ClosedLabel): Promise<null> {
  const format = formatOf(input);
  if (!format) throw new AppError('ERR_SOURCE_UNRECOGNISED', 'This kind of export is not known any more. Choose the file again.');
  const reader = createFileReader();
  const profiles = input.profiles === null ? null : new Set(input.profiles);
  const strike = input.leaveOut === null ? null : createStrike(input.leaveOut, input.leaveOut.sensitive === true ? closedLabelFor(input.resourcesDir) : null);

  let toSkip = input.skip;
  const known = createItemNumbers();
  let nextItem = 0;
  let batch = emptyBatch(0);
  let finishedBytes = 0, partBytes = 0;
  let subject = '';

  const numberOf = (record: ParsedRecord): number => {
    const before = known.find(record);
    if (before !== undefined) return before;
    known.remember(record, nextItem);
    batch.items.push({ kind: record.kind, act: record.act, title: record.title, creator: record.creator, collection: record.collection, category: record.category });
    batch.fingerprints.push(itemFingerprint(format.source, record));
    return nextItem++;
  };
  const add = (record: ParsedRecord): void => {
    const { records } = batch;
    const at = batch.count * RECORD_FIELDS;
    records[at] = record.atMs;
    records[at + 1] = numberOf(record);
    records[at + 2] = record.variant;
    records[at + 3] = record.durationMs ?? Number.NaN;
    records[at + 4] = record.quantity ?? Number.NaN;
    records[at + 5] = record.amountMinor ?? Number.NaN;
    records[at + 6] = record.currency === null ? Number.NaN : currencyIndex(record.currency);
    records[at + 7] = record.background === true ? 1 : 0;
    batch.count++;
  };
  const currencyIndex = (currency: string): number => {
    const index = batch.currencies.indexOf(currency);
    return index === -1 ? batch.currencies.push(currency) - 1 : index;
  };
  const note = (code: IssueCode, position: string): void => {
    if (!REMARKS.has(code)) { batch.read++; batch.skipped++; }
    const issue = batch.issues.get(code) ?? { count: 0, samples: [] };
    issue.count++;
    if (issue.samples.length < SAMPLES_PER_CODE && !issue.samples.includes(position)) issue.samples.push(position);
    batch.issues.set(code, issue);
  };
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = emptyBatch(nextItem);
    const records = full.records.slice(0, full.count * RECORD_FIELDS);
    await send({
      items: full.items, fingerprints: new Uint8Array(Buffer.concat(full.fingerprints)), firstItem: full.firstItem, records,
      read: full.read, skipped: full.skipped, currencies: full.currencies, doneBytes: finishedBytes + partBytes, subject,
      issues: [...full.issues].map(([code, { count, samples }]) => ({ code, count, samples })),
    }, [records.buffer]);
  };

  try {
    const beside = await readAllBeside(await Promise.all(input.beside.map((ref) => reader.reopen(ref))), format);
    for (const part of input.parts) {
      signal.throwIfAborted();
      const file = await reader.reopen(part);
      subject = part.label;
      partBytes = 0;
      const survey = await surveyFile(file, format, 'import', beside);
      for await (const outcomes of parseFile(file, format, { nowMs: input.nowMs, profiles, survey, onBytes: (taken) => { partBytes = Math.min(taken, part.sizeBytes); } })) {
        for (const outcome of outcomes) {
          if (toSkip > 0) {
            // Remarks are no rows.
            if (!isIssue(outcome) || !REMARKS.has(outcome.code)) toSkip--;
            continue;
          }
          if (isIssue(outcome)) note(outcome.code, issueOf(format, part.label, outcome).position);
          else {
            const kept = strike ? strike(outcome) : outcome;
            // What the person struck out is known by itself, not by its place.
            if (typeof kept === 'string') note(kept, part.label);
            else {
              batch.read++;
              add(kept);
            }
          }
          if (batch.count >= BATCH_RECORDS || batch.items.length >= BATCH_ITEMS) await flush();
        }
        // Files of nothing but skipped rows must still show progress and take a cancel.
        if (batch.read - batch.count >= BATCH_RECORDS) await flush();
      }
      finishedBytes += part.sizeBytes;
      partBytes = 0;
    }
    await flush();
    return null;
  } finally {
    reader.close();
  }
}

interface OpenBatch {
  readonly items: BatchItem[]; readonly fingerprints: Buffer[]; readonly firstItem: number; readonly records: Float64Array<ArrayBuffer>; readonly currencies: string[];
  readonly issues: Map<string, { count: number; samples: string[] }>; count: number; read: number; skipped: number;
}
const emptyBatch = (firstItem: number): OpenBatch =>
  ({ items: [], fingerprints: [], firstItem, records: new Float64Array(BATCH_RECORDS * RECORD_FIELDS), currencies: [], issues: new Map(), count: 0, read: 0, skipped: 0 });

/** Kind and act in one; almost always the kind itself, so that no text is made for each row. */
const kindOf = ({ kind, act }: { readonly kind: ItemKind; readonly act: Act }): string => (act === 'used' ? kind : `${act} ${kind}`);

/** Numbers by kind, creator and title, level by level: cheaper than making one key of the three a million times. */
function createItemNumbers() {
  type Titles = Map<string, number>;
  type Creators = Map<string | null, Titles>;
  let kinds = new Map<string, Creators>();
  let remembered = 0;
  return {
    find: (item: ParsedRecord): number | undefined => kinds.get(kindOf(item))?.get(item.creator)?.get(item.title),
    remember(item: ParsedRecord, number: number): void {
      if (remembered++ >= ITEMS_REMEMBERED) { kinds = new Map(); remembered = 0; }
      let creators = kinds.get(kindOf(item));
      if (!creators) kinds.set(kindOf(item), (creators = new Map<string | null, Titles>()));
      let titles = creators.get(item.creator);
      if (!titles) creators.set(item.creator, (titles = new Map<string, number>()));
      titles.set(item.title, number);
    },
  };
}

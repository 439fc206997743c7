/** In the worker: which exports are in the chosen files, and what a few rows of each would become. */
import { columnWords } from './column-words.ts';
import { locale, t } from '../../../shared/language/message.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { TaskBody } from '../platform/workers/task-kind.ts';
import type { SavedMapping } from '../../../shared/api/mapping.ts';
import { createFileReader, labelOf, type FileRef, type SourceFile } from './files.ts';
import type { Format } from './format.ts';
import { recognise, recogniseBeside, whyLeft } from './importers/index.ts';
import { formatOfMapping, recogniseOwn } from './own.ts';
import { looksLikeList } from './own-task.ts';
import { isIssue, mostBeside, parseFile, readBeside, readStructure, surveyFile } from './parse.ts';
import type { ParsedRecord, SourceId } from './record.ts';
import type { DataSet, Inspection, InspectInput, UnknownFile } from './tasks.ts';

const SAMPLE_ROWS = 8;
/** Of files that are something else, and of those with a problem: many photos must not hide the one damaged file. */
const LISTED = 100, UNKNOWN_LISTED = 20;

type Refused = Inspection['unrecognised'][number];
interface Found { readonly fileId: string; readonly chosenNames: Set<string>; readonly format: Format; readonly own: SavedMapping | null; readonly files: SourceFile[] }

/** "takeout-…-001.zip" and "takeout-…-002.zip" are one export in several files; null for a name without such a number. */
const seriesOf = (name: string): string | null => /^(.+[-_])\d{1,3}\.zip$/i.exec(name)?.[1] ?? null;

export const inspect: TaskBody<InspectInput, never, Inspection> = async (input, { signal }) => {
  const reader = createFileReader();
  const others: Refused[] = [], problems: Refused[] = [];
  const refuse = (file: string, error: AppError): void => {
    const list = error.code === 'ERR_SOURCE_UNRECOGNISED' ? others : problems;
    if (list.length < LISTED) list.push({ file, code: error.code, message: error.message });
  };
  const dataSets: DataSet[] = [];
  const unknown: UnknownFile[] = [];
  const found = new Map<string, Found>();
  /** Files that only say more of the rows of others, by the source of those. */
  const besides: { readonly file: SourceFile; readonly source: SourceId; readonly why: AppError }[] = [];
  try {
    for (const one of input.chosen) {
      const chosen = { ...one, name: labelOf(one.name) };
      signal.throwIfAborted();
      try {
        const files = await reader.expand(chosen, ({ label, error }) => { refuse(label, error); });
        for (const file of files) {
          signal.throwIfAborted();
          try {
            const structure = await readStructure(file);
            const known = structure && recognise(structure, file.label);
            const why = structure && !known ? whyLeft(structure) : null;
            const own = structure && !known && why === null ? recogniseOwn(structure, input.own) : null;
            const format = known ?? (own && formatOfMapping(own));
            if (structure && !format && why === null && unknown.length < UNKNOWN_LISTED && await looksLikeList(file, structure)) unknown.push({ fileId: chosen.fileId, file: file.label, part: refOf(file) });
            const beside = structure && !format ? recogniseBeside(structure) : null;
            if (!format) {
              const problem = new AppError('ERR_SOURCE_UNRECOGNISED', why === null ? t('“{label}” is not one of the exports Penchant can read.', { label: file.label }) : t('“{label}” was left out: {why}', { label: file.label, why: t(why) }));
              if (beside === null) throw problem;
              besides.push({ file, source: beside, why: problem });
              continue;
            }
            const key = JSON.stringify([format.id, seriesOf(chosen.name) ?? chosen.fileId]);
            const group = found.get(key) ?? { fileId: chosen.fileId, chosenNames: new Set<string>(), format, own, files: [] };
            group.chosenNames.add(chosen.name);
            group.files.push(file);
            found.set(key, group);
          } catch (error) {
            if (!(error instanceof AppError) || error.code === 'ERR_CANCELLED') throw error;
            refuse(file.label, error);
          }
        }
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'ERR_CANCELLED') throw error;
        refuse(chosen.name, error);
      }
    }
    const saidBeside: { readonly file: SourceFile; readonly source: SourceId; readonly said: ReadonlyMap<string, number> }[] = [];
    for (const one of besides) {
      signal.throwIfAborted();
      const [beside] = [...found.values()].flatMap(({ format }) => besideOf(format, one.source) ?? []);
      if (beside === undefined) { refuse(one.file.label, one.why); continue; }
      try {
        saidBeside.push({ ...one, said: await readBeside(one.file, beside) });
      } catch (error) {
        // The rows it would say more of are read all the same.
        if (!(error instanceof AppError) || error.code === 'ERR_CANCELLED') throw error;
        refuse(one.file.label, error);
      }
    }
    for (const group of found.values()) {
      signal.throwIfAborted();
      try {
        dataSets.push(await describe(group, saidBeside.filter(({ source }) => besideOf(group.format, source) !== undefined), input.nowMs));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        refuse(nameOf(group), error);
      }
    }
    return { dataSets, unknown, unrecognised: [...problems, ...others] };
  } finally {
    reader.close();
  }
};

/** "part 2" before "part 10". */
const byName = new Intl.Collator('en', { numeric: true }).compare;

/** What the person would call all of it. */
const nameOf = ({ chosenNames }: Found): string => {
  const [first = '', ...more] = [...chosenNames].sort(byName);
  return more.length === 0 ? first : `${first} and ${more.length} more`;
};

/** How files beside those of a source are read for a format of it; undefined where it knows of none. */
const besideOf = (format: Format, source: SourceId) => (format.source === source && format.shape === 'csv' ? format.beside : undefined);

async function describe(group: Found, besides: readonly { readonly file: SourceFile; readonly said: ReadonlyMap<string, number> }[], nowMs: number): Promise<DataSet> {
  const { fileId, format, own, files } = group, chosenName = nameOf(group);
  const parts = files.sort((a, b) => byName(a.label, b.label));
  const profiles = new Set<string>();
  const sample: DataSet['sample'][number][] = [];
  const beside = mostBeside(besides.map(({ said }) => said));
  for (const file of parts) {
    const survey = await surveyFile(file, format, 'preview', beside);
    for (const profile of survey?.profiles ?? []) profiles.add(profile);
    if (sample.length >= SAMPLE_ROWS) continue;
    for await (const outcomes of parseFile(file, format, { nowMs, profiles: null, survey: survey && { ...survey, remark: null } })) {
      for (const outcome of outcomes) if (!isIssue(outcome) && sample.length < SAMPLE_ROWS) sample.push(sampleOf(outcome));
      if (sample.length >= SAMPLE_ROWS) break;
    }
  }
  const only = parts.length === 1 ? parts[0] : undefined;
  return {
    fileId, source: format.source, format: format.id, own, file: only && only.label !== chosenName ? `${chosenName}/${only.label}` : chosenName,
    parts: parts.map(refOf), beside: besides.map(({ file }) => refOf(file)), sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    profiles: [...profiles], optIn: format.isOptIn ?? false, keeps: own === null ? columnWords(format.keeps) : format.keeps, drops: own === null ? columnWords(format.drops) : format.drops, sample,
  };
}

/** Without the way to read it, which no thread can be sent. */
const refOf = ({ path, sealKey, entry, through, label, sizeBytes }: SourceFile): FileRef => ({ path, sealKey, entry, through, label, sizeBytes });

export function sampleOf(record: Omit<ParsedRecord, 'variant'>): DataSet['sample'][number] {
  const detail: string[] = [];
  if (record.collection !== null) detail.push(record.collection);
  if (record.durationMs !== null) detail.push(t('{minutes, number} min', { minutes: Math.max(1, Math.round(record.durationMs / 60_000)) }));
  if (record.category !== null) detail.push(record.category);
  if (record.quantity !== null && record.quantity > 1) detail.push(`${record.quantity} ×`);
  if (record.amountMinor !== null && record.currency !== null) detail.push(amountText(record.amountMinor, record.currency));
  return { kind: record.kind, act: record.act, title: record.title, creator: record.creator, atMs: record.atMs, detail: detail.join(' · ') };
}

function amountText(minor: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat(locale(), { style: 'currency', currency, currencyDisplay: 'code' });
    return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2)).replace(/\s/g, ' ');
  } catch {
    return '';
  }
}

/** Says what is in a file no importer knows, with the file's own rows beside it as they would be kept. */
import { useEffect, useRef, useState } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import { DURATION_UNITS, MAPPED_ACTS, MAPPED_FIELDS, MAPPED_KINDS, RATING_TOPS, type MappedField } from '../../../../shared/domain/mapping.ts';
import { UNDATED_MS } from '../../../../shared/domain/records.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { asAppError, call } from '../../bridge/client.ts';
import { dateShort, money } from '../../../../shared/language/format.ts';
import { leftOutBecause, mappedActName, mappedFieldName, ownCopy } from '../../copy/own-sources.ts';
import { actName, issueName } from '../../copy/sources.ts';
import { kindOnly } from '../../copy/strike-out.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Select, TextField } from '../../ui/fields.tsx';
import { Note, Skeleton } from '../../ui/surfaces.tsx';
import { Table } from '../../ui/table.tsx';
import './sources.css';

type Columns = Output<'sources.columns'>;
type Column = Columns['columns'][number];
type Tried = Output<'sources.tryMapping'>;
type Row = Tried['rows'][number];
export type Mapping = Input<'sources.saveMapping'>['mapping'];
export type Saved = Output<'sources.saveMapping'>;

/** What is said so far; `fields` by the name of the column. */
interface Draft extends Omit<Mapping, 'columns' | 'currency'> { readonly fields: ReadonlyMap<string, MappedField>; readonly currency: string }

const TYPING_MS = 300;
/** So few that the columns stay in sight beside them. */
const ROWS_SHOWN = 4;
const CURRENCY = /^[A-Z]{3}$/u;

const fieldsOf = (columns: readonly { readonly name: string; readonly field: MappedField | null }[]): ReadonlyMap<string, MappedField> => new Map(columns.flatMap(({ name, field }) => (field === null ? [] : [[name, field] as const])));

/** What was said before, or what is guessed. */
function firstDraft(page: Columns, before: Mapping | null): Draft {
  if (before) return { ...before, currency: before.currency ?? '', fields: fieldsOf(before.columns) };
  return { name: '', ...page.guess, currency: page.guess.currency ?? '', headerless: page.headerless, fields: fieldsOf(page.columns), dateOrder: page.columns.find(({ field }) => field === 'date')?.dateOrder ?? 'dmy' };
}

const mappingOf = ({ fields, currency, name, ...rest }: Draft): Mapping => ({ ...rest, name: name.trim(), currency: CURRENCY.test(currency) ? currency : null, columns: [...fields].map(([column, field]) => ({ name: column, field })) });
const hasField = (draft: Draft, field: MappedField): boolean => [...draft.fields.values()].includes(field);

/** Each thing is one column: chosen anew, it leaves the one it was. */
function withField(fields: Draft['fields'], column: string, field: MappedField | null): Draft['fields'] {
  const next = new Map([...fields].filter(([name, other]) => name !== column && other !== field));
  if (field !== null) next.set(column, field);
  return next;
}

function ColumnChoices({ page, draft, onDraft }: { readonly page: Columns; readonly draft: Draft; readonly onDraft: (draft: Draft) => void }) {
  const options = [{ value: '' as const, label: ownCopy.leaveOut }, ...MAPPED_FIELDS.map((field) => ({ value: field, label: mappedFieldName(field) }))];
  return (
    <ul className="plain mapping-columns">
      {page.columns.map((column: Column) => {
        const field = draft.fields.get(column.name) ?? null, why = field === null ? leftOutBecause(column.because) : '';
        return (
          <li key={column.name}>
            <div className="mapping-column">
              <strong className="break-anywhere">{column.name}</strong>
              <span className="faint break-anywhere">{column.values.length === 0 ? ownCopy.empty : ownCopy.values(column.values)}</span>
              {why === '' ? null : <span className="mapping-why">{why}</span>}
            </div>
            <Select<MappedField | ''> label={ownCopy.fieldOf(column.name)} hideLabel small value={field ?? ''} options={options} onChange={(value) => {
              onDraft({ ...draft, fields: withField(draft.fields, column.name, value === '' ? null : value), ...(value === 'date' ? { dateOrder: column.dateOrder } : {}) });
            }} />
          </li>
        );
      })}
    </ul>
  );
}

function Details({ page, draft, onDraft }: { readonly page: Columns; readonly draft: Draft; readonly onDraft: (draft: Draft) => void }) {
  const dates = page.columns.find(({ name }) => draft.fields.get(name) === 'date');
  const currencyBad = draft.currency !== '' && !CURRENCY.test(draft.currency);
  return (
    <>
      {dates ? <Select label={ownCopy.dateOrder} {...(dates.unsure ? { hint: ownCopy.unsure } : {})} value={draft.dateOrder} options={[{ value: 'dmy', label: ownCopy.dmy }, { value: 'mdy', label: ownCopy.mdy }]} onChange={(dateOrder) => { onDraft({ ...draft, dateOrder }); }} /> : null}
      {hasField(draft, 'duration') ? <Select label={ownCopy.durationUnit} value={draft.durationUnit} options={DURATION_UNITS.map((value) => ({ value, label: ownCopy.units[value] }))} onChange={(durationUnit) => { onDraft({ ...draft, durationUnit }); }} /> : null}
      {hasField(draft, 'rating') ? <Select label={ownCopy.ratingTop} value={String(draft.ratingTop)} options={RATING_TOPS.map((top) => ({ value: String(top), label: String(top) }))} onChange={(value) => { onDraft({ ...draft, ratingTop: RATING_TOPS.find((top) => String(top) === value) ?? 5 }); }} /> : null}
      {hasField(draft, 'amount') ? <TextField label={ownCopy.currency} hint={ownCopy.currencyHint} error={currencyBad ? ownCopy.currencyBad : null} maxLength={3} value={draft.currency} onChange={(currency) => { onDraft({ ...draft, currency: currency.toUpperCase() }); }} /> : null}
    </>
  );
}

const detailOf = (row: Row): string => [
  row.collection ?? '', row.category ?? '', row.durationMs === null ? '' : `${Math.max(1, Math.round(row.durationMs / 60_000))} min`, row.quantity === null ? '' : `${row.quantity} ×`, row.amountMinor === null || row.currency === null ? '' : money(row.amountMinor, row.currency), actName(row.act),
].filter(Boolean).join(' · ');

function LivePreview({ previewId, dataSet, mapping }: { readonly previewId: string; readonly dataSet: string; readonly mapping: Mapping }) {
  const [tried, setTried] = useState<Tried | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  // A name may still be missing; it changes nothing of what is read.
  const key = JSON.stringify({ ...mapping, name: 'x' });
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(() => {
      call('sources.tryMapping', { previewId, key: dataSet, mapping: JSON.parse(key) as Mapping }).then((outcome) => {
        if (isOver) return;
        setError(null);
        setTried(outcome);
      }, (thrown: unknown) => { if (!isOver) setError(asAppError(thrown)); });
    }, TYPING_MS);
    return () => { isOver = true; clearTimeout(timer); };
  }, [previewId, dataSet, key]);
  if (error) return <ErrorNote error={error} />;
  if (tried === null) return <div role="status"><p className="soft">{ownCopy.trying}</p><Skeleton lines={3} /></div>;
  const numbered = tried.rows.slice(0, ROWS_SHOWN).map((row, index) => ({ row, index }));
  return (
    <div className="stack-tight">
      <p role="status">{ownCopy.counts(tried.read, tried.kept, tried.whole)}</p>
      {tried.issues.length === 0 ? null : <ul className="plain faint">{tried.issues.map(({ code, count }) => <li key={code}>{ownCopy.leftOut(issueName(code), count)}</li>)}</ul>}
      {tried.rows.length === 0 ? null : (
        <Table<(typeof numbered)[number]>
          caption={ownCopy.preview} rows={numbered} rowKey={({ index }) => String(index)}
          columns={[
            { key: 'title', label: ownCopy.table.title, heads: true, cell: ({ row }) => <span className="break-anywhere">{row.title}</span> },
            { key: 'creator', label: ownCopy.table.creator, cell: ({ row }) => <span className="break-anywhere">{row.creator ?? ''}</span> },
            { key: 'when', label: ownCopy.table.when, tight: true, cell: ({ row }) => (row.atMs === UNDATED_MS ? <span className="faint">{ownCopy.noDate}</span> : dateShort(row.atMs)) },
            { key: 'detail', label: ownCopy.table.detail, cell: ({ row }) => <span className="faint break-anywhere">{detailOf(row)}</span> },
          ]}
        />
      )}
    </div>
  );
}

/** `before`: what was said of it already. */
export function MappingDialog({ previewId, dataSet, file, before, onSaved, onClose }: {
  readonly previewId: string; readonly dataSet: string; readonly file: string; readonly before: Mapping | null; readonly onSaved: (saved: Saved) => void; readonly onClose: () => void;
}) {
  const [page, setPage] = useState<Columns | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [tried, setTried] = useState(false);
  const task = useTask();
  const [error, setError] = useState<AppError | null>(null);
  /** How the file is looked at: `said` only the first time, for names change when the first row is taken for an entry. */
  const [way, setWay] = useState<{ readonly headerless: boolean | undefined; readonly said: Mapping | null }>({ headerless: before?.headerless, said: before });
  useEffect(() => {
    let isOver = false;
    call('sources.columns', { previewId, key: dataSet, ...(way.headerless === undefined ? {} : { headerless: way.headerless }) }).then((found) => {
      if (isOver) return;
      setPage(found);
      setDraft((old) => ({ ...firstDraft(found, way.said), ...(old === null ? {} : { name: old.name }) }));
    }, (thrown: unknown) => { if (!isOver) setError(asAppError(thrown)); });
    return () => { isOver = true; };
  }, [previewId, dataSet, way]);

  const nameField = useRef<HTMLInputElement>(null);
  const needs = draft === null || !hasField(draft, 'title') ? ownCopy.needsTitle : null;
  const save = () => {
    setTried(true);
    if (draft?.name.trim() === '') {
      // It stands at the top, and what was pressed at the foot.
      nameField.current?.scrollIntoView({ block: 'center' });
      nameField.current?.focus({ preventScroll: true });
    }
    if (draft === null || needs !== null || draft.name.trim() === '') return;
    task.run(async () => { onSaved(await call('sources.saveMapping', { previewId, key: dataSet, mapping: mappingOf(draft) })); });
  };
  return (
    <Dialog
      title={ownCopy.title(file)} shape="wide" onClose={onClose}
      actions={<><Button variant="quiet" onClick={onClose}>{ownCopy.cancel}</Button><Button variant="primary" busy={task.busy} disabled={needs !== null} onClick={save}>{ownCopy.save}</Button></>}
    >
      {page === null || draft === null ? (error ? <ErrorNote error={error} /> : <div role="status"><p className="soft">{ownCopy.looking}</p><Skeleton lines={4} /></div>) : (
        <div className="stack">
          <div className="mapping-questions">
            <TextField ref={nameField} label={ownCopy.name} hint={ownCopy.nameHint} maxLength={80} error={tried && draft.name.trim() === '' ? ownCopy.needsName : null} value={draft.name} onChange={(name) => { setDraft({ ...draft, name }); }} />
            <Select label={ownCopy.kind} value={draft.kind} options={MAPPED_KINDS.map((value) => ({ value, label: kindOnly(value) }))} onChange={(kind) => { setDraft({ ...draft, kind }); }} />
            <Select label={ownCopy.act} value={draft.act} options={MAPPED_ACTS.map((value) => ({ value, label: mappedActName(value) }))} onChange={(act) => { setDraft({ ...draft, act }); }} />
          </div>
          <div className="stack-tight mapping-preview">
            <h3>{ownCopy.preview}</h3>
            {needs === null ? <LivePreview previewId={previewId} dataSet={dataSet} mapping={mappingOf(draft)} /> : <Note tone="amber">{needs}</Note>}
          </div>
          <div className="stack-tight">
            <h3>{ownCopy.columns}</h3>
            <p className="soft">{ownCopy.columnsHint}</p>
            {page.table ? <Checkbox label={ownCopy.headerless} checked={draft.headerless} disabled={task.busy} onChange={(headerless) => { setWay({ headerless, said: null }); }} /> : null}
            <ColumnChoices page={page} draft={draft} onDraft={setDraft} />
            {page.more > 0 ? <p className="faint">{ownCopy.more(page.more)}</p> : null}
          </div>
          <div className="mapping-questions"><Details page={page} draft={draft} onDraft={setDraft} /></div>
        </div>
      )}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

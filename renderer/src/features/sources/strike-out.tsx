/** The rows of a file before any is kept: look through them, and strike out rows, things, people, columns, kinds and times. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { asAppError, call } from '../../bridge/client.ts';
import { dateShort, money } from '../../../../shared/language/format.ts';
import { fieldName, kindName, strikeCopy } from '../../copy/strike-out.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox, SearchField, TextField, TickBox } from '../../ui/fields.tsx';
import { CloseIcon } from '../../ui/icons.ts';
import { Badge, Skeleton } from '../../ui/surfaces.tsx';
import { Table } from '../../ui/table.tsx';
import { hasSort, isReversed, isStruck, toggled, toggledSort, turned, type Struck } from './struck.ts';
import './sources.css';

type Rows = Output<'sources.rows'>;
type Row = Rows['rows'][number];

const TYPING_MS = 300;

/** What else a row says, without the columns that are not kept. */
function detailOf(row: Row, struck: Struck): string {
  const keeps = (field: Struck['fields'][number]): boolean => !struck.fields.includes(field);
  return [
    row.collection !== null && keeps('collection') ? row.collection : '', row.category !== null && keeps('category') ? row.category : '',
    row.durationMs !== null && keeps('duration') ? `${Math.max(1, Math.round(row.durationMs / 60_000))} min` : '', row.quantity !== null && row.quantity !== 1 && keeps('quantity') ? `${row.quantity} ×` : '',
    row.amountMinor !== null && row.currency !== null && keeps('amount') ? money(row.amountMinor, row.currency) : '',
  ].filter(Boolean).join(' · ');
}

function StruckList({ struck, onStruck }: { readonly struck: Struck; readonly onStruck: (struck: Struck) => void }) {
  const list = [
    ...struck.titles.map((title) => ({ key: `t ${title}`, name: title, undo: () => { onStruck({ ...struck, titles: toggled(struck.titles, title) }); } })),
    ...struck.creators.map((creator) => ({ key: `c ${creator}`, name: strikeCopy.byOf(creator), undo: () => { onStruck({ ...struck, creators: toggled(struck.creators, creator) }); } })),
    ...(struck.rows.length === 0 ? [] : [{ key: 'rows', name: strikeCopy.rowsStruck(struck.rows.length), undo: () => { onStruck({ ...struck, rows: [] }); } }]),
  ];
  if (list.length === 0 && struck.kept.length === 0) return <p className="faint">{strikeCopy.nothing}</p>;
  return <ul className="plain chip-list" aria-label={strikeCopy.struck}>{list.map(({ key, name, undo }) => <li key={key} className="struck-chip"><Badge><s>{name}</s></Badge><IconButton label={strikeCopy.back(name)} onClick={undo}><CloseIcon size={14} aria-hidden /></IconButton></li>)}{struck.kept.length === 0 ? null : <li className="struck-chip"><Badge tone="accent">{strikeCopy.rowsKept(struck.kept.length)}</Badge><IconButton label={strikeCopy.outAgain} onClick={() => { onStruck({ ...struck, kept: [] }); }}><CloseIcon size={14} aria-hidden /></IconButton></li>}</ul>;
}

function RowsTable({ rows, struck, onStruck }: { readonly rows: readonly Row[]; readonly struck: Struck; readonly onStruck: (struck: Struck) => void }) {
  const numbered = rows.map((row, index) => ({ row, index }));
  const text = (row: Row, words: string) => (isStruck(struck, row) ? <s className="faint">{words}</s> : words);
  return (
    <Table<(typeof numbered)[number]>
      caption={strikeCopy.table} step={25} rows={numbered} rowKey={({ index }) => String(index)}
      columns={[
        { key: 'keep', label: strikeCopy.columns.keep, tight: true, cell: ({ row }) => <TickBox label={strikeCopy.keepRow(row.title, dateShort(row.atMs))} checked={!isStruck(struck, row)} onChange={() => { onStruck(turned(struck, row)); }} /> },
        { key: 'title', label: strikeCopy.columns.title, heads: true, cell: ({ row }) => <span className="break-anywhere">{text(row, row.title)}{row.closed === null ? null : <><br /><Badge tone="amber">{isStruck(struck, row) && struck.sensitive ? strikeCopy.because(row.closed) : strikeCopy.sealedAs(row.closed)}</Badge></>}</span> },
        { key: 'creator', label: strikeCopy.columns.creator, cell: ({ row }) => (row.creator === null || struck.fields.includes('creator') ? '' : <span className="break-anywhere">{text(row, row.creator)}</span>) },
        { key: 'when', label: strikeCopy.columns.when, tight: true, cell: ({ row }) => text(row, dateShort(row.atMs)) },
        { key: 'detail', label: strikeCopy.columns.detail, wideOnly: true, cell: ({ row }) => <span className="faint">{[row.act === 'used' ? '' : kindName(row.kind, row.act), detailOf(row, struck)].filter(Boolean).join(' · ')}</span> },
        { key: 'out', label: strikeCopy.columns.out, cell: ({ row }) => (
          <span className="table-actions">
            {struck.titles.includes(row.title) ? null : <Button small variant="quiet" aria-label={strikeCopy.allOfLong(row.title)} onClick={() => { onStruck({ ...struck, titles: toggled(struck.titles, row.title) }); }}>{strikeCopy.allOf}</Button>}
            {row.creator === null || struck.creators.includes(row.creator) ? null : <Button small variant="quiet" aria-label={strikeCopy.allByLong(row.creator)} onClick={() => { if (row.creator !== null) onStruck({ ...struck, creators: toggled(struck.creators, row.creator) }); }}>{strikeCopy.allBy}</Button>}
          </span>
        ) },
      ]}
    />
  );
}

export function StrikeOut({ previewId, dataSet, profiles, struck, onStruck }: {
  readonly previewId: string; readonly dataSet: string; readonly profiles: readonly string[] | undefined; readonly struck: Struck; readonly onStruck: (struck: Struck) => void;
}) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<Rows | null>(null);
  // Of all rows; looking for words leaves it as it was.
  const [summary, setSummary] = useState<Rows['summary']>(null);
  const [error, setError] = useState<AppError | null>(null);
  const chosen = profiles?.join('\n');
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(() => {
      setError(null);
      call('sources.rows', { previewId, key: dataSet, text, ...(chosen === undefined ? {} : { profiles: chosen.split('\n') }) }).then((rows) => {
        if (isOver) return;
        setFound(rows);
        if (rows.summary !== null) setSummary(rows.summary);
      }, (thrown: unknown) => { if (!isOver) setError(asAppError(thrown)); });
    }, text === '' ? 0 : TYPING_MS);
    return () => { isOver = true; clearTimeout(timer); };
  }, [previewId, dataSet, chosen, text]);

  if (error) return <ErrorNote error={error} />;
  if (found === null || summary === null) return <div role="status"><p className="soft">{strikeCopy.going}</p><Skeleton lines={4} /></div>;
  return (
    <div className="stack strike-out">
      <p className="soft">{strikeCopy.summary(summary.records, summary.sensitive, summary.firstMs, summary.lastMs)}</p>
      <div className="strike-choices">
        {summary.kinds.length < 2 ? null : (
          <fieldset className="stack-tight"><legend className="field-label">{strikeCopy.kinds}</legend>
            {summary.kinds.map((sort) => <Checkbox key={`${sort.act} ${sort.kind}`} label={kindName(sort.kind, sort.act)} hint={strikeCopy.kindCount(sort.count)} checked={!hasSort(struck.kinds, sort)} onChange={() => { onStruck({ ...struck, kinds: toggledSort(struck.kinds, sort) }); }} />)}
          </fieldset>
        )}
        {summary.fields.length === 0 ? null : (
          <fieldset className="stack-tight"><legend className="field-label">{strikeCopy.fields}</legend>
            {summary.fields.map((field) => <Checkbox key={field} label={fieldName(field)} checked={!struck.fields.includes(field)} onChange={() => { onStruck({ ...struck, fields: toggled(struck.fields, field) }); }} />)}
          </fieldset>
        )}
        {summary.firstMs === null ? null : (
          <fieldset className="stack-tight"><legend className="field-label">{strikeCopy.range}</legend>
            <TextField label={strikeCopy.from} type="date" value={struck.from} onChange={(from) => { onStruck({ ...struck, from }); }} />
            <TextField label={strikeCopy.to} type="date" value={struck.to} onChange={(to) => { onStruck({ ...struck, to }); }} error={isReversed(struck) ? strikeCopy.reversed : null} />
          </fieldset>
        )}
      </div>
      <StruckList struck={struck} onStruck={onStruck} />
      <search><SearchField label={strikeCopy.search} value={text} onChange={setText} /></search>
      {found.rows.length === 0 ? <p className="soft" role="status">{strikeCopy.noMatch}</p> : <RowsTable key={text} rows={found.rows} struck={struck} onStruck={onStruck} />}
      {found.more ? <p className="faint">{strikeCopy.someOnly(found.rows.length)}</p> : null}
    </div>
  );
}

/** A table with what people expect of one: find in it, sort it, tick some of it, and take that along as text or as a file. */
import { useState, type ReactNode } from 'react';
import { csvRow } from '../../../shared/domain/csv-cells.ts';
import { listCopy } from '../copy/list-table.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { SearchField, TickBox } from '../ui/fields.tsx';
import { CheckIcon, CopyIcon, SaveIcon } from '../ui/icons.ts';
import type { MenuItem } from '../ui/menu.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { CopyButton, copyText } from './copy-button.tsx';
import { saveTextFile } from './save-file.ts';

/** `text`: what stands in a file and is found by; what it is sorted by when left out. A column without either is not taken along. */
export type ListColumn<R> = Column<R> & { readonly text?: (row: R) => string | number | null };

interface ListTableProps<R> {
  readonly caption: string; readonly columns: readonly ListColumn<R>[]; readonly rows: readonly R[]; readonly rowKey: (row: R) => string;
  /** What its tick box is called. */
  readonly nameOf: (row: R) => string;
  readonly step?: number;
  /** Of the file, without its ending. */
  readonly file: string;
  /** Keys of the rows that are ticked; kept by whoever does something with them. */
  readonly ticked: ReadonlySet<string>; readonly onTicked: (ticked: ReadonlySet<string>) => void;
  /** Beside the number of ticked rows: what can be done with them. */
  readonly acts?: ReactNode;
  /** Says what there is when the acts are done. */
  readonly status?: ReactNode;
  /** What a right click on a row offers, before what it offers on all rows. */
  readonly menu?: (row: R) => readonly MenuItem[];
}

/** Fewer are looked through faster than a word is typed. */
const WORTH_FINDING = 8;
/** Where a column that is only for wide windows is seen. */
const TICKS_SHOWN = '(min-width: 1081px)';

export function ListTable<R>({ caption, columns, rows, rowKey, nameOf, step, file, ticked, onTicked, acts, status, menu }: ListTableProps<R>) {
  const [wanted, setWanted] = useState('');
  const words = (column: ListColumn<R>, row: R): string => { const text = (column.text ?? column.sort)?.(row); return text === undefined || text === null ? '' : String(text); };
  const told = columns.filter((column) => column.text !== undefined || column.sort !== undefined);
  const sought = wanted.trim().toLocaleLowerCase().split(/\s+/u);
  const found = wanted.trim() === '' ? rows : rows.filter((row) => { const all = told.map((column) => words(column, row)).join(' ').toLocaleLowerCase(); return sought.every((word) => all.includes(word)); });
  const chosen = rows.filter((row) => ticked.has(rowKey(row))), taken = chosen.length > 0 ? chosen : found;
  const tick = (these: readonly R[], on: boolean) => {
    const next = new Set(ticked);
    for (const row of these) { if (on) next.add(rowKey(row)); else next.delete(rowKey(row)); }
    onTicked(next);
  };
  // Where ticking only chooses what is taken along, it gives way on a small window.
  const isActedOn = acts !== undefined && acts !== null;
  const isAll = found.length > 0 && found.every((row) => ticked.has(rowKey(row)));
  const lines = (): string[][] => [told.map(({ label }) => label), ...taken.map((row) => told.map((column) => words(column, row)))];
  const rowMenu = (row: R): readonly MenuItem[] => {
    const isTicked = ticked.has(rowKey(row));
    return [
      ...(menu?.(row) ?? []),
      ...(isActedOn || window.matchMedia(TICKS_SHOWN).matches ? [{ label: isTicked ? listCopy.untickRow : listCopy.tickRow, icon: <CheckIcon size={16} aria-hidden />, act: () => { tick([row], !isTicked); } }] : []),
      { label: listCopy.copyRow, icon: <CopyIcon size={16} aria-hidden />, act: () => { copyText(told.map((column) => words(column, row)).join('\t')); } },
    ];
  };
  const save = () => {
    saveTextFile(`${file}.csv`, lines().map((cells) => csvRow(cells)), 'text/csv');
    showToast(listCopy.saved(taken.length));
  };
  return (
    <div className="stack-tight">
      <div className="row list-tools">
        {rows.length <= WORTH_FINDING ? null : <SearchField label={listCopy.find} maxLength={100} value={wanted} onChange={setWanted} />}
        <span className={isActedOn ? undefined : 'list-wide-only'}><Button small variant="quiet" onClick={() => { tick(found, !isAll); }}>{isAll ? listCopy.untickAll : listCopy.tickAll}</Button></span>
        {acts}
        <span className="soft numbers list-status" role="status">{status ?? [found.length === rows.length ? '' : listCopy.of(found.length, rows.length), chosen.length === 0 ? '' : listCopy.ticked(chosen.length)].filter(Boolean).join(' · ')}</span>
      </div>
      {found.length === 0 ? <p className="soft" role="status">{listCopy.nothing}</p> : (
        <Table<R>
          caption={caption} rows={found} rowKey={rowKey} menu={rowMenu} {...(step === undefined ? {} : { step })}
          columns={[{ key: 'tick', label: listCopy.tickAll, hideLabel: true, tick: true, wideOnly: !isActedOn, cell: (row) => <TickBox label={listCopy.tick(nameOf(row))} checked={ticked.has(rowKey(row))} onChange={(on) => { tick([row], on); }} /> }, ...columns]}
        />
      )}
      <div className="row">
        <CopyButton small variant="quiet" text={() => lines().map((cells) => cells.join('\t')).join('\n')} label={chosen.length > 0 ? listCopy.copyTicked : listCopy.copy} done={listCopy.copied} failed={listCopy.copyFailed} />
        <Button small variant="quiet" onClick={save}><SaveIcon size={16} aria-hidden />{chosen.length > 0 ? listCopy.saveTicked : listCopy.save}</Button>
      </div>
    </div>
  );
}

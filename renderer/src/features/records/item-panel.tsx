/** One thing: what it is, when it was, what Penchant reads from it. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { asAppError, call } from '../../bridge/client.ts';
import { date, dateTime, money } from '../../../../shared/language/format.ts';
import { notMeCopy } from '../../copy/profile.ts';
import { recordsCopy } from '../../copy/records.ts';
import { sourceName } from '../../copy/sources.ts';
import { kindName } from '../../copy/strike-out.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { NotMeDialog, wasMe } from '../../parts/not-me-dialog.tsx';
import { InterestTimeline } from '../../parts/timeline.tsx';
import { matchedSentence, useMatchedWords } from '../../parts/use-matched-words.ts';
import { useTask } from '../../parts/use-task.ts';
import { href } from '../../state/route.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NeverIcon } from '../../ui/icons.ts';
import { Note, Skeleton } from '../../ui/surfaces.tsx';
import { Table } from '../../ui/table.tsx';

type Shown = Output<'records.item'>;
type OneRecord = Shown['records'][number];

const detailOf = ({ durationMs, quantity, amountMinor, currency, background }: OneRecord): string => [
  durationMs === null ? '' : `${Math.max(1, Math.round(durationMs / 60_000))} min`, quantity === null || quantity === 1 ? '' : `${quantity} ×`,
  amountMinor === null || currency === null ? '' : money(amountMinor, currency), background ? recordsCopy.background : '',
].filter(Boolean).join(' · ');

function Reading({ shown: { item, records, months, about, notMe } }: { readonly shown: Shown }) {
  const numbered = records.map((record, index) => ({ ...record, index }));
  const words = useMatchedWords(about.length === 0 ? [] : [item.id]);
  return (
    <>
      {notMe.length === 0 ? null : <Note icon={<NeverIcon size={20} aria-hidden />} title={notMeCopy.noteTitle}>{notMeCopy.note} {notMe.map((one) => notMeCopy.named(one)).join(', ')}.</Note>}
      <dl className="facts">
        {item.creator === null ? null : <div><dt>{recordsCopy.by}</dt><dd>{item.creator}</dd></div>}
        {item.collection === null ? null : <div><dt>{recordsCopy.collection}</dt><dd>{item.collection}</dd></div>}
        {item.category === null ? null : <div><dt>{recordsCopy.category}</dt><dd>{item.category}</dd></div>}
        <div><dt>{recordsCopy.what}</dt><dd>{kindName(item.kind, item.act)}</dd></div>
        <div><dt>{recordsCopy.from}</dt><dd>{sourceName(item.source)}</dd></div>
        <div><dt>{recordsCopy.often}</dt><dd>{recordsCopy.times_(item.records)}</dd></div>
        <div><dt>{recordsCopy.first}</dt><dd>{date(item.firstMs)}</dd></div>
        <div><dt>{recordsCopy.last}</dt><dd>{date(item.lastMs)}</dd></div>
      </dl>
      <InterestTimeline months={months} />
      <section className="stack-tight">
        <h3>{recordsCopy.about}</h3>
        {item.act === 'given' || item.act === 'returned' ? <p className="soft">{recordsCopy.idle[item.act]}</p> : null}
        {about.length === 0 ? <p className="soft">{recordsCopy.aboutNone}</p> : (
          <ul className="plain stack-tight">
            {about.map((one) => (
              <li key={`${one.label} ${one.rule}`}>
                <strong>{one.yours === null ? one.label : <a href={href('profile', [], { item: one.yours.id })}>{one.label}</a>}</strong> <span className="faint">{one.yours === null ? recordsCopy.notYours : recordsCopy.yours}</span>
                <br /><span className="soft">{one.says} {matchedSentence(words, item.id, one.rule, one.label)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="stack-tight">
        <h3>{recordsCopy.records}</h3>
        {records.length < item.records ? <p className="faint">{recordsCopy.newestOnly(records.length, item.records)}</p> : null}
        <Table<(typeof numbered)[number]>
          caption={recordsCopy.records} step={20} rows={numbered} rowKey={({ index }) => String(index)}
          columns={[
            { key: 'when', label: recordsCopy.when, heads: true, tight: true, cell: ({ atMs }) => dateTime(atMs) },
            ...(records.some((record) => detailOf(record) !== '') ? [{ key: 'detail', label: recordsCopy.detail, cell: (record: OneRecord) => detailOf(record) }] : []),
            { key: 'file', label: recordsCopy.file, cell: ({ file }) => <span className="faint break-anywhere">{file}</span> },
          ]}
        />
      </section>
    </>
  );
}

export function ItemPanel({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [asking, setAsking] = useState(false);
  const [looked, setLooked] = useState(0);
  const task = useTask();
  useEffect(() => {
    let wanted = true;
    call('records.item', { id }).then((value) => { if (wanted) setShown(value); }, (thrown: unknown) => { if (wanted) setFailure(asAppError(thrown)); });
    return () => { wanted = false; };
  }, [id, looked]);
  const lookAgain = (): void => { setLooked((times) => times + 1); };
  const actions = !shown || shown.item.act === 'claimed' ? undefined : shown.notMe.length === 0
    ? <Button onClick={() => { setAsking(true); }}>{notMeCopy.action}</Button>
    : <Button busy={task.busy} onClick={() => { task.run(async () => { await wasMe(shown.notMe.map(({ id: said }) => said)); lookAgain(); }); }}>{notMeCopy.wasMe}</Button>;
  return (
    <>
      <Dialog title={shown?.item.title ?? recordsCopy.title} shape="side" onClose={onClose} actions={actions}>
        {failure ? <ErrorNote error={failure} /> : null}
        {shown ? <Reading shown={shown} /> : failure ? null : <Skeleton lines={8} />}
        {task.error ? <ErrorNote error={task.error} /> : null}
      </Dialog>
      {asking && shown ? <NotMeDialog things={[shown.item]} onClose={() => { setAsking(false); }} onSaid={lookAgain} /> : null}
    </>
  );
}

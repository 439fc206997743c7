/** The recovery phrase: shown once, written down, and three words of it typed back. */
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { Output } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { date } from '../../../shared/language/format.ts';
import { recoveryCopy } from '../copy/recovery.ts';
import { keepPositions } from '../state/recovery.ts';
import { useShownOnce } from '../state/shown-once.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { PrintIcon } from '../ui/icons.ts';
import { Note } from '../ui/surfaces.tsx';
import { CopyButton } from './copy-button.tsx';
import { ErrorNote } from './error-note.tsx';
import { useTask } from './use-task.ts';

export type Kit = Output<'vault.renewRecovery'>;

/** The sheet for the printer: beside the app in the page, so that it is all that is printed, and on screen not at all. */
function PrintSheet({ kit }: { readonly kit: Kit }) {
  const { sheet } = recoveryCopy;
  return createPortal(
    <section className="print-sheet" aria-label={sheet.title}>
      <h1>{sheet.title}</h1>
      <p><strong>{sheet.warning}</strong></p>
      <ol className="print-words">{kit.recoveryPhrase.map((word, index) => <li key={index}>{word}</li>)}</ol>
      <dl>
        <div><dt>{sheet.vault}</dt><dd>{kit.vaultId}</dd></div>
        <div><dt>{sheet.made}</dt><dd>{date(kit.madeAtMs)}</dd></div>
        <div><dt>{sheet.checkpoint}</dt><dd>{kit.checkpoint}</dd></div>
      </dl>
      <h2>{sheet.useTitle}</h2>
      <ol>{sheet.use.map((line) => <li key={line}>{line}</li>)}</ol>
      <p>{sheet.checkpointUse}</p>
    </section>,
    document.body,
  );
}

export function RecoveryWords({ kit }: { readonly kit: Kit }) {
  useShownOnce();
  const words = kit.recoveryPhrase;
  return (
    <div className="stack">
      <ol className="recovery-grid plain" aria-label={recoveryCopy.gridLabel}>
        {words.map((word, index) => <li key={index}><span className="recovery-number" aria-hidden>{index + 1}</span><span className="hidden-visually">{`${index + 1}: `}</span>{word}</li>)}
      </ol>
      <div className="row">
        <Button onClick={() => { window.print(); }}><PrintIcon size={18} aria-hidden />{recoveryCopy.print}</Button>
        <CopyButton secret text={words.join(' ')} label={recoveryCopy.copy} done={recoveryCopy.copied} failed={recoveryCopy.copyFailed} />
      </div>
      <Note>{recoveryCopy.copyWarning}</Note>
      <PrintSheet kit={kit} />
    </div>
  );
}

/** Asks for the three words. The words typed go to the core, which alone knows the phrase. */
export function ConfirmRecovery({ positions, onConfirmed, onLater, later }: { readonly positions: readonly number[]; readonly onConfirmed: () => void; readonly onLater: () => void; readonly later: string }) {
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const task = useTask();
  // Going away would not lose the words, but the typing.
  useShownOnce();
  const complete = positions.every((position) => (typed[position] ?? '').trim() !== '');
  const confirm = () => {
    if (!complete) return;
    task.run(async () => {
      await call('vault.confirmRecovery', { words: positions.map((position) => ({ position, word: (typed[position] ?? '').trim().toLowerCase() })) });
      keepPositions(null);
      onConfirmed();
    });
  };
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); confirm(); }}>
      <div className="recovery-asks">
        {positions.map((position, index) => (
          <TextField key={position} label={recoveryCopy.wordNumber(position)} value={typed[position] ?? ''} onChange={(word) => { setTyped({ ...typed, [position]: word }); }} autoComplete="off" autoCapitalize="off" spellCheck={false} autoFocus={index === 0} />
        ))}
      </div>
      {task.error ? <ErrorNote error={task.error} /> : null}
      <div className="row">
        <Button type="submit" variant="primary" busy={task.busy} disabled={!complete}>{recoveryCopy.confirm}</Button>
        <Button variant="quiet" onClick={onLater}>{later}</Button>
      </div>
    </form>
  );
}

/** "That was not me": of one thing, of everything by who made it, or of what it belongs to. */
import { useState } from 'react';
import type { Input } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { controls } from '../copy/controls.ts';
import { notMeCopy } from '../copy/profile.ts';
import { disownedResource, profileResource } from '../state/resources.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { RadioGroup } from '../ui/fields.tsx';
import { ErrorNote } from './error-note.tsx';
import { useTask } from './use-task.ts';

export interface NotMeThing { readonly id: number; readonly title: string; readonly creator: string | null; readonly collection: string | null }
type Scope = NonNullable<Input<'profile.notMe'>['scope']>;
/** What the core takes at once. */
export const MOST_NOT_ME = 1_000;

const reload = async (): Promise<void> => { await Promise.all([profileResource.getState().load(), disownedResource.getState().load()]); };

/** Takes a "that was not me" back. */
export async function wasMe(ids: readonly string[]): Promise<void> {
  await call('profile.wasMe', { ids: [...ids] });
  await reload();
}

/** `onSaid`: after everything is concluded anew, and again when it was taken back from the notice. */
export function NotMeDialog({ things, onClose, onSaid }: { readonly things: readonly NotMeThing[]; readonly onClose: () => void; readonly onSaid?: () => void }) {
  const [scope, setScope] = useState<Scope>('thing');
  const task = useTask();
  const [first] = things;
  // A choice among many rows comes without names.
  const one = things.length === 1 && first !== undefined && first.title !== '' ? first : null;
  const options = one === null ? [] : [
    { value: 'thing' as const, label: notMeCopy.scopes.thing() },
    ...(one.creator === null ? [] : [{ value: 'creator' as const, label: notMeCopy.scopes.creator(one) }]),
    ...(one.collection === null ? [] : [{ value: 'collection' as const, label: notMeCopy.scopes.collection(one) }]),
  ];
  const tooMany = things.length > MOST_NOT_ME;
  const save = () => {
    task.run(async () => {
      const { said } = await call('profile.notMe', { itemIds: things.map(({ id }) => id), scope });
      showToast(notMeCopy.said(things.length), () => { wasMe(said.map(({ id }) => id)).then(onSaid, onSaid).catch(() => undefined); });
      await reload();
      onClose();
      onSaid?.();
    });
  };
  return (
    <Dialog
      title={one === null ? notMeCopy.manyTitle(things.length) : notMeCopy.title(one.title)} onClose={onClose}
      actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={tooMany} onClick={save}>{notMeCopy.save}</Button></>}
    >
      {options.length > 1 ? <RadioGroup<Scope> legend={notMeCopy.what} value={scope} onChange={setScope} options={options} /> : null}
      <p className="soft">{tooMany ? notMeCopy.manyMost(MOST_NOT_ME) : notMeCopy.text(things.length)}</p>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

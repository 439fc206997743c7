/** What the person said is not about them, with a way to take it back. */
import { date } from '../../../../shared/language/format.ts';
import { notMeCopy, profileCopy } from '../../copy/profile.ts';
import { sourceName } from '../../copy/sources.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { wasMe } from '../../parts/not-me-dialog.tsx';
import { useTask } from '../../parts/use-task.ts';
import { disownedResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { useMore } from '../../ui/more.tsx';
import { Card } from '../../ui/surfaces.tsx';
import type { Output } from '../../../../shared/api/contract.ts';
import './profile.css';

type NotMe = Output<'profile.disowned'>['said'][number];
const AT_ONCE = 20;

function List({ said }: { readonly said: readonly NotMe[] }) {
  const { shown, more } = useMore(said, AT_ONCE, notMeCopy.list);
  const task = useTask();
  const back = (one: NotMe) => { task.run(async () => { await wasMe([one.id]); showToast(notMeCopy.back); }); };
  return (
    <>
      <ul className="plain profile-rejections">
        {shown.map((one) => (
          <li key={one.id} className="row-between">
            <span className="break-anywhere"><strong>{notMeCopy.named(one)}</strong> <span className="faint">{sourceName(one.source)}, {profileCopy.rejectedOn(date(one.saidAtMs))}</span></span>
            <Button small busy={task.busy} aria-label={notMeCopy.wasMeOf(notMeCopy.named(one))} onClick={() => { back(one); }}>{notMeCopy.wasMe}</Button>
          </li>
        ))}
      </ul>
      {more}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </>
  );
}

export function NotMeList() {
  return (
    <Card title={notMeCopy.list}>
      <Loaded store={disownedResource} lines={1}>
        {({ said }) => (said.length === 0 ? <p className="faint">{notMeCopy.listEmpty}</p> : <div className="stack"><p className="soft">{notMeCopy.listText}</p><List said={said} /></div>)}
      </Loaded>
    </Card>
  );
}

/** A company that is always told no, and letting it ask again. */
import { call } from '../bridge/client.ts';
import { careCopy } from '../copy/care.ts';
import { companiesResource, requestsResource } from '../state/resources.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { NeverIcon } from '../ui/icons.ts';
import { Note } from '../ui/surfaces.tsx';
import { ErrorNote } from './error-note.tsx';
import { useTask } from './use-task.ts';

export function RefusedCompany({ companyId, name, onHeard }: { readonly companyId: string; readonly name: string; readonly onHeard?: () => void }) {
  const task = useTask();
  const hear = () => {
    task.run(async () => {
      await call('companies.refuse', { companyId, always: false });
      await Promise.all([companiesResource.getState().load(), requestsResource.getState().load()]);
      onHeard?.();
      showToast(careCopy.heard(name));
    });
  };
  return (
    <Note tone="amber" icon={<NeverIcon size={20} aria-hidden />} title={careCopy.refusedNow(name)} actions={<Button small busy={task.busy} onClick={hear}>{careCopy.hear}</Button>}>
      {careCopy.refusedText(name)}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Note>
  );
}

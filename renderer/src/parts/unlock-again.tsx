/** The small dialog that asks for a proof when a call needs a newer one; the call then goes through by itself. */
import { call } from '../bridge/client.ts';
import { keysCopy } from '../copy/keys.ts';
import { useUnlockAgain } from '../state/unlock-again.ts';
import { ProvenDialog } from './proven-dialog.tsx';

export function UnlockAgain() {
  const answer = useUnlockAgain((state) => state.answer);
  if (!answer) return null;
  return (
    <ProvenDialog
      title={keysCopy.again.title} action={keysCopy.again.action} onClose={() => { answer(false); }}
      act={async (proof) => {
        await call('vault.confirm', { proof });
        answer(true);
      }}
    >
      <p>{keysCopy.again.lead}</p>
    </ProvenDialog>
  );
}

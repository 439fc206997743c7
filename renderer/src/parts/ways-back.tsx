/** What can be done about a vault that does not open: buttons that lead to the ways back. */
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { rescueCopy } from '../copy/rescue.ts';
import { startRescue } from '../state/rescue.ts';
import { Button } from '../ui/button.tsx';

/** The vault's own files are damaged: trying again does not help. */
export const DAMAGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['ERR_VAULT_CORRUPT', 'ERR_VAULT_HEADER_INVALID', 'ERR_VAULT_HISTORY_REWRITTEN']);

export function WaysBack() {
  return (
    <>
      <Button small onClick={() => { startRescue('restore'); }}>{rescueCopy.toRestore}</Button>
      <Button small onClick={() => { startRescue('recover'); }}>{rescueCopy.toRecover}</Button>
    </>
  );
}

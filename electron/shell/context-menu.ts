/** What a right click offers: editing where there is text to edit, copying what is marked, and nothing else. */
import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

type Clicked = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'formControlType'> & { readonly editFlags: Pick<ContextMenuParams['editFlags'], 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll'> };

/** Empty where nothing is to be offered. A passphrase is pasted, never copied. */
export function contextMenuTemplate({ isEditable, selectionText, formControlType, editFlags }: Clicked): MenuItemConstructorOptions[] {
  const isSecret = formControlType === 'input-password';
  if (isEditable) {
    return [
      ...(isSecret ? [] : [{ role: 'cut' as const, enabled: editFlags.canCut }, { role: 'copy' as const, enabled: editFlags.canCopy }]),
      { role: 'paste', enabled: editFlags.canPaste }, { type: 'separator' }, { role: 'selectAll', enabled: editFlags.canSelectAll },
    ];
  }
  return selectionText.trim() === '' ? [] : [{ role: 'copy', enabled: editFlags.canCopy }];
}

/** How far an import is, and what was chosen for it: stays while the person looks at another screen, and in memory only. Forgotten at lock. */
import { create } from 'zustand';
import type { Output } from '../../../../shared/api/contract.ts';
import { useVault } from '../../state/vault.ts';
import type { Struck } from './struck.ts';

type Preview = Output<'sources.preview'>;
export type Item = Preview['items'][number];
export interface Previewed { readonly previewId: string; readonly items: readonly Item[]; readonly unrecognised: readonly { readonly file: string; readonly code: string; readonly message: string }[]; readonly unknown: Preview['unknown']; readonly sample: boolean }
export interface Choice { readonly included: boolean; readonly profiles: readonly string[]; readonly struck: Struck }

export type Phase =
  | { readonly at: 'idle' }
  | { readonly at: 'handing'; readonly name: string; readonly sent: number; readonly total: number }
  | { readonly at: 'looking' }
  | { readonly at: 'preview'; readonly preview: Previewed; /** By key of the data set; those nobody touched are not here. */ readonly choices: Readonly<Record<string, Choice>> }
  | { readonly at: 'running'; readonly jobId: string };

interface Flow { readonly phase: Phase; readonly setPhase: (phase: Phase) => void }

export const useFlow = create<Flow>()((set) => ({
  phase: { at: 'idle' },
  setPhase: (phase) => {
    // What was on its way at lock may arrive after it.
    if (phase.at === 'idle' || useVault.getState().status?.state === 'unlocked') set({ phase });
  },
}));

useVault.subscribe(({ status }) => {
  if (status?.state !== 'unlocked' && useFlow.getState().phase.at !== 'idle') useFlow.setState({ phase: { at: 'idle' } });
});

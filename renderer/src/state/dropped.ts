/** Files that were dropped somewhere else than where they are taken: they wait here until that is on the screen. Forgotten at lock. */
import { create } from 'zustand';
import { useVault } from './vault.ts';

interface Dropped { readonly files: readonly File[]; readonly put: (files: readonly File[]) => void; /** They are handed out once. */ readonly take: () => readonly File[] }

export const useDropped = create<Dropped>()((set, get) => ({
  files: [],
  put: (files) => { if (useVault.getState().status?.state === 'unlocked') set({ files }); },
  take: () => {
    const { files } = get();
    if (files.length > 0) set({ files: [] });
    return files;
  },
}));

useVault.subscribe(({ status }) => {
  if (status?.state !== 'unlocked' && useDropped.getState().files.length > 0) useDropped.setState({ files: [] });
});

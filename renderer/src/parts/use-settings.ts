/** Changing settings one at a time: what was chosen shows at once; what was stored takes over when it is, or when storing it failed. */
import { useState } from 'react';
import type { Output } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { redemptionResource, settingsResource } from '../state/resources.ts';
import { useTask, type Task } from './use-task.ts';

type Settings = Output<'settings.get'>;

export function useSettings(stored: Settings): { readonly settings: Settings; readonly save: (change: Partial<Settings>) => void; readonly task: Task } {
  const task = useTask();
  const [chosen, setChosen] = useState<Partial<Settings>>({});
  const save = (change: Partial<Settings>) => {
    if (task.busy) return;
    setChosen(change);
    task.run(async () => {
      try {
        await call('settings.set', change);
      } finally {
        await Promise.all([settingsResource.getState().load(), redemptionResource.getState().load()]);
        setChosen({});
      }
    });
  };
  return { settings: { ...stored, ...chosen }, save, task };
}

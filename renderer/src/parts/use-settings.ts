/** Changing settings one at a time: what was chosen shows at once; what was stored takes over when it is, or when storing it failed. */
import { useRef, useState } from 'react';
import type { Output } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { redemptionResource, settingsResource } from '../state/resources.ts';
import { useTask, type Task } from './use-task.ts';

type Settings = Output<'settings.get'>;

export function useSettings(stored: Settings): { readonly settings: Settings; readonly save: (change: Partial<Settings>) => void; readonly task: Task } {
  const task = useTask();
  const [chosen, setChosen] = useState<Partial<Settings>>({});
  /** Chosen while something else was being stored: stored after it. */
  const waiting = useRef<Partial<Settings> | null>(null);
  const save = (change: Partial<Settings>) => {
    setChosen((before) => ({ ...before, ...change }));
    if (task.busy) { waiting.current = { ...waiting.current, ...change }; return; }
    task.run(async () => {
      try {
        for (let next: Partial<Settings> | null = change; next !== null;) {
          await call('settings.set', next);
          next = waiting.current;
          waiting.current = null;
        }
      } finally {
        waiting.current = null;
        await Promise.all([settingsResource.getState().load(), redemptionResource.getState().load()]);
        setChosen({});
      }
    });
  };
  return { settings: { ...stored, ...chosen }, save, task };
}

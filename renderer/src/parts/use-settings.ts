/** Changing settings: what was chosen shows at once and is sent at once; what was stored takes over when all of it is, or when storing it failed. */
import { useRef, useState } from 'react';
import type { Output } from '../../../shared/api/contract.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { asAppError, call } from '../bridge/client.ts';
import { redemptionResource, settingsResource } from '../state/resources.ts';

type Settings = Output<'settings.get'>;

interface Saving {
  readonly settings: Settings;
  /** @returns whether it is stored; where it could not be, `error` says so */
  readonly save: (change: Partial<Settings>) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: AppError | null;
}

export function useSettings(stored: Settings): Saving {
  const [chosen, setChosen] = useState<Partial<Settings>>({});
  const [error, setError] = useState<AppError | null>(null);
  const [underWay, setUnderWay] = useState(0);
  const count = useRef(0);
  const add = (change: 1 | -1) => {
    count.current += change;
    setUnderWay(count.current);
  };
  const store = async (change: Partial<Settings>): Promise<boolean> => {
    let stored = true;
    try {
      // Never held back until another one is stored: whoever locks the vault in between would lose it.
      await call('settings.set', change);
    } catch (thrown) {
      setError(asAppError(thrown));
      stored = false;
    }
    add(-1);
    if (count.current > 0) return stored;
    await Promise.all([settingsResource.getState().load(), redemptionResource.getState().load()]);
    if (count.current === 0) setChosen({});
    return stored;
  };
  const save = (change: Partial<Settings>): Promise<boolean> => {
    setChosen((before) => ({ ...before, ...change }));
    setError(null);
    add(1);
    return store(change);
  };
  return { settings: { ...stored, ...chosen }, save, busy: underWay > 0, error };
}

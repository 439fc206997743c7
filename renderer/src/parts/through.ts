/** What of the first steps the person is through with that nothing else tells; kept beside the lessons they have read. */
import { call } from '../bridge/client.ts';
import type { firstStepsCopy } from '../copy/first-steps.ts';
import { settingsResource } from '../state/resources.ts';

export type StepId = keyof typeof firstStepsCopy.steps;
/** The card is put away. */
export const HIDDEN = 'steps.hidden';
const LOOKED = 'steps.look';

export const hasLooked = (through: readonly string[]): boolean => through.includes(LOOKED);

export async function setThrough(through: readonly string[], id: string, is: boolean): Promise<void> {
  if (through.includes(id) === is) return;
  await call('settings.set', { lessonsRead: is ? [...through, id] : through.filter((other) => other !== id) });
  await settingsResource.getState().load();
}

/** The wheel is on the screen, with something in it. */
export function noteLooked(): void {
  const { data } = settingsResource.getState();
  if (data) setThrough(data.lessonsRead, LOOKED, true).catch(() => undefined);
}
export const showFirstSteps = async (): Promise<void> => { const { data } = settingsResource.getState(); if (data) await setThrough(data.lessonsRead, HIDDEN, false); };

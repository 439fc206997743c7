/** Stand-ins for the parts of Electron the shell's modules are given; they record what was asked of them. */
import { EventEmitter } from 'node:events';

/** Anything that emits events, told to by the test. Listeners are kept as Electron keeps them. */
export class FakeEmitter extends EventEmitter {}

/** An event whose default can be prevented. */
export function preventable<T extends object>(facts: T): T & { prevented: boolean; preventDefault(): void } {
  const event = { ...facts, prevented: false, preventDefault: () => { event.prevented = true; } };
  return event;
}

/** A page's frame; compared by identity, as Electron's are. */
export const frameAt = (url: string, parent: object | null = null) => ({ url, parent });

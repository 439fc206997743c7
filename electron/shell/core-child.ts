/** The core as a utility process of Electron. */
import type { MessagePortMain, UtilityProcess } from 'electron';
import type { CoreChild } from '../core/process/supervisor.ts';
import type { CoreMessage } from '../core/process/frames.ts';

/** `child`: as forked, before its first message. */
export function coreChildOf(child: Pick<UtilityProcess, 'postMessage' | 'on' | 'once' | 'kill'>): CoreChild {
  return {
    postMessage: (message, ports) => { child.postMessage(message, ports as MessagePortMain[] | undefined); },
    onMessage: (listener) => { child.on('message', (message: CoreMessage) => { listener(message); }); },
    onExit: (listener) => { child.once('exit', () => { listener(); }); },
    kill: () => { child.kill(); },
  };
}

/** One channel for each load of the page: one end for the page, the other for the core. The shell makes it and sees nothing of what goes through. */
import type { MessagePortMain, WebContents, WebFrameMain } from 'electron';
import { AppError } from '../../shared/errors/app-error.ts';
import type { CoreSupervisor } from '../core/process/supervisor.ts';
import { PORT_CHANNEL } from './channels.ts';
import { isOwnPage } from './trusted-sender.ts';

export interface PageChannelDeps {
  readonly core: Pick<CoreSupervisor, 'connect'>;
  readonly createChannel: () => { readonly port1: MessagePortMain; readonly port2: MessagePortMain };
}

/** Given to the very frame that asked, not to whatever its window shows by the time the core is there. @throws {AppError} ERR_CORE_GONE */
export async function connectPage(frame: Pick<WebFrameMain, 'postMessage' | 'isDestroyed' | 'url'>, { core, createChannel }: PageChannelDeps): Promise<void> {
  const { port1, port2 } = createChannel();
  if (!await core.connect(port1)) throw new AppError('ERR_CORE_GONE', 'Penchant’s core does not start. Close Penchant and open it again.');
  if (frame.isDestroyed() || !isOwnPage(frame.url)) {
    // Closing one end tells the core at the other that nobody is there.
    port2.close();
    return;
  }
  frame.postMessage(PORT_CHANNEL, null, [port2]);
}

/**
 * Ends the process that holds the page and loads the page in a new one: what was on the screen must not outlive the lock in anybody's memory.
 * Electron promises a new process for a reload that follows at once.
 */
export function renewPage(page: Pick<WebContents, 'forcefullyCrashRenderer' | 'reload' | 'isDestroyed'> | null): void {
  if (!page || page.isDestroyed()) return;
  page.forcefullyCrashRenderer();
  page.reload();
}

/** What the page may ask of the shell itself: a port to the core, a picked file, a secret on the clipboard. For our own page only. */
import type { IpcMain, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import type { OfferedFile, Outcome, WireEvent } from '../../shared/api/wire.ts';
import { AppError, toWireError } from '../../shared/errors/app-error.ts';
import { CONNECT_CHANNEL, COPY_SECRET_CHANNEL, EVENT_CHANNEL, OFFER_FILE_CHANNEL } from './channels.ts';

export interface RpcDeps {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean;
  readonly connect: (frame: WebFrameMain) => Promise<void>;
  readonly offerFile: (path: unknown) => Promise<OfferedFile>;
  readonly copySecret: (text: unknown) => Promise<void>;
}

const untrusted: Outcome = { ok: false, error: toWireError(new AppError('ERR_ORIGIN_FOREIGN', 'This call did not come from Penchant’s own page.')) };

export function registerRpc({ ipcMain, isTrusted, connect, offerFile, copySecret }: RpcDeps): void {
  const handle = (channel: string, act: (argument: unknown, frame: WebFrameMain) => Promise<unknown>): void => {
    ipcMain.handle(channel, async (event, argument: unknown): Promise<Outcome> => {
      if (!isTrusted(event)) return untrusted;
      const frame = event.senderFrame;
      if (!frame) return untrusted;
      try {
        return { ok: true, value: await act(argument, frame) };
      } catch (error) {
        return { ok: false, error: toWireError(error) };
      }
    });
  };
  handle(CONNECT_CHANNEL, (_argument, frame) => connect(frame));
  handle(OFFER_FILE_CHANNEL, offerFile);
  handle(COPY_SECRET_CHANNEL, copySecret);
}

/** `contents`: of the window, or null while there is none. */
export function eventsTo(contents: () => Pick<WebContents, 'send' | 'isDestroyed'> | null): (event: WireEvent) => void {
  return (event) => {
    const page = contents();
    if (page && !page.isDestroyed()) page.send(EVENT_CHANNEL, event);
  };
}

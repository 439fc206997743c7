/** Carries the page's calls to the core and the core's events to the page, for our own page only. */
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { OfferedFile, Outcome, WireEvent } from '../../shared/api/wire.ts';
import { AppError, toWireError } from '../../shared/errors/app-error.ts';
import type { CoreSupervisor } from '../core/process/supervisor.ts';
import { COPY_SECRET_CHANNEL, EVENT_CHANNEL, INVOKE_CHANNEL, OFFER_FILE_CHANNEL } from './channels.ts';

export interface RpcDeps {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly core: Pick<CoreSupervisor, 'dispatch'>;
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean;
  readonly offerFile: (path: unknown) => Promise<OfferedFile>;
  readonly copySecret: (text: unknown) => Promise<void>;
}

const untrusted: Outcome = { ok: false, error: toWireError(new AppError('ERR_ORIGIN_FOREIGN', 'This call did not come from Penchant’s own page.')) };

export function registerRpc({ ipcMain, core, isTrusted, offerFile, copySecret }: RpcDeps): void {
  ipcMain.handle(INVOKE_CHANNEL, (event, method: unknown, input: unknown): Promise<Outcome> | Outcome => {
    if (!isTrusted(event)) return untrusted;
    return core.dispatch(typeof method === 'string' ? method : '', toJson(input));
  });
  const handle = (channel: string, act: (argument: unknown) => Promise<unknown>): void => {
    ipcMain.handle(channel, async (event, argument: unknown): Promise<Outcome> => {
      if (!isTrusted(event)) return untrusted;
      try {
        return { ok: true, value: await act(argument) };
      } catch (error) {
        return { ok: false, error: toWireError(error) };
      }
    });
  };
  handle(OFFER_FILE_CHANNEL, offerFile);
  handle(COPY_SECRET_CHANNEL, copySecret);
}

/** Electron's channel carries more than JSON does (dates, maps, cycles); the core is spoken to in JSON on every host. */
function toJson(input: unknown): unknown {
  if (input === undefined) return undefined;
  try {
    return JSON.parse(JSON.stringify(input)) as unknown;
  } catch {
    return null;
  }
}

/** `contents`: of the window, or null while there is none. */
export function relayEvents(core: Pick<CoreSupervisor, 'onEvent'>, contents: () => Pick<WebContents, 'send' | 'isDestroyed'> | null): (event: WireEvent) => void {
  const send = (event: WireEvent): void => {
    const page = contents();
    if (page && !page.isDestroyed()) page.send(EVENT_CHANNEL, event);
  };
  core.onEvent(send);
  return send;
}

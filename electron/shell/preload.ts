/** Runs sandboxed before the page: gives it the five members of the host bridge and nothing of Electron. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { HostBridge, OfferedFile, Outcome, WireEvent } from '../../shared/api/wire.ts';
import type { WireError } from '../../shared/errors/app-error.ts';
import { COPY_SECRET_CHANNEL, EVENT_CHANNEL, INVOKE_CHANNEL, OFFER_FILE_CHANNEL } from './channels.ts';

/** As a plain object: of a real Error only the message would get through to the page, not the code. */
const refusal = (error: WireError): Error => ({ name: 'AppError', ...error });

const bridge: HostBridge<File> = {
  kind: 'electron',
  invoke: async (method, input) => await ipcRenderer.invoke(INVOKE_CHANNEL, method, input) as Outcome,
  subscribe(listener) {
    // The page's function gets the payload only, never Electron's event, which holds the sender.
    const relay = (_event: unknown, payload: WireEvent): void => { listener(payload); };
    ipcRenderer.on(EVENT_CHANNEL, relay);
    return () => { ipcRenderer.removeListener(EVENT_CHANNEL, relay); };
  },
  async offerFile(file, onProgress) {
    // Empty for a File the page made up itself: only what the person picked or dropped has a path.
    const outcome = await ipcRenderer.invoke(OFFER_FILE_CHANNEL, webUtils.getPathForFile(file)) as Outcome;
    if (!outcome.ok) return Promise.reject<OfferedFile>(refusal(outcome.error));
    onProgress?.(file.size);
    return outcome.value as OfferedFile;
  },
  async copySecret(text) {
    const outcome = await ipcRenderer.invoke(COPY_SECRET_CHANNEL, text) as Outcome;
    if (!outcome.ok) return Promise.reject<undefined>(refusal(outcome.error));
  },
};

contextBridge.exposeInMainWorld('penchantHost', bridge);

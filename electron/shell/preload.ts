/** Runs sandboxed before the page: gives it the five members of the host bridge and nothing of Electron. Calls and events go straight to the core. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { HostBridge, OfferedFile, Outcome, WireEvent } from '../../shared/api/wire.ts';
import type { WireError } from '../../shared/errors/app-error.ts';
import { CONNECT_CHANNEL, COPY_SECRET_CHANNEL, EVENT_CHANNEL, OFFER_FILE_CHANNEL, PORT_CHANNEL } from './channels.ts';
import { createPageEnd } from './page-end.ts';

/** As a plain object: of a real Error only the message would get through to the page, not the code. */
const refusal = (error: WireError): Error => ({ name: 'AppError', ...error });

const core = createPageEnd();
// The page's functions get payloads only, never Electron's event, which holds the sender.
ipcRenderer.on(EVENT_CHANNEL, (_event, payload: WireEvent) => { core.tell(payload); });
ipcRenderer.on(PORT_CHANNEL, ({ ports: [port] }) => { if (port) core.connected(port); });
void (ipcRenderer.invoke(CONNECT_CHANNEL) as Promise<Outcome>).then((outcome) => { if (!outcome.ok) core.refused(outcome); });

const bridge: HostBridge<File> = {
  kind: 'electron',
  invoke: (method, input) => core.invoke(method, input),
  subscribe: (listener) => core.subscribe(listener),
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

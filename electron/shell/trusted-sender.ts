/** Decides whether a message to the shell really comes from our page in our window. */
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** The parts of an IPC event the decision rests on. */
export type SenderEvent = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/** True only for the main frame of `ours`, showing a page of ours. A frame that went away or navigated meanwhile is not trusted. */
export function decideTrusted(event: SenderEvent, ours: Pick<WebContents, 'id' | 'mainFrame'> | null): boolean {
  const frame = event.senderFrame;
  return ours !== null && frame !== null && event.sender.id === ours.id && frame === ours.mainFrame && frame.parent === null && isOwnPage(frame.url);
}

/** True for addresses under our scheme and host; the page of a vite server never is. */
export function isOwnPage(url: string): boolean {
  return URL.canParse(url) && url.startsWith(`${APP_ORIGIN}/`);
}

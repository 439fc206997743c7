/** A secret on the clipboard: marked, so that clipboard managers do not keep it, and taken off after ten seconds unless something else is there by then. */
import type { Clipboard, ClipboardItem } from 'electron';
import { AppError } from '../../shared/errors/app-error.ts';

export interface SecretClipboardDeps {
  readonly clipboard: Pick<Clipboard, 'write' | 'readText' | 'clear'>;
  readonly ClipboardItem: new (items: Record<string, string>) => ClipboardItem;
  readonly platform: NodeJS.Platform;
  readonly after: (ms: number, body: () => void) => void;
}

export const SECRET_STAYS_MS = 10_000;
/** The longest secret there is has 24 words. */
const LONGEST_SECRET = 1_024;

const raw = (format: string): string => `electron application/osclipboard;format="${format}"`;
/** What each system's clipboard managers agreed to heed: KDE and others on Linux; nspasteboard.org; Windows' own history and cloud. */
const MARKS: Partial<Record<NodeJS.Platform, Readonly<Record<string, string>>>> = {
  linux: { [raw('x-kde-passwordManagerHint')]: 'secret' },
  darwin: { [raw('org.nspasteboard.ConcealedType')]: ' ' },
  win32: { [raw('ExcludeClipboardContentFromMonitorProcessing')]: '1', [raw('Clipboard Viewer Ignore')]: '1' },
};

export interface SecretClipboard {
  /** `text`: as the page sent it; anything at all when that was tampered with. @throws {AppError} ERR_INPUT_INVALID */
  copy(text: unknown): Promise<void>;
  /** Takes the secret off now, unless something else lies there; never rejects. */
  clear(): Promise<void>;
}

export function createSecretClipboard({ clipboard, ClipboardItem: Item, platform, after }: SecretClipboardDeps): SecretClipboard {
  let held: string | null = null;
  const clear = async (): Promise<void> => {
    const secret = held;
    if (secret === null) return;
    held = null;
    try {
      if (await clipboard.readText() === secret) clipboard.clear();
    } catch { return; }
  };
  return Object.freeze({
    async copy(text: unknown) {
      if (typeof text !== 'string' || text === '' || text.length > LONGEST_SECRET) throw new AppError('ERR_INPUT_INVALID', 'This is not something to copy. The clipboard is as it was.');
      // Text and marks in one write: there is no moment in which the secret lies there unmarked.
      await clipboard.write([new Item({ 'text/plain': text, ...MARKS[platform] })]);
      held = text;
      after(SECRET_STAYS_MS, () => { void clear(); });
    },
    clear,
  } satisfies SecretClipboard);
}

/** `penchant://` links: found in what the system hands us, checked for form and length, shown to the person, never acted upon. */

export const LINK_SCHEME = 'penchant';

/** A signed request fits; anything longer is not a request of ours. */
const LONGEST_LINK = 65_000;

/** The link as text when it has the form of one of ours, else null. What is in it is the core's to verify. */
export function parseDeepLink(text: string): string | null {
  if (text.length > LONGEST_LINK || !text.toLowerCase().startsWith(`${LINK_SCHEME}://`) || /[\p{Cc}\s]/u.test(text)) return null;
  return URL.canParse(text) ? text : null;
}

/** The first link among a program's arguments, or null. On Windows and Linux a link arrives as one; switches never are links. */
export function linkFromArguments(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const link = argument.startsWith('-') ? null : parseDeepLink(argument);
    if (link !== null) return link;
  }
  return null;
}

export interface DeepLinks {
  /** Takes what may be a link; anything else is dropped without a trace. */
  open(text: string): void;
  /** The page listens now (again): a waiting link is handed over. */
  pageReady(): void;
  /** The page is loading or gone: links wait. */
  pageGone(): void;
}

/** `emit`: tells the page that a link waits to be looked at. Only the newest link waits. */
export function createDeepLinks(emit: (text: string) => void): DeepLinks {
  let ready = false;
  let waiting: string | null = null;
  const handOver = (): void => {
    if (!ready || waiting === null) return;
    const text = waiting;
    waiting = null;
    emit(text);
  };
  return Object.freeze({
    open(text: string) {
      waiting = parseDeepLink(text) ?? waiting;
      handOver();
    },
    pageReady() { ready = true; handOver(); },
    pageGone() { ready = false; },
  } satisfies DeepLinks);
}

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

/** What waits for the page while that is loading or gone; only the newest. */
export interface Outbox<T> {
  put(one: T): void;
  /** The page is there (again): what waits is handed over. */
  pageReady(): void;
  /** The page is loading or gone. */
  pageGone(): void;
}

export function createOutbox<T>(emit: (one: T) => void): Outbox<T> {
  let ready = false;
  let waiting: { readonly one: T } | null = null;
  const handOver = (): void => {
    if (!ready || waiting === null) return;
    const { one } = waiting;
    waiting = null;
    emit(one);
  };
  return Object.freeze({
    put(one: T) { waiting = { one }; handOver(); },
    pageReady() { ready = true; handOver(); },
    pageGone() { ready = false; },
  } satisfies Outbox<T>);
}

export interface DeepLinks extends Omit<Outbox<string>, 'put'> {
  /** Takes what may be a link; anything else is dropped without a trace. */
  open(text: string): void;
}

/** `emit`: tells the page that a link waits to be looked at. */
export function createDeepLinks(emit: (text: string) => void): DeepLinks {
  const box = createOutbox(emit);
  return Object.freeze({
    open(text: string) { const link = parseDeepLink(text); if (link !== null) box.put(link); },
    pageReady() { box.pageReady(); },
    pageGone() { box.pageGone(); },
  } satisfies DeepLinks);
}

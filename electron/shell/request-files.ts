/** Files in which a company hands over a request, opened from the desktop: read as text, checked for form and length only; the core verifies what is in them. */
import { extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSmallFile } from '../core/platform/files/atomic-file.ts';
import { LINK_SCHEME, parseDeepLink } from './deep-links.ts';

export const REQUEST_EXTENSION = '.penchant';

/** A signed request fits. */
const LONGEST_REQUEST = 65_000;
/** A compact JWS (RFC 7515 §7.1). */
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/u;

/** What the core says no to, with a reason: the person opened a file, and hears what came of it. */
export const EMPTY_REQUEST = `${LINK_SCHEME}://request?request=`;

/** The request in a file as a link of ours, {@link EMPTY_REQUEST} where it cannot be read or holds something else; null for what is no such file. */
export function linkFromFile(path: string): string | null {
  if (extname(path).toLowerCase() !== REQUEST_EXTENSION) return null;
  let text: string | null;
  try { text = readSmallFile(path, LONGEST_REQUEST); } catch { return EMPTY_REQUEST; }
  const request = requestIn(text?.trim() ?? '');
  return parseDeepLink(COMPACT.test(request) ? `${EMPTY_REQUEST}${request}` : request) ?? EMPTY_REQUEST;
}

/** Companies also wrap it: `{"request": "…"}`. */
function requestIn(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const { request } = JSON.parse(text) as { readonly request?: unknown };
    return typeof request === 'string' ? request : '';
  } catch {
    return '';
  }
}

/** The first such file among a program's arguments, as a path or a `file:` address; switches never are files. `folder`: where the program was started, for paths from there. */
export function linkFromFileArguments(argv: readonly string[], folder: string): string | null {
  for (const argument of argv) {
    const path = pathOf(argument, folder), link = path === null ? null : linkFromFile(path);
    if (link !== null) return link;
  }
  return null;
}

function pathOf(argument: string, folder: string): string | null {
  if (argument.startsWith('-') || argument.includes('\0')) return null;
  if (!argument.startsWith('file:')) return resolve(folder, argument);
  // Of another computer, or malformed.
  try { return fileURLToPath(argument); } catch { return null; }
}

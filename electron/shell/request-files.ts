/** Files in which a company hands over a request, opened from the desktop: read as text, checked for form and length only; the core verifies what is in them. */
import { extname } from 'node:path';
import { readSmallFile } from '../core/platform/files/atomic-file.ts';
import { LINK_SCHEME, parseDeepLink } from './deep-links.ts';

export const REQUEST_EXTENSION = '.penchant';

/** A signed request fits. */
const LONGEST_REQUEST = 65_000;
/** A compact JWS (RFC 7515 §7.1). */
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/u;

/** The request in a file as a link of ours; null for what is no such file, cannot be read or holds something else. */
export function linkFromFile(path: string): string | null {
  if (extname(path).toLowerCase() !== REQUEST_EXTENSION) return null;
  let text: string | null;
  try { text = readSmallFile(path, LONGEST_REQUEST); } catch { return null; }
  const request = requestIn(text?.trim() ?? '');
  if (COMPACT.test(request)) return parseDeepLink(`${LINK_SCHEME}://request?request=${request}`);
  return parseDeepLink(request);
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

/** The first such file among a program's arguments; switches never are files. */
export function linkFromFileArguments(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const link = argument.startsWith('-') ? null : linkFromFile(argument);
    if (link !== null) return link;
  }
  return null;
}

/** The ways a request reaches the vault as text: compact, a small JSON file, or a link. */
import { AppError } from '../../../shared/errors/app-error.ts';
import { isCompactJws } from '../../../shared/protocol/base64url.ts';
import { LINK_SCHEME, MAX_BODY_BYTES } from '../../../shared/protocol/names.ts';
import { requestFile } from '../../../shared/protocol/schemas.ts';
import { parseStrictJson } from '../../../shared/protocol/strict-json.ts';
import { isFetchable } from '../platform/http/fetch-text.ts';

export type RequestText = { readonly kind: 'compact'; readonly jws: string } | { readonly kind: 'fetch'; readonly url: string };

const unusable = (): AppError => new AppError('ERR_REQUEST_INVALID', 'This is not a preference request. Nothing was stored. Paste the whole request, open the company’s link, or drop its file.');

/**
 * Recognises compact text, `{"request": "…"}` and `penchant://request?request=…` or `?request_uri=…`.
 *
 * @throws {AppError} ERR_REQUEST_INVALID
 */
export function parseRequestText(input: string): RequestText {
  const text = input.replace(/^\uFEFF/, '').trim();
  if (text.length === 0 || text.length > MAX_BODY_BYTES) throw unusable();
  if (text.startsWith('{') || text.startsWith('"')) return fromJson(text);
  if (text.toLowerCase().startsWith(`${LINK_SCHEME}:`)) return fromLink(text);
  if (isCompactJws(text)) return { kind: 'compact', jws: text };
  throw unusable();
}

function fromJson(text: string): RequestText {
  let value: unknown;
  try { value = parseStrictJson(text); } catch { throw unusable(); }
  if (typeof value === 'string' && isCompactJws(value)) return { kind: 'compact', jws: value };
  const file = requestFile.safeParse(value);
  if (!file.success || !isCompactJws(file.data.request)) throw unusable();
  return { kind: 'compact', jws: file.data.request };
}

function fromLink(text: string): RequestText {
  const link = URL.parse(text);
  if (link?.protocol !== `${LINK_SCHEME}:` || link.host !== 'request' || (link.pathname !== '' && link.pathname !== '/')) throw unusable();
  const inline = link.searchParams.getAll('request');
  const remote = link.searchParams.getAll('request_uri');
  if (inline.length + remote.length !== 1) throw unusable();
  if (inline[0] !== undefined) {
    if (!isCompactJws(inline[0])) throw unusable();
    return { kind: 'compact', jws: inline[0] };
  }
  const url = remote[0] === undefined ? null : URL.parse(remote[0]);
  if (!url || !isFetchable(url) || !isRequestPlace(url) || url.href.length > 2_000) throw unusable();
  return { kind: 'fetch', url: url.href };
}

/** True for the names and addresses that always lead back to this computer. */
export const isThisComputer = ({ hostname }: URL): boolean => /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/.test(hostname);

/** A link must not make the vault call a local program's commands: on this computer, only what can be nothing but a document. */
function isRequestPlace(url: URL): boolean {
  return !isThisComputer(url) || (url.search === '' && (url.pathname.startsWith('/.well-known/') || url.pathname.endsWith('.jwt')));
}

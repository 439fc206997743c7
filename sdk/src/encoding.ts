/** Bytes and text at the edges: strict base64url, strict UTF-8, SHA-256, random ids. Web-standard only. */
import { isBase64url } from '../../shared/protocol/base64url.ts';

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Unpadded base64url (RFC 4648 §5). */
function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Decodes canonical unpadded base64url only.
 *
 * @throws {SyntaxError} Padding, foreign characters, an impossible length, or stray bits at the end.
 */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (!isBase64url(text)) throw new SyntaxError('Not canonical base64url.');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** @throws {TypeError} Not well-formed UTF-8. */
export const decodeUtf8 = (bytes: Uint8Array): string => strictUtf8.decode(bytes);

export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => utf8.encode(text);

/** SHA-256 of text as UTF-8, as base64url: `ath`, `bh`, SD-JWT digests. */
export async function sha256Base64url(text: string): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', encodeUtf8(text))));
}

/** 128 random bits as 22 characters. */
export const randomId = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(16)));

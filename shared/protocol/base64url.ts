/** Strict base64url (RFC 4648 §5 without padding): what lenient decoders let through is refused here first. */

const STRICT = /^[A-Za-z0-9_-]*$/;

/** True for canonical unpadded base64url: alphabet only, no impossible length, no stray bits in the last character. */
export function isBase64url(text: string): boolean {
  if (!STRICT.test(text) || text.length % 4 === 1) return false;
  const rest = text.length % 4;
  if (rest === 0) return true;
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(text.charAt(text.length - 1));
  return rest === 2 ? (last & 0b1111) === 0 : (last & 0b11) === 0;
}

/** True for three non-empty strict base64url parts: a compact JWS (RFC 7515 §7.1). */
export function isCompactJws(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 3 && parts.every((part) => part.length > 0 && isBase64url(part));
}

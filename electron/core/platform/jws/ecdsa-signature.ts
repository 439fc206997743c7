/**
 * The two forms of a P-256 signature: 64 raw bytes (RFC 7518 §3.4) and DER (RFC 3279 §2.2.3).
 *
 * node:crypto converts by itself when asked for `dsaEncoding`, but the options object that takes costs 35 µs a call on Node 24, a third of a
 * verification; a bare key with a DER signature does not.
 */

const PART = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** @param raw exactly 64 bytes */
export function rawToDer(raw: Buffer): Buffer {
  const r = integer(raw.subarray(0, PART));
  const s = integer(raw.subarray(PART));
  return Buffer.concat([Buffer.from([SEQUENCE, r.length + s.length]), r, s]);
}

/** Minimal DER integer: no leading zeros, but one where the first bit would read as a sign. */
function integer(bytes: Buffer): Buffer {
  let from = 0;
  while (from < PART - 1 && bytes[from] === 0) from += 1;
  const sign = (bytes[from] ?? 0) >= 0x80 ? [0] : [];
  return Buffer.concat([Buffer.from([INTEGER, PART - from + sign.length, ...sign]), bytes.subarray(from)]);
}

/** @param der as node:crypto makes it: short lengths, two positive integers of at most 32 significant bytes */
export function derToRaw(der: Buffer): Buffer {
  const raw = Buffer.allocUnsafe(PART * 2).fill(0);
  let at = 2;
  for (let end = PART; end <= PART * 2; end += PART) {
    const length = der[at + 1] ?? 0;
    const value = der.subarray(at + 2, at + 2 + length);
    const bytes = value[0] === 0 ? value.subarray(1) : value;
    bytes.copy(raw, end - bytes.length);
    at += 2 + length;
  }
  return raw;
}

/** Bytes of an export as text: byte-order marks and UTF-16 recognised, anything that is not valid refused. */
import { t } from '../../../shared/language/message.ts';
import { isUtf8 } from 'node:buffer';
import { AppError } from '../../../shared/errors/app-error.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** `byte`: start of the piece that holds the fault. */
const invalid = (file: string, byte: number): AppError => new AppError(
  'ERR_ENCODING_INVALID',
  t('“{file}” is not valid UTF-8 or UTF-16 text. It was probably saved again by another program. Use the file as it was downloaded, or save it as “CSV UTF-8”. Nothing was imported from it.', { file }),
  { details: { byte } },
);

/** By its mark, or for UTF-16 without one by where the zero bytes of Latin letters stand. Anything else is read as UTF-8. */
function detectEncoding(head: Buffer): { readonly encoding: Encoding; readonly markBytes: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  const pairs = Math.min(32, head.length >> 1);
  let even = 0, odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[i * 2] === 0) even++;
    if (head[i * 2 + 1] === 0) odd++;
  }
  if (pairs > 0 && even === 0 && odd > pairs / 2) return { encoding: 'utf-16le', markBytes: 0 };
  if (pairs > 0 && odd === 0 && even > pairs / 2) return { encoding: 'utf-16be', markBytes: 0 };
  return { encoding: 'utf-8', markBytes: 0 };
}

/**
 * Decodes chunk by chunk. `onBytes` gets the number of bytes taken so far.
 *
 * @throws {AppError} ERR_ENCODING_INVALID, also for a NUL character, which no export holds
 */
export async function* decodeText(bytes: AsyncIterable<Buffer>, file: string, onBytes?: (taken: number) => void): AsyncGenerator<string, void> {
  let decode: ((chunk: Buffer, last: boolean) => string) | null = null;
  let taken = 0;
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    let rest = chunk;
    if (!decode) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length < 64) continue;
      ({ decode, rest } = start(head, file));
    }
    const text = decode(rest, false);
    taken += rest.length;
    onBytes?.(taken);
    if (text !== '') yield text;
  }
  if (!decode) {
    const started = start(head, file);
    decode = started.decode;
    yield decode(started.rest, true);
  } else {
    const tail = decode(Buffer.alloc(0), true);
    if (tail !== '') yield tail;
  }
}

function start(head: Buffer, file: string): { decode: (chunk: Buffer, last: boolean) => string; rest: Buffer } {
  const { encoding, markBytes } = detectEncoding(head);
  return { decode: encoding === 'utf-8' ? utf8Decoder(file) : utf16Decoder(file, encoding), rest: head.subarray(markBytes) };
}

/** Checks and converts whole characters at a time: several times faster than a streaming decoder. */
function utf8Decoder(file: string): (chunk: Buffer, last: boolean) => string {
  let carry: Buffer = Buffer.alloc(0);
  let taken = 0;
  return (chunk, last) => {
    const all = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const end = last ? all.length : wholeCharacters(all);
    const whole = all.subarray(0, end);
    if (!isUtf8(whole) || whole.includes(0)) throw invalid(file, taken);
    taken += end;
    carry = Buffer.from(all.subarray(end));
    return whole.toString('utf8');
  };
}

/** Length of `bytes` without a character cut at its end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function utf16Decoder(file: string, encoding: Encoding): (chunk: Buffer, last: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let taken = 0;
  return (chunk, last) => {
    try {
      const text = decoder.decode(chunk, { stream: !last });
      if (text.includes('\0')) throw new TypeError('NUL');
      taken += chunk.length;
      return text;
    } catch {
      throw invalid(file, taken);
    }
  };
}

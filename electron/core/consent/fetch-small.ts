/** Fetches one small text from a company, because the person asked for it. */
import { AppError } from '../../../shared/errors/app-error.ts';
import { MAX_BODY_BYTES } from '../../../shared/protocol/names.ts';
import { fetchText } from '../platform/http/fetch-text.ts';
import type { CorePorts } from '../ports.ts';

/**
 * @param host named in the message when it cannot be reached
 * @throws {AppError} ERR_COMPANY_UNREACHABLE for anything but a 200 with at most 64 KiB of text within 8 s
 */
export async function fetchSmall(fetch: CorePorts['fetch'], url: string, accept: string, host: string): Promise<string> {
  try {
    return await fetchText(fetch, url, { accept, maxBytes: MAX_BODY_BYTES });
  } catch (cause) {
    throw new AppError('ERR_COMPANY_UNREACHABLE', `${host} did not give a usable answer. Nothing was stored or changed. Check the connection and try again later.`, { cause });
  }
}

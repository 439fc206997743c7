/** A page's request as it arrives on a wire of its own: text of JSON in the form of shared/api/wire.ts. */
import type { WireReply, WireRequest } from '../../../shared/api/wire.ts';

/** The request, or the reply that says it is none. A frame without a usable id is answered with id 0, which no page uses. */
export function parseRequest(text: unknown): WireRequest | WireReply {
  const refusal = (id: number): WireReply => ({ id, ok: false, error: { code: 'ERR_INPUT_INVALID', message: 'This message is not in the right form. Nothing was changed.' } });
  if (typeof text !== 'string') return refusal(0);
  let frame: unknown;
  try { frame = JSON.parse(text); } catch { return refusal(0); }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) return refusal(0);
  const { id, method, input } = frame as Partial<Record<keyof WireRequest, unknown>>;
  if (!Number.isSafeInteger(id) || (id as number) < 0) return refusal(0);
  if (typeof method !== 'string' || method.length > 100) return refusal(id as number);
  return { id: id as number, method, input };
}

/** Which requests wait for an answer now: open, and not put off. */
import type { Output } from '../../../shared/api/contract.ts';

type Request = Output<'requests.list'>['requests'][number];

export const isPutOff = (request: Request, nowMs: number): boolean => request.state === 'open' && request.laterMs !== null && request.laterMs > nowMs;
export const isWaiting = (request: Request, nowMs: number): boolean => request.state === 'open' && !isPutOff(request, nowMs);

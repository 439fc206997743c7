/** The redemption API on its own loopback port: other port, other code path, no owner authority. */
import { MAX_BODY_BYTES, PATHS } from '../../../shared/protocol/names.ts';
import { createLoopbackServer } from '../platform/http/loopback-server.ts';
import type { RedemptionService } from './redemption-service.ts';
import { problem } from './replies.ts';

export interface RedemptionServer {
  /** Harmless when listening already. @returns the address, e.g. "http://127.0.0.1:47816" @throws {AppError} ERR_PORT_IN_USE */
  start(port: number): Promise<string>;
  stop(): Promise<void>;
  status(): { readonly listening: boolean; readonly url: string | null };
}

const ROUTES = {
  [PATHS.requests]: 'POST', [PATHS.claim]: 'POST', [PATHS.redeem]: 'POST', [PATHS.introspect]: 'POST', [PATHS.revoke]: 'POST', [PATHS.status]: 'GET',
} as const;

export function createRedemptionServer(deps: { readonly service: RedemptionService; readonly onUnexpected: (error: unknown) => void }): RedemptionServer {
  const server = createLoopbackServer({
    routes: ROUTES, maxBodyBytes: MAX_BODY_BYTES, onUnexpected: deps.onUnexpected,
    handle: (request) => deps.service.handle(request),
    refuse: (refusal) => problem(refusal, deps.service.nonce()),
  });
  const urlOf = (port: number): string => `http://127.0.0.1:${port}`;
  return Object.freeze({
    start: async (port: number) => urlOf(await server.start(port)),
    stop: () => server.stop(),
    status() {
      const port = server.port();
      return { listening: port !== null, url: port === null ? null : urlOf(port) };
    },
  });
}

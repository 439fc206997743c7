/** The app's own scheme: serves the built page, and nothing else on disk, under a strict policy. */
import { readFile } from 'node:fs/promises';
import type { CustomScheme } from 'electron';
import { contentSecurityPolicy, pageHeaders } from '../core/platform/http/page-headers.ts';
import type { StaticFiles } from '../core/platform/http/static-files.ts';

export const APP_SCHEME = 'app';
const APP_HOST = 'penchant';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_PAGE = `${APP_ORIGIN}/`;

/** Must be registered before the app is ready. */
export const APP_SCHEME_PRIVILEGES: CustomScheme = { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } };

const notFound = (status: number): Response => new Response('', { status, headers: pageHeaders(contentSecurityPolicy([])) });

/** Answers every request under the scheme; never rejects. */
export function createAppProtocol(files: StaticFiles): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound(405);
    const url = URL.canParse(request.url) ? new URL(request.url) : null;
    if (url?.host !== APP_HOST || url.protocol !== `${APP_SCHEME}:`) return notFound(404);
    const file = files.find(url.pathname);
    if (!file) return notFound(404);
    try {
      const content = await readFile(file.path);
      return new Response(request.method === 'HEAD' ? null : new Uint8Array(content), {
        // The page speaks to the shell over the preload script: it connects to nothing.
        headers: { ...pageHeaders(contentSecurityPolicy([])), 'Content-Type': file.contentType, 'Cache-Control': 'no-store' },
      });
    } catch {
      return notFound(404);
    }
  };
}

/** The SDK in a world without Node: bundled for the web and run in a context that has web-standard globals only. */
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

const WEB_GLOBALS = {
  AbortController, AbortSignal, Blob, CryptoKey, DecompressionStream, Headers, ReadableStream, Request, Response, SyntaxError, TextDecoder, TextEncoder, URL, URLSearchParams, Uint8Array, ArrayBuffer,
  atob, btoa, clearTimeout, crypto, setTimeout,
};

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'silent', root: import.meta.dirname,
    build: { write: false, minify: false, lib: { entry: `${import.meta.dirname}/../../sdk/src/index.ts`, formats: ['iife'], name: 'sdk' } },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (output === undefined || !('output' in output)) throw new Error('The bundle was not built.');
  return output.output[0].code;
}

describe('the SDK without Node', () => {
  it('makes keys, signs, checks and refuses', async () => {
    const code = await bundle();
    expect(code).not.toMatch(/["']node:/);
    const calls: string[] = [];
    const refuse = (url: URL) => {
      calls.push(url.href);
      return Promise.resolve(new Response('{"type":"t","title":"t","status":429,"code":"slow_down"}', { status: 429, headers: { 'content-type': 'application/problem+json', 'retry-after': '7' } }));
    };
    const context = createContext({ ...WEB_GLOBALS, fetch: refuse });
    const result: unknown = await runInContext(`${code}
      (async () => {
        const keys = await sdk.generateCompanyKeys();
        const document = await sdk.signDocument({ domain: 'shop.example', name: 'Shop', claims: 'interest:2', purposes: ['recommendations'] }, keys);
        const company = sdk.createCompany({ domain: 'shop.example', keys, document: document.compact });
        const { request } = await company.request({ claims: 'interest:1', purposes: ['recommendations'], durationDays: 1 });
        const checked = await sdk.verifyDocument(document.flattened);
        const slow = await company.submit(request).catch((error) => [error.code, error.detail.retryAfterSeconds]);
        const bad = await company.parseToken('nope').catch((error) => error.code);
        return JSON.stringify({ iss: checked.payload.iss, parts: request.split('.').length, slow, bad, node: typeof process + typeof Buffer + typeof require });
      })()`, context);
    expect(JSON.parse(String(result))).toEqual({ iss: 'https://shop.example', parts: 3, slow: ['ERR_SLOW_DOWN', 7], bad: 'ERR_TOKEN_MALFORMED', node: 'undefinedundefinedundefined' });
    expect(calls).toEqual(['http://127.0.0.1:47816/v1/requests']);
  });
});

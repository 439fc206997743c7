/** The worked examples of docs/protocol.md: rebuilt with the project's own code and compared; UPDATE_EXAMPLES=1 rewrites them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCompany, thumbprintOf, verifyDocument } from '../../sdk/src/index.ts';
import { fenced, readBlocks, unwrapped, wrapped, writeBlocks } from '../support/doc-blocks.ts';
import { EXAMPLE_KEYS, partOf, runExampleFlow, type ExampleFlow, type Exchange } from '../support/example-flow.ts';

const PAGE = join(import.meta.dirname, '../../docs/protocol.md');
const readPage = (): string => readFileSync(PAGE, 'utf8');

const json = (value: unknown): string => fenced('json', JSON.stringify(value, null, 2));
const text = (value: string): string => fenced('text', wrapped(value));
const decoded = (jws: string, change: Readonly<Record<string, unknown>> = {}): string => fenced('json', `${JSON.stringify(partOf(jws, 0))}\n${JSON.stringify({ ...partOf(jws, 1), ...change }, null, 2)}`);

const CANONICAL: Readonly<Record<string, string>> = { host: 'Host', 'content-type': 'Content-Type', authorization: 'Authorization', dpop: 'DPoP' };
/** Long values that stand in full elsewhere on the page. */
const short = (value: string): string => value.replaceAll(/eyJ[\w-]{20,}(?:\.[\w-]+){1,2}(?:~[\w-]*)*/g, (jws) => `${jws.slice(0, 12)}…`);

const httpRequest = ({ method, path, headers, body }: Exchange): string =>
  fenced('http', [`${method} ${path} HTTP/1.1`, ...Object.entries(headers).map(([name, value]) => `${CANONICAL[name] ?? name}: ${short(value)}`), ...(body === '' ? [] : ['', short(body)])].join('\n'));
const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 202: 'Accepted', 401: 'Unauthorized', 429: 'Too Many Requests' };
const httpReply = ({ reply }: Exchange): string =>
  fenced('http', [`HTTP/1.1 ${reply.status} ${REASONS[reply.status] ?? ''}`, ...Object.entries(reply.headers).map(([name, value]) => `${name}: ${value}`), ...(reply.body === '' ? [] : ['', short(reply.body)])].join('\n'));

const disclosuresOf = (answer: string): string => answer.split('~').slice(1, -1).map((disclosure) => `${disclosure}\n  = ${Buffer.from(disclosure, 'base64url').toString('utf8')}`).join('\n');

/** Every block of the page by name. */
async function blocksOf(flow: ExampleFlow): Promise<ReadonlyMap<string, string>> {
  const jwt = (exchange: Exchange): string => exchange.headers['dpop'] ?? '';
  return new Map([
    ['keys', json(EXAMPLE_KEYS)],
    ['thumbprints', json({ signing: await thumbprintOf(EXAMPLE_KEYS.signing), dpop: await thumbprintOf(EXAMPLE_KEYS.dpop) })],
    ['document-decoded', decoded(flow.document.compact)],
    ['document', text(flow.document.compact)],
    ['document-served', fenced('json', JSON.stringify(flow.document.flattened, null, 1).replaceAll(/"([\w-]{60})[\w-]+"/g, '"$1…"'))],
    ['request-decoded', decoded(flow.request.compact, { client_document: '(the compact company document above)' })],
    ['request', text(flow.request.compact)],
    ['hand-in', httpRequest(flow.handedIn)],
    ['hand-in-reply', httpReply(flow.handedIn)],
    ['claim-pending-reply', httpReply(flow.pending)],
    ['claim', httpRequest(flow.collected)],
    ['claim-proof-decoded', decoded(jwt(flow.collected))],
    ['claim-proof', text(jwt(flow.collected))],
    ['claim-reply', httpReply(flow.collected)],
    ['token-decoded', decoded(flow.token)],
    ['token', text(flow.token)],
    ['redeem-nonce-reply', httpReply(flow.withoutNonce)],
    ['redeem-proof-decoded', decoded(jwt(flow.redeemed))],
    ['redeem-proof', text(jwt(flow.redeemed))],
    ['redeem', httpRequest(flow.redeemed)],
    ['redeem-reply', httpReply(flow.redeemed)],
    ['answer-decoded', decoded(flow.answer.split('~', 1)[0] ?? '')],
    ['answer-disclosures', fenced('text', disclosuresOf(flow.answer))],
    ['answer', text(flow.answer)],
    ['answer-claims', json(flow.verified.claims)],
    ['too-often-reply', httpReply(flow.tooOften)],
    ['introspect', httpRequest(flow.introspected)],
    ['introspect-proof', text(jwt(flow.introspected))],
    ['introspect-reply', httpReply(flow.introspected)],
    ['status-decoded', decoded(flow.statusBefore.reply.body)],
    ['status-before', text(flow.statusBefore.reply.body)],
    ['status-after', text(flow.statusAfter.reply.body)],
    ['revoke-reply', httpReply(flow.returned)],
    ['introspect-after-reply', httpReply(flow.introspectedAfter)],
    ['refused-reply', httpReply(flow.refused)],
  ]);
}

test('every example on the page is what the code makes', async () => {
  const page = readPage();
  const printed = readBlocks(page);
  const flow = await runExampleFlow((name) => unwrapped(printed.get(name)));
  const built = await blocksOf(flow);
  if (process.env['UPDATE_EXAMPLES'] === '1') writeFileSync(PAGE, writeBlocks(page, built));
  const now = readBlocks(readPage());
  expect([...now.keys()].sort()).toEqual([...built.keys()].sort());
  for (const [name, block] of built) expect(now.get(name), `the example "${name}" (UPDATE_EXAMPLES=1 rewrites it)`).toBe(block);
});

test('a stranger can check the printed document, request, token and answer without the vault', async () => {
  const printed = readBlocks(readPage());
  const compact = (name: string): string => unwrapped(printed.get(name));
  const now = (): number => Date.UTC(2026, 10, 23, 12, 20);
  const company = createCompany({ domain: 'shop.example', keys: EXAMPLE_KEYS, now });
  expect((await verifyDocument(compact('document'))).payload.iss).toBe('https://shop.example');
  expect(partOf(compact('request'), 1)['client_document']).toBe(compact('document'));
  const { claims } = await company.verify(compact('answer'), compact('token'));
  expect(claims).toEqual(JSON.parse(unwrapped(printed.get('answer-claims'))));
});

test('nothing but the drawn members and the signature is taken over from the page', async () => {
  const printed = readBlocks(readPage());
  const forged = unwrapped(printed.get('request')).split('.');
  const payload = { ...partOf(forged.join('.'), 1), iss: 'https://other.example' };
  forged[1] = Buffer.from(JSON.stringify(payload)).toString('base64url');
  const flow = await runExampleFlow((name) => (name === 'request' ? forged.join('.') : unwrapped(printed.get(name))));
  expect(flow.request.compact).not.toBe(forged.join('.'));
  expect(partOf(flow.request.compact, 1)['iss']).toBe('https://shop.example');
});

/** `penchant-company` as a person runs it: real processes, exit codes, one JSON document on stdout, errors on stderr. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCompanyKeys, thumbprintOf, verifyDocument } from '../../sdk/src/index.ts';
import { flattenedJws, requestPayload } from '../../shared/protocol/schemas.ts';
import { INTEREST, NOW_MS, PRICE_BAND, compactAnswer, createIssuerKey, issueToken, makeAnswer, makeStatusList, sendProblem, startCompanyVault, type CompanyVault, type IssuerKey } from '../support/company-vault.ts';

const STUB = join(import.meta.dirname, '../../sdk/bin/penchant-company.mjs');
const OLD_NODE = '/usr/bin/node';
const folder = mkdtempSync(join(tmpdir(), 'penchant-company-'));
const dir = join(folder, 'shop');
let vault: CompanyVault;
let issuer: IssuerKey;
let jkt: string;

interface Ran { readonly exit: number | null; readonly out: string; readonly err: string }

function run(args: readonly string[], { node = process.execPath, input = '' } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [STUB, ...args], { cwd: folder });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    child.on('error', reject);
    child.on('close', (exit) => { resolve({ exit, out, err }); });
    child.stdin.end(input);
  });
}

/** Runs with --json and insists on purity: one document on stdout and silence on stderr, or the other way round. */
async function json(args: readonly string[], options = {}): Promise<{ readonly exit: number | null; readonly value: Record<string, unknown> }> {
  const { exit, out, err } = await run([...args, '--json'], options);
  const [text, silent] = exit === 0 ? [out, err] : [err, out];
  expect(silent, `exit ${String(exit)}`).toBe('');
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  const value = JSON.parse(text) as Record<string, unknown>;
  if (exit !== 0) expect(Object.keys(value).sort()).toEqual(['code', 'message']);
  return { exit, value };
}

// Real processes use the real clock: everything is issued around it.
const shift = Math.floor(Date.now() / 1000) - NOW_MS / 1000;
const at = (seconds: number) => NOW_MS / 1000 + shift + seconds;
const company = () => ({ companyId: 'https://shop.example', jkt });
const token = () => issueToken(company(), issuer, { payload: { iat: at(-100), exp: at(3600) } });
const answer = () => compactAnswer(makeAnswer(company(), issuer, { payload: { iat: at(-10), exp: at(600) } }));

beforeAll(async () => {
  vault = await startCompanyVault();
  issuer = createIssuerKey();
  const { exit } = await run(['init', '--dir', dir, '--domain', 'shop.example', '--name', 'Shop']);
  expect(exit).toBe(0);
  jkt = await thumbprintOf(parseCompanyKeys(JSON.parse(readFileSync(join(dir, 'keys.json'), 'utf8'))).dpop);
});
afterAll(async () => {
  await vault.close();
  rmSync(folder, { recursive: true });
});

describe('init', () => {
  it('writes keys for this user only and a document that verifies and covers the example request', async () => {
    expect(statSync(join(dir, 'keys.json')).mode & 0o777).toBe(0o600);
    const document = await verifyDocument(flattenedJws.parse(JSON.parse(readFileSync(join(dir, 'preference-client.json'), 'utf8'))));
    expect(document.payload).toMatchObject({ iss: 'https://shop.example', name: 'Shop' });
    expect(readFileSync(join(dir, 'preference-client.json'), 'utf8')).not.toContain('"d"');
  });

  it('never overwrites', async () => {
    const before = readFileSync(join(dir, 'keys.json'), 'utf8');
    expect(await json(['init', '--dir', dir, '--domain', 'other.example', '--name', 'Other'])).toMatchObject({ exit: 77, value: { code: 'ERR_FILE_EXISTS' } });
    expect(readFileSync(join(dir, 'keys.json'), 'utf8')).toBe(before);
  });

  it('allows loopback for trials and refuses what is no domain, writing nothing', async () => {
    expect(await json(['init', '--dir', join(folder, 'local'), '--domain', '127.0.0.1:8080', '--name', 'Trial'])).toMatchObject({ exit: 0, value: { companyId: 'http://127.0.0.1:8080' } });
    expect(await json(['init', '--dir', join(folder, 'bad'), '--domain', 'https://shop.example/', '--name', 'Bad'])).toMatchObject({ exit: 64, value: { code: 'ERR_USAGE' } });
    expect(await json(['init', '--dir', join(folder, 'bad'), '--domain', 'shop.example', '--name', 'x'.repeat(81)])).toMatchObject({ exit: 65, value: { code: 'ERR_DOCUMENT_INVALID' } });
    expect(existsSync(join(folder, 'bad'))).toBe(false);
  });
});

describe('request', () => {
  const args = ['request', '--dir', dir, '--claims', 'interest:2,price_band:1?', '--purpose', 'recommendations', '--for', '90d'];

  it('writes a signed request that fits the document, and replaces only a request', async () => {
    const file = join(folder, 'request.jwt');
    for (const _ of [1, 2]) expect(await json([...args, '--out', file, '--cadence', '1/day', '--benefit', 'Better', '--retention', '30d', '--expires', '12h'])).toMatchObject({ exit: 0, value: { file, overAsking: [] } });
    const payload = requestPayload.parse(JSON.parse(Buffer.from(readFileSync(file, 'utf8').split('.')[1] ?? '', 'base64url').toString()));
    expect(payload.authorization_details[0]).toMatchObject({ cadence: { max: 1, per: 'day' }, duration_days: 90, retention_days: 30, benefit: 'Better' });
    expect(payload.exp - payload.iat).toBe(12 * 3600);
    expect(await json([...args, '--out', join(dir, 'keys.json')])).toMatchObject({ exit: 77, value: { code: 'ERR_FILE_EXISTS' } });
  });

  it('explains wrong use and asks for no more than the protocol allows', async () => {
    const cases = [
      [['--claims', 'interest:9'], 64, 'ERR_USAGE'], [['--purpose', 'fun'], 64, 'ERR_USAGE'], [['--for', '36h'], 64, 'ERR_USAGE'], [['--cadence', '0/week'], 64, 'ERR_USAGE'],
      [['--for', '91d'], 65, 'ERR_REQUEST_INVALID'], [['--nonsense'], 64, 'ERR_USAGE'], [['--dir', join(folder, 'nowhere')], 66, 'ERR_FILE_MISSING'],
    ] as const;
    await Promise.all(cases.map(async ([wrong, exit, code]) => { expect(await json([...args, ...wrong]), wrong.join(' ')).toMatchObject({ exit, value: { code } }); }));
  });

  it('warns about over-asking', async () => {
    expect(await json(['request', '--dir', dir, '--claims', 'age:2', '--purpose', 'recommendations,events', '--for', '2w'])).toMatchObject({ exit: 0, value: { file: null, overAsking: [{ claim: 'age', precision: 2 }] } });
  });
});

describe('redeem, verify, introspect, return', () => {
  it('redeems a token given as text, file, JSON of the owner, or standard input', async () => {
    vault.respond = (_call, response) => { response.writeHead(200, { 'content-type': 'application/sd-jwt' }).end(answer()); };
    const file = join(folder, 'token.jwt');
    writeFileSync(file, `${token()}\n`);
    const owner = join(folder, 'grant.json');
    writeFileSync(owner, JSON.stringify({ grantId: 'gr_1', token: token() }));
    await Promise.all(([[token(), ''], [file, ''], [owner, ''], ['-', token()]] as const).map(async ([given, input]) => {
      const { exit, value } = await json(['redeem', '--dir', dir, '--token', given, '--at', vault.origin], { input });
      expect(exit).toBe(0);
      expect(Object.keys(value)).toEqual(['claims', 'pseudonym', 'issuer', 'expiresAt', 'raw']);
      expect(value).toMatchObject({ claims: { interest: INTEREST, price_band: PRICE_BAND }, pseudonym: 'pseudonym-of-one-person', issuer: issuer.issuer, expiresAt: new Date(at(600) * 1000).toISOString() });
    }));
    const printed = join(folder, 'answer.json');
    writeFileSync(printed, (await run(['redeem', '--dir', dir, '--token', file, '--at', vault.origin, '--json'])).out);
    expect(await json(['verify', '--dir', dir, '--token', file, '--answer', printed])).toMatchObject({ exit: 0, value: { claims: { interest: INTEREST } } });
    vault.respond = (_call, response) => { response.writeHead(200, { 'content-type': 'application/statuslist+jwt' }).end(makeStatusList(issuer, 'http://127.0.0.1:47816/v1/status/abcdef', [5], { payload: { iat: at(-5), exp: at(600) } })); };
    expect(await json(['verify', '--dir', dir, '--token', file, '--answer', printed, '--status', '--at', vault.origin])).toMatchObject({ exit: 77, value: { code: 'ERR_STATUS_REVOKED' } });
  });

  it('tells refusals apart by exit code', async () => {
    vault.respond = (_call, response) => { sendProblem(response, 'invalid_token'); };
    expect(await json(['redeem', '--dir', dir, '--token', token(), '--at', vault.origin])).toMatchObject({ exit: 77, value: { code: 'ERR_REFUSED_TOKEN' } });
    vault.respond = (_call, response) => { sendProblem(response, 'slow_down', { 'retry-after': '60' }); };
    expect(await json(['redeem', '--dir', dir, '--token', token(), '--at', vault.origin])).toMatchObject({ exit: 75, value: { code: 'ERR_SLOW_DOWN' } });
    vault.respond = (_call, response) => { response.writeHead(200, { 'content-type': 'application/sd-jwt' }).end(answer().replace(/~[^~]+~$/, '~WyJ4Il0~')); };
    expect(await json(['redeem', '--dir', dir, '--token', token(), '--at', vault.origin])).toMatchObject({ exit: 65, value: { code: 'ERR_ANSWER_DISCLOSURE' } });
    expect(await json(['redeem', '--dir', dir, '--token', token(), '--at', 'http://127.0.0.1:9'])).toMatchObject({ exit: 69, value: { code: 'ERR_NETWORK' } });
    expect(await json(['redeem', '--dir', dir, '--token', 'eyJub3Blg.x', '--at', vault.origin])).toMatchObject({ exit: 65, value: { code: 'ERR_TOKEN_MALFORMED' } });
    expect(await json(['redeem', '--dir', dir, '--token', join(folder, 'no-such-file'), '--at', vault.origin])).toMatchObject({ exit: 66, value: { code: 'ERR_FILE_MISSING' } });
    expect(await json(['redeem', '--dir', dir, '--at', vault.origin])).toMatchObject({ exit: 64, value: { code: 'ERR_USAGE' } });
    expect(await json(['redeem', '--dir', join(folder, 'local'), '--token', token(), '--at', vault.origin])).toMatchObject({ exit: 77, value: { code: 'ERR_TOKEN_AUDIENCE' } });
  });

  it('introspects and returns', async () => {
    vault.respond = (call, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end(call.path === '/v1/introspect' ? '{"active":false}' : ''); };
    expect(await json(['introspect', '--dir', dir, '--token', token(), '--at', vault.origin])).toEqual({ exit: 0, value: { active: false } });
    expect(await json(['return', '--dir', dir, '--token', token(), '--at', vault.origin])).toEqual({ exit: 0, value: { returned: true } });
  });
});

describe('the program', () => {
  it('explains itself', async () => {
    expect((await run(['--help'])).out).toContain('introspect');
    await Promise.all(['init', 'redeem', 'return'].map(async (command) => { expect(await run([command, '--help'])).toMatchObject({ exit: 0, err: '', out: expect.stringContaining('--dir') as string }); }));
    expect(await run([])).toMatchObject({ exit: 64, out: '' });
    expect(await json(['frobnicate'])).toMatchObject({ exit: 64, value: { code: 'ERR_USAGE' } });
  });

  it.runIf(existsSync(OLD_NODE))('works when an older Node opens the door', async () => {
    expect(await json(['frobnicate'], { node: OLD_NODE })).toMatchObject({ exit: 64, value: { code: 'ERR_USAGE' } });
    expect(await run(['--help'], { node: OLD_NODE })).toMatchObject({ exit: 0, err: '' });
  });
});

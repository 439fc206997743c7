/** The owner calls about consent: every answer fits the contract, files are read once and bounded. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createConsentHandlers } from '../../electron/core/rpc/consent-handlers.ts';
import type { Settings } from '../../electron/core/settings/settings.ts';
import { consentContract } from '../../shared/api/consent.contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { consentVault } from '../support/consent-vault.ts';
import { temporaryFolder } from '../support/database.ts';
import { testCompany } from '../support/test-company.ts';

async function setUp() {
  const vault = await consentVault();
  const company = await testCompany({ nowMs: vault.clock.nowMs() });
  const folder = temporaryFolder();
  const files = new Map<string, { id: string; path: string; name: string; size: number; temporary: boolean }>();
  let notify = true;
  const session = { consentFeature: vault, ports: { clock: vault.clock }, settings: { get: () => ({ notify }) as Settings }, practice: () => Promise.resolve({ url: 'http://127.0.0.1:1' }), files: { get: (id: string) => files.get(id), release: (id: string) => { files.delete(id); } } };
  const offer = (id: string, content: string | Buffer): string => {
    const path = join(folder, id);
    writeFileSync(path, content);
    files.set(id, { id, path, name: id, size: 0, temporary: false });
    return path;
  };
  return { vault, company, files, offer, handlers: createConsentHandlers(() => session), setNotify: (on: boolean) => { notify = on; } };
}

test('from file to grant to narrowing to the end, every output is what the contract says', async () => {
  const { vault, company, offer, handlers, files } = await setUp();
  const path = offer('f1', JSON.stringify({ request: await company.signRequest() }));
  const view = consentContract['requests.open'].output.parse(await handlers['requests.open']({ fileId: 'f1' }));
  expect([files.size, existsSync(path)]).toEqual([0, true]);
  const { requestId } = view;
  expect(consentContract['requests.list'].output.parse(await handlers['requests.list']()).requests).toHaveLength(1);
  expect(consentContract['requests.get'].output.parse(await handlers['requests.get']({ requestId }))).toEqual(view);
  const preview = consentContract['requests.preview'].output.parse(await handlers['requests.preview']({ requestId, claims: [{ claim: 'interest', precision: 1 }, { claim: 'brand', precision: 1 }], brands: ['Nordlicht'] }));
  expect(preview.claims.map(({ claim, words, withheld }) => ({ claim, words, withheld }))).toEqual([
    { claim: 'interest', words: ['Strongly interested in Food & drink', 'Some interest in Travel'], withheld: [{ reason: 'closed-category', count: 1 }] },
    { claim: 'brand', words: ['Likes the brand Nordlicht'], withheld: [{ reason: 'not-approved', count: 1 }] },
  ]);
  const granted = consentContract['requests.grant'].output.parse(await handlers['requests.grant']({ requestId, claims: [{ claim: 'interest', precision: 2 }, { claim: 'age', precision: 2 }] }));
  const { grantId, token } = granted;
  expect(consentContract['grants.list'].output.parse(await handlers['grants.list']()).grants).toEqual([granted.grant]);
  expect(consentContract['grants.token'].output.parse(await handlers['grants.token']({ grantId }))).toEqual({ token });
  expect(consentContract['grants.narrow'].output.parse(await handlers['grants.narrow']({ grantId, claims: [{ claim: 'age', precision: 1 }] })).claims).toEqual([{ claim: 'age', precision: 1 }]);
  expect(consentContract['grants.preview'].output.parse(await handlers['grants.preview']({ grantId })).claims).toEqual([{ claim: 'age', precision: 1, value: 'adult', words: ['An adult'], withheld: [], noise: null }]);
  expect(consentContract['companies.list'].output.parse(await handlers['companies.list']()).companies).toHaveLength(1);
  expect(consentContract['redemption.status'].output.parse(await handlers['redemption.status']())).toEqual({ listening: true, url: vault.base });
  expect(consentContract['grants.revoke'].output.parse(await handlers['grants.revoke']({ grantId })).state).toBe('revoked');
  expect(consentContract['grants.revoke'].output.parse(await handlers['grants.revoke']({ grantId })).state).toBe('revoked');
  expect(vault.types().filter((type) => type === 'grant.revoked')).toHaveLength(1);
});

test('of what waits only the number is told, and whether the person wants to hear of it now', async () => {
  const { vault, company, offer, handlers, setNotify } = await setUp();
  const waiting = async () => consentContract['requests.waiting'].output.parse(await handlers['requests.waiting']());
  expect(await waiting()).toEqual({ count: 0, tell: true });
  offer('f1', JSON.stringify({ request: await company.signRequest() }));
  const { requestId } = await handlers['requests.open']({ fileId: 'f1' });
  expect(await waiting()).toEqual({ count: 1, tell: true });
  await handlers['requests.later']({ requestId, untilMs: vault.clock.nowMs() + 3_600_000 });
  expect((await waiting()).count).toBe(0);
  vault.clock.advance(3_600_000);
  expect((await waiting()).count).toBe(1);
  await handlers['breathing.set']({ pause: { untilMs: null } });
  expect(await waiting()).toEqual({ count: 1, tell: false });
  await handlers['breathing.set']({ pause: null });
  setNotify(false);
  expect(await waiting()).toEqual({ count: 1, tell: false });
});

test('a file that is missing, too large or no text has its own code and is let go', async () => {
  const { offer, handlers, files } = await setUp();
  offer('large', Buffer.alloc(70_000, 0x61));
  offer('binary', Buffer.from([0xff, 0xfe, 0x00]));
  offer('words', 'this is no request');
  for (const [fileId, code] of [['large', 'ERR_FILE_TOO_LARGE'], ['binary', 'ERR_FILE_UNREADABLE'], ['words', 'ERR_REQUEST_INVALID'], ['gone', 'ERR_FILE_MISSING']] as const) {
    await expect(handlers['requests.open']({ fileId })).rejects.toThrow(expect.objectContaining({ code }));
  }
  expect(files.size).toBe(0);
});

test('failures of every method are among the codes its contract declares', async () => {
  const { vault, company, handlers } = await setUp();
  const { requestId } = await handlers['requests.open']({ text: await company.signRequest() });
  const { grantId } = await handlers['requests.grant']({ requestId, claims: [{ claim: 'interest', precision: 2 }] });
  const calls: readonly [keyof typeof consentContract, () => unknown][] = [
    ['requests.get', () => handlers['requests.get']({ requestId: 'none' })], ['requests.preview', () => handlers['requests.preview']({ requestId, claims: [{ claim: 'region', precision: 1 }] })],
    ['requests.preview', () => handlers['requests.preview']({ requestId, claims: [{ claim: 'interest', precision: 3 }] })], ['requests.grant', () => handlers['requests.grant']({ requestId, claims: [{ claim: 'interest', precision: 1 }] })],
    ['requests.deny', () => handlers['requests.deny']({ requestId })], ['requests.checkIdentity', () => handlers['requests.checkIdentity']({ requestId })], ['requests.checkIdentity', () => handlers['requests.checkIdentity']({ requestId: 'none' })],
    ['grants.narrow', () => handlers['grants.narrow']({ grantId, claims: [{ claim: 'age', precision: 1 }] })], ['grants.narrow', () => handlers['grants.narrow']({ grantId, expiresAtMs: 1 })], ['grants.token', () => handlers['grants.token']({ grantId: 'none' })],
    ['grants.preview', () => handlers['grants.preview']({ grantId: 'none' })], ['grants.revoke', () => handlers['grants.revoke']({ grantId: 'none' })],
    ['grants.narrow', () => { vault.consent.revoke(grantId); return handlers['grants.narrow']({ grantId, cadence: { max: 1, per: 'month' } }); }], ['grants.token', () => handlers['grants.token']({ grantId })],
  ];
  for (const [method, run] of calls) {
    const error: unknown = await Promise.resolve().then(run).then(() => null, (cause: unknown) => cause);
    expect(error, method).toBeInstanceOf(AppError);
    expect(consentContract[method].errors as readonly string[], method).toContain((error as AppError).code);
  }
});

/** Ways to unlock: made, used, renewed and removed; and the proof that each change of them needs. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract, type MethodName } from '../../shared/api/contract.ts';
import type { MethodDefinition } from '../../shared/api/define.ts';
import { makeRecoverySlot, openSlots, parseHeader, passphraseBytes, serializeHeader, signHeader, type Header } from '../../electron/core/vault/header.ts';
import { decideKeychain } from '../../electron/core/vault/keychain.ts';
import { vaultPaths } from '../../electron/core/vault/vault.ts';
import { call, openedCore, PASSPHRASE, testClock, testCore, testPorts } from '../support/ports.ts';
import { testKeychain } from '../support/secret-store.ts';

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;
const PROOF = { passphrase: PASSPHRASE };
const MINUTE = 60_000;

async function withKeychain(backend?: string) {
  const keychain = testKeychain(backend);
  const clock = testClock();
  const ports = testPorts({ secretStore: keychain, clock });
  const opened = await openedCore(ports);
  return { ...opened, keychain, clock };
}
const types = async (core: Parameters<typeof call>[0]): Promise<string[]> => (await call(core, 'audit.list', { limit: 50 })).entries.map((entry) => entry.type);
const filesOf = (folder: string) => readdirSync(folder).filter((name) => name === 'vault.keys').map((name) => readFileSync(join(folder, name), 'utf8'));

describe('this computer’s keychain', () => {
  test('opens the vault once it was added, and says when it last did, to the day', async () => {
    const { core, ports } = await withKeychain();
    expect(await call(core, 'vault.slots')).toMatchObject({ keychain: { state: 'ready', backend: 'gnome_libsecret' } });
    const { slots } = await call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: 'at my desk' });
    expect(slots.map(({ kind, label, backend, removable }) => ({ kind, label, backend, removable }))).toContainEqual({ kind: 'keychain', label: 'at my desk', backend: 'gnome_libsecret', removable: true });
    await core.close();
    const next = testCore(ports);
    expect(await call(next, 'vault.status')).toMatchObject({ state: 'locked', keychain: true });
    expect(await call(next, 'vault.unlock', { keychain: true })).toMatchObject({ state: 'unlocked' });
    const day = Math.floor(ports.clock.nowMs() / 86_400_000) * 86_400_000;
    expect((await call(next, 'vault.slots')).slots.find(({ kind }) => kind === 'keychain')).toMatchObject({ lastUsedDayMs: day });
    expect(await types(next)).toContain('vault.slot-added');
  });

  test.each([['basic_text', 'weak'], ['unknown', 'weak'], ['kwallet7', 'weak'], ['', 'weak'], [null, 'unavailable']] as const)('%j is refused and nothing is stored there', async (backend, state) => {
    const { core, keychain, ports } = await withKeychain();
    keychain.become(backend);
    const before = filesOf(ports.dataDir);
    expect((await call(core, 'vault.slots')).keychain.state).toBe(state);
    await expect(call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: '' })).rejects.toThrow(code('ERR_KEYCHAIN_UNAVAILABLE'));
    expect(filesOf(ports.dataDir)).toEqual(before);
  });

  test('is none where the host has none, and the answer says why', async () => {
    const { core } = await openedCore();
    expect((await call(core, 'vault.slots')).keychain).toEqual({ state: 'none', backend: null });
    await expect(call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: '' })).rejects.toThrow(/browser version/u);
    expect(decideKeychain(false, 'keychain')).toBe('none');
  });

  test('that changed, or forgot, is told plainly; the passphrase still opens', async () => {
    const { core, keychain, ports } = await withKeychain('kwallet5');
    await call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: '' });
    await core.close();
    keychain.become('kwallet6');
    const next = testCore(ports);
    await expect(call(next, 'vault.unlock', { keychain: true })).rejects.toThrow(/another keychain \(kwallet5\) than this computer uses now \(kwallet6\)/u);
    keychain.become('basic_text');
    await expect(call(next, 'vault.unlock', { keychain: true })).rejects.toThrow(code('ERR_KEYCHAIN_UNAVAILABLE'));
    keychain.become('kwallet5');
    keychain.forget();
    await expect(call(next, 'vault.unlock', { keychain: true })).rejects.toThrow(code('ERR_KEYCHAIN_CHANGED'));
    expect(await call(next, 'vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked' });
    const id = (await call(next, 'vault.slots')).slots.find(({ kind }) => kind === 'keychain')?.id ?? '';
    await call(next, 'vault.rekeySlot', { proof: PROOF, slotId: id });
    await next.close();
    expect(await call(testCore(ports), 'vault.unlock', { keychain: true })).toMatchObject({ state: 'unlocked' });
  });

  test('with a newer key of its own gets the secret sealed under it', async () => {
    const { core, keychain, ports } = await withKeychain();
    await call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: '' });
    await core.close();
    const before = filesOf(ports.dataDir);
    keychain.renewKey();
    const next = testCore(ports);
    await call(next, 'vault.unlock', { keychain: true });
    await next.close();
    const after = filesOf(ports.dataDir);
    expect(after).not.toEqual(before);
    const again = testCore(ports);
    await call(again, 'vault.unlock', { keychain: true });
    await again.close();
    expect(filesOf(ports.dataDir)).toEqual(after);
  });

  test('gives back something else: refused, never taken for a key', async () => {
    const { core, ports } = await withKeychain();
    await call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: '' });
    await core.close();
    for (const secret of [Buffer.alloc(0), Buffer.alloc(31), Buffer.alloc(32), Buffer.alloc(5_000)]) {
      const lying = { backend: () => Promise.resolve('gnome_libsecret'), seal: () => Promise.resolve(Buffer.alloc(8)), open: () => Promise.resolve({ secret, stale: true }) };
      await expect(call(testCore({ ...ports, secretStore: lying }), 'vault.unlock', { keychain: true })).rejects.toThrow(code('ERR_KEYCHAIN_CHANGED'));
    }
  });

  test('proves nothing about the person: what needs a proof asks for one', async () => {
    const { core, ports } = await withKeychain();
    await call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: '' });
    await core.close();
    const next = testCore(ports);
    await call(next, 'vault.unlock', { keychain: true });
    await expect(call(next, 'vault.backup')).rejects.toThrow(code('ERR_UNLOCK_AGAIN'));
    // An open vault is not proven by asking the keychain again either.
    await call(next, 'vault.unlock', { keychain: true });
    await expect(call(next, 'vault.backup')).rejects.toThrow(code('ERR_UNLOCK_AGAIN'));
    await call(next, 'vault.confirm', { proof: PROOF });
    expect(await call(next, 'vault.backup')).toMatchObject({ sizeBytes: expect.any(Number) as number });
  });
});

describe('removing', () => {
  test('a way to unlock leaves it opening nothing; the last one for a person stays', async () => {
    const { core, created, ports } = await withKeychain();
    await call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: '' });
    const slots = async () => (await call(core, 'vault.slots')).slots;
    const idOf = async (kind: string) => (await slots()).find((slot) => slot.kind === kind)?.id ?? '';
    await call(core, 'vault.removeSlot', { proof: PROOF, slotId: await idOf('recovery') });
    expect((await slots()).find(({ kind }) => kind === 'passphrase')).toMatchObject({ removable: false });
    await expect(call(core, 'vault.removeSlot', { proof: PROOF, slotId: await idOf('passphrase') })).rejects.toThrow(code('ERR_SLOT_NEEDED'));
    await call(core, 'vault.removeSlot', { proof: PROOF, slotId: await idOf('keychain') });
    await expect(call(core, 'vault.removeSlot', { proof: PROOF, slotId: 'nobody' })).rejects.toThrow(code('ERR_SLOT_UNKNOWN'));
    expect(await types(core)).toContain('vault.slot-removed');
    await core.close();
    const next = testCore(ports);
    await expect(call(next, 'vault.unlock', { recoveryPhrase: created.recoveryPhrase.join(' ') })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    await expect(call(next, 'vault.unlock', { keychain: true })).rejects.toThrow(code('ERR_KEYCHAIN_UNAVAILABLE'));
    expect(await call(next, 'vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked' });
  });
});

/** One well-formed call of each method that changes the keys or reads the closed part. */
const PROVEN: Partial<Record<MethodName, object>> = {
  'vault.confirm': {}, 'vault.changePassphrase': { next: 'an entirely different sentence' }, 'vault.renewRecovery': {}, 'vault.rotate': {},
  'vault.addSlot': { kind: 'keychain', label: '' }, 'vault.removeSlot': { slotId: 'nobody' }, 'vault.rekeySlot': { slotId: 'nobody' }, 'profile.openClosed': {},
};
const FRESH: readonly (readonly [MethodName, unknown])[] = [
  ['sources.setRetention', { source: 'netflix', keep: 'conclusions' }],
  ['requests.grant', { requestId: 'nobody', claims: [{ claim: 'interest', precision: 1 }] }], ['vault.backup', undefined], ['backup.setSchedule', { every: 'daily' }], ['audit.forget', { beforeMs: 1 }], ['audit.receipt', { companyId: 'nobody' }], ['export.write', { passphrase: 'calm otters read seven lamps' }], ['sources.watch', { folder: null }], ['records.export', { selection: { ids: [7] }, format: 'csv' }], ['export.takeOver', { fileId: 'nobody', passphrase: 'calm otters read seven lamps' }],
  ['breathing.set', { pause: null }], ['breathing.set', { quietHours: null }], ['breathing.set', { perDay: 50 }], ['breathing.set', { perCompanyDay: null }], ['breathing.unhush', { node: 'nobody' }], ['breathing.release', { companyId: 'nobody' }],
  ['exposure.setFloor', { companyId: 'nobody', floor: 0 }], ['grants.resume', { grantId: 'nobody' }], ['grants.renew', { grantId: 'nobody' }], ['grants.extend', { grantId: 'nobody', expiresAtMs: 2_000_000_000_000 }],
  ['settings.set', { autoLockMinutes: null }], ['settings.set', { askAgainMinutes: null }], ['settings.set', { loopbackEnabled: false }], ['settings.set', { lockOnSleep: false }], ['settings.set', { theme: 'dark', autoLockMinutes: 60 }],
];
/** What they end in once they are let through, because what they name does not exist. */
const THEN: Partial<Record<MethodName, string>> = { 'records.export': 'ERR_ITEM_UNKNOWN', 'requests.grant': 'ERR_REQUEST_UNKNOWN', 'audit.receipt': 'ERR_COMPANY_UNKNOWN', 'breathing.unhush': 'ERR_CLAIM_VALUE_INVALID', 'breathing.release': 'ERR_COMPANY_UNKNOWN', 'exposure.setFloor': 'ERR_COMPANY_UNKNOWN', 'grants.resume': 'ERR_GRANT_UNKNOWN', 'grants.extend': 'ERR_GRANT_UNKNOWN', 'grants.renew': 'ERR_GRANT_UNKNOWN', 'export.takeOver': 'ERR_FILE_MISSING' };
const definition = (method: MethodName): MethodDefinition => contract[method];

describe('asking again', () => {
  test.each(Object.keys(PROVEN) as MethodName[])('%s does nothing without a proof that opens this vault', async (method) => {
    expect(definition(method).access).toBe('proven');
    const { core, ports } = await withKeychain();
    const before = filesOf(ports.dataDir);
    const bad = method === 'vault.rotate' ? { passphrase: 'not the right passphrase' } : { recoveryPhrase: `${'zoo '.repeat(23)}vote` };
    expect(await core.dispatch(method, { ...PROVEN[method], proof: bad })).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_SECRET_WRONG' } });
    expect(filesOf(ports.dataDir)).toEqual(before);
  });

  test('no method of the contract that carries a proof, releases, exports or changes the keys is left out above', () => {
    const guarded = (Object.keys(contract) as MethodName[]).filter((method) => definition(method).access === 'proven' || definition(method).access === 'fresh' || definition(method).freshWhen !== undefined);
    expect(guarded.sort()).toEqual([...new Set([...Object.keys(PROVEN), ...FRESH.map(([method]) => method)])].sort());
  });

  test.each(FRESH)('%s %j is refused when the last proof is old, and goes through after a new one', async (method, input) => {
    const clock = testClock();
    let steady = 0;
    const { core } = await openedCore(testPorts({ clock, steadyMs: () => steady }));
    clock.advance(15 * MINUTE);
    steady += 15 * MINUTE;
    const before = await call(core, 'settings.get');
    expect(await core.dispatch(method, input)).toMatchObject({ ok: false, error: { code: 'ERR_UNLOCK_AGAIN' } });
    expect(await call(core, 'settings.get')).toEqual(before);
    // Another look changes nothing about it; only a proof does.
    await call(core, 'vault.touch');
    expect(await core.dispatch(method, input)).toMatchObject({ ok: false, error: { code: 'ERR_UNLOCK_AGAIN' } });
    await call(core, 'vault.confirm', { proof: PROOF });
    const outcome = await core.dispatch(method, input);
    expect(outcome.ok ? 'through' : outcome.error.code).toBe(THEN[method] ?? 'through');
  });

  test('what is only about looks never asks, and neither does taking something back', async () => {
    const clock = testClock();
    const { core } = await openedCore(testPorts({ clock }));
    clock.advance(60 * MINUTE);
    expect(await call(core, 'settings.set', { theme: 'dark' })).toMatchObject({ theme: 'dark' });
    expect(await core.dispatch('grants.revoke', { grantId: 'nobody' })).toMatchObject({ error: { code: 'ERR_GRANT_UNKNOWN' } });
  });

  test('a clock set back does not put it off', async () => {
    const clock = testClock();
    let steady = 0;
    const { core } = await openedCore(testPorts({ clock, steadyMs: () => steady }));
    steady += 15 * MINUTE;
    clock.advance(10 * MINUTE);
    await expect(call(core, 'vault.backup')).rejects.toThrow(code('ERR_UNLOCK_AGAIN'));
  });

  test('the limit is the person’s own', async () => {
    const clock = testClock();
    const { core } = await openedCore(testPorts({ clock }));
    await call(core, 'settings.set', { askAgainMinutes: 5 });
    clock.advance(5 * MINUTE);
    await expect(call(core, 'vault.backup')).rejects.toThrow(code('ERR_UNLOCK_AGAIN'));
    await call(core, 'vault.confirm', { proof: PROOF });
    await call(core, 'settings.set', { askAgainMinutes: null, autoLockMinutes: null });
    clock.advance(600 * MINUTE);
    expect(await call(core, 'vault.backup')).toMatchObject({ sizeBytes: expect.any(Number) as number });
  });
});

test('a vault of the first version opens, keeps its pseudonyms’ secret, and is the second version after the next write', async () => {
  const { core, created, ports } = await openedCore();
  await core.close();
  const path = vaultPaths(ports.dataDir).header;
  const header = parseHeader(readFileSync(path, 'utf8')) as Header;
  const masterKey = await openSlots(header, 'passphrase', passphraseBytes(PASSPHRASE));
  if (!masterKey) throw new Error('the passphrase opens it');
  const { canonicalJson, hkdf32, hmac } = await import('../../electron/core/platform/crypto/keys.ts');
  const slots = header.slots.map((slot) => ({ id: slot.id, kind: slot.kind, kdf: slot.kdf, ...slot.keys.vault }));
  const first = { format: header.format, version: 1, vaultId: header.vaultId, createdAtMs: header.createdAtMs, cipher: header.cipher, slots, recoveryConfirmed: false };
  writeFileSync(path, JSON.stringify({ ...first, mac: hmac(hkdf32(masterKey, 'vault/v1/header-mac'), canonicalJson(first)).toString('base64url') }));

  const next = testCore(ports);
  // Its log was signed under another secret than the first version would have used, which is noticed; the vault opens all the same.
  expect(await call(next, 'vault.unlock', { recoveryPhrase: created.recoveryPhrase.join(' ') })).toMatchObject({ state: 'unlocked' });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 2, generation: 0 });
  await next.close();
  expect(await call(testCore(ports), 'vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked' });
});

test('a header of another vault under the same master key opens no slot here', async () => {
  const { core, ports } = await openedCore();
  await core.close();
  const header = parseHeader(readFileSync(vaultPaths(ports.dataDir).header, 'utf8')) as Header;
  const masterKey = await openSlots(header, 'passphrase', passphraseBytes(PASSPHRASE));
  if (!masterKey) throw new Error('the passphrase opens it');
  const foreign = await makeRecoverySlot({ vaultId: 'A'.repeat(22), masterKey, randomBytes: ports.randomBytes, nowMs: 0 }, Buffer.alloc(32, 7), Buffer.alloc(32, 9));
  const { mac: _replaced, ...rest } = header;
  writeFileSync(vaultPaths(ports.dataDir).header, serializeHeader(signHeader({ ...rest, slots: [foreign] }, masterKey)));
  const { recoveryWords } = await import('../../electron/core/vault/recovery.ts');
  await expect(call(testCore(ports), 'vault.unlock', { recoveryPhrase: recoveryWords(Buffer.alloc(32, 7)).join(' ') })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
});

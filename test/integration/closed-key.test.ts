/** The second key: an open vault does not open the closed part, each secret of the person does, and none of its changes loses it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Core } from '../../electron/core/core.ts';
import { canonicalJson, hkdf32, hmac } from '../../electron/core/platform/crypto/keys.ts';
import { openSlots, parseHeader, passphraseBytes, unwrapIdentity, type Header } from '../../electron/core/vault/header.ts';
import { vaultPaths } from '../../electron/core/vault/vault.ts';
import { call, openedCore, PASSPHRASE, testCore } from '../support/ports.ts';

const CLOSED = { claim: 'interest', value: 'health.conditions.diabetes' };
const NEXT = 'seven calm otters read by lamplight';
const code = (name: string) => expect.objectContaining({ code: name }) as Error;
const seen = async (core: Pick<Core, 'dispatch'>): Promise<boolean> => (await call(core, 'profile.list')).preferences.some(({ value }) => value === CLOSED.value);
const opens = async (core: Pick<Core, 'dispatch'>, proof: { passphrase: string } | { recoveryPhrase: string }): Promise<void> => {
  await call(core, 'profile.shutClosed');
  expect(await seen(core)).toBe(false);
  await call(core, 'profile.openClosed', { proof });
  expect(await seen(core)).toBe(true);
};
const phrase = (words: readonly string[]) => ({ recoveryPhrase: words.join(' ') });

test('unlocking does not open it; passphrase and recovery phrase do, nothing else does, and the log says so', async () => {
  const { core, created } = await openedCore();
  await call(core, 'profile.declare', CLOSED);
  expect(await seen(core)).toBe(false);
  await expect(call(core, 'profile.openClosed', { proof: { passphrase: NEXT } })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
  expect(await seen(core)).toBe(false);
  await opens(core, { passphrase: PASSPHRASE });
  await opens(core, phrase(created.recoveryPhrase));
  const types = (await call(core, 'audit.list', {})).entries.map(({ type }) => type);
  expect(types.filter((type) => type === 'profile.closed-opened')).toHaveLength(2);
  expect(JSON.stringify(await call(core, 'audit.list', {}))).not.toContain('diabetes');
});

test('nothing in the key file or under the master key reads it', async () => {
  const { core, ports } = await openedCore();
  await core.close();
  const header = parseHeader(readFileSync(vaultPaths(ports.dataDir).header, 'utf8')) as Header;
  const masterKey = await openSlots(header, 'passphrase', passphraseBytes(PASSPHRASE));
  if (!masterKey) throw new Error('the passphrase opens it');
  const identity = unwrapIdentity(header, masterKey);
  const { unwrapKey } = await import('../../electron/core/platform/crypto/keys.ts');
  const [slot] = header.slots;
  if (!slot || !('closed' in slot.keys) || !slot.keys.closed) throw new Error('the slot has a second key');
  for (const key of [masterKey, identity, hkdf32(masterKey, 'closed'), hkdf32(masterKey, 'vault/v1/closed')]) {
    const of = canonicalJson({ vaultId: header.vaultId, id: slot.id, kind: slot.kind, kdf: slot.kdf });
    if (key) expect(unwrapKey(key, slot.keys.closed, canonicalJson({ of, what: 'closed' }))).toBeNull();
  }
});

test('a new passphrase, a new phrase and a new master key keep it', async () => {
  const { core, created, ports } = await openedCore();
  await call(core, 'profile.declare', CLOSED);
  await call(core, 'vault.changePassphrase', { proof: phrase(created.recoveryPhrase), next: NEXT });
  await opens(core, { passphrase: NEXT });
  const renewed = await call(core, 'vault.renewRecovery', { proof: { passphrase: NEXT } });
  await opens(core, phrase(renewed.recoveryPhrase));
  await expect(call(core, 'profile.openClosed', { proof: phrase(created.recoveryPhrase) })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
  const rotated = await call(core, 'vault.rotate', { proof: { passphrase: NEXT } });
  await opens(core, { passphrase: NEXT });
  await opens(core, phrase(rotated.recoveryPhrase));
  await core.close();
  const next = testCore(ports);
  await call(next, 'vault.unlock', phrase(rotated.recoveryPhrase));
  await opens(next, { passphrase: NEXT });
});

test('a vault of the first version gets one at the first unlock; a phrase of before opens it once renewed, and the only way in stays', async () => {
  const { core, created, ports } = await openedCore();
  await core.close();
  // The header as the first version wrote it.
  const path = vaultPaths(ports.dataDir).header;
  const header = parseHeader(readFileSync(path, 'utf8')) as Header;
  const masterKey = await openSlots(header, 'passphrase', passphraseBytes(PASSPHRASE));
  if (!masterKey) throw new Error('the passphrase opens it');
  const slots = header.slots.map((slot) => ({ id: slot.id, kind: slot.kind, kdf: slot.kdf, ...slot.keys.vault }));
  const first = { format: header.format, version: 1, vaultId: header.vaultId, createdAtMs: header.createdAtMs, cipher: header.cipher, slots, recoveryConfirmed: false };
  writeFileSync(path, JSON.stringify({ ...first, mac: hmac(hkdf32(masterKey, 'vault/v1/header-mac'), canonicalJson(first)).toString('base64url') }));

  const next = testCore(ports);
  await call(next, 'vault.unlock', { passphrase: PASSPHRASE });
  await call(next, 'profile.declare', CLOSED);
  await opens(next, { passphrase: PASSPHRASE });
  await expect(call(next, 'profile.openClosed', { proof: phrase(created.recoveryPhrase) })).rejects.toThrow(code('ERR_CLOSED_KEY_MISSING'));
  const passphraseSlot = (await call(next, 'vault.slots')).slots.find(({ kind }) => kind === 'passphrase');
  await expect(call(next, 'vault.removeSlot', { proof: { passphrase: PASSPHRASE }, slotId: passphraseSlot?.id ?? '' })).rejects.toThrow(code('ERR_SLOT_NEEDED'));
  const renewed = await call(next, 'vault.renewRecovery', { proof: { passphrase: PASSPHRASE } });
  await opens(next, phrase(renewed.recoveryPhrase));
  await next.close();
  const again = testCore(ports);
  await call(again, 'vault.unlock', phrase(renewed.recoveryPhrase));
  await opens(again, { passphrase: PASSPHRASE });
});

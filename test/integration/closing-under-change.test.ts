/** The vault closes while something is done with it: what is half-way must not be written, and must not be taken for done. */
import { lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { vaultPaths } from '../../electron/core/vault/vault.ts';
import { temporaryFolder } from '../support/database.ts';
import { call, openedCore, PASSPHRASE, testCore, testPorts } from '../support/ports.ts';
import { testKeychain } from '../support/secret-store.ts';

const NEXT = 'quite another sentence here for you';

describe('a change of keys that is under way when the vault is locked', () => {
  test.each(['vault.changePassphrase', 'vault.renewRecovery'] as const)('%s, at any moment of it, leaves a vault that opens', { timeout: 180_000 }, async (method) => {
    for (let delay = 0; delay <= 400; delay += 40) {
      const { core, ports } = await openedCore();
      const changing = core.dispatch(method, { proof: { passphrase: PASSPHRASE }, ...(method === 'vault.changePassphrase' ? { next: NEXT } : {}) });
      await new Promise((resolve) => { setTimeout(resolve, delay); });
      await core.dispatch('vault.lock', undefined);
      await changing;
      const again = testCore(ports);
      const outcomes = [await again.dispatch('vault.unlock', { passphrase: PASSPHRASE })];
      if (outcomes[0]?.ok === false) outcomes.push(await again.dispatch('vault.unlock', { passphrase: NEXT }));
      expect(outcomes.some(({ ok }) => ok), `locked after ${delay} ms`).toBe(true);
      await again.close();
    }
  });

  /** A vault whose keychain is being added, and waits for the person to say yes. */
  async function addingKeychain() {
    const keychain = testKeychain();
    let allow: () => void = () => undefined, asked: () => void = () => undefined;
    const sealing = new Promise<void>((resolve) => { asked = resolve; });
    const secretStore = { ...keychain, async seal(secret: Buffer) {
      asked();
      await new Promise<void>((resolve) => { allow = resolve; });
      return keychain.seal(secret);
    } };
    const { core, ports } = await openedCore(testPorts({ secretStore }));
    const adding = core.dispatch('vault.addSlot', { proof: { passphrase: PASSPHRASE }, kind: 'keychain', label: 'this computer' });
    await sealing;
    return { core, ports, adding, allow: () => { allow(); } };
  }

  test('that comes through only when locking has begun, when nobody could note it, is not saved', async () => {
    const { core, ports, adding, allow } = await addingKeychain();
    const before = readFileSync(vaultPaths(ports.dataDir).header, 'utf8');
    // Told when it is asked for, and again when the vault is no longer to be used but still open.
    let told = 0;
    core.onLocking(() => { if (++told === 2) allow(); });
    // Something to wait for keeps the vault open for a moment while it is being locked.
    const checking = core.dispatch('vault.check', undefined);
    await core.dispatch('vault.lock', undefined);
    await checking;
    expect(await adding).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_LOCKED' } });
    expect(readFileSync(vaultPaths(ports.dataDir).header, 'utf8')).toBe(before);
  });

  test('that comes through while the master key is replaced is refused, not lost at the switch', async () => {
    const { core, adding, allow } = await addingKeychain();
    core.onEvent(({ topic, payload }) => { if (topic === 'vault.rotation' && (payload as { phase: string }).phase === 'encrypting') allow(); });
    await call(core, 'vault.rotate', { proof: { passphrase: PASSPHRASE } });
    expect(await adding).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_BUSY' } });
    expect((await call(core, 'vault.slots')).slots.map(({ kind }) => kind).sort()).toEqual(['passphrase', 'recovery']);
    // Afterwards it is as before.
    await call(core, 'vault.changePassphrase', { proof: { passphrase: PASSPHRASE }, next: NEXT });
  });
});

test('a wrong secret is wrong, also while another unlock is on its way', async () => {
  const { core, ports } = await openedCore();
  await core.close();
  const again = testCore(ports);
  const [right, wrong] = await Promise.all([again.dispatch('vault.unlock', { passphrase: PASSPHRASE }), again.dispatch('vault.unlock', { passphrase: NEXT })]);
  expect(right.ok).toBe(true);
  expect(wrong).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_SECRET_WRONG' } });
});

describe('what somebody put into the folder of a locked vault', () => {
  test.each(['reserve', 'vault.keys.new', 'audit.head.new'])('a link called %s leads no write out of it', async (name) => {
    const { core, ports } = await openedCore();
    await core.close();
    const outside = join(temporaryFolder(), 'a-file-of-mine');
    writeFileSync(outside, 'mine');
    rmSync(join(ports.dataDir, name), { force: true });
    symlinkSync(outside, join(ports.dataDir, name));
    const again = testCore(ports);
    await call(again, 'vault.unlock', { passphrase: PASSPHRASE });
    await call(again, 'vault.changePassphrase', { proof: { passphrase: PASSPHRASE }, next: NEXT });
    await again.close();
    expect(readFileSync(outside, 'utf8')).toBe('mine');
    expect(lstatSync(vaultPaths(ports.dataDir).header).isFile()).toBe(true);
  });

  test('an anchor that is none, or a ring of links, is told and shuts no way on', async () => {
    for (const lay of [(path: string) => { writeFileSync(path, 'A'.repeat(100_000)); }, (path: string) => { symlinkSync(path, path); }]) {
      const { core, ports } = await openedCore();
      await core.close();
      const { anchor } = vaultPaths(ports.dataDir);
      rmSync(anchor);
      lay(anchor);
      const again = testCore(ports);
      expect(await call(again, 'vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked', logProblem: 'unanchored' });
    }
  });
});

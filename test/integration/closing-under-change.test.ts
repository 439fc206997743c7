/** The vault closes while something is done with it: what is half-way must not be written, and must not be taken for done. */
import { lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { vaultPaths } from '../../electron/core/vault/vault.ts';
import { temporaryFolder } from '../support/database.ts';
import { call, openedCore, PASSPHRASE, testCore } from '../support/ports.ts';

const NEXT = 'quite another sentence here for you';

describe('a change of keys that is under way when the vault is locked', () => {
  test.each(['vault.changePassphrase', 'vault.renewRecovery'] as const)('%s, at any moment of it, leaves a vault that opens', async (method) => {
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

/** The core as a process of its own: locking ends it, and a fresh locked one takes its place. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCoreSupervisor, forkCoreChild, type CoreChild } from '../../electron/core/process/supervisor.ts';
import type { WireEvent } from '../../shared/api/wire.ts';
import { temporaryFolder } from '../support/database.ts';
import type { SecretStore } from '../../electron/core/ports.ts';
import { createStoreAsker } from '../../electron/core/process/store-frames.ts';
import { PASSPHRASE } from '../support/ports.ts';
import { testKeychain } from '../support/secret-store.ts';

const entry = join(import.meta.dirname, '../../electron/core/process/main.ts');
const resourcesDir = join(import.meta.dirname, '../../resources');

function supervised(dataDir = join(temporaryFolder(), 'vault'), keychain?: SecretStore, pagePort = false) {
  const children: CoreChild[] = [];
  const events: WireEvent[] = [];
  let ended = 0;
  const supervisor = createCoreSupervisor({
    spawn: () => {
      const child = forkCoreChild(entry);
      children.push(child);
      return child;
    },
    config: { dataDir, resourcesDir, redemptionPort: 0, ...(pagePort ? { pagePort } : {}) }, ...(keychain ? { keychain } : {}), log: () => undefined, nowMs: () => Date.now(),
  });
  supervisor.onEvent((event) => { events.push(event); });
  supervisor.onEnded(() => { ended++; });
  onTestFinished(() => supervisor.close());
  return { supervisor, children, events, dataDir, ended: () => ended };
}

const until = async (condition: () => boolean) => { while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20)); };

describe('supervised core', () => {
  test('locking ends the process; unlocking happens in a new one', async () => {
    const { supervisor, children, events, ended } = supervised();
    expect(await supervisor.dispatch('vault.status', undefined)).toMatchObject({ ok: true, value: { state: 'none' } });
    expect(await supervisor.dispatch('vault.create', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
    expect(children).toHaveLength(1);
    expect(await supervisor.dispatch('vault.lock', undefined)).toEqual({ ok: true, value: { state: 'locked' } });
    await until(() => ended() === 1);
    expect(events.map((event) => event.topic)).toContain('core.ended');
    expect(await supervisor.dispatch('vault.status', undefined)).toMatchObject({ ok: true, value: { state: 'locked' } });
    expect(children).toHaveLength(2);
    expect(await supervisor.dispatch('vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: true, value: { state: 'unlocked' } });
    expect(await supervisor.dispatch('audit.verify', undefined)).toMatchObject({ ok: true, value: { ok: true } });
  });

  test('whoever unlocks while the old process is still leaving gets the next one, and keeps it', async () => {
    const { supervisor, children, ended } = supervised();
    await supervisor.dispatch('vault.create', { passphrase: PASSPHRASE });
    const state = async () => (await supervisor.dispatch('vault.status', undefined));
    for (let round = 1; round <= 4; round++) {
      expect(await supervisor.dispatch('vault.lock', undefined)).toEqual({ ok: true, value: { state: 'locked' } });
      // At once: the answer comes from the process that is about to end.
      const [asked, unlocked] = await Promise.all([state(), supervisor.dispatch('vault.unlock', { passphrase: PASSPHRASE })]);
      expect(asked).toMatchObject({ ok: true, value: { state: 'locked' } });
      expect(unlocked).toMatchObject({ ok: true, value: { state: 'unlocked' } });
      expect([children.length, ended()]).toEqual([round + 1, round]);
      expect(await state()).toMatchObject({ ok: true, value: { state: 'unlocked' } });
    }
  });

  test('a killed process answers what was pending with a coded error, frees the vault, and loses nothing acknowledged', async () => {
    const { supervisor, children } = supervised();
    await supervisor.dispatch('vault.create', { passphrase: PASSPHRASE });
    await supervisor.dispatch('settings.set', { theme: 'dark' });
    const pending = supervisor.dispatch('vault.changePassphrase', { proof: { passphrase: PASSPHRASE }, next: 'quite another sentence here' });
    children[0]?.kill();
    expect(await pending).toMatchObject({ ok: false, error: { code: 'ERR_CORE_GONE' } });
    expect(await supervisor.dispatch('vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
    expect(await supervisor.dispatch('settings.get', undefined)).toMatchObject({ ok: true, value: { theme: 'dark' } });
  });

  test('where pages have a port of their own, the program that carries them hears that something changed, and nothing of what', async () => {
    const { supervisor, events } = supervised(undefined, undefined, true);
    await supervisor.dispatch('vault.create', { passphrase: PASSPHRASE });
    await supervisor.dispatch('settings.set', { language: 'de' });
    await supervisor.dispatch('breathing.set', { pause: { untilMs: null } });
    await expect.poll(() => [...new Set(events.map(({ topic }) => topic))].sort()).toEqual(['breathing.changed', 'settings.changed', 'vault.changed']);
    for (const { topic, payload } of events) if (topic !== 'vault.changed') expect(payload, topic).toEqual({});
  });

  test('two programs on one vault: the second is told that it is in use', async () => {
    const first = supervised();
    await first.supervisor.dispatch('vault.create', { passphrase: PASSPHRASE });
    const second = supervised(first.dataDir);
    expect(await second.supervisor.dispatch('vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_IN_USE' } });
    await first.supervisor.close();
    expect(await second.supervisor.dispatch('vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
  });

  test('the host’s keychain opens the vault in the next process, and a host without one says so', async () => {
    const keychain = testKeychain();
    const { supervisor, dataDir, ended } = supervised(undefined, keychain);
    await supervisor.dispatch('vault.create', { passphrase: PASSPHRASE });
    expect(await supervisor.dispatch('vault.addSlot', { proof: { passphrase: PASSPHRASE }, kind: 'keychain', label: '' })).toMatchObject({ ok: true });
    await supervisor.dispatch('vault.lock', undefined);
    await until(() => ended() === 1);
    expect(await supervisor.dispatch('vault.unlock', { keychain: true })).toMatchObject({ ok: true, value: { state: 'unlocked' } });
    await supervisor.close();
    const browser = supervised(dataDir).supervisor;
    expect(await browser.dispatch('vault.status', undefined)).toMatchObject({ ok: true, value: { keychain: false } });
    expect(await browser.dispatch('vault.unlock', { keychain: true })).toMatchObject({ ok: false, error: { code: 'ERR_KEYCHAIN_UNAVAILABLE' } });
  });

  test('an answer to a question nobody asked, or to another one, is no secret', async () => {
    const asked: number[] = [];
    const asker = createStoreAsker((id) => { asked.push(id); });
    asker.answered(7, { bytes: Buffer.alloc(32), stale: false });
    const opened = asker.store.open(Buffer.alloc(3));
    asker.answered(asked[0] ?? 0, { backend: 'keychain' });
    await expect(opened).rejects.toThrow();
    const refused = asker.store.seal(Buffer.alloc(3));
    asker.answered(asked[1] ?? 0, null);
    await expect(refused).rejects.toThrow();
  });

  test('closing locks in good order', async () => {
    const { supervisor, dataDir } = supervised();
    await supervisor.dispatch('vault.create', { passphrase: PASSPHRASE });
    await supervisor.close();
    expect(existsSync(join(dataDir, 'vault.db-wal'))).toBe(false);
    expect(await supervisor.dispatch('vault.status', undefined)).toMatchObject({ ok: false, error: { code: 'ERR_CORE_GONE' } });
  });
});

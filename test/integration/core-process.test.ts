/** The core as a process of its own: locking ends it, and a fresh locked one takes its place. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCoreSupervisor, forkCoreChild, type CoreChild } from '../../electron/core/process/supervisor.ts';
import type { WireEvent } from '../../shared/api/wire.ts';
import { temporaryFolder } from '../support/database.ts';
import { PASSPHRASE } from '../support/ports.ts';

const entry = join(import.meta.dirname, '../../electron/core/process/main.ts');
const resourcesDir = join(import.meta.dirname, '../../resources');

function supervised(dataDir = join(temporaryFolder(), 'vault')) {
  const children: CoreChild[] = [];
  const events: WireEvent[] = [];
  let ended = 0;
  const supervisor = createCoreSupervisor({
    spawn: () => {
      const child = forkCoreChild(entry);
      children.push(child);
      return child;
    },
    config: { dataDir, resourcesDir, redemptionPort: 0 }, log: () => undefined, nowMs: () => Date.now(),
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

  test('two programs on one vault: the second is told that it is in use', async () => {
    const first = supervised();
    await first.supervisor.dispatch('vault.create', { passphrase: PASSPHRASE });
    const second = supervised(first.dataDir);
    expect(await second.supervisor.dispatch('vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_IN_USE' } });
    await first.supervisor.close();
    expect(await second.supervisor.dispatch('vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
  });

  test('closing locks in good order', async () => {
    const { supervisor, dataDir } = supervised();
    await supervisor.dispatch('vault.create', { passphrase: PASSPHRASE });
    await supervisor.close();
    expect(existsSync(join(dataDir, 'vault.db-wal'))).toBe(false);
    expect(await supervisor.dispatch('vault.status', undefined)).toMatchObject({ ok: false, error: { code: 'ERR_CORE_GONE' } });
  });
});

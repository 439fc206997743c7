/** Core ports for tests: a settable clock, real randomness, a temporary folder, the cheapest allowed key derivation. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCore, type Core } from '../../electron/core/core.ts';
import type { CorePorts } from '../../electron/core/ports.ts';
import type { Input, MethodName, Output } from '../../shared/api/contract.ts';
import { fromWireError } from '../../shared/errors/app-error.ts';
import { KDF_FLOOR } from '../../electron/core/vault/header.ts';
import { temporaryFolder } from './database.ts';

/** A clock that stands still until told otherwise. */
export interface TestClock { nowMs(): number; set(ms: number): void; advance(ms: number): void }

/** 23 November 2026, 12:00 UTC, unless given. */
export function testClock(startMs = Date.UTC(2026, 10, 23, 12)): TestClock {
  let now = startMs;
  return { nowMs: () => now, set: (ms) => { now = ms; }, advance: (ms) => { now += ms; } };
}

export const PASSPHRASE = 'correct horse battery staple';

/** Both clocks go together unless a test gives another steady one: a wall clock that jumps alone is a computer that slept. */
export function testPorts(overrides: Partial<CorePorts> = {}): CorePorts {
  const clock = overrides.clock ?? testClock();
  return {
    dataDir: overrides.dataDir ?? join(temporaryFolder(), 'vault'),
    clock,
    steadyMs: clock.nowMs,
    randomBytes: (size) => randomBytes(size),
    log: (line) => { if (process.env['TEST_LOG']) process.stderr.write(line + '\n'); },
    resourcesDir: join(import.meta.dirname, '../../resources'),
    workerUrl: new URL('../../electron/core/workers/main.ts', import.meta.url),
    fetch: globalThis.fetch,
    redemptionPort: 0,
    passphraseKdf: KDF_FLOOR,
    serveOnUnlock: false,
    ...overrides,
  };
}

/** A core that locks itself when the test ends. */
export function testCore(ports: CorePorts = testPorts()): Core & { readonly ports: CorePorts } {
  const core = createCore(ports);
  onTestFinished(() => core.close());
  return { ...core, ports };
}

/** Calls a method and unwraps its value. @throws {AppError} as the core answered. */
export async function call<M extends MethodName>(core: Pick<Core, 'dispatch'>, method: M, ...[input]: undefined extends Input<M> ? [] : [Input<M>]): Promise<Output<M>> {
  const outcome = await core.dispatch(method, input);
  if (!outcome.ok) throw fromWireError(outcome.error);
  // The dispatcher parsed it with this very schema.
  return outcome.value as Output<M>;
}

/** A new vault, unlocked. */
export async function openedCore(ports: CorePorts = testPorts()) {
  const core = testCore(ports);
  const created = await call(core, 'vault.create', { passphrase: PASSPHRASE });
  return { core, created, ports };
}

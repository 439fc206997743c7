/** How heavy a new passphrase slot is made on this machine: as many passes as fit into half a second. */
import { argon2id, type Argon2Parameters } from '../platform/crypto/keys.ts';
import { KDF_DEFAULT } from './header.ts';

/** What one unlock may cost the person, in ms. */
const TARGET_MS = 500;
/** A machine that measures faster than this is not believed: a header must stay openable on a slower one within seconds. */
const MOST_PASSES = 10;

/** Passes that take about half a second at `perPassMs` for one; never fewer than the default, however slow the machine, and never more than ten. */
export function decidePasses(perPassMs: number): number {
  const fitting = Math.floor(TARGET_MS / perPassMs);
  // A clock that measured nothing, or nonsense, gives no reason to go above the default.
  return Number.isFinite(fitting) ? Math.min(MOST_PASSES, Math.max(KDF_DEFAULT.passes, fitting)) : KDF_DEFAULT.passes;
}

/** Parameters for this machine. The first derivation also pays for fresh memory, twice as much as any later one, so it is not the one measured. */
export async function calibrate(randomBytes: (size: number) => Buffer): Promise<Argon2Parameters> {
  const derive = async (): Promise<void> => { (await argon2id(randomBytes(32), randomBytes(16), KDF_DEFAULT)).fill(0); };
  await derive();
  const startedAt = performance.now();
  await derive();
  return { ...KDF_DEFAULT, passes: decidePasses((performance.now() - startedAt) / KDF_DEFAULT.passes) };
}

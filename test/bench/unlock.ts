/** How long unlocking takes, and how much of it is the derivation that makes guessing slow. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argon2id } from '../../electron/core/platform/crypto/keys.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { parseHeader } from '../../electron/core/vault/header.ts';
import { createVault, unlockVault, vaultPaths } from '../../electron/core/vault/vault.ts';

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Medians in ms over `runs`. */
export async function benchUnlock(runs: number): Promise<{ readonly unlockMs: number; readonly derivationMs: number; readonly openMs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-bench-'));
  const ports = { dataDir: join(folder, 'vault'), clock: { nowMs: () => Date.now() }, randomBytes: (size: number) => randomBytes(size) };
  const passphrase = 'seven calm otters read by lamplight';
  try {
    (await createVault(ports, passphrase)).vault.close();
    const kdf = parseHeader(readFileSync(vaultPaths(ports.dataDir).header, 'utf8')).slots.map((slot) => slot.kdf).find((k) => k.name === 'argon2id');
    if (kdf?.name !== 'argon2id') throw new Error('a new vault has a passphrase slot');
    const timed = async (body: () => Promise<void> | void): Promise<number> => {
      const all: number[] = [];
      for (let i = 0; i < runs; i++) {
        const startedAt = performance.now();
        await body();
        all.push(performance.now() - startedAt);
      }
      return median(all);
    };
    const key = randomBytes(32);
    const other = join(folder, 'other.db');
    openDatabase(other, key).close();
    return {
      unlockMs: await timed(async () => { (await unlockVault(ports, { passphrase })).close(); }),
      derivationMs: await timed(async () => { await argon2id(randomBytes(32), randomBytes(16), kdf); }),
      openMs: await timed(() => { openDatabase(other, key, 'aegis', { mustExist: true, exclusive: true }).close(); }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

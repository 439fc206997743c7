/** Two programs on one vault at random moments: one of them always stays out with a clear word, and nothing either acknowledged is lost. */
import { randomBytes, randomInt } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createVault } from '../../electron/core/vault/vault.ts';
import { temporaryFolder } from '../support/database.ts';
import { lifePorts } from '../support/life.ts';
import { longForm } from '../support/long-form.ts';
import { call, PASSPHRASE, testCore } from '../support/ports.ts';

const ROUNDS = longForm('TWO_PROGRAMS', 3, 100);

interface Seen { readonly opened: number; readonly refused: number; readonly said: readonly string[]; readonly other: readonly string[] }

/** Opens, says something, locks, again and again, for a while. */
function visitor(dataDir: string, forMs: number): Promise<Seen> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, '../support/visitor-child.ts'), dataDir, PASSPHRASE, String(forMs)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    if (!child.stdout) { reject(new Error('no output')); return; }
    createInterface({ input: child.stdout }).once('line', (line) => { resolve(JSON.parse(line) as Seen); });
    child.once('exit', (code) => { if (code !== 0) reject(new Error(`a visitor ended with ${code ?? 'a signal'}`)); });
  });
}

it(`keeps every word of two programs that take turns by accident, ${ROUNDS} times`, { timeout: 60_000 + ROUNDS * 30_000 }, async () => {
  const total = { opened: 0, refused: 0, said: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const dataDir = join(temporaryFolder(), 'vault');
    const made = await createVault(lifePorts(dataDir), PASSPHRASE);
    made.vault.close();
    const seen = await Promise.all([visitor(dataDir, 4_000 + randomInt(1_500)), visitor(dataDir, 4_000 + randomInt(1_500))]);
    expect(seen.flatMap(({ other }) => other), 'every refusal is the one that says what to do').toEqual([]);
    const core = testCore({ ...lifePorts(dataDir), randomBytes });
    await call(core, 'vault.unlock', { passphrase: PASSPHRASE });
    const kept = new Set((await call(core, 'profile.list')).preferences.map(({ label }) => label));
    const said = seen.flatMap((one) => one.said);
    expect(said.filter((value) => !kept.has(value)), 'said and gone').toEqual([]);
    expect(kept.size).toBe(said.length);
    expect(await call(core, 'audit.verify')).toMatchObject({ ok: true });
    await core.close();
    for (const one of seen) { total.opened += one.opened; total.refused += one.refused; total.said += one.said.length; }
  }
  process.stdout.write(`${ROUNDS} rounds of two programs: opened ${total.opened} times, kept out ${total.refused} times, ${total.said} things said, 0 lost\n`);
  expect(total.opened).toBeGreaterThan(ROUNDS);
  expect(total.refused, 'they did meet').toBeGreaterThan(0);
});

/** A new master key whose process is killed: the vault opens with exactly one set of keys and with every row, whenever that was. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createVault, unlockVault } from '../../electron/core/vault/vault.ts';
import { longForm } from '../support/long-form.ts';
import { PASSPHRASE, testPorts } from '../support/ports.ts';

const KILLS = longForm('ROTATION_KILLS', 12, 300);
const ROWS = 5_000;
const PHASES = ['copying', 'encrypting', 'checking', 'switching', 'switched', 'open'] as const;

it(`opens with one set of keys and every row after ${KILLS} kills`, { timeout: 60_000 + KILLS * 10_000 }, async () => {
  const ports = testPorts();
  const { vault, recoveryPhrase } = await createVault(ports, PASSPHRASE);
  vault.db.exec('CREATE TABLE marker (n INTEGER PRIMARY KEY, x TEXT NOT NULL) STRICT');
  vault.db.transaction(() => {
    const add = vault.db.command('INSERT INTO marker (x) VALUES (?)');
    for (let n = 0; n < ROWS; n++) add.run(`row ${n} ${'x'.repeat(60)}`);
  });
  const purpose = vault.deriveKey('consent/pseudonym');
  vault.close();

  let phrase = recoveryPhrase.join(' ');
  let generation = 0;
  const ends = { before: 0, after: 0 };
  for (let round = 0; round < KILLS; round++) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../support/rotation-child.ts'), ports.dataDir, PASSPHRASE], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    // Each phase in turn, and a moment of it by chance.
    const target = PHASES[round % PHASES.length] ?? 'copying';
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (!output.includes(target)) continue;
      await after(randomInt(0, 25));
      child.kill('SIGKILL');
    }
    await ended;

    const told = [...output.matchAll(/^switched (\S+)$/gmu)].map((match) => (match[1] ?? '').replaceAll('-', ' '));
    const opened = await unlockVault(ports, { passphrase: PASSPHRASE });
    try {
      expect(opened.db.query('SELECT count(*) AS n, sum(length(x)) AS bytes FROM marker').get()).toMatchObject({ n: ROWS });
      expect(opened.db.integrityProblems()).toEqual([]);
      expect(opened.deriveKey('consent/pseudonym')).toEqual(purpose);
      const moved = opened.header().generation - generation;
      // The switch comes just before it is told, so one more than was told may have happened; never fewer.
      expect([told.length, told.length + 1], `round ${round}, killed while ${target}`).toContain(moved);
      expect(readdirSync(ports.dataDir).filter((name) => name.includes('.next-'))).toEqual([]);
      if (moved === 0) ends.before++; else ends.after++;
      // The phrase of the newest key opens, the one before does not; one that was never told has to be renewed.
      const known = moved === told.length ? (told.at(-1) ?? phrase) : null;
      if (known === null) {
        await expect(opened.prove({ recoveryPhrase: phrase })).rejects.toThrow();
        phrase = (await opened.renewRecovery({ passphrase: PASSPHRASE })).join(' ');
      } else {
        if (known !== phrase) await expect(opened.prove({ recoveryPhrase: phrase })).rejects.toThrow();
        phrase = known;
        await opened.prove({ recoveryPhrase: phrase });
      }
      generation = opened.header().generation;
    } finally {
      opened.close();
    }
  }
  process.stdout.write(`${KILLS} rotations killed: ${ends.before} undone, ${ends.after} finished, 0 half\n`);
  expect(ends.before + ends.after).toBe(KILLS);
  if (KILLS >= 12) expect(Math.min(ends.before, ends.after)).toBeGreaterThan(0);
});

/** kill -9 at any moment of a life: everything that was acknowledged is there afterwards, and nothing is half. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { readBackupKeys } from '../../electron/core/vault/backup.ts';
import { createVault, unlockVault, type OpenVault } from '../../electron/core/vault/vault.ts';
import { ACTS, learn, lifePorts, lost, nothingKnown, openLife, type Known, type Line } from '../support/life.ts';
import { temporaryFolder } from '../support/database.ts';
import { PASSPHRASE } from '../support/ports.ts';
import { longForm } from '../support/long-form.ts';

/** 1,000 in the long form. */
const KILLS = longForm('KILLS', 10, 1_000);
/** Then another life begins: what is compared after each kill grows with it. */
const KILLS_OF_A_LIFE = 50;

/** Opens with what is known, or with what was just being made. @returns the vault, and which of the two it was */
async function open(known: Known, dataDir: string): Promise<OpenVault> {
  const ports = lifePorts(dataDir);
  for (const secrets of [known.secrets, known.maybe.secrets]) {
    if (!secrets) continue;
    try {
      const vault = await unlockVault(ports, { passphrase: secrets.passphrase });
      known.secrets = { passphrase: secrets.passphrase, phrase: known.maybe.secrets?.phrase === null ? null : known.secrets.phrase };
      known.maybe.secrets = null;
      return vault;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ERR_VAULT_SECRET_WRONG') throw error;
    }
  }
  throw new Error('nothing that was acknowledged or begun opens the vault');
}

it(`loses nothing acknowledged in ${KILLS} kills`, { timeout: 120_000 + KILLS * 15_000 }, async () => {
  let dataDir = '', known = nothingKnown({ passphrase: PASSPHRASE, phrase: null });
  const begin = async (): Promise<void> => {
    dataDir = join(temporaryFolder(), 'vault');
    const made = await createVault(lifePorts(dataDir), PASSPHRASE);
    known = nothingKnown({ passphrase: PASSPHRASE, phrase: made.recoveryPhrase.join(' ') });
    made.vault.close();
  };
  const end = async (): Promise<void> => {
    const life = await openLife(lifePorts(dataDir), known.secrets, () => undefined);
    try {
      expect(await life.call('audit.verify')).toMatchObject({ ok: true, problem: 'none' });
      if (known.backup !== null) await readBackupKeys({ path: known.backup });
    } finally {
      await life.core.close();
    }
    rmSync(dirname(dataDir), { recursive: true, force: true });
  };

  let acknowledged = 0;
  const during = new Map<string, number>();
  for (let round = 0; round < KILLS; round++) {
    if (round % KILLS_OF_A_LIFE === 0) {
      if (round > 0) await end();
      await begin();
    }
    const child = spawn(process.execPath, [join(import.meta.dirname, '../support/life-child.ts'), dataDir, JSON.stringify(known.secrets)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    // In the middle of each kind of act in turn; how far into it is left to chance.
    const target = ACTS[round % ACTS.length] ?? 'set';
    let now = '', left = randomInt(3, 25), kill: NodeJS.Timeout | undefined;
    for await (const text of createInterface({ input: child.stdout })) {
      const line = JSON.parse(text) as Line;
      learn(known, line);
      if ('done' in line) acknowledged++;
      if ('began' in line) now = line.began;
      left--;
      if (kill === undefined && left < 0 && now === target) kill = setTimeout(() => { child.kill('SIGKILL'); }, randomInt(0, target === 'import' || target === 'backup' || target === 'rotate' ? 150 : 12));
    }
    const [code, signal] = await ended as [number | null, NodeJS.Signals | null];
    expect([code, signal], `round ${round}: the life ended by itself`).toEqual([null, 'SIGKILL']);
    during.set(now, (during.get(now) ?? 0) + 1);

    const vault = await open(known, dataDir);
    try {
      expect(vault.db.integrityProblems(), `round ${round}, killed while ${now}`).toEqual([]);
      expect(lost(known, vault.db), `round ${round}, killed while ${now}`).toEqual([]);
      expect(readdirSync(dataDir).filter((name) => name.includes('.next-'))).toEqual([]);
      // The phrase opens exactly when it was told.
      if (known.secrets.phrase !== null) await vault.prove({ recoveryPhrase: known.secrets.phrase });
    } finally {
      vault.close();
    }
  }
  await end();
  process.stdout.write(`${KILLS} kills (${[...during].map(([act, n]) => `${act} ${n}`).join(', ')}), ${acknowledged} acts acknowledged, 0 lost\n`);
  expect(acknowledged).toBeGreaterThan(KILLS);
});

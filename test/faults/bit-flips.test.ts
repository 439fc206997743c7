/** One bit turned anywhere in the database, the key file, the anchor or a backup: told in a code, or without any effect, never silently something else; and there is a way on. */
import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { recoverVault } from '../../electron/core/portability/recover.ts';
import { restoreBackup } from '../../electron/core/vault/backup.ts';
import { unlockVault, type Secret } from '../../electron/core/vault/vault.ts';
import { temporaryFolder } from '../support/database.ts';
import { lifePorts, lost } from '../support/life.ts';
import { checkLog, contentsOf, filesIn, livedVault } from '../support/lived-vault.ts';
import { longForm } from '../support/long-form.ts';

/** 10,000 in the long form. */
const FLIPS = longForm('FLIPS', 240, 10_000);
const TARGETS = ['vault.db', 'vault.keys', 'audit.head', 'backup'] as const;
/** After one in so many that were told, the way on is walked to its end. */
const WAY_ON_EVERY = Math.max(20, Math.floor(FLIPS / 40));

it(`none of ${FLIPS} flipped bits goes unseen`, { timeout: 120_000 + FLIPS * 500 }, async () => {
  const folder = temporaryFolder();
  const pristine = join(folder, 'pristine'), work = join(folder, 'work'), into = join(folder, 'into');
  const known = await livedVault(pristine, ['declare', 'import', 'grant', 'redeem', 'redeem', 'set', 'declare', 'grant', 'revoke', 'backup']);
  const backup = known.backup ?? '';
  const secret: Secret = { recoveryPhrase: known.secrets.phrase ?? '' };
  const files = new Map(filesIn(pristine).map((name) => [name, readFileSync(join(pristine, name))]));
  const backupBytes = readFileSync(backup);
  expect([...files.keys()].sort()).toEqual(['audit.head', 'vault.db', 'vault.keys']);

  const before = await unlockVault(lifePorts(pristine), secret);
  const contents = contentsOf(before.db);
  expect(lost(known, before.db)).toEqual([]);
  before.close();

  const lay = (): void => {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { mode: 0o700 });
    for (const [name, bytes] of files) writeFileSync(join(work, name), bytes, { mode: 0o600 });
  };
  /** @returns how the damage was told, or null when everything is as it was */
  const look = async (): Promise<string | null> => {
    const vault = await unlockVault(lifePorts(work), secret);
    try {
      if (vault.db.integrityProblems().length > 0) return 'the check of the database';
      const log = await checkLog(work, vault);
      if (!log.ok) return `the check of the log: ${log.problem}`;
      expect(contentsOf(vault.db)).toBe(contents);
      return null;
    } finally {
      vault.close();
    }
  };
  const restoreOf = async (bytes: Buffer): Promise<null> => {
    const file = join(folder, 'one.backup');
    writeFileSync(file, bytes);
    rmSync(into, { recursive: true, force: true });
    const { vault } = await restoreBackup({ ...lifePorts(into) }, { path: file }, secret);
    try {
      expect(vault.db.integrityProblems()).toEqual([]);
      expect(lost({ ...known, backup: null }, vault.db)).toEqual([]);
    } finally {
      vault.close();
    }
    return null;
  };

  const told = new Map<string, number>();
  const counts = Object.fromEntries(TARGETS.map((target) => [target, { told: 0, harmless: 0 }]));
  let walked = 0;
  for (let round = 0; round < FLIPS; round++) {
    // The small files get their share.
    const target = TARGETS[round % 8 < 4 ? round % 4 : round % 2 === 0 ? 0 : 3] ?? 'vault.db';
    const original = target === 'backup' ? backupBytes : files.get(target) ?? Buffer.alloc(0);
    const flipped = Buffer.from(original);
    const at = randomInt(flipped.length), bit = randomInt(8);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
    lay();
    let how: string | null;
    try {
      if (target === 'backup') how = await restoreOf(flipped);
      else {
        writeFileSync(join(work, target), flipped);
        how = await look();
      }
    } catch (error) {
      // Anything without a code is a bug, and fails here.
      if (!(error instanceof AppError)) throw new Error(`bit ${bit} of byte ${at} of ${target}`, { cause: error });
      expect(error.message.length, error.code).toBeGreaterThan(20);
      // The secret is the right one: nobody must be made to doubt it.
      expect(error.code, `bit ${bit} of byte ${at} of ${target}`).not.toBe('ERR_VAULT_SECRET_WRONG');
      how = error.code;
    }
    const count = counts[target] ?? { told: 0, harmless: 0 };
    if (how === null) { count.harmless++; continue; }
    count.told++;
    told.set(how, (told.get(how) ?? 0) + 1);
    if (count.told % WAY_ON_EVERY !== 1) continue;
    // The way on: what is readable goes into a new vault; where nothing is, and always, a backup brings everything back.
    walked++;
    await restoreOf(backupBytes);
    if (target !== 'vault.db') continue;
    rmSync(into, { recursive: true, force: true });
    try {
      const report = await recoverVault(lifePorts(work), { into, secret, job: { signal: new AbortController().signal, update: () => undefined } });
      const recovered = await unlockVault(lifePorts(into), secret);
      expect(recovered.db.integrityProblems()).toEqual([]);
      recovered.close();
      expect(report.tables.length).toBeGreaterThan(5);
    } catch (error) {
      expect(error).toMatchObject({ code: 'ERR_RECOVERY_HOPELESS' });
    }
  }
  process.stdout.write(`${FLIPS} bits flipped (${TARGETS.map((target) => `${target}: ${counts[target]?.told ?? 0} told, ${counts[target]?.harmless ?? 0} harmless`).join('; ')}), 0 silently wrong, ${walked} ways on walked; told by ${[...told].map(([how, n]) => `${how} ${n}`).join(', ')}\n`);
  expect(counts['vault.db']?.told).toBeGreaterThan(0);
});

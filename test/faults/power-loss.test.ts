/** Power lost at any moment of a recorded life, whatever the disk made of what was not synced: the vault opens with everything that was acknowledged. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { unlockVault, createVault, type OpenVault, type Secret } from '../../electron/core/vault/vault.ts';
import { seededRandom } from '../bench/generate.ts';
import { temporaryFolder } from '../support/database.ts';
import { ACTS, learn, lifePorts, lost, nothingKnown, type Known, type Line } from '../support/life.ts';
import { checkLog, filesIn, liveIn } from '../support/lived-vault.ts';
import { longForm } from '../support/long-form.ts';
import { buildRecorder, Disk, FATES, readTrace } from '../support/power-loss.ts';
import { PASSPHRASE } from '../support/ports.ts';

/** 10,000 in the long form, over several lives. */
const STATES = longForm('POWER_CUTS', 160, 10_000);
const STATES_A_LIFE = 2_000;
const SEED = Number(process.env['PENCHANT_SEED'] ?? Date.now() % 1e9);

const built = mkdtempSync(join(tmpdir(), 'penchant-recorder-'));
afterAll(() => { rmSync(built, { recursive: true, force: true }); });
const recorder = buildRecorder(built);
if ('why' in recorder) process.stdout.write(`power loss is not tried here: ${recorder.why}\n`);

/** Opens with whatever was acknowledged or being made; the cheap way first. */
async function open(known: Known, dataDir: string): Promise<OpenVault> {
  const { secrets, maybe } = known;
  const ways: Secret[] = [];
  if (secrets.phrase !== null) ways.push({ recoveryPhrase: secrets.phrase });
  ways.push({ passphrase: secrets.passphrase });
  if (maybe.secrets) ways.push({ passphrase: maybe.secrets.passphrase });
  for (const way of ways) {
    try { return await unlockVault(lifePorts(dataDir), way); } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ERR_VAULT_SECRET_WRONG') throw error;
    }
  }
  throw new Error('nothing that was acknowledged or begun opens the vault');
}

it.skipIf('why' in recorder)(`loses nothing acknowledged in ${STATES} states of the disk`, { timeout: 180_000 + STATES * 500 }, async () => {
  if ('why' in recorder) return;
  const random = seededRandom(SEED);
  const tally = { cuts: 0, uncertain: 0, acknowledged: 0 };
  for (let left = STATES; left > 0; left -= STATES_A_LIFE) {
    const folder = temporaryFolder();
    const dataDir = join(folder, 'vault'), trace = join(folder, 'trace'), work = join(folder, 'work');
    const made = await createVault(lifePorts(dataDir), PASSPHRASE);
    const secrets = { passphrase: PASSPHRASE, phrase: made.recoveryPhrase.join(' ') };
    made.vault.close();
    const files = new Map(filesIn(dataDir).map((name) => [name, readFileSync(join(dataDir, name))]));
    // Each kind of act a few times and in any order; what needs a permission comes after one.
    const acts = ['grant', 'redeem', ...[...ACTS, ...ACTS].map((act) => ({ act, at: random() })).sort((a, b) => a.at - b.at).map(({ act }) => act)] as const;
    liveIn(dataDir, secrets, acts, { LD_PRELOAD: recorder.library, REC_ROOT: dataDir, REC_TRACE: trace, UV_USE_IO_URING: '0' });
    const ops = readTrace(trace, dataDir);
    expect(ops.filter(({ op }) => op === 'S').length, 'syncs were recorded').toBeGreaterThan(acts.length);

    const states = Math.min(left, STATES_A_LIFE);
    const cuts = Array.from({ length: Math.ceil(states / FATES.length) }, () => Math.floor(random() * (ops.length + 1))).sort((a, b) => a - b);
    const disk = new Disk(files);
    const said: Line[] = [];
    let at = 0;
    for (const cut of cuts) {
      for (; at < cut; at++) {
        const op = ops[at];
        if (op?.op === 'A') said.push(...op.lines);
        else if (op) disk.apply(op);
      }
      tally.uncertain += disk.uncertain() > 0 ? 1 : 0;
      for (const fate of FATES) {
        const known = nothingKnown(secrets);
        for (const line of said) learn(known, line);
        disk.lay(work, fate, random);
        const where = `seed ${SEED}, cut at ${cut} of ${ops.length} (${JSON.stringify(said.at(-1) ?? null)}), the unsynced ${fate}`;
        let vault: OpenVault;
        try { vault = await open(known, work); } catch (error) { throw new Error(where, { cause: error }); }
        try {
          expect(vault.db.integrityProblems(), where).toEqual([]);
          expect(lost(known, vault.db), where).toEqual([]);
          expect(await checkLog(work, vault), where).toMatchObject({ ok: true });
        } finally {
          vault.close();
        }
        tally.cuts++;
      }
    }
    tally.acknowledged += said.filter((line) => 'done' in line).length;
  }
  process.stdout.write(`${tally.cuts} power cuts (${tally.uncertain} moments of ${tally.cuts / FATES.length} with something unsynced), ${tally.acknowledged} acts acknowledged before the last, 0 lost\n`);
  expect(tally.uncertain).toBeGreaterThan(0);
});

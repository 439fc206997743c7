/** When a scheduled backup is due, and which old ones may go: pure decisions that a clock set forwards or back cannot lead astray. */
import type { z } from 'zod';
import type { backupSchedule } from '../../../shared/api/portability.contract.ts';

export type BackupSchedule = z.output<typeof backupSchedule>;

export interface BackupPast {
  /** Unix ms of the last scheduled backup that was made and checked; null when there was none. */
  readonly madeAtMs: number | null;
  /** Unix ms of the last try that failed, if nothing succeeded since. */
  readonly failedAtMs: number | null;
}

const DAY_MS = 86_400_000;
export const PERIODS_MS: Readonly<Record<Exclude<BackupSchedule['every'], 'off'>, number>> = { daily: DAY_MS, weekly: 7 * DAY_MS };
/** After a failure: the disk may be connected by then. */
export const RETRY_MS = 15 * 60_000;

/**
 * Due when the clock is a whole period away from the last one, in either direction: set back for good it does not stop backups for years,
 * and jumping about it makes at most one for each jump.
 *
 * `dueAtMs`: when it will be, by the clock as it is; null when off.
 */
export function decideDueBackup(input: { readonly every: BackupSchedule['every']; readonly past: BackupPast; readonly nowMs: number }): { readonly due: boolean; readonly dueAtMs: number | null } {
  const { every, past, nowMs } = input;
  if (every === 'off') return { due: false, dueAtMs: null };
  const periodMs = PERIODS_MS[every];
  const wait = (sinceMs: number | null, lengthMs: number): number => (sinceMs === null || Math.abs(nowMs - sinceMs) >= lengthMs ? nowMs : sinceMs + lengthMs);
  const dueAtMs = Math.max(wait(past.madeAtMs, periodMs), wait(past.failedAtMs, RETRY_MS));
  return { due: dueAtMs <= nowMs, dueAtMs };
}

/** A scheduled backup of this vault, proven by its manifest. */
export interface KeptBackup {
  readonly name: string;
  /** By the clock of its day. */
  readonly createdAtMs: number;
  /** Position of the log inside: grows however the clock goes, but starts again from an older backup that was restored. */
  readonly seq: number;
}

/**
 * Names that may go so that the newest `keep` stay. One goes only when it is old by the clock and by the log, so that neither a clock set
 * back nor a restored older vault makes a new backup look old; the one just made never goes.
 */
export function decideRetention(input: { readonly backups: readonly KeptBackup[]; readonly keep: number; readonly made: string }): string[] {
  const { backups, keep, made } = input;
  const newest = (by: (backup: KeptBackup) => number): Set<string> => new Set([...backups].sort((a, b) => by(b) - by(a) || (a.name < b.name ? 1 : -1)).slice(0, Math.max(1, keep)).map(({ name }) => name));
  const byClock = newest(({ createdAtMs }) => createdAtMs), byLog = newest(({ seq }) => seq);
  return backups.map(({ name }) => name).filter((name) => name !== made && !byClock.has(name) && !byLog.has(name));
}

/** Laws of what leaves and returns: cells no spreadsheet executes, backups that are due and backups that may go. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRow, neutraliseCell, restoreCell } from '../../shared/domain/csv-cells.ts';
import { decideDueBackup, decideRetention, PERIODS_MS, RETRY_MS, type KeptBackup } from '../../electron/core/portability/decide-backups.ts';

const DANGER = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠', '−', '%'];
const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...DANGER, "'", '"', ' ', '\u00a0', '\u200b', ',', ';', '|', 'a', '1', 'é'), maxLength: 12 }));

/** What a spreadsheet would see first in a cell: after quotes, blanks and what is invisible, with width folded. */
const begins = (text: string): string => text.replace(/^["\s\p{Z}\p{Cc}\p{Cf}]+/u, '').normalize('NFKC').charAt(0);

describe('a cell of an exported CSV', () => {
  test('is never a formula, wherever a spreadsheet of any country splits it', () => {
    fc.assert(fc.property(cell, (text) => {
      for (const part of neutraliseCell(text).split(/[,;|\t\r\n]/u)) expect(['=', '+', '-', '@', '%', '−'], JSON.stringify(text)).not.toContain(begins(part));
    }), { numRuns: 3_000 });
  });

  test('gives the text back by the documented rule', () => {
    fc.assert(fc.property(cell, (text) => { expect(restoreCell(neutraliseCell(text))).toBe(text); }), { numRuns: 3_000 });
  });

  test('survives a parser that is not ours', () => {
    fc.assert(fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const [row] = parse(csvRow(cells), { relaxColumnCount: false, recordDelimiter: '\r\n' });
      expect(row?.map(restoreCell)).toEqual(cells);
    }), { numRuns: 1_000 });
  });

  test('leaves ordinary text as it is', () => {
    for (const text of ['Blade Runner', 'a = b', 'rock & roll', 'C++', 'me@example.org', '3,5', '']) expect(neutraliseCell(text)).toBe(text);
    expect(neutraliseCell("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
    expect(neutraliseCell('x;@SUM(1)')).toBe("x;'@SUM(1)");
    // Found by chance: one sign that folds into two.
    for (const sign of ['\u2a75', '\u2a76', '\uff1d', '\u207a', '\u208b', '\ufe6b']) expect(neutraliseCell(`${sign}1`)).toBe(`'${sign}1`);
  });
});

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const instant = fc.integer({ min: NOW_MS - 40 * 365 * 86_400_000, max: NOW_MS + 40 * 365 * 86_400_000 });
const every = fc.constantFrom('daily' as const, 'weekly' as const);

describe('scheduled backups', () => {
  test('never flood: each is a whole period of the clock away from the one before, however the clock jumps', () => {
    fc.assert(fc.property(every, fc.array(instant, { minLength: 1, maxLength: 60 }), fc.infiniteStream(fc.boolean()), (rhythm, readings, luck) => {
      let madeAtMs: number | null = null, failedAtMs: number | null = null;
      for (const nowMs of readings) {
        if (!decideDueBackup({ every: rhythm, past: { madeAtMs, failedAtMs }, nowMs }).due) continue;
        if (madeAtMs !== null) expect(Math.abs(nowMs - madeAtMs)).toBeGreaterThanOrEqual(PERIODS_MS[rhythm]);
        if (failedAtMs !== null) expect(Math.abs(nowMs - failedAtMs)).toBeGreaterThanOrEqual(RETRY_MS);
        if (luck.next().value) { madeAtMs = nowMs; failedAtMs = null; } else failedAtMs = nowMs;
      }
    }));
  });

  test('never stop: from any past, one is due after a period of any clock that runs on', () => {
    fc.assert(fc.property(every, fc.option(instant, { nil: null }), fc.option(instant, { nil: null }), instant, (rhythm, madeAtMs, failedAtMs, nowMs) => {
      const past = { madeAtMs, failedAtMs };
      const { dueAtMs } = decideDueBackup({ every: rhythm, past, nowMs });
      if (dueAtMs === null) throw new Error('it is on');
      // A clock set back by less than a period makes the wait at most twice as long.
      expect(dueAtMs - nowMs).toBeLessThanOrEqual(2 * PERIODS_MS[rhythm]);
      expect(decideDueBackup({ every: rhythm, past, nowMs: dueAtMs }).due || decideDueBackup({ every: rhythm, past, nowMs: dueAtMs + 2 * RETRY_MS }).due).toBe(true);
    }));
    expect(decideDueBackup({ every: 'off', past: { madeAtMs: null, failedAtMs: null }, nowMs: NOW_MS })).toEqual({ due: false, dueAtMs: null });
  });

  const kept = fc.record({ createdAtMs: instant, seq: fc.integer({ min: 1, max: 1_000 }) });
  const many = fc.array(kept, { minLength: 1, maxLength: 30 }).map((list) => list.map((backup, i): KeptBackup => ({ ...backup, name: `b${String(i).padStart(2, '0')}` })));

  test('tidying never takes the one just made, nor the newest by the clock or by the log, nor more than beyond the number', () => {
    fc.assert(fc.property(many, fc.integer({ min: 1, max: 12 }), fc.nat(), (backups, keep, pick) => {
      const made = backups[pick % backups.length]?.name ?? '';
      const gone = new Set(decideRetention({ backups, keep, made }));
      expect(gone.has(made)).toBe(false);
      for (const by of ['createdAtMs', 'seq'] as const) {
        const newest = Math.max(...backups.map((backup) => backup[by]));
        expect(backups.some((backup) => backup[by] === newest && !gone.has(backup.name))).toBe(true);
      }
      const left = backups.length - gone.size;
      expect(left).toBeGreaterThanOrEqual(Math.min(keep, backups.length));
      expect(left).toBeLessThanOrEqual(2 * keep + 1);
    }));
  });

  test('tidying keeps exactly the number when the clock went as clocks go', () => {
    const backups = Array.from({ length: 20 }, (_, i): KeptBackup => ({ name: `b${i}`, createdAtMs: NOW_MS + i, seq: i + 1 }));
    expect(decideRetention({ backups, keep: 7, made: 'b19' })).toEqual(backups.slice(0, 13).map(({ name }) => name));
  });
});

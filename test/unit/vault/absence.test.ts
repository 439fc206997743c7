/** Being away is measured by two clocks, and neither can be fooled by setting the other. */
import { describe, expect, test } from 'vitest';
import { hasSlept, isIdle } from '../../../electron/core/vault/absence.ts';

const at = (wallMs: number, steadyMs: number) => ({ wallMs, steadyMs });
const MINUTE = 60_000;

describe('idle', () => {
  test('for the limit by either clock', () => {
    expect(isIdle(at(0, 0), at(MINUTE - 1, MINUTE - 1), 1)).toBe(false);
    expect(isIdle(at(0, 0), at(MINUTE, 0), 1)).toBe(true);
    expect(isIdle(at(0, 0), at(0, MINUTE), 1)).toBe(true);
  });
  test('a wall clock set back does not keep the vault open', () => {
    expect(isIdle(at(1e12, 0), at(0, MINUTE), 1)).toBe(true);
  });
});

describe('sleep', () => {
  test('is a wall clock that ran ahead of the steady one', () => {
    expect(hasSlept(at(0, 0), at(31_000, 1_000))).toBe(true);
    expect(hasSlept(at(0, 0), at(30_999, 1_000))).toBe(false);
  });
  test('is not a busy process, nor a clock set back', () => {
    expect(hasSlept(at(0, 0), at(600_000, 600_000))).toBe(false);
    expect(hasSlept(at(1e12, 0), at(0, 1_000))).toBe(false);
  });
});

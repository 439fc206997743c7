/** The words: complete, plain, and honest about numbers. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AUDIT_TYPES } from '../../shared/api/audit.contract.ts';
import { ERROR_CODES } from '../../shared/errors/codes.ts';
import { CLAIMS, LADDERS } from '../../shared/protocol/vocabulary.ts';
import { VERSION } from '../../shared/release.ts';
import { entrySentence, type AuditEntry } from '../../renderer/src/copy/activity.ts';
import { cadenceWords, CLAIM_WORDS, confidenceWords, permissionSentence, strengthSteps, strengthWords } from '../../renderer/src/copy/claims.ts';
import { ERROR_WORDS } from '../../renderer/src/copy/errors.ts';
import { ago, bytes, days, list, remaining } from '../../shared/language/format.ts';
import { profileCopy } from '../../renderer/src/copy/profile.ts';
import { sourcesCopy } from '../../renderer/src/copy/sources.ts';
import { learnCopy } from '../../renderer/src/copy/learn.ts';

const NOW = Date.UTC(2026, 10, 23, 12);

describe('words for errors', () => {
  it('say what happened and what to do, for every code', () => {
    expect(Object.keys(ERROR_WORDS).sort()).toEqual([...ERROR_CODES].sort());
    for (const { title, what, next } of Object.values(ERROR_WORDS)) {
      for (const words of [title, what, next]) expect(words.trim()).not.toBe('');
      expect(what).toMatch(/\.$/);
      expect(next).toMatch(/\.$/);
      expect(`${title} ${what} ${next}`).not.toMatch(/!|ERR_|please/i);
    }
  });
});

describe('words for claims', () => {
  it('name every ladder step and give an example', () => {
    for (const claim of CLAIMS) {
      expect(CLAIM_WORDS[claim].steps, claim).toHaveLength(LADDERS[claim].length);
      expect(CLAIM_WORDS[claim].examples, claim).toHaveLength(LADDERS[claim].length);
    }
  });

  it('turn numbers into words, never bare', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map(strengthSteps)).toEqual([1, 2, 3, 4, 4]);
    for (const value of [0, 0.1, 0.5, 0.9, 1]) {
      expect(strengthWords(value)).toMatch(/^[a-z ]+$/);
      expect(confidenceWords(value)).toMatch(/^[a-z ]+$/);
    }
  });

  it('say who, how often, until when, and how to end it', () => {
    expect(permissionSentence('Shop', { max: 3, per: 'week' }, '14 March 2027')).toBe('Shop can ask 3 times a week until 14 March 2027. You can end this any time.');
    expect(cadenceWords({ max: 1, per: 'day' })).toBe('once a day');
    expect(cadenceWords({ max: 2, per: 'month' })).toBe('twice a month');
  });
});

describe('words for the log', () => {
  const entry = (type: AuditEntry['type'], change: Partial<AuditEntry> = {}): AuditEntry => ({ seq: 1, atMs: NOW, type, outcome: 'ok', reason: null, companyId: null, companyName: null, requestId: null, grantId: null, importId: null, claims: [], purpose: null, counts: {}, hash: '', ...change });

  it('make a sentence of every kind of entry, even a bare one', () => {
    for (const type of AUDIT_TYPES) expect(entrySentence(entry(type))).toMatch(/^[A-Z].*\.$/);
  });

  it('tell why something was refused', () => {
    expect(entrySentence(entry('redemption.refused', { outcome: 'refused', companyName: 'Shop', reason: 'too-often' }))).toBe('Shop asked and got nothing, because it asked more often than you allowed.');
    expect(entrySentence(entry('redemption.refused', { reason: 'ERR_SOMETHING_NEW' }))).toContain('something new');
  });
});

describe('numbers and times', () => {
  it('count with the right noun and separators', () => {
    expect(sourcesCopy.records(1)).toBe('1 record');
    expect(sourcesCopy.records(1204)).toBe('1,204 records');
    expect(profileCopy.entries(0)).toBe('0 entries');
  });

  it('say how long ago, coarsely', () => {
    expect(ago(NOW - 10_000, NOW)).toBe('just now');
    expect(ago(NOW - 5 * 60_000, NOW)).toBe('5 minutes ago');
    expect(ago(NOW + 12 * 86_400_000, NOW)).toBe('in 12 days');
    expect(ago(NOW - 400 * 86_400_000, NOW)).toMatch(/2025/);
  });

  it('never promise an exact remaining time', () => {
    expect(remaining(3000)).toBe('a few seconds');
    expect(remaining(45_000)).toBe('less than a minute');
    expect(remaining(61_000)).toBe('about 1 minute');
    expect(remaining(3 * 3_600_000)).toBe('about 3 hours');
  });

  it('show sizes as file managers do, across every boundary', () => {
    expect([0, 1, 999, 1000, 9950, 999_499, 999_500, 1_000_000, 2_500_000_000].map(bytes)).toEqual(['0 bytes', '1 byte', '999 bytes', '1 kB', '10 kB', '999 kB', '1 MB', '1 MB', '2.5 GB']);
  });

  it('join lists and name weeks', () => {
    expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
    expect([days(1), days(7), days(14), days(30), days(90)]).toEqual(['1 day', '1 week', '2 weeks', '30 days', '90 days']);
  });
});

describe('the page', () => {
  it('shows the version of the package', () => {
    const facts = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(VERSION).toBe(facts.version);
  });

  it('speaks without exclamation, and says what it cannot promise', () => {
    const text = JSON.stringify(learnCopy);
    expect(text).not.toContain('!');
    expect(learnCopy.lessons.map((lesson) => lesson.id)).toContain('limits');
  });
});

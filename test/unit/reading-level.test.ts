/** Lessons and the sentences of decisions are in plain words: the Flesch-Kincaid grade of each (Kincaid et al. 1975) stays that of a twelve-year-old. */
import { expect, test } from 'vitest';
import { balanceCopy } from '../../renderer/src/copy/balance.ts';
import { careCopy } from '../../renderer/src/copy/care.ts';
import { crowdCopy } from '../../renderer/src/copy/crowd.ts';
import { noiseCopy } from '../../renderer/src/copy/noise.ts';
import { breathingCopy } from '../../renderer/src/copy/breathing.ts';
import { CLAIM_WORDS, IDENTITY_WORDS, WITHHELD_WORDS } from '../../renderer/src/copy/claims.ts';
import { requestsCopy } from '../../renderer/src/copy/requests.ts';
import { learnCopy } from '../../renderer/src/copy/learn.ts';
import { statementsFor } from '../../electron/core/consent/statements.ts';
import { termsOf } from '../../electron/core/consent/terms.ts';
import { collectMessages } from '../../scripts/messages.ts';
import { gradedSentences, gradeOf, plainly } from '../../scripts/support/reading-level.ts';
import { ASKED, RECOMMENDATIONS } from '../support/test-company.ts';

test('the measure tells a plain text from a learned one', () => {
  expect(gradeOf('The cat sat on the mat. It was warm there.')).toBeLessThan(2);
  expect(gradeOf('Pseudonymisation constitutes an organisational safeguard whereby identification necessitates supplementary information, administered independently.')).toBeGreaterThan(18);
});

test.each(learnCopy.lessons.map(({ id, paragraphs, example }) => [id, [...paragraphs, example ?? ''].join(' ')]))('lesson “%s”', (_id, text) => {
  expect(gradeOf(text)).toBeLessThan(7.5);
});

test('what is said at the moment of decision', () => {
  const sentences = [
    crowdCopy.lead('The shop', { fewest: 1_200, most: 3_200 }), crowdCopy.floor(1_000), crowdCopy.below('The shop'), crowdCopy.homeUnknown, crowdCopy.knownLead, crowdCopy.smallestLead, crowdCopy.loosen(1_000, 100), crowdCopy.loosen(1_000, 0), crowdCopy.following('The shop'),
    balanceCopy.useful('The shop', 0.5, 'asked'), balanceCopy.how, careCopy.alwaysText('the shop'), careCopy.refusedText('the shop'), careCopy.pausedText('The shop'), careCopy.endText, careCopy.templatesLead, noiseCopy.hint(true), noiseCopy.already('The shop'), crowdCopy.wouldFollow('The shop'), crowdCopy.useHint, noiseCopy.budget(2, 12, 3, 48), requestsCopy.nameText('The shop').join(' '),
  ];
  for (const sentence of sentences) expect(gradeOf(sentence), sentence).toBeLessThan(9);
});

/** Every text of a table of copy, called with plain things where it takes some. */
function textsOf(copy: object): string[] {
  return Object.values(copy).flatMap((value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (Array.isArray(value)) return value.flatMap((one: unknown) => (typeof one === 'string' ? [one] : []));
    return typeof value === 'object' && value !== null ? textsOf(value) : [];
  });
}

test('everything else that stands where a person decides: no sentence above what a fourteen-year-old reads', () => {
  const terms = ['SD-BASE', 'SD-BASE-A', 'SD-BASE-AT', 'SD-BASE-ATP', 'SD-BASE-ATP-S3P', 'SD-BASE-DP', 'PDC-AI', 'PDC-GOOD', 'PDC-INTENT', 'TPR', 'unheard of'].flatMap((code) => termsOf(code).declares);
  const request = { authorization_details: [{ claims: ASKED, purposes: [{ iri: RECOMMENDATIONS, text: 'suggest what fits' }], cadence: { max: 3, per: 'day' }, duration_days: 30, retention_days: 30, terms: { code: 'SD-BASE' }, benefit: 'less noise' }] };
  const said = statementsFor(request as unknown as Parameters<typeof statementsFor>[0], { name: 'The shop', purposes: [], retention_days: 10, claims: [] } as unknown as Parameters<typeof statementsFor>[1], { fadeEvery: 3, noise: 6, isPaused: true });
  const texts = [
    ...terms, ...said.enforced, ...said.declared, ...said.claimed, ...textsOf(requestsCopy), ...textsOf(careCopy), ...textsOf(crowdCopy), ...textsOf(balanceCopy), ...textsOf(noiseCopy), ...textsOf(breathingCopy),
    ...Object.values(WITHHELD_WORDS).map((words) => words(3)), ...Object.values(CLAIM_WORDS).map(({ says }) => says), ...Object.values(IDENTITY_WORDS).map(({ says }) => says('shop.example')),
  ].flatMap((text) => text.split(/(?<=[.!?])\s+/u)).filter((text) => (text.match(/[A-Za-z]+/gu) ?? []).length >= 6);
  expect(texts.length).toBeGreaterThan(120);
  expect(texts.filter((text) => gradeOf(text) >= 12)).toEqual([]);
  expect(texts.reduce((sum, text) => sum + gradeOf(text), 0) / texts.length).toBeLessThan(7);
});

test('every sentence of the page, the core and the shell: none above what a student reads, and most as a child of twelve does', () => {
  const all = [...collectMessages()].filter(([part]) => part !== 'names').flatMap(([, texts]) => texts).flatMap((text) => gradedSentences(plainly(text)));
  expect(all.length).toBeGreaterThan(800);
  expect(all.filter(({ grade }) => grade >= 14).map(({ grade, sentence }) => `${grade.toFixed(1)} ${sentence}`)).toEqual([]);
  const grades = all.map(({ grade }) => grade).sort((a, b) => a - b);
  expect(grades[grades.length >> 1]).toBeLessThan(7);
  expect(grades[Math.floor(grades.length * 0.9)]).toBeLessThan(10);
});

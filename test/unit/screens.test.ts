/** Every screen the app has is an object of the end-to-end suite, so that what is checked of every screen is checked of a new one too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SCREENS } from '../e2e/support/screen.ts';

test('every address the app knows has its object in the end-to-end suite, and none is made up', () => {
  const source = readFileSync(join(import.meta.dirname, '../../renderer/src/app/app.tsx'), 'utf8');
  const known = [...source.matchAll(/^ {4}case '(\w+)': return/gmu)].map(([, screen]) => screen);
  expect(known.length).toBeGreaterThan(10);
  expect(SCREENS.map(({ address }) => address).toSorted()).toEqual(known.toSorted());
});

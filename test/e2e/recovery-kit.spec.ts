/** The recovery kit on paper: one page with everything on it, and nothing else of the app. */
import { expect, test } from './support/launch.ts';
import { createVault, readRecoveryWords, recoveryCopy } from './support/screens.ts';

test('the printed kit is one page with the phrase, the vault, the day, the log and how to use it', async ({ page }) => {
  await createVault(page);
  const words = await readRecoveryWords(page);
  await page.emulateMedia({ media: 'print' });
  const sheet = page.getByRole('region', { name: recoveryCopy.sheet.title });
  await expect(sheet).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
  const text = await sheet.innerText();
  expect(words.every((word) => text.includes(word))).toBe(true);
  for (const line of [recoveryCopy.sheet.warning, ...recoveryCopy.sheet.use, recoveryCopy.sheet.checkpointUse]) expect(text).toContain(line);
  expect(text).toMatch(/[A-Za-z0-9_-]{22}/u);
  expect(text).toMatch(/\d{1,2} \w+ \d{4}/u);
  expect(text).toMatch(/\d+ [A-Za-z0-9+/]{43}=/u);
  // Only the headless browser prints; each page object of the file is one sheet.
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/gu)).toHaveLength(1);
});

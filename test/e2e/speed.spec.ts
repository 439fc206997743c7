/** How quick it feels, as the browser itself measures: printed beside what is aimed at, and never a reason to fail. `npm run bench:ui` runs it alone, on an otherwise idle computer. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { controls } from '../../renderer/src/copy/controls.ts';
import { recordsCopy } from '../../renderer/src/copy/records.ts';
import { projectDir } from '../../scripts/support/build.ts';
import { expect, test } from './support/launch.ts';
import { go, heading, homeCopy, importPreviewed, pickFiles, unlock } from './support/screens.ts';

/** Rows of the export that is brought in while the page is watched. */
const ROWS = 100_000;
const SCREENS = ['profile', 'sources', 'companies', 'breathing', 'activity', 'learn', 'security', 'settings', 'home'] as const;

const TABS = ['permissions', 'requests', 'known', 'patterns', 'opinions', 'records'] as const;

/** What the page notes of itself: when frames of the bridge came and went (ms since it began), and tasks longer than 50 ms. */
interface Notes { readonly frames: { readonly atMs: number; readonly text: string; readonly isOut: boolean }[]; readonly long: { readonly atMs: number; readonly ms: number }[] }
interface Noted { readonly penchantNotes: Notes }

/** Before any script of the page. */
function takeNotes(): void {
  const notes: Notes = { frames: [], long: [] };
  Object.assign(window, { penchantNotes: notes });
  const note = (data: unknown, isOut: boolean): void => { notes.frames.push({ atMs: performance.now(), text: typeof data === 'string' ? data.slice(0, 120) : '', isOut }); };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) { super(url, protocols); this.addEventListener('message', ({ data }) => { note(data, false); }); }
    override send(data: string): void { note(data, true); super.send(data); }
  };
  new PerformanceObserver((list) => { for (const { startTime, duration } of list.getEntries()) notes.long.push({ atMs: startTime, ms: duration }); }).observe({ type: 'longtask', buffered: true });
}

/** Longest task since then, ms; 0 when none was longer than 50. */
const longestSince = (page: Page, atMs: number): Promise<number> => page.evaluate((from) => (window as unknown as Noted).penchantNotes.long.filter((task) => task.atMs >= from).reduce((most, { ms }) => Math.max(most, ms), 0), atMs);
const now = (page: Page): Promise<number> => page.evaluate(() => performance.now());

/** Waits in the page itself for the frame that shows all of a screen. ms from where it was asked for: the press on its link in the rail where it has one, its address otherwise. */
const timeAt = (page: Page, screen: string): Promise<number> => page.evaluate(({ to, loading }) => new Promise<number>((resolve) => {
  const before = document.querySelector('h1')?.textContent, beganMs = performance.now(), link = document.querySelector<HTMLAnchorElement>(`.rail .rail-link[href='#/${to}']`);
  if (link) link.click();
  else window.location.hash = `#/${to}`;
  const look = (): void => {
    const title = document.querySelector('h1')?.textContent, main = document.querySelector('main');
    if (title !== undefined && title !== before && main?.textContent.includes(loading) === false) resolve(performance.now() - beganMs);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}), { to: screen, loading: controls.loading });

/** Points at the link first, as a hand does before it presses. */
async function timeTo(page: Page, screen: string): Promise<number> {
  await page.locator(`.rail a[href='#/${screen}']`).last().hover();
  return timeAt(page, screen);
}

// With the samples, and after a full life: 27,000 records, 60 companies.
for (const startWith of ['records', 'life'] as const) test.describe(startWith, () => {
test.use({ startWith });
test(`@speed from the first paint to a large import, ${startWith === 'life' ? 'after a full life' : 'with the samples'}`, async ({ page, app }) => {
  const lines: string[] = [];
  const say = (what: string, ms: number, aim: string): void => { lines.push(`${what.padEnd(58)} ${ms.toFixed(0).padStart(6)} ms   (aim ${aim})`); };
  await page.addInitScript(takeNotes);
  await page.reload();
  await expect(page.getByRole('textbox').first()).toBeVisible();
  say('first paint of the page', await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN), 'under 1,000');

  const scripts = (): Promise<string[]> => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js')).map((name) => name.slice(name.lastIndexOf('/') + 1)));
  const gzipped = (files: readonly string[]): number => files.reduce((sum, file) => sum + gzipSync(readFileSync(join(projectDir, 'out/renderer/assets', file)), { level: 9 }).length, 0) / 1_000;
  const sizes: number[] = [];
  for (const language of ['de', 'fr', 'es', 'en']) {
    await page.evaluate((choice) => { window.localStorage.setItem('penchant.language', choice); }, language);
    await page.reload();
    await expect(page.getByRole('textbox').first()).toBeVisible();
    sizes.push(gzipped(await scripts()));
  }
  expect(Math.min(...sizes)).toBeGreaterThan(100);
  const sayKb = (what: string, kB: number): void => { lines.push(`${what.padEnd(58)} ${kB.toFixed(0).padStart(6)} kB   (aim under 250)`); };
  sayKb('script before the first screen, gzipped', sizes.at(-1) ?? NaN);
  sayKb('the same in the language with the longest words', Math.max(...sizes));

  await unlock(page);
  await expect(heading(page, homeCopy.title)).toBeVisible();
  const [openedMs, shownMs] = await page.evaluate(({ loading }) => new Promise<[number, number]>((resolve) => {
    const { frames } = (window as unknown as Noted).penchantNotes;
    const asked = frames.find(({ text, isOut }) => isOut && text.includes('vault.unlock')), id = /"id":("?[\w-]+"?)/u.exec(asked?.text ?? '')?.[1] ?? '?';
    const answered = frames.find(({ text, isOut }) => !isOut && text.includes(`"id":${id}`));
    const look = (): void => {
      if (document.querySelector('main')?.textContent.includes(loading) === false) resolve([answered?.atMs ?? NaN, performance.now()]);
      else requestAnimationFrame(look);
    };
    look();
  }), { loading: controls.loading });
  expect(openedMs).toBeGreaterThan(0);
  say('from the opened vault to all of Home', shownMs - openedMs, 'under 300');
  sayKb('script until then, gzipped', gzipped(await scripts()));
  say('longest task until then', await longestSince(page, 0), 'none over 50');

  const walkedMs = await now(page), visits: number[] = [];
  for (const screen of SCREENS) {
    const ms = await timeTo(page, screen);
    visits.push(ms);
    say(`to ${screen}, the first time`, ms, 'under 100');
  }
  const again: number[] = [];
  for (const screen of SCREENS) again.push(await timeTo(page, screen));
  say('the slowest of them, the second time', Math.max(...again), 'under 100');
  // Round the wheel by key, twice: every slice lit, named and left again.
  await timeTo(page, 'profile');
  const wheelMs = await now(page), known = await page.locator('.wheel-hub-big').first().textContent() ?? '?';
  await page.locator('.profile-wheel svg [tabindex="0"]').first().focus();
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight');
  say(`longest task going round the wheel of ${known} things`, await longestSince(page, wheelMs), 'none over 50');
  // Reached by their tabs, and pointed at by nobody before.
  for (const tab of TABS) say(`to ${tab}, the first time`, await timeAt(page, tab), 'under 100');
  say('longest task of all this', await longestSince(page, walkedMs), 'none over 50');

  await page.evaluate(() => { window.location.hash = '#/records'; });
  const list = page.getByRole('region', { name: recordsCopy.list });
  await expect(list.getByRole('listitem').first()).toBeVisible();
  const scrolledMs = await now(page), { x, y } = await list.boundingBox() ?? { x: 0, y: 0 };
  await page.mouse.move(x + 200, y + 100);
  for (let i = 0; i < 60; i++) await page.mouse.wheel(0, 900);
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => { requestAnimationFrame(resolve); }); }));
  say('longest task while everything kept is scrolled', await longestSince(page, scrolledMs), 'none over 50');

  const file = join(app.folder, 'ViewingActivity.csv');
  writeFileSync(file, `Title,Date\n${Array.from({ length: ROWS }, (_, i) => `"Unheard Tales: Season ${i % 9 + 1}: Chapter ${i}","${i % 12 + 1}/${i % 28 + 1}/${20 + i % 6}"`).join('\n')}\n`);
  await go(page, 'sources');
  const importedMs = await now(page);
  await pickFiles(page, [file]);
  await importPreviewed(page);
  say(`longest task while ${ROWS.toLocaleString('en')} rows come in, the preview included`, await longestSince(page, importedMs), 'none over 50');
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
  expect(visits).toHaveLength(SCREENS.length);
});
});

/** A million rows in a real browser: by wheel, by keys and by dragging the scrollbar, every place shows its own rows and no gap. */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { expect, test, type Page } from '@playwright/test';
import { build } from 'vite';
import { findChromium } from '../../scripts/support/chromium.ts';

const ROWS = 1_000_000, LAST = ROWS - 1;
const browser = findChromium();
// Playwright hides scrollbars, and here one is dragged.
test.use({ viewport: { width: 900, height: 800 }, launchOptions: { ...(browser === null ? {} : { executablePath: browser }), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [], ignoreDefaultArgs: ['--hide-scrollbars'] } });

async function openList(page: Page): Promise<void> {
  const [built] = [await build({
    configFile: false, logLevel: 'error', plugins: [react()], define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry: join(import.meta.dirname, 'support/long-list.tsx'), formats: ['iife'], name: 'list' } },
  })].flat();
  if (!built || !('output' in built)) throw new Error('the list was not built');
  const styles = built.output.flatMap((part) => (part.type === 'asset' && part.fileName.endsWith('.css') ? [String(part.source)] : []));
  await page.setContent(`<!doctype html><html lang="en"><style>${styles.join('')}</style><body style="margin:0"><div id="list"></div></body></html>`);
  for (const part of built.output) if (part.type === 'chunk') await page.addScriptTag({ content: part.code });
  await expect(page.locator('[data-row="0"]')).toBeVisible();
}

/** Numbers of the rows in sight, from the first. @throws when there is a gap, a row twice, or one that shows something else */
const inSight = (page: Page): Promise<{ readonly first: number; readonly last: number }> => page.evaluate(async () => {
  await new Promise((resolve) => { requestAnimationFrame(() => { requestAnimationFrame(resolve); }); });
  const list = document.querySelector('.virtual-list');
  if (!list) throw new Error('there is no list');
  const { top, bottom } = list.getBoundingClientRect();
  const rows = [...list.querySelectorAll('[data-row]')].map((row) => ({ index: Number(row.getAttribute('data-row')), text: Number(row.textContent), from: row.getBoundingClientRect().top, to: row.getBoundingClientRect().bottom })).filter(({ from, to }) => to > top + 1 && from < bottom - 1);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) throw new Error('nothing is in sight');
  if (first.from > top + 2 || last.to < bottom - 4) throw new Error(`a gap: rows from ${first.from} to ${last.to} in a list from ${top} to ${bottom}`);
  rows.forEach(({ index, text, from }, i) => { if (index !== first.index + i || text !== index || Math.abs(from - first.from - i * 56) > 1) throw new Error(`row ${index} says ${text} at ${from}`); });
  return { first: first.index, last: last.index };
});

test('a million rows by wheel, by keys, by scrollbar', async ({ page }) => {
  await openList(page);
  const list = page.getByRole('region', { name: 'Rows' });
  const { x, y, width, height } = await list.boundingBox() ?? { x: 0, y: 0, width: 0, height: 0 };
  const screen = Math.floor(height / 56);
  expect((await inSight(page)).first).toBe(0);

  await test.step('the wheel passes every row', async () => {
    await page.mouse.move(x + 200, y + 200);
    let before = await inSight(page);
    for (let i = 0; i < 40; i++) {
      await page.mouse.wheel(0, i < 20 ? 450 : -450);
      const now = await inSight(page);
      // What was last in sight is still there, or the one after it.
      expect(i < 20 ? now.first : before.first).toBeLessThanOrEqual((i < 20 ? before.last : now.last) + 1);
      before = now;
    }
    await expect.poll(async () => (await inSight(page)).first).toBe(0);
  });

  await test.step('keys go to both ends and by screens', async () => {
    const row = (index: number) => page.locator(`[data-row="${index}"] button`);
    await row(0).focus();
    await page.keyboard.press('End');
    await expect(row(LAST)).toBeFocused();
    expect((await inSight(page)).last).toBe(LAST);
    await page.keyboard.press('ArrowUp');
    await expect(row(LAST - 1)).toBeFocused();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('PageUp');
    await expect(row(LAST - 1 - 2 * (screen - 1))).toBeFocused();
    await inSight(page);
    await page.keyboard.press('Home');
    await expect(row(0)).toBeFocused();
    for (let i = 1; i <= 5; i++) {
      await page.keyboard.press('PageDown');
      await expect(row(i * (screen - 1))).toBeFocused();
      await inSight(page);
    }
  });

  await test.step('the scrollbar goes anywhere', async () => {
    await page.keyboard.press('Home');
    await inSight(page);
    const bar = x + width - 8;
    // Below the arrow at its top.
    await page.mouse.move(bar, y + 26);
    await page.mouse.down();
    await page.mouse.move(bar, y + height / 2, { steps: 8 });
    const { first } = await inSight(page);
    expect(first).toBeGreaterThan(ROWS * 0.4);
    expect(first).toBeLessThan(ROWS * 0.6);
    await page.mouse.move(bar, y + height + 40, { steps: 8 });
    expect((await inSight(page)).last).toBe(LAST);
    await page.mouse.up();
    // From there, row by row.
    await page.mouse.move(x + 200, y + 200);
    await page.mouse.wheel(0, -450);
    await expect.poll(async () => (await inSight(page)).last).toBeLessThan(LAST);
    expect((await inSight(page)).last).toBeGreaterThan(LAST - 2 * screen);
  });

  const frames = await list.evaluate(async (element) => {
    const took: number[] = [];
    let last = performance.now();
    for (let i = 0; i < 240; i++) {
      element.scrollTop += i % 40 === 39 ? 400_000 : -700;
      await new Promise<void>((resolve) => { requestAnimationFrame(() => { resolve(); }); });
      const now = performance.now();
      took.push(now - last);
      last = now;
    }
    return took.sort((a, b) => a - b);
  });
  // A figure to look at, no promise: other work on the machine is in it.
  test.info().annotations.push({ type: 'frames', description: `median ${(frames[120] ?? 0).toFixed(1)} ms, at most ${(frames.at(-1) ?? 0).toFixed(0)} ms` });
  process.stdout.write(`  scrolling a million rows: a frame takes ${(frames[120] ?? 0).toFixed(1)} ms, at most ${(frames.at(-1) ?? 0).toFixed(0)} ms\n`);
  expect(await page.locator('[data-row]').count()).toBeLessThan(80);
});

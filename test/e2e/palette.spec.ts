/** Finding and doing by name, from anywhere; and files that are dropped anywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { breathingCopy } from '../../renderer/src/copy/breathing.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { lockCopy } from '../../renderer/src/copy/lock.ts';
import { paletteCopy } from '../../renderer/src/copy/palette.ts';
import { pictureCopy } from '../../renderer/src/copy/pictures.ts';
import { recordsCopy } from '../../renderer/src/copy/records.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, openVault, pasteRequest, requestsCopy, sourcesCopy } from './support/screens.ts';
import { createShop } from './support/shop.ts';

test.use({ startWith: 'records' });

const field = (page: Page) => page.getByRole('combobox', { name: paletteCopy.placeholder });

test('a few letters lead to a screen, a company, a taste, a thing, a lesson and an act, with keys alone', async ({ page }) => {
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await go(page, 'home');
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await expect(page.getByRole('option', { name: paletteCopy.decide(shop.name) })).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(page, 'the palette');
  // What waits is first, and Enter answers it.
  await page.keyboard.press('Enter');
  await expect(heading(page, requestsCopy.asks(shop.name))).toBeVisible();

  await page.keyboard.press('Control+k');
  await field(page).fill('sec');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: appCopy.nav.security })).toBeVisible();

  // Of several the arrows choose, around the end as well; Escape leaves things as they are.
  await page.keyboard.press('Control+k');
  await field(page).fill('bak');
  const options = page.getByRole('listbox', { name: paletteCopy.results }).getByRole('option');
  await expect(options.filter({ hasText: 'Baking' }).first()).toBeVisible();
  await expect(options.filter({ hasText: 'with “bak”' })).toBeVisible();
  await expectAccessible(page, 'the palette, with results');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: appCopy.nav.security })).toBeVisible();

  await button(page, appCopy.find.open).click();
  await field(page).fill('bak');
  await options.filter({ hasText: 'with “bak”' }).click();
  await expect(page.getByRole('searchbox', { name: recordsCopy.search })).toHaveValue('bak');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: appCopy.nav.security })).toBeVisible();

  await page.keyboard.press('Control+k');
  await field(page).fill('nothing is called this');
  await expect(page.getByText(paletteCopy.none).first()).toBeVisible();
  await field(page).fill('break');
  await page.keyboard.press('Enter');
  await expect(page.getByText(paletteCopy.paused)).toBeVisible();
  await button(page, controls.undo).click();
  await go(page, 'breathing');
  await expect(button(page, breathingCopy.pauseFor.open)).toBeVisible();

  await page.keyboard.press('Control+k');
  await field(page).fill('lock');
  await page.keyboard.press('Enter');
  await expect(heading(page, lockCopy.title)).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toHaveCount(0);
});

test('files may be dropped on any screen: an export is looked at under Sources, a request is opened', async ({ page }) => {
  const shop = await createShop();
  await openVault(page);
  await go(page, 'learn');
  const drop = async (name: string, text: string, type = 'drop') => {
    await page.evaluate(([as, content, kind]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], as));
      document.querySelector('main')?.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
    }, [name, text, type] as const);
  };
  const viewed = readFileSync(join(import.meta.dirname, '../../resources/samples/ViewingActivity.csv'), 'utf8');
  await drop('ViewingActivity.csv', viewed, 'dragover');
  await expect(page.getByText(appCopy.dropHere, { exact: true })).toBeVisible();
  await drop('ViewingActivity.csv', viewed);
  await expect(page.getByText(appCopy.dropHere, { exact: true })).toHaveCount(0);
  await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
  // Another one waits until this is decided.
  await go(page, 'activity');
  await drop('request.txt', await shop.ask());
  await expect(heading(page, requestsCopy.asks(shop.name))).toBeVisible();
  await drop('request.txt', 'eyJhbGciOiJub25lIn0.e30.AAAA');
  await expect(page.getByRole('dialog', { name: appCopy.openRequest })).toBeVisible();
});

test('a picture is taken along as text, and as a file that looks the same by itself', async ({ page }) => {
  await openVault(page);
  await go(page, 'profile');
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, pictureCopy.save).click()]);
  const svg = readFileSync(await download.path(), 'utf8');
  // By itself: no class, no style sheet, nothing of the page, and every slice with a colour.
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u);
  expect(svg).not.toMatch(/class=|var\(--|<style/u);
  expect(svg.match(/<path[^>]*fill="rgb/gu)?.length ?? 0).toBeGreaterThan(20);
  // What was copied, read the only way this page may: by pasting it.
  await button(page, pictureCopy.copy).click();
  await expect(page.getByText(pictureCopy.copied, { exact: true })).toBeVisible();
  await go(page, 'companies');
  await page.getByRole('link', { name: appCopy.openRequest }).first().click();
  await page.getByLabel(requestsCopy.paste, { exact: true }).press('Control+v');
  const text = await page.getByLabel(requestsCopy.paste, { exact: true }).inputValue();
  expect(text).toContain('Food and drink: ');
  expect(text.split('\n').length).toBeGreaterThan(10);
});

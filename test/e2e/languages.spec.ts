/** The app in other languages, as a person chooses them; and in two that nobody speaks, which show words written past the catalogs and rows that break. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/launch.ts';
import { openAddress, SCREENS } from './support/screen.ts';
import { appCopy, button, createVault, go, heading, lockCopy, openVault, PASSPHRASE, pasteRequest, recoveryCopy, rescueCopy } from './support/screens.ts';
import { settingsCopy } from '../../renderer/src/copy/settings.ts';
import { createShop } from './support/shop.ts';

test.use({ startWith: 'life' });

const ADDRESSES = SCREENS.map(({ address }) => address);

/** As the page remembers it: two languages stand in no list. */
async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((tag) => { window.localStorage.setItem('penchant.language', tag); }, language);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** What runs out of its place: the page sideways, or text that is cut off. */
const overflowing = (page: Page): Promise<string[]> => page.evaluate(() => {
  const found: string[] = [];
  const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (sideways > 0) found.push(`the page scrolls sideways by ${sideways}`);
  for (const element of document.querySelectorAll<HTMLElement>('button, a, label, h1, h2, h3, th, td, legend, summary, p, li, dt, dd, .badge')) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.hidden-visually, svg') !== null) continue;
    const { overflowX, textOverflow } = getComputedStyle(element);
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && overflowX !== 'visible' && overflowX !== 'auto' && textOverflow !== 'ellipsis') found.push(`cut off: ${element.tagName.toLowerCase()}.${element.className} “${element.textContent.slice(0, 60)}”`);
    const box = element.getBoundingClientRect();
    if (box.right > document.documentElement.clientWidth + 1 && element.closest('.table-wrap, [class*=scroll], dialog') === null) found.push(`beyond the edge: ${element.tagName.toLowerCase()}.${element.className} “${element.textContent.slice(0, 60)}”`);
  }
  // A table a third wider than English may be pushed aside; one in a language somebody speaks may not.
  if (document.documentElement.lang !== 'en-XA') for (const table of document.querySelectorAll<HTMLElement>('.table-scroll')) if (table.checkVisibility() && table.scrollWidth > table.clientWidth + 1) found.push(`columns out of sight: ${table.querySelector('caption')?.textContent ?? ''} by ${table.scrollWidth - table.clientWidth}`);
  return [...new Set(found)].slice(0, 12);
});

test('is chosen in the settings, holds for what the core says too, and is there on the locked screen', async ({ page }) => {
  await openVault(page);
  await go(page, 'settings');
  const language = page.getByRole('combobox', { name: settingsCopy.language });
  await expect(language.locator('option')).toContainText([/English/u, 'English', 'Deutsch', 'Français', 'Español']);
  await language.selectOption({ label: 'Deutsch' });
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('heading', { level: 1, name: 'Einstellungen', exact: true })).toBeVisible();
  // A sentence of the core.
  await openAddress(page, 'profile');
  await page.getByTitle(/^Warum: /u).first().click();
  await expect(page.getByText(/Dein eigenes Wort zählt mehr als jeder Datensatz/u)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+l');
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill('nicht die richtige');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Tresor');
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  // The locked screen has a choice of languages too.
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await openAddress(page, 'settings');
  await page.getByRole('combobox', { name: 'Sprache', exact: true }).selectOption('en');
  await expect(heading(page, settingsCopy.title)).toBeVisible();
});

test('is kept in the vault: a page that remembers none takes it up at unlocking', async ({ page }) => {
  await openVault(page);
  await go(page, 'settings');
  await page.getByRole('combobox', { name: settingsCopy.language }).selectOption('fr');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.evaluate(() => { window.localStorage.clear(); });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
});

test('is chosen before there is a vault to keep it in', async ({ page }) => {
  await expect(heading(page, lockCopy.title)).toBeVisible();
  await page.getByRole('combobox', { name: settingsCopy.language }).selectOption('es');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('bóveda');
});

test('is not offered while something is on the screen that cannot be shown again, and what somebody else stored chooses nothing', async ({ page }) => {
  await expect(heading(page, lockCopy.title)).toBeVisible();
  for (const stored of ['<img src=x onerror=alert(1)>', '__proto__', 'constructor', '../de', 'x'.repeat(10_000)]) {
    await page.evaluate((text) => { window.localStorage.setItem('penchant.language', text); }, stored);
    await page.reload();
    await expect(heading(page, lockCopy.title)).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  }
  // A backup chosen and a passphrase typed would be gone with the page.
  await page.getByText(rescueCopy.help, { exact: true }).click();
  await button(page, rescueCopy.toRestore).click();
  await expect(heading(page, rescueCopy.restoreTitle)).toBeVisible();
  await expect(page.getByRole('combobox', { name: settingsCopy.language })).toHaveCount(0);
});

test.describe('in a first run', () => {
  test.use({ startWith: 'nothing' });

  test('is offered on the first screen only, and never beside the recovery phrase', async ({ page }) => {
    const language = page.getByRole('combobox', { name: settingsCopy.language });
    await expect(language).toBeVisible();
    await createVault(page);
    await expect(heading(page, recoveryCopy.title)).toBeVisible();
    await expect(language).toHaveCount(0);
  });
});

for (const language of ['de', 'fr', 'es'] as const) {
  test(`fits in ${language} on every screen of a small window`, async ({ page }) => {
    test.setTimeout(120_000);
    await openVault(page);
    await speak(page, language);
    for (const width of [1280, 900] as const) {
      await page.setViewportSize({ width, height: 700 });
      for (const screen of ADDRESSES) {
        await openAddress(page, screen);
        expect.soft({ screen, width, found: await overflowing(page) }).toEqual({ screen, width, found: [] });
      }
    }
  });
}

test('every word goes through the catalogs, and a third more of them still fits', async ({ page }) => {
  test.setTimeout(240_000);
  const shop = await createShop();
  await openVault(page);
  await openAddress(page, 'companies');
  const theirs = [...await page.locator('main tbody a').allTextContents(), shop.name, 'Example Shop', ...BRANDS];
  await pasteRequest(page, await shop.ask(), shop.name);
  const request = new URL(page.url()).hash.slice(2);
  const grant = await page.evaluate(async () => { window.location.hash = '#/permissions'; await new Promise((resolve) => { setTimeout(resolve, 1_000); }); return document.querySelector('main tbody a[href*="/grt_"], main tbody a[href*="/gr"]')?.getAttribute('href')?.slice(2) ?? null; });
  await speak(page, 'en-XA');
  for (const screen of [...ADDRESSES, request, ...(grant === null ? [] : [grant, grant.split('/').slice(0, 2).join('/')])]) {
    await openAddress(page, screen);
    expect.soft({ screen, found: await unmarked(page, theirs) }).toEqual({ screen, found: [] });
    for (const width of [1280, 900] as const) {
      await page.setViewportSize({ width, height: 700 });
      expect.soft({ screen, width, found: await overflowing(page) }).toEqual({ screen, width, found: [] });
    }
  }
});

/** Brands in the profile of the vault that is looked at. */
const BRANDS = ['Salomon', 'Petzl', 'Lavazza', 'Hario', 'KitchenAid'] as const;

/** Words outside of the brackets of the pseudo-language, but for names and titles (`theirs`, and where such stand) and what the browser itself puts into words: dates, names of languages, "and". */
const unmarked = (page: Page, theirs: readonly string[]): Promise<string[]> => page.evaluate((theirs) => {
  const strip = (text: string): string => {
    let now = text, before: string;
    do { before = now; now = now.replaceAll(/⟦[^⟦⟧]*⟧/gu, ''); } while (now !== before);
    now = now.replaceAll(/\b(?:Blue Door|Copper & Oak|Curious|Juniper|Little Fox|Meridian|Northlight|Old Harbour|Paper Crane|Seven Hills) (?:Books|Garden|Kitchen|Outdoor|Records|Travel)\b|\b[\w-]+\.(?:csv|json|zip|example)\b/gu, '');
    for (const name of theirs) now = now.replaceAll(name, '');
    return now
      .replaceAll(/\b(?:\d+ )?(?:minutes?|hours?|days?) ago|\byesterday\b|\btomorrow\b|\bin \d+ (?:minutes?|hours?|days?)\b/gu, '')
      .replaceAll(/\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b/gu, '').replaceAll(/\band\b|\b[kMG]B\b|\b(?:thousand|million)\b|\b\d+K\b/gu, '');
  };
  const found = new Set<string>();
  const note = (text: string, element: Element): void => {
    if (element.closest('code, kbd, pre, script, style, .record-title, .record-under, .break-anywhere, .profile-item-label, .rows-title') !== null) return;
    const left = strip(text).trim();
    if (/\p{L}{2,}/u.test(left)) found.add(`${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}: ${left.slice(0, 80)} (${text.slice(0, 60)})`);
  };
  for (const element of document.querySelectorAll('svg text')) note(element.textContent, element);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.parentElement?.checkVisibility() === true && node.parentElement.closest('svg') === null) note(node.textContent ?? '', node.parentElement);
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) for (const name of ['aria-label', 'placeholder', 'title', 'alt']) { const text = element.getAttribute(name); if (text !== null) note(text, element); }
  return [...found];
}, theirs);

test('from right to left nothing breaks', async ({ page }) => {
  test.setTimeout(120_000);
  await openVault(page);
  await speak(page, 'ar-XB');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  for (const width of [1280, 900] as const) {
    await page.setViewportSize({ width, height: 700 });
    for (const screen of ADDRESSES) {
      await openAddress(page, screen);
      expect.soft({ screen, width, found: await overflowing(page) }).toEqual({ screen, width, found: [] });
      const [rail, main] = await Promise.all([page.getByRole('navigation', { name: appCopy.navLabel }).boundingBox(), page.getByRole('main').boundingBox()]);
      expect.soft((rail?.x ?? 0) > (main?.x ?? 0) + (main?.width ?? 0) / 2, `${screen}: the navigation stands at the right`).toBe(true);
    }
  }
  await expect(button(page, appCopy.lock)).toBeVisible();

  // The pictures as well: names are drawn from where the wheel reckons them, and bars are drawn over from where they are.
  await openAddress(page, 'profile');
  await expect(page.locator('.profile-wheel svg').first()).toHaveCSS('direction', 'ltr');
  await openAddress(page, 'activity');
  const bars = page.locator('.time-plot .time-bar'), [newest, before] = [await bars.last().boundingBox(), await bars.nth(-3).boundingBox()];
  expect(newest?.x ?? 0).toBeLessThan(before?.x ?? 0);
  await page.mouse.move((before?.x ?? 0) + 2, (before?.y ?? 0) + 40);
  await page.mouse.down();
  await page.mouse.move((newest?.x ?? 0) + 2, (newest?.y ?? 0) + 40, { steps: 4 });
  await expect(page.locator('.time-bar-drawn')).toHaveCount(3);
  await expect(bars.last()).toHaveClass(/time-bar-drawn/u);
  await page.mouse.up();
});

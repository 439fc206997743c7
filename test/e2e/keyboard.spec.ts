/** Every screen with nothing but the keyboard: Tab reaches everything that can be used, in the order it is read, shows where it is, and leads out again. Escape closes what opened. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/launch.ts';
import { balanceCopy } from '../../renderer/src/copy/balance.ts';
import { strikeCopy } from '../../renderer/src/copy/strike-out.ts';
import { writeNetflixHistory } from './support/exports.ts';
import { openAddress, SCREENS } from './support/screen.ts';
import { appCopy, button, companiesCopy, heading, openVault, pickFiles, requestsCopy, sourcesCopy } from './support/screens.ts';

test.use({ startWith: 'records' });

/** More stops than any screen has: reaching it means that Tab never leads out. */
const MOST_STOPS = 400;

interface Walk { readonly stops: number; readonly hidden: readonly string[]; readonly outOfSight: readonly string[]; readonly backwards: readonly string[]; readonly missed: readonly string[]; readonly isTrapped: boolean }

async function walk(page: Page): Promise<Walk> {
  await page.evaluate(() => {
    const isUsable = (element: HTMLElement): boolean => element.tabIndex >= 0 && !(element as HTMLButtonElement).disabled && element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert]') === null;
    const nameOf = (element: Element): string => `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 60)}” ${element.getAttribute('class') ?? ''}`;
    /** Of a group of radio buttons the chosen one is the stop, or the first. */
    const isStop = (element: HTMLElement): boolean => {
      if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
      const group = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter((radio) => radio.name === element.name);
      return (group.find((radio) => radio.checked) ?? group[0]) === element;
    };
    const all = () => [...document.querySelectorAll<HTMLElement | SVGElement>('a[href], button, input, select, textarea, summary, [tabindex]')].filter((element) => isUsable(element as HTMLElement) && isStop(element as HTMLElement));
    /** Its own ring, or a shape of the picture drawn for it. */
    const isShown = (element: Element): boolean => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      if ((outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none') return true;
      const drawn = element.querySelector('.wheel-outline, .wheel-focus');
      return drawn !== null && getComputedStyle(drawn).stroke !== 'none' && parseFloat(getComputedStyle(drawn).strokeWidth) > 0;
    };
    Object.assign(window, { tabWalk: { all, nameOf, isShown, last: null, seen: new Set<Element>(), hidden: [], outOfSight: [], backwards: [] } });
    (document.activeElement as HTMLElement | null)?.blur();
    document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');
    getSelection()?.removeAllRanges();
  });
  let stops = 0, isTrapped = true;
  for (; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab');
    const isOut = await page.evaluate(() => {
      interface Kept { all(): Element[]; nameOf(element: Element): string; isShown(element: Element): boolean; last: Element | null; seen: Set<Element>; hidden: string[]; outOfSight: string[]; backwards: string[] }
      const kept = (window as unknown as { tabWalk: Kept }).tabWalk, now = document.activeElement;
      // Day, month and year of a date are stops of one field.
      if (now === kept.last && now instanceof HTMLInputElement && now.type === 'date') return false;
      if (now === null || now === document.body || now === document.documentElement || kept.seen.has(now)) return true;
      kept.seen.add(now);
      if (!kept.isShown(now)) kept.hidden.push(kept.nameOf(now));
      const { top, bottom, left, right } = now.getBoundingClientRect();
      if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) kept.outOfSight.push(kept.nameOf(now));
      if (kept.last !== null && (kept.last.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING) === 0) kept.backwards.push(kept.nameOf(now));
      kept.last = now;
      return false;
    });
    if (isOut) { isTrapped = false; break; }
  }
  return page.evaluate(({ stops, isTrapped }) => {
    interface Kept { readonly all: () => Element[]; readonly nameOf: (element: Element) => string; seen: Set<Element>; hidden: string[]; outOfSight: string[]; backwards: string[] }
    const { all, nameOf, seen, hidden, outOfSight, backwards } = (window as unknown as { tabWalk: Kept }).tabWalk;
    return { stops, isTrapped, hidden, outOfSight, backwards, missed: all().filter((element) => !seen.has(element)).map(nameOf) };
  }, { stops, isTrapped });
}

const SIZES = [{ width: 1280, height: 800 }, { width: 640, height: 400 }] as const;

for (const { width, height } of SIZES) {
  test(`Tab reaches everything on every screen, visibly and in order, ${width === 640 ? 'also at 200 % zoom of a small laptop' : 'and leads out again'}`, async ({ page }) => {
    test.setTimeout(180_000);
    await openVault(page);
    await page.setViewportSize({ width, height });
    for (const one of SCREENS) {
      await one.open(page);
      const screen = one.address;
      const { stops, ...found } = await walk(page);
      expect.soft({ screen, ...found }, `${screen} at ${width} pixels`).toEqual({ screen, isTrapped: false, hidden: [], outOfSight: [], backwards: [], missed: [] });
      expect(stops, screen).toBeGreaterThan(8);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${screen} scrolls sideways at ${width} pixels`).toBeLessThanOrEqual(0);
    }
  });
}

test.describe('of a company', () => {
  test.use({ startWith: 'life' });

  for (const { width, height } of SIZES) {
    test(`Tab reaches everything on a request, a company, a permission and an import to be looked at, ${width} pixels wide`, async ({ page, app }) => {
      test.setTimeout(240_000);
      await openVault(page);
      await page.setViewportSize({ width, height });
      const main = page.getByRole('main');
      const expectWalk = async (what: string): Promise<void> => {
        await expect(main.locator('.skeleton')).toHaveCount(0);
        await page.waitForTimeout(300);
        const { stops, ...found } = await walk(page);
        expect.soft({ what, ...found }, `${what} at ${width} pixels`).toEqual({ what, isTrapped: false, hidden: [], outOfSight: [], backwards: [], missed: [] });
        expect(stops, what).toBeGreaterThan(8);
      };
      await openAddress(page, 'requests');
      await main.getByRole('link', { name: new RegExp(`^${requestsCopy.look}`, 'u') }).first().click();
      await expect(page.getByRole('region', { name: requestsCopy.leaves })).toBeVisible();
      await expectWalk('a request');
      for (const box of await main.locator('.asked input[type=checkbox]').all()) await box.check();
      await expectWalk('a request with everything ticked');
      await openAddress(page, 'permissions');
      await main.locator('tbody tr').first().getByRole('link').nth(1).click();
      await expect(main.getByRole('heading', { name: balanceCopy.title })).toBeVisible();
      await expectWalk('a permission');
      await page.getByRole('main').getByRole('link').first().click();
      await expect(heading(page, companiesCopy.history)).toBeVisible();
      await expectWalk('a company');
      await openAddress(page, 'sources');
      await pickFiles(page, [writeNetflixHistory(app.folder, 40).path]);
      await expect(button(page, sourcesCopy.importAction)).toBeVisible();
      await button(page, strikeCopy.open).click();
      await expectWalk('an import to be looked at');
    });
  }
});

test('what opens by key closes by Escape, and the place is kept', async ({ page }) => {
  await openVault(page);
  const search = page.getByRole('main').getByRole('button').first();
  await search.focus();
  await page.keyboard.press('?');
  await expect(heading(page.getByRole('dialog'), appCopy.shortcuts.title)).toBeVisible();
  // Inside a dialog Tab stays in it.
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog, [role=dialog]') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(search).toBeFocused();
});

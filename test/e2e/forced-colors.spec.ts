/** With the computer's own few colours: whatever is said by a colour of ours is still seen. */
import type { Locator } from '@playwright/test';
import { controls } from '../../renderer/src/copy/controls.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, go, openVault, pasteRequest, profileCopy, requestsCopy } from './support/screens.ts';
import { createShop } from './support/shop.ts';

test.use({ startWith: 'records' });

/** Colours as they are drawn. */
const drawn = (what: Locator, pseudo?: string) => what.evaluate((element, of) => { const { color, backgroundColor, fill, stroke, outlineColor, outlineStyle } = getComputedStyle(element, of); return { color, backgroundColor, fill, stroke, outlineColor, outlineStyle }; }, pseudo ?? null);

for (const colorScheme of ['light', 'dark'] as const) {
  test(`everything shows with forced colours, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme, reducedMotion: 'reduce' });
    await openVault(page);
    const canvas = (await drawn(page.locator('body'))).backgroundColor;

    await go(page, 'profile');
    await expect(page.getByRole('main').getByText(controls.loading, { exact: true })).toHaveCount(0);
    // Where one is.
    const current = await drawn(page.locator('.rail-link[aria-current="page"]'));
    expect(current).not.toMatchObject({ outlineStyle: 'none' });
    expect(current.outlineColor).not.toBe(canvas);
    // A filled button, a slice that is lit and one that is not.
    const add = await drawn(button(page, profileCopy.add));
    expect(add.color).not.toBe(add.backgroundColor);
    expect((await drawn(page.locator('.wheel-lit').first())).fill).not.toBe(canvas);
    expect((await drawn(page.locator('.wheel-blank').first())).stroke).not.toBe(canvas);
    // How strong.
    expect((await drawn(page.locator('.steps-bar i.on').first())).backgroundColor).not.toBe(canvas);

    await go(page, 'settings');
    const toggle = page.getByRole('switch').first();
    const knob = await drawn(toggle, '::after');
    expect(knob.backgroundColor).not.toBe((await drawn(toggle)).backgroundColor);

    const shop = await createShop();
    await pasteRequest(page, await shop.ask(), shop.name);
    await askedClaim(page, 'interest').check();
    await expect(page.getByText(requestsCopy.ticked(1))).toBeVisible();
    // Both ways to decide look the same.
    const [yes, no] = [await drawn(button(page, requestsCopy.allow)), await drawn(button(page, requestsCopy.deny))];
    expect(yes).toEqual(no);
  });
}

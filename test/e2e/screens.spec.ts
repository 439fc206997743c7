/** Every screen: readable by everyone in both themes, and usable at the narrowest width promised. */
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { SCREENS } from './support/screen.ts';
import { appCopy, heading, openVault } from './support/screens.ts';

test.use({ startWith: 'records' });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no screen has an accessibility violation in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openVault(page);
    for (const screen of SCREENS) {
      await screen.open(page);
      await expect(screen.heading(page)).toBeVisible();
      await expectAccessible(page, `${screen.address}, ${colorScheme}`);
    }
  });
}

// The narrowest window, the same enlarged twice, and a screen of 1280 enlarged four times (WCAG 1.4.10).
for (const [width, height] of [[900, 700], [450, 320], [320, 256]] as const) test(`no screen scrolls sideways at ${width} pixels`, async ({ page }) => {
  await openVault(page);
  await page.setViewportSize({ width, height });
  for (const screen of SCREENS) {
    await screen.open(page);
    const beyond = await page.evaluate(() => (document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] : [...document.querySelectorAll('body *')].filter((element) => element.closest('.table-scroll') === null && element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1).map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''} “${element.textContent.slice(0, 40)}”`).slice(0, 8)));
    expect(beyond, `${screen.address} at ${width} pixels`).toEqual([]);
  }
});

test('keys lead around the app, and say so', async ({ page }) => {
  await openVault(page);
  await page.keyboard.press('?');
  await expect(heading(page.getByRole('dialog'), appCopy.shortcuts.title)).toBeVisible();
  await expectAccessible(page, 'keyboard help');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
});

test('an address that leads nowhere says so', async ({ page }) => {
  await openVault(page);
  await page.evaluate(() => { window.location.hash = '#/no/such/place'; });
  await expect(heading(page, appCopy.notFound.title)).toBeVisible();
  await expectAccessible(page, 'nothing here');
});

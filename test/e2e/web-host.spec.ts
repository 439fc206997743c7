/** What only the web host has: a link that works once, and a page under a policy the browser enforces. */
import { expect, test } from './support/launch.ts';
import { button, firstRunCopy } from './support/screens.ts';

test('the link signs in one browser; another browser and the same link again get a friendly page', async ({ app, browser, page }) => {
  const link = app.link ?? '';
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/$/u);
  const other = await browser.newContext();
  try {
    const stranger = await other.newPage();
    expect((await stranger.goto(link))?.status()).toBe(401);
    await expect(stranger.getByRole('heading', { name: 'This link has been used' })).toBeVisible();
    await stranger.goto(new URL(link).origin);
    await expect(stranger.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible();
  } finally {
    await other.close();
  }
  await page.goto(link);
  await expect(button(page, firstRunCopy.welcome.start)).toBeVisible();
  await expect(page).toHaveURL(/\/$/u);
});

test('the browser itself refuses scripts from strings, from inside the page and from elsewhere', async ({ app, page }) => {
  await expect(button(page, firstRunCopy.welcome.start)).toBeVisible();
  const passed = await page.evaluate(async () => {
    const wanted = new Set(['require-trusted-types-for', 'connect-src', 'style-src-elem']);
    // The browser reports each refusal a moment later.
    const allRefused = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        wanted.delete(event.effectiveDirective);
        if (wanted.size === 0) resolve();
      });
    });
    const inline = document.createElement('style');
    inline.textContent = 'body{outline:1px solid}';
    document.head.append(inline);
    const attempts: [string, () => unknown][] = [
      ['innerHTML', () => { document.createElement('div').innerHTML = '<b>x</b>'; }],
      ['script text', () => { document.createElement('script').text = 'window.planted = 1'; }],
      ['foreign fetch', () => fetch('https://shop.example/')],
    ];
    const passed: string[] = [];
    for (const [name, attempt] of attempts) {
      try {
        await attempt();
        passed.push(name);
      } catch {
        continue;
      }
    }
    await allRefused;
    return passed;
  });
  expect(passed).toEqual([]);
  // These complaints were the point.
  app.complaints.length = 0;
});

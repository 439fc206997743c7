/** States that pass too quickly to look at, made to stand still in the wire between page and web host; and those only a browser has. */
import { appCopy } from '../../renderer/src/copy/app.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { errorWords } from '../../renderer/src/copy/errors.ts';
import { expectAccessible, expectAccessibleEverywhere } from './support/accessible.ts';
import { writeNetflixHistory } from './support/exports.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, homeCopy, openVault, pickFiles, requestsCopy, sourcesCopy, unlock } from './support/screens.ts';
import { createShop } from './support/shop.ts';
import { standInWire } from './support/wire.ts';

test.use({ startWith: 'records' });
// Each state is looked at four times; a busy computer takes its time with that.
test.setTimeout(300_000);

test('screens that are still loading, work under way, and links from outside', async ({ page, app }) => {
  const wire = await standInWire(page);
  wire.hold('vault.status');
  await page.reload();
  await expect(page.getByText(appCopy.opening)).toBeVisible();
  await expectAccessibleEverywhere(page, 'opening');
  wire.release();
  await openVault(page);
  await page.reload();
  await expect(heading(page, homeCopy.title)).toBeVisible();
  wire.hold('profile.list', 'profile.taxonomy', 'profile.rejections', 'sources.imports', 'companies.list', 'breathing.get', 'grants.list', 'requests.list', 'audit.list', 'settings.get');
  await page.reload();
  for (const screen of ['home', 'profile', 'sources', 'companies', 'breathing', 'activity', 'security', 'settings'] as const) {
    await go(page, screen);
    await expect(page.getByRole('main').getByText(controls.loading, { exact: true }).first()).toBeAttached();
    await expectAccessibleEverywhere(page, `${screen}, loading`);
  }
  wire.release();

  await go(page, 'sources');
  await expect(heading(page, sourcesCopy.list)).toBeVisible();
  wire.hold('sources.preview');
  await pickFiles(page, [writeNetflixHistory(app.folder).path]);
  await expect(page.getByText(sourcesCopy.looking)).toBeVisible();
  await expectAccessibleEverywhere(page, 'looking into a file');
  wire.release();
  await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
  wire.hold('job.changed');
  await button(page, sourcesCopy.importAction).click();
  await expect(page.getByRole('main').getByRole('progressbar')).toBeVisible();
  await expectAccessibleEverywhere(page, 'an import, just begun');
  wire.release();
  await expect(heading(page, sourcesCopy.finished.done)).toBeVisible();
  await button(page, sourcesCopy.another).click();
  const running = { id: 'job_shown', kind: 'import', state: 'running', phase: 'reading', subject: 'Streaming_History_Audio_2.json', doneBytes: 5_200_000, totalBytes: 12_000_000, records: 8_400, remainingMs: 95_000, error: null, reports: [] };
  wire.send('job.changed', running);
  await expect(page.getByText(sourcesCopy.reading('Streaming_History_Audio_2.json'))).toBeVisible();
  await expectAccessibleEverywhere(page, 'an import under way');
  wire.send('job.changed', { ...running, state: 'cancelled' });

  const shop = await createShop();
  await go(page, 'home');
  wire.send('link.opened', { text: 'penchant://request?request_uri=https%3A%2F%2Fshop.example%2Fr' });
  await expect(heading(page, appCopy.fetchLink.title)).toBeVisible();
  await expectAccessibleEverywhere(page, 'a link that would fetch');
  await button(page, appCopy.fetchLink.no).click();
  wire.send('link.opened', { text: 'penchant://request?request=nonsense' });
  await expect(page.getByText(errorWords('ERR_REQUEST_INVALID').title)).toBeVisible();
  await expectAccessibleEverywhere(page, 'a link that carries no request');
  await button(page.getByRole('dialog'), controls.close).click();
  wire.send('link.opened', { text: `penchant://request?request=${await shop.ask()}` });
  await expect(heading(page, requestsCopy.asks(shop.name))).toBeVisible();

  wire.rewrite('audit.list', () => ({ entries: [{}], total: 1, nextBefore: null }));
  await go(page, 'activity');
  await expect(page.getByText(appCopy.crashed.title)).toBeVisible();
  await expectAccessibleEverywhere(page, 'a page that stumbled');
  wire.release();
  await button(page, appCopy.crashed.action).click();
  await expect(heading(page, 'Activity')).toBeVisible();
  // The stumble was the point.
  app.complaints.length = 0;
});

test('a host that is gone, a tab nobody signed in, and the host’s own pages', async ({ page, app, browser }) => {
  await openVault(page);
  const stranger = await page.context().newPage();
  await stranger.goto(page.url());
  await expect(stranger.getByText(appCopy.signedOut.title)).toBeVisible();
  await expectAccessibleEverywhere(stranger, 'signed out');
  await stranger.close();
  const other = await browser.newContext();
  const visit = await other.newPage();
  for (const address of [app.link ?? '', new URL(app.link ?? '').origin]) {
    await visit.goto(address);
    for (const colorScheme of ['light', 'dark'] as const) {
      await visit.emulateMedia({ colorScheme });
      await expectAccessible(visit, `the host’s page at ${new URL(address).pathname}, ${colorScheme}`);
    }
  }
  await other.close();
  await app.stopHost?.();
  await expect(page.getByText(appCopy.lost.title)).toBeVisible();
  await expectAccessibleEverywhere(page, 'connection lost, Home');
  await page.evaluate(() => { window.location.hash = '#/activity'; });
  await expect(page.getByText(errorWords('ERR_CORE_GONE').title).first()).toBeVisible();
  await expectAccessibleEverywhere(page, 'connection lost, a screen that cannot load');
  // That nobody answers is what the browser complains about.
  app.complaints.length = 0;
});

test('connection lost while locked', async ({ page, app }) => {
  await expect(button(page, 'Unlock')).toBeVisible();
  await app.stopHost?.();
  await expect(page.getByText(appCopy.lost.title)).toBeVisible();
  await unlock(page);
  await expect(page.getByText(errorWords('ERR_CORE_GONE').title).first()).toBeVisible();
  await expectAccessibleEverywhere(page, 'connection lost, locked');
  app.complaints.length = 0;
});

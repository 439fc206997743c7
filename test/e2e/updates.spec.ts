/** Newer versions: nobody is asked until the person says so, and what is found is said where it is seen. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homeCopy } from '../../renderer/src/copy/home.ts';
import { settingsCopy } from '../../renderer/src/copy/settings.ts';
import { expectAccessibleEverywhere } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, openVault } from './support/screens.ts';

const VARIABLE = 'PENCHANT_RELEASES';
const PAGE = 'https://code.example/penchant/releases/v9.0.0';
test.use({ startWith: 'vault' });

let server: Server, asked = 0, isThere = true;

test.describe('where there is a place to ask', () => {
  test.beforeAll(async () => {
    server = createServer((_request, response) => { asked++; response.writeHead(isThere ? 200 : 503).end(JSON.stringify({ tag_name: 'v9.0.0', html_url: PAGE })); }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // The host that the test starts takes it from here.
    process.env[VARIABLE] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/latest`;
  });
  test.afterAll(() => {
    Reflect.deleteProperty(process.env, VARIABLE);
    server.close();
    server.closeAllConnections();
  });

  test('it is asked when the person says so, and Home says what was found', async ({ page }) => {
    await openVault(page);
    await go(page, 'settings');
    const look = page.getByRole('switch', { name: settingsCopy.lookForUpdates });
    await expect(look).not.toBeChecked();
    await expect(page.getByText(settingsCopy.neverLooked)).toBeVisible();
    expect(asked).toBe(0);
    isThere = false;
    await button(page, settingsCopy.lookNow).click();
    await expect(page.getByRole('alert')).toBeVisible();
    isThere = true;
    await button(page, settingsCopy.lookNow).click();
    await expect(page.getByText(settingsCopy.newer('9.0.0'))).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.getByText(PAGE)).toBeVisible();
    await look.click();
    await expect(look).toBeChecked();
    await expectAccessibleEverywhere(page, 'a newer version');
    await go(page, 'home');
    await page.getByRole('link', { name: homeCopy.newerLook }).click();
    await expect(look).toBeChecked();
    expect(asked).toBe(2);
  });
});

test('a copy that knows no place says so', async ({ page }) => {
  await openVault(page);
  await go(page, 'settings');
  await expect(page.getByText(settingsCopy.updatesNowhere)).toBeVisible();
  await expect(page.getByRole('switch', { name: settingsCopy.lookForUpdates })).toHaveCount(0);
});

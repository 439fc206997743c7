/** What records show besides interests: the page with little and with much, saying a size, and the closed part. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { patternsCopy, PATTERN_SECTIONS } from '../../renderer/src/copy/patterns.ts';
import { closedCopy, notMeCopy } from '../../renderer/src/copy/profile.ts';
import { strikeCopy } from '../../renderer/src/copy/strike-out.ts';
import type { PatternKind } from '../../shared/domain/patterns.ts';
import { expectAccessibleEverywhere } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, importPreviewed, openVault, PASSPHRASE, pickFiles, sourcesCopy } from './support/screens.ts';

const DAY_MS = 86_400_000;
const section = (kind: PatternKind): string => PATTERN_SECTIONS.find((one) => one.kind === kind)?.title ?? '';

/** Two years of one household: orders of one size and with presents, evenings with films and some in German, small children's mornings, tomatoes each April. */
function write(folder: string): string[] {
  const lastYear = new Date().getUTCFullYear() - 1, at = (year: number, month: number, day: number, hour = 18): string => new Date(Date.UTC(year, month - 1, day, hour, 7)).toISOString().slice(0, 19).concat('Z');
  const orders = [
    ...['Merino Sweater, Navy, M', 'Linen Shirt, White, M', 'Cotton T-Shirt, Black, M', 'Fleece Jacket, Green, L'].map((title, nth) => [title, at(lastYear, 2 + nth, 11)]),
    ...['Trail Running Shoes Blue EU 42', 'Leather Sneakers White EU 42'].map((title, nth) => [title, at(lastYear, 6 + nth, 3)]),
    ...Array.from({ length: 14 }, (_, nth) => [`Cast Iron Skillet ${20 + nth} cm`, at(lastYear - (nth % 2), 1 + (nth % 9), 20)]),
    ...[lastYear - 1, lastYear].flatMap((year) => [2, 8, 14, 21].map((day) => [`Tomato Seeds Pack ${day}`, at(year, 4, day)])),
    ['Acoustic Guitar Strings', at(lastYear, 12, 5)], ['Dog Bed Large', at(lastYear, 12, 9)],
    ...['Clearblue Pregnancy Test', 'Prenatal Vitamins', 'Maternity Leggings'].map((title, nth) => [title, at(lastYear, 8, 1 + nth)]),
  ] as const;
  const viewings = [
    ...Array.from({ length: 260 }, (_, nth) => ({ title: `Evening Film ${nth}`, profile: 'A', atMs: Date.UTC(lastYear, 0, 1, 19, 5) + nth * DAY_MS })),
    ...['Der Hund, der nicht bellen wollte', 'Die Frau im blauen Kleid', 'Das Haus am anderen Ufer', 'Ein Sommer ohne die Kinder', 'Wir sind die Neuen im Dorf', 'Nach der langen Nacht'].flatMap((title) => [1, 2, 3, 4, 5, 6, 7].map((part) => `${title}, Teil ${part}`)).map((title, nth) => ({ title, profile: 'A', atMs: Date.UTC(lastYear, 8, 20, 19, 5) + nth * DAY_MS })),
    ...Array.from({ length: 8 }, (_, nth) => ({ title: `Morning Robots: Season 1: Part ${nth}`, profile: 'A', atMs: Date.UTC(lastYear, 1, 5, 8, 5) + nth * 7 * DAY_MS })),
    ...Array.from({ length: 5 }, (_, nth) => ({ title: `Peppa Pig: Season 1: Puddle ${nth}`, profile: 'A', atMs: Date.UTC(lastYear, 2, 5, 8, 5) + nth * 7 * DAY_MS })),
    ...Array.from({ length: 9 }, (_, nth) => ({ title: `Skate Nights: Season 1: Ramp ${nth}`, profile: 'B', atMs: Date.UTC(lastYear, 3, 1, 19, 5) + nth * DAY_MS })),
  ];
  const files = { 'Retail.OrderHistory.1.csv': join(folder, 'Retail.OrderHistory.1.csv'), 'ViewingActivity.csv': join(folder, 'ViewingActivity.csv') };
  writeFileSync(files['Retail.OrderHistory.1.csv'], ['"Order ID","Order Date","Product Name","Total Owed","Quantity","Currency","Unit Price"', ...orders.map(([title, date], nth) => `"${nth}","${date}","${title}","10","1","EUR","10"`)].join('\n'));
  writeFileSync(files['ViewingActivity.csv'], ['Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country', ...viewings.map(({ title, profile, atMs }) => `${profile},${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')},00:40:00,,"${title}",,TV,0,0,DE`)].join('\n'));
  return Object.values(files);
}

test.describe('with nothing in the vault', () => {
  test.use({ startWith: 'vault' });

  test('the page of patterns says what it needs, and leads there', async ({ page }) => {
    await openVault(page);
    await go(page, 'profile');
    await page.getByRole('link', { name: appCopy.tabs.patterns, exact: true }).click();
    await expect(heading(page, patternsCopy.title)).toBeVisible();
    await expect(heading(page, patternsCopy.empty)).toBeVisible();
    await expect(page.getByRole('main').getByRole('link', { name: patternsCopy.emptyAction })).toBeVisible();
    await expectAccessibleEverywhere(page, 'patterns, none yet');
  });

  test('patterns are shown with reasons and examples, a size can be said, and the closed part shows only while it is open', async ({ page, app }) => {
    await openVault(page);
    await go(page, 'sources');
    await pickFiles(page, write(app.folder));
    await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
    // An account with several profiles: all of them were brought in.
    for (const box of await page.getByRole('group', { name: sourcesCopy.profiles }).getByRole('checkbox').all()) await box.check();
    // What touches a closed part of life would be left out; here it is wanted.
    const leftOut = page.getByRole('checkbox', { name: new RegExp(`^${strikeCopy.sensitive}`, 'u') });
    await expect(leftOut).toHaveCount(2);
    for (const box of await leftOut.all()) await box.uncheck();
    await importPreviewed(page);
    await go(page, 'profile');
    await page.getByRole('link', { name: appCopy.tabs.patterns, exact: true }).click();

    const of = (kind: PatternKind) => page.locator('section.card').filter({ has: heading(page, section(kind)) }).getByRole('listitem');
    await expect(of('someone-else').filter({ has: heading(page, 'Morning Robots') })).toContainText('when hardly anything else happens');
    await expect(of('someone-else').filter({ has: heading(page, 'Netflix profile 2 of 2') })).toContainText('Skate Nights');
    await expect(of('routine').filter({ has: heading(page, /^Films and series: mostly/u) })).toBeVisible();
    await expect(of('season').filter({ has: heading(page, /: April$/u) }).first()).toContainText('Tomato Seeds');
    await expect(of('season').filter({ has: heading(page, /: April$/u) }).first()).toContainText(/It (?:comes back every April|was there in April of)/u);
    const german = of('language').filter({ has: heading(page, 'German') });
    await expect(german).toContainText('Some of what you watch: 42 of');
    await expect(button(german, notMeCopy.about('German'))).toBeVisible();
    await expect(of('language').filter({ has: heading(page, 'English') }).getByRole('button')).toHaveCount(0);
    await expect(of('present').filter({ hasText: 'Dog Bed Large' }).first()).toContainText('never buy otherwise');
    await expect(page.getByText(patternsCopy.hidden)).toBeVisible();
    await expect(page.getByText(/Peppa|pregnan/iu)).toHaveCount(0);
    await expectAccessibleEverywhere(page, 'patterns');

    const size = of('size').filter({ has: heading(page, 'Clothing: M') });
    await button(size, `${patternsCopy.isMine}: Clothing: M`).click();
    await expect(size.getByText(patternsCopy.alreadyMine)).toBeVisible();

    await button(page, closedCopy.action).click();
    await page.getByLabel(closedCopy.passphrase, { exact: true }).fill(PASSPHRASE);
    await button(page.getByRole('dialog'), closedCopy.action).click();
    await expect(of('someone-else').filter({ hasText: 'Peppa Pig' }).first()).toContainText(patternsCopy.sealed);
    await expect(of('life-event').filter({ has: heading(page, 'Perhaps a baby') })).toBeVisible();
    await expectAccessibleEverywhere(page, 'patterns with the closed part');
    await button(page, closedCopy.shutAction).click();
    await expect(heading(page, section('life-event'))).toHaveCount(0);
    await expect(page.getByText(/Peppa|pregnan/iu)).toHaveCount(0);
    await button(page, notMeCopy.about('Morning Robots')).click();
    await expectAccessibleEverywhere(page, 'saying that it was not you');
    await button(page.getByRole('dialog'), notMeCopy.save).click();
    await expect(heading(page, 'Morning Robots')).toHaveCount(0);
    await expect(heading(page, 'Netflix profile 2 of 2')).toBeVisible();
    await go(page, 'profile');
    await expect(page.getByText('Clothing: M', { exact: true }).first()).toBeVisible();
  });
});

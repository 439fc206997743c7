/** What the vault believes about a person, why, and the person's say in it. */
import { claimName } from '../../renderer/src/copy/claims.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { addCopy, notMeCopy } from '../../renderer/src/copy/profile.ts';
import { wheelCopy } from '../../renderer/src/copy/wheel.ts';
import type { Output } from '../../shared/api/contract.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, openVault, profileCopy, whyCopy } from './support/screens.ts';
import { standInWire } from './support/wire.ts';

test.use({ startWith: 'records' });

test('a conclusion says why, can be ruled out for good and allowed again', async ({ page }) => {
  const label = 'Baking';
  await openVault(page);
  await go(page, 'profile');
  await page.getByRole('searchbox', { name: profileCopy.search }).fill(label);
  const item = page.getByTitle(profileCopy.whyOf(label), { exact: true });
  await item.first().click();
  const panel = page.getByRole('dialog');
  await expect(heading(panel, label)).toBeVisible();
  await expect(heading(panel, whyCopy.rulesTitle)).toBeVisible();
  await expect(panel.getByRole('list', { name: whyCopy.examples }).first().getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page, 'why panel');
  await button(panel, whyCopy.reject).click();
  await expect(heading(panel, whyCopy.rejectTitle(label))).toBeVisible();
  await expectAccessible(page, 'never infer this');
  await button(panel, whyCopy.rejectAction).click();
  await expect(item).toHaveCount(0);
  await expect(heading(page, profileCopy.rejections)).toBeVisible();
  await button(page, `${profileCopy.restore}: ${label}`).click();
  await expect(item.first()).toBeVisible();
});

test('what a person says about themselves counts, and can be deleted', async ({ page }) => {
  await openVault(page);
  await go(page, 'profile');
  await button(page, profileCopy.add).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page, 'adding by hand');
  await dialog.getByLabel(addCopy.kind).selectOption({ label: claimName('language') });
  await dialog.getByLabel(addCopy.value, { exact: true }).selectOption('de');
  await button(dialog, addCopy.action).click();
  await expect(dialog).toHaveCount(0);
  const item = page.getByTitle(profileCopy.whyOf('German'), { exact: true });
  await item.click();
  await button(page.getByRole('dialog'), whyCopy.remove).click();
  await button(page.getByRole('dialog'), whyCopy.deleteAction).click();
  await expect(item).toHaveCount(0);
});

test('what is evidence of somebody else stops counting, and counts again', async ({ page }) => {
  const label = 'Baking';
  await openVault(page);
  await go(page, 'profile');
  await page.getByRole('searchbox', { name: profileCopy.search }).fill(label);
  await page.getByTitle(profileCopy.whyOf(label), { exact: true }).first().click();
  const panel = page.getByRole('dialog');
  await expect(heading(panel, whyCopy.changesTitle)).toBeVisible();
  const example = panel.getByRole('list', { name: whyCopy.examples }).first().getByRole('listitem').first();
  const title = ((await example.getByRole('button').getAttribute('aria-label')) ?? '').replace(notMeCopy.about(''), '');
  await button(example, notMeCopy.about(title)).click();
  const asking = page.getByRole('dialog', { name: notMeCopy.title(title) });
  await expectAccessible(page, 'not me');
  await button(asking, notMeCopy.save).click();
  await expect(asking).toHaveCount(0);
  await expect(panel.getByText(whyCopy.disowned(1))).toBeVisible();
  await expect(panel.getByText(title)).toHaveCount(0);
  // The way back stands over the open panel and can be used there; then once more.
  await button(page, controls.undo).click();
  await expect(panel.getByText(title).first()).toBeVisible();
  await button(example, notMeCopy.about(title)).click();
  await button(asking, notMeCopy.save).click();
  await expect(panel.getByText(whyCopy.disowned(1))).toBeVisible();
  await button(panel, controls.close).click();
  await expect(heading(page, notMeCopy.list)).toBeVisible();
  await page.getByRole('button', { name: `${notMeCopy.wasMe}: ` }).first().click();
  await expect(page.getByText(notMeCopy.listEmpty)).toBeVisible();
});

test('what is concluded can be kept as it is, or made to count less, and let go', async ({ page }) => {
  const label = 'Baking';
  await openVault(page);
  await go(page, 'profile');
  await page.getByRole('searchbox', { name: profileCopy.search }).fill(label);
  const item = page.getByTitle(profileCopy.whyOf(label), { exact: true }).first();
  for (const [how, origin] of [[whyCopy.pin, 'You pinned it'], [whyCopy.weaken, 'You let it count less']] as const) {
    await item.click();
    const panel = page.getByRole('dialog');
    await button(panel, whyCopy.correct).click();
    await panel.getByRole('radio', { name: how }).check();
    await expectAccessible(page, 'putting right');
    await button(panel, whyCopy.saveCorrection).click();
    await expect(panel).toHaveCount(0);
    await expect(item.getByText(origin)).toBeVisible();
    await item.click();
    await button(panel, whyCopy.letGo).click();
    await button(panel, whyCopy.deleteAction).click();
    await expect(item.getByText(origin)).toHaveCount(0);
  }
});

test('a conclusion shows the words it goes by, and can be said to be something else', async ({ page }) => {
  const label = 'Baking';
  await openVault(page);
  await go(page, 'profile');
  const search = page.getByRole('searchbox', { name: profileCopy.search });
  await search.fill(label);
  const item = (name: string) => page.getByTitle(profileCopy.whyOf(name), { exact: true }).first();
  await item(label).click();
  const panel = page.getByRole('dialog');
  const example = panel.getByRole('list', { name: whyCopy.examples }).first().getByRole('listitem').first();
  // The words stand in the thing's name as the export wrote it.
  const [, words = ''] = /because of “(.+)”/u.exec(await example.getByText(/^because of “/u).textContent() ?? '') ?? [];
  expect(words).not.toBe('');
  await expect(example).toContainText(words);
  await button(panel, whyCopy.correct).click();
  await panel.getByRole('radio', { name: whyCopy.somethingElse }).check();
  await expect(button(panel, whyCopy.saveCorrection)).toBeDisabled();
  await panel.getByRole('searchbox').fill('Sailing');
  await panel.getByRole('radio', { name: /^Sailing/u }).first().check();
  await expectAccessible(page, 'something else');
  await button(panel, whyCopy.saveCorrection).click();
  await expect(panel).toHaveCount(0);
  await expect(item(label)).toHaveCount(0);
  await expect(page.getByText(whyCopy.other(label, 'Sailing'))).toBeVisible();
  await search.fill('Sailing');
  await expect(item('Sailing')).toBeVisible();
  await button(page, controls.undo).click();
  await search.fill(label);
  await expect(item(label)).toBeVisible();
});

test('every number in the wheel’s table is what the core told, counted here by hand', async ({ page }) => {
  const wire = await standInWire(page);
  const told = new Map<string, unknown>();
  for (const method of ['profile.list', 'profile.taxonomy'] as const) wire.rewrite(method, (value) => { told.set(method, value); return value; });
  await page.reload();
  await openVault(page);
  await go(page, 'profile');
  await page.getByText(wheelCopy.asTable, { exact: true }).click();
  const table = page.getByRole('table', { name: wheelCopy.tableCaption });
  await expect(table).toBeVisible();
  const { preferences } = told.get('profile.list') as Output<'profile.list'>, { nodes } = told.get('profile.taxonomy') as Output<'profile.taxonomy'>;
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent])), rootOf = (id: string): string => { const parent = parents.get(id); return parent == null ? id : rootOf(parent); };
  const counts = new Map<string, number>();
  for (const { claim, value } of preferences) if (['interest', 'genre', 'avoid'].includes(claim)) counts.set(rootOf(value), (counts.get(rootOf(value)) ?? 0) + 1);
  const expected = nodes.filter(({ id, parent, kind, closed }) => parent === null && kind !== 'department' && !closed && counts.has(id)).map(({ id, label }) => [label, String(counts.get(id))]);
  expect(expected.length).toBeGreaterThan(5);
  for (const [label = '', count = ''] of expected) await expect(table.getByRole('row', { name: new RegExp(`^${label} ${count} `, 'u') })).toHaveCount(1);
  await expect(table.locator('tbody tr')).toHaveCount(expected.length + nodes.filter(({ parent, closed, kind }) => parent === null && closed && kind !== 'department').length);
});

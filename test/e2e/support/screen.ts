/** The screens of an open vault as objects: where each is, and when all of it is there. `test/unit/screens.test.ts` holds the list against the app's own. */
import { expect, type Locator, type Page } from '@playwright/test';
import { appCopy } from '../../../renderer/src/copy/app.ts';
import { activityCopy } from '../../../renderer/src/copy/activity.ts';
import { breathingCopy } from '../../../renderer/src/copy/breathing.ts';
import { careCopy } from '../../../renderer/src/copy/care.ts';
import { homeCopy } from '../../../renderer/src/copy/home.ts';
import { learnCopy } from '../../../renderer/src/copy/learn.ts';
import { opinionsCopy } from '../../../renderer/src/copy/opinions.ts';
import { patternsCopy } from '../../../renderer/src/copy/patterns.ts';
import { profileCopy } from '../../../renderer/src/copy/profile.ts';
import { recordsCopy } from '../../../renderer/src/copy/records.ts';
import { companiesCopy, requestsCopy } from '../../../renderer/src/copy/requests.ts';
import { securityCopy } from '../../../renderer/src/copy/security.ts';
import { settingsCopy } from '../../../renderer/src/copy/settings.ts';
import { sourcesCopy } from '../../../renderer/src/copy/sources.ts';

/** Goes to an address within the app; ends when what it leads to has loaded, in whatever language. */
export async function openAddress(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => new Promise<void>((resolve) => {
    if (window.location.hash === hash) { resolve(); return; }
    window.addEventListener('hashchange', () => { requestAnimationFrame(() => { requestAnimationFrame(() => { resolve(); }); }); }, { once: true });
    window.location.hash = hash;
  }), `#/${address}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('main .skeleton')).toHaveCount(0);
  // What is drawn a moment later on purpose, so as not to keep the first of it waiting.
  await page.waitForTimeout(150);
}

export class Screen {
  readonly address: string;
  readonly title: string;
  constructor(address: string, title: string) {
    this.address = address;
    this.title = title;
  }
  open(page: Page): Promise<void> { return openAddress(page, this.address); }
  /** What says that it is this screen, in English. */
  heading(page: Page): Locator { return page.getByRole('heading', { level: 1, name: this.title, exact: true }); }
}

export const SCREENS: readonly Screen[] = Object.entries({
  home: homeCopy.title, profile: profileCopy.title, patterns: patternsCopy.title, opinions: opinionsCopy.title, records: recordsCopy.title, sources: sourcesCopy.title,
  companies: companiesCopy.title, permissions: careCopy.title, requests: requestsCopy.title, known: appCopy.tabs.known, breathing: breathingCopy.title, activity: activityCopy.title,
  learn: learnCopy.title, security: securityCopy.title, settings: settingsCopy.title,
}).map(([address, title]) => new Screen(address, title));

/** What Netflix tells besides watching: ratings in thumbs and stars, searches, the list, and what was answered when it asked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatById } from '../../../electron/core/sources/importers/index.ts';
import { surveyFile } from '../../../electron/core/sources/parse.ts';
import { fixture, MARKER, parseAll, readableOf, readAsFound } from '../../support/sources.ts';

const read = (name: string): Buffer => readFileSync(join(fixture('../netflix'), name));
const FILES: readonly (readonly [string, string])[] = [['Ratings.csv', 'netflix/ratings'], ['SearchHistory.csv', 'netflix/searches'], ['MyList.csv', 'netflix/my-list'], ['IndicatedPreferences.csv', 'netflix/indicated']];

describe('the other files of Netflix', () => {
  it.each(FILES)('%s is %s by its columns, whatever it is called, names its profiles and keeps to those chosen', async (name, id) => {
    expect(read(name).toString()).toContain(MARKER);
    expect((await readAsFound(read(name), 'x.csv')).format).toBe(id);
    const format = formatById(id);
    expect(format && (await surveyFile(readableOf(read(name)), format, 'preview'))?.profiles).toEqual(['Ada', 'Bob']);
    const all = await parseAll(read(name), id), bobs = await parseAll(read(name), id, { profiles: ['Bob'] });
    expect(bobs.records).toHaveLength(1);
    expect(all.records).toContainEqual(bobs.records[0]);
    expect(bobs.issues.filter(({ code }) => code === 'SKIPPED_PROFILE').length).toBeGreaterThan(3);
  });

  it('leave out everything but films and episodes, and the list of profiles with the reason', async () => {
    const head = 'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n';
    const row = (type: string): string => `Ada,2024-03-01 19:00:00,01:00:00,,Dark,${type},TV,01:00:00,01:00:00,DE\n`;
    const types = ['HOOK', 'TRAILER', 'TEASER_TRAILER', 'CINEMAGRAPH', 'BUMPER', 'PROMOTIONAL'];
    const { lines, issues } = await readAsFound(head + types.map(row).join('') + row(''), 'ViewingActivity.csv');
    expect(lines).toEqual(['used | video | Dark | 2024-03-01T19:00 | 3600000']);
    expect(issues).toEqual(types.map((_, i) => `SKIPPED_TRAILER #row=${i + 2}`));
    const profiles = await readAsFound('Profile Name,Email Address,Maturity Level,Primary Lang,Profile Creation Time\nAda,,18+,de,2019-01-01 10:00:00\n', 'Profiles.csv');
    expect([profiles.format, profiles.why]).toEqual([null, expect.stringContaining('settings')]);
  });

  it('rate in thumbs and, before 2017, in stars', async () => {
    const { lines, issues, records } = await readAsFound(read('Ratings.csv'), 'Ratings.csv');
    expect(lines).toEqual([
      'liked | video | Slow Horses | 2024-08-14T20:14', 'liked | video | Dark: Staffel 1: Geheimnisse | Dark | 2024-07-02T21:03', 'disliked | video | Emily in Paris | 2024-07-02T21:03',
      'liked | video | Old Stars | 2015-06-11T19:45', 'used | video | Middle Stars | 2015-06-12T19:45', 'disliked | video | Few Stars | 2015-06-13T19:45', 'disliked | video | Slow Horses | 2024-08-14T20:14',
    ]);
    expect(issues).toEqual(['SKIPPED_OTHER #row=5', 'SKIPPED_OTHER #row=9', 'TITLE_MISSING #row=11', 'DATE_INVALID #row=12', 'ROW_COLUMNS #row=13']);
    expect(records[0]).toEqual({ kind: 'video', act: 'liked', title: 'Slow Horses', creator: null, collection: null, category: null, atMs: Date.UTC(2024, 7, 14, 20, 14, 2), durationMs: null, quantity: null, amountMinor: null, currency: null, variant: records[0]?.variant });
    // Two people saying so in one second are two events.
    expect(records[6]?.variant).not.toBe(records[0]?.variant);
  });

  it('keep the words typed, not what was shown for them', async () => {
    const { lines, issues } = await readAsFound(read('SearchHistory.csv'), 'SearchHistory.csv');
    expect(lines).toEqual(['used | search | backen | 2024-03-01T19:00', 'used | search | horror | 2024-03-01T19:00', 'used | search | 料理 | 2024-03-01T19:00']);
    expect(issues).toEqual(['SKIPPED_OTHER #row=3', 'SKIPPED_PERSONAL #row=4']);
  });

  it('have days for the list and the answers, which stand for noon', async () => {
    const list = await readAsFound(read('MyList.csv'), 'MyList.csv');
    expect(list.lines).toEqual(['wanted | video | The Great British Baking Show | 2024-02-29T12:00', 'wanted | video | 君の名は。 | 2023-12-31T12:00', 'wanted | video | Alien | 2024-01-01T12:00']);
    expect(list.issues).toEqual(['DATE_INVALID #row=5', 'TITLE_MISSING #row=6']);
    const answers = await readAsFound(read('IndicatedPreferences.csv'), 'IndicatedPreferences.csv');
    expect(answers.lines).toEqual(['wanted | video | Wanted | 2020-05-01T12:00', 'liked | video | Liked | 2020-05-01T12:00', 'used | video | Seen | 2020-05-02T12:00', 'disliked | video | Refused | 2020-05-02T12:00', 'wanted | video | Wanted | 2020-05-01T12:00']);
    expect(answers.issues).toEqual(['SKIPPED_OTHER #row=6', 'DATE_INVALID #row=8']);
  });
});

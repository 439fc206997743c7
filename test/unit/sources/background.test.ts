/** What counts as background: hours in which nothing was chosen, told by Spotify's reasons and Netflix's attributes, and by nothing else. */
import { describe, expect, test } from 'vitest';
import { createBackground, type Playback } from '../../../electron/core/sources/background.ts';
import { formatById } from '../../../electron/core/sources/importers/index.ts';
import { isIssue, parseFile, surveyFile, type Readable } from '../../../electron/core/sources/parse.ts';

const MINUTE_MS = 60_000, START_MS = Date.UTC(2026, 4, 4, 8), NOW_MS = Date.UTC(2026, 10, 23);
const formatOf = (id: string) => { const format = formatById(id); if (!format) throw new Error(id); return format; };
async function read(id: string, label: string, text: string): Promise<string[]> {
  const file: Readable = { label, sizeBytes: text.length, async *read() { yield await Promise.resolve(Buffer.from(text)); } };
  const format = formatOf(id), survey = await surveyFile(file, format, 'import'), found: string[] = [];
  for await (const outcomes of parseFile(file, format, { nowMs: NOW_MS, profiles: null, survey })) for (const one of outcomes) found.push(isIssue(one) ? one.code : `${one.title}${one.background === true ? ' in the background' : ''}`);
  return found;
}

describe('a run of playbacks', () => {
  const timeOf = (hour: number): number => START_MS + hour * 60 * MINUTE_MS;
  /** Each goes on until the next one begins, or for half an hour, or as long as is said. */
  const run = (...of: (readonly [number, boolean | null, number?])[]): boolean[] => {
    const isBackground = createBackground();
    return of.map(([hour, byItself, lasts], nth): Playback => ({ startMs: timeOf(hour), endMs: timeOf(hour + (lasts ?? Math.max(0.5, (of[nth + 1]?.[0] ?? 0) - hour))), byItself })).map(isBackground);
  };
  test('is background from three hours after the last choice on, until the next one', () => {
    expect(run([0, false], [1, true], [2.9, true], [3, true], [9, true], [10, false], [11, true], [12.9, true], [13, true])).toEqual([false, false, false, true, true, false, false, false, true]);
  });
  test('is none where no choice was seen, where the source does not say, and where times go back', () => {
    expect(run([0, true], [9, true])).toEqual([false, false]);
    expect(run([0, false], [1, null], [9, true])).toEqual([false, false, false]);
    expect(run([5, false], [1, true, 0.5], [9, true])).toEqual([false, false, false]);
  });
  test('is none after a silence: somebody began anew', () => {
    expect(run([0, false, 1], [80, true])).toEqual([false, false]);
    expect(run([0, false, 1], [1.5, true, 2], [3.5, true])).toEqual([false, false, true]);
    expect(run([0, false, 1], [1.6, true, 2], [3.6, true])).toEqual([false, false, false]);
  });
});

describe('what the exports say of it', () => {
  test('is read from Spotify’s reasons, also those of what is left out', async () => {
    let before = 0;
    // Played from the end of the one before on.
    const element = (hour: number, title: string, more: object) => ({ ts: new Date(START_MS + hour * 60 * MINUTE_MS).toISOString(), ms_played: -(before - (before = hour)) * 60 * MINUTE_MS, master_metadata_track_name: title, master_metadata_album_artist_name: 'A', ...more });
    const found = await read('spotify/extended', 'endsong.json', JSON.stringify([
      element(1, 'Chosen', { reason_start: 'clickrow' }), element(3, 'Next', { reason_start: 'trackdone' }), element(5, 'Hours on', { reason_start: 'trackdone' }), element(5.5, 'Radio', { reason_start: 'autoplay' }),
      element(6, 'Pressed on', { reason_start: 'fwdbtn', ms_played: 5_000 }), element(9.1, 'After that', { reason_start: 'trackdone' }), element(11, 'Again', { reason_start: 'trackdone' }),
      element(12, 'Alone', { reason_start: 'playbtn', incognito_mode: true }), element(13, 'Since then', { reason_start: 'trackdone' }), element(17, 'Unsaid', {}), element(21, 'Nobody knows', { reason_start: 'trackdone' }),
    ]));
    expect(found).toEqual(['Chosen', 'Next', 'Hours on in the background', 'Radio in the background', 'SKIPPED_SHORT', 'After that', 'Again in the background', 'SKIPPED_INCOGNITO', 'Since then', 'Unsaid', 'Nobody knows']);
  });
  test('is read from Netflix’s attributes, by profile, though the newest row comes first', async () => {
    const row = (profile: string, hour: number, title: string, attributes: string): string => `${profile},${new Date(START_MS + hour * 60 * MINUTE_MS).toISOString().slice(0, 19).replace('T', ' ')},00:40:00,${attributes},"${title}",,TV,0,0,DE`;
    const itself = 'Autoplayed: user action: None; ', hand = 'Autoplayed: user action: User_Interaction; ';
    const rows = [row('A', 0, 'One', ''), row('A', 1, 'Two', itself), row('A', 2, 'Three', itself), row('B', 2, 'Hers', ''), row('A', 3, 'Four', itself), row('A', 4, 'Five', hand), row('A', 5, 'Six', itself)];
    const found = await read('netflix/viewing-activity', 'ViewingActivity.csv', ['Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country', ...rows.reverse()].join('\n'));
    expect(found).toEqual(['Six', 'Five', 'Four in the background', 'Hers', 'Three', 'Two', 'One']);
  });
});

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
  const playback = (hour: number, byItself: boolean | null): Playback => ({ startMs: START_MS + hour * 60 * MINUTE_MS, endMs: START_MS + (hour + 0.5) * 60 * MINUTE_MS, byItself });
  const run = (...of: (readonly [number, boolean | null])[]): boolean[] => { const isBackground = createBackground(); return of.map(([hour, byItself]) => isBackground(playback(hour, byItself))); };
  test('is background from three hours after the last choice on, until the next one', () => {
    expect(run([0, false], [1, true], [2.9, true], [3, true], [9, true], [10, false], [11, true], [12.9, true], [13, true])).toEqual([false, false, false, true, true, false, false, false, true]);
  });
  test('is none where no choice was seen, where the source does not say, and where times go back', () => {
    expect(run([0, true], [9, true])).toEqual([false, false]);
    expect(run([0, false], [1, null], [9, true])).toEqual([false, false, false]);
    expect(run([5, false], [1, true], [9, true])).toEqual([false, false, false]);
  });
});

describe('what the exports say of it', () => {
  test('is read from Spotify’s reasons, also those of what is left out', async () => {
    const element = (hour: number, title: string, more: object) => ({ ts: new Date(START_MS + hour * 60 * MINUTE_MS).toISOString(), ms_played: 200_000, master_metadata_track_name: title, master_metadata_album_artist_name: 'A', ...more });
    const found = await read('spotify/extended', 'endsong.json', JSON.stringify([
      element(1, 'Chosen', { reason_start: 'clickrow' }), element(2, 'Next', { reason_start: 'trackdone' }), element(5, 'Hours on', { reason_start: 'trackdone' }), element(5.5, 'Radio', { reason_start: 'autoplay' }),
      element(6, 'Pressed on', { reason_start: 'fwdbtn', ms_played: 5_000 }), element(7, 'After that', { reason_start: 'trackdone' }), element(11, 'Again', { reason_start: 'trackdone' }),
      element(12, 'Alone', { reason_start: 'playbtn', incognito_mode: true }), element(13, 'Since then', { reason_start: 'trackdone' }), element(17, 'Unsaid', {}), element(21, 'Nobody knows', { reason_start: 'trackdone' }),
    ]));
    expect(found).toEqual(['Chosen', 'Next', 'Hours on in the background', 'Radio in the background', 'SKIPPED_SHORT', 'After that', 'Again in the background', 'SKIPPED_INCOGNITO', 'Since then', 'Unsaid', 'Nobody knows']);
  });
  test('is read from Netflix’s attributes, by profile, though the newest row comes first', async () => {
    const row = (profile: string, hour: number, title: string, attributes: string): string => `${profile},${new Date(START_MS + hour * 60 * MINUTE_MS).toISOString().slice(0, 19).replace('T', ' ')},00:40:00,${attributes},"${title}",,TV,0,0,DE`;
    const itself = 'Autoplayed: user action: None; ', hand = 'Autoplayed: user action: User_Interaction; ';
    const rows = [row('A', 0, 'One', ''), row('A', 1, 'Two', itself), row('B', 2, 'Hers', ''), row('A', 4, 'Three', itself), row('A', 5, 'Four', hand), row('A', 6, 'Five', itself)];
    const found = await read('netflix/viewing-activity', 'ViewingActivity.csv', ['Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country', ...rows.reverse()].join('\n'));
    expect(found).toEqual(['Five', 'Four', 'Three in the background', 'Hers', 'Two', 'One']);
  });
});

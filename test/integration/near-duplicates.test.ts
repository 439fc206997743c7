/** What one source tells twice in other words or on other days counts once, whichever file comes first. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, openSources } from '../support/sources.ts';

const day = (text: string): string => `${text}T12:00`;

/** What is stored, by act, title and time. */
const stored = ({ db }: ReturnType<typeof openSources>): string[] =>
  db.query<{ act: string; title: string; atMs: number }>('SELECT i.act, i.title, r.at_ms AS atMs FROM records r JOIN items i ON i.item_id = r.item_id ORDER BY i.act, i.title, r.at_ms').all()
    .map(({ act, title, atMs }) => `${act} | ${title} | ${new Date(atMs).toISOString().slice(0, 16)}`);

/** Imports these files one after the other in every order of theirs that is given, each into a vault of its own. */
async function inOrders(files: Readonly<Record<string, string>>, orders: readonly (readonly string[])[]): Promise<string[][]> {
  const results = [];
  for (const order of orders) {
    const vault = openSources(), folder = folderOf(files);
    for (const name of order) await vault.runImport(join(folder, name));
    results.push(stored(vault));
  }
  return results;
}

const FILMS = {
  // Marked, rated and liked days after it was seen; seen once more later.
  'watched.csv': 'Date,Name,Year,Letterboxd URI\n2024-03-03,Alien,1979,u\n2024-03-03,Solaris,1972,u\n',
  'ratings.csv': 'Date,Name,Year,Letterboxd URI,Rating\n2024-03-05,Alien,1979,u,3\n2024-03-06,Solaris,1972,u,3\n2024-03-06,Heat,1995,u,5\n',
  'films.csv': 'Date,Name,Year,Letterboxd URI\n2024-03-09,Heat,1995,u\n',
  'diary.csv': 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2024-03-03,Alien,1979,u,3,,,2024-03-02\n2024-06-10,Alien,1979,u,3,Yes,,2024-06-09\n',
};
const VIEWINGS = [`used | Alien (1979) | ${day('2024-03-02')}`, `used | Alien (1979) | ${day('2024-06-09')}`];

describe('a film of Letterboxd', () => {
  it('that is marked, rated and logged counts for each viewing of the diary, in whatever order the files come', async () => {
    const orders = [['watched.csv', 'ratings.csv', 'films.csv', 'diary.csv'], ['diary.csv', 'films.csv', 'watched.csv', 'ratings.csv'], ['watched.csv', 'diary.csv', 'ratings.csv', 'films.csv'], ['films.csv', 'ratings.csv', 'diary.csv', 'watched.csv']];
    for (const lines of await inOrders(FILMS, orders)) {
      expect(lines.filter((line) => line.includes('Alien'))).toEqual(VIEWINGS);
      // Only ever marked: it was seen once, and liked once, on the day that was told first.
      expect(lines.filter((line) => line.includes('Solaris')).length).toBe(1);
      expect(lines.filter((line) => line.includes('Heat')).length).toBe(1);
      expect(lines.length).toBe(4);
    }
  });

  it('that was marked on the very day it was seen is one viewing, and stays one through another import', async () => {
    const files = { ...FILMS, 'watched.csv': 'Date,Name,Year,Letterboxd URI\n2024-03-02,Alien,1979,u\n' };
    for (const lines of await inOrders(files, [['watched.csv', 'diary.csv', 'watched.csv', 'diary.csv'], ['diary.csv', 'watched.csv', 'diary.csv']])) expect(lines).toEqual(VIEWINGS);
  });

  it('imported again adds nothing and takes nothing away', async () => {
    const vault = openSources(), folder = folderOf(FILMS);
    await vault.runImport(folder);
    const before = stored(vault);
    const { reports } = await vault.runImport(folder);
    expect(reports.map(({ added }) => added)).toEqual(reports.map(() => 0));
    expect(stored(vault)).toEqual(before);
  });

  it('keeps its mark when the diary cannot be read to its end', async () => {
    const vault = openSources(), folder = folderOf(FILMS);
    await vault.runImport(join(folder, 'watched.csv'));
    const before = stored(vault);
    writeFileSync(join(folder, 'diary.csv'), Buffer.concat([Buffer.from(FILMS['diary.csv']), Buffer.alloc(3_000_000, '2024-06-10,Alien,1979,u,3,Yes,,2024-06-09\n'), Buffer.from([0xff, 0xfe, 0xff])]));
    const { reports } = await vault.runImport(join(folder, 'diary.csv'));
    expect(reports[0]?.state).toBe('failed');
    expect(stored(vault)).toEqual(before);
  });
});

const LONG = 'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country';
describe('an episode of Netflix', () => {
  it('is the same in both histories, though only the long one has its number', async () => {
    const files = {
      'ViewingActivity.csv': `${LONG}\nA,2024-02-03 19:40:38,00:44:59,,Baking: Season 2: Rye (Episode 3),,TV,0,0,DE\nA,2024-02-05 19:40:38,00:44:59,,Backen: Staffel 2: Zopf (Folge 4),,TV,0,0,DE\nA,2024-02-06 19:40:38,01:44:59,,Alien (Director 2),,TV,0,0,DE\n`,
      'NetflixViewingHistory.csv': 'Title,Date\n"Alien (Director 2)","2/6/24"\n"Backen: Staffel 2: Zopf","2/5/24"\n"Baking: Season 2: Rye","2/3/24"\n"Baking: Season 2: Rye","1/30/24"\n',
    };
    const [short, long] = await inOrders(files, [['NetflixViewingHistory.csv', 'ViewingActivity.csv'], ['ViewingActivity.csv', 'NetflixViewingHistory.csv']]);
    const named = (lines: readonly string[] | undefined): string[] | undefined => lines?.map((line) => line.slice(0, -6));
    expect(named(short)).toEqual(named(long));
    expect(named(long)).toEqual(['used | Alien (Director 2) | 2024-02-06', 'used | Backen: Staffel 2: Zopf | 2024-02-05', 'used | Baking: Season 2: Rye | 2024-01-30', 'used | Baking: Season 2: Rye | 2024-02-03']);
  });

  it('or film that was only said to be seen or liked counts no second time', async () => {
    const files = {
      'ViewingActivity.csv': `${LONG}\nA,2024-02-03 19:40:38,01:44:59,,Heat,,TV,0,0,DE\n`,
      'IndicatedPreferences.csv': 'Profile Name,Show,Has Watched,Is Interested,Event Date,Source\nA,Heat,True,,2023-01-02,x\nA,Alien,True,True,2023-01-02,x\n',
      'Ratings.csv': 'Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\nA,Alien,thumb,,2,x,2023-05-06 10:00:00,x\n',
    };
    for (const lines of await inOrders(files, [['ViewingActivity.csv', 'IndicatedPreferences.csv', 'Ratings.csv'], ['Ratings.csv', 'IndicatedPreferences.csv', 'ViewingActivity.csv']])) {
      expect(lines.map((line) => line.slice(0, line.lastIndexOf(' |')))).toEqual(['liked | Alien', 'used | Heat']);
      expect(lines[1]).toContain('2024-02-03T19:40');
    }
  });
});

describe('Prime Video', () => {
  it('tells a viewing once, to the hour or to the second', async () => {
    const files = {
      'hours.csv': 'Title,Playback Hour,Video Type\n"Heat",2021-12-14 19:00:00,Movie\n"Heat",2021-12-14 22:00:00,Movie\n',
      'seconds.csv': 'Title,Playback Start Datetime (UTC),Seconds Viewed,Material Type Description\n"Heat",2021-12-14 19:23:05,3600,Full\n',
    };
    for (const lines of await inOrders(files, [['hours.csv', 'seconds.csv'], ['seconds.csv', 'hours.csv']])) expect(lines.map((line) => line.slice(0, -3))).toEqual(['used | Heat | 2021-12-14T19', 'used | Heat | 2021-12-14T22']);
  });
});

/** The files of a Letterboxd export: told apart by columns and, where those are equal, by name; and what one film in several of them comes to. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../electron/core/sources/importers/index.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import type { ParsedRecord } from '../../../electron/core/sources/record.ts';
import { shippedMatcher } from '../../support/enrichment.ts';
import { fixture, MARKER, parseAll, readableOf, type Parsed } from '../../support/sources.ts';

const read = (name: string): Buffer => readFileSync(join(fixture('../letterboxd'), name));
const formatOf = async (content: string | Buffer, path: string): Promise<string | null> => {
  const structure = await readStructure(readableOf(content));
  return structure && (recognise(structure, path)?.id ?? null);
};
const brief = ({ act, title, collection, atMs }: ParsedRecord): string => `${act} | ${title} | ${collection ?? '-'} | ${atMs === 0 ? '-' : new Date(atMs).toISOString().slice(0, 16)}`;
const codes = ({ issues }: Parsed): string[] => issues.map(({ code, position }) => `${code} ${position}`);

const FILES: readonly (readonly [string, string])[] = [
  ['watched.csv', 'letterboxd/watched'], ['watchlist.csv', 'letterboxd/watchlist'], ['likes/films.csv', 'letterboxd/likes'], ['ratings.csv', 'letterboxd/ratings'], ['diary.csv', 'letterboxd/diary'], ['reviews.csv', 'letterboxd/diary'],
];

describe('the files of Letterboxd', () => {
  it.each(FILES)('%s is %s, in whatever folder or zip', async (name, id) => {
    for (const path of [name, `letterboxd-robin-2024-03-01-12-00-utc/${name}`, `Films/letterboxd.zip/${name.toUpperCase()}`, name.replace('.csv', ' (1).csv'), name.replace('.csv', '-2.csv')]) expect(await formatOf(read(name), path)).toBe(id);
    for (const path of [`deleted/${name}`, `orphaned/${name}`, `export/deleted/${name}`, `x/Orphaned/${name}`]) expect(await formatOf(read(name), path)).toBeNull();
  });

  it('leaves alone what is no list of films, and lists nobody can tell apart', async () => {
    for (const name of ['profile.csv', 'comments.csv', 'likes/reviews.csv', 'lists/space-films.csv']) expect(await formatOf(read(name), name)).toBeNull();
    expect(await formatOf(read('ratings.csv'), 'watched.csv')).toBe('letterboxd/ratings');
    for (const path of ['list.csv', 'watchedlist.csv', 'unwatched.csv', 'filmset.csv', 'watched/x.csv']) expect(await formatOf(read('watched.csv'), path)).toBeNull();
  });

  it('covers every file of an export, and no marked field comes through', async () => {
    const names = readdirSync(fixture('../letterboxd'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.csv'));
    expect(names.length).toBe(13);
    for (const name of names) {
      const id = await formatOf(read(name), name);
      expect(id).toBe(FILES.find(([file]) => file === name)?.[1] ?? null);
      expect(read(name).toString()).toContain(MARKER);
      if (id !== null) expect(JSON.stringify(await parseAll(read(name), id, { label: name }))).not.toContain(MARKER);
    }
  });
});

describe('films of Letterboxd', () => {
  it('are watched, with the year in the title and the name alone beside it', async () => {
    const parsed = await parseAll(read('watched.csv'), 'letterboxd/watched', { label: 'watched.csv' });
    expect(parsed.records.map(brief)).toEqual([
      'used | Alien (1979) | Alien | 2024-03-02T12:00', 'used | Dune (2021) | Dune | 2024-03-02T12:00', 'used | Dune (1984) | Dune | 2024-03-05T12:00', 'used | Mission: Impossible – Fallout (2018) | Mission: Impossible – Fallout | 2024-03-06T12:00',
      'used | Le Fabuleux Destin d\'Amélie, "Poulain" (2001) | Le Fabuleux Destin d\'Amélie, "Poulain" | 2024-03-07T12:00', 'used | 君の名は。 (2016) | 君の名は。 | 2024-03-08T12:00', 'used | An Unreleased Film | - | 2024-03-09T12:00',
      'used | No Day (2020) | No Day | -', 'used | 300 (2006) | 300 | 2024-03-12T12:00',
    ]);
    expect(codes(parsed)).toEqual(['TITLE_MISSING f#row=9', 'DATE_INVALID f#row=10', 'ROW_COLUMNS f#row=12']);
    expect(parsed.records[0]).toEqual({
      kind: 'video', act: 'used', title: 'Alien (1979)', creator: null, collection: 'Alien', category: null, atMs: Date.UTC(2024, 2, 2, 12), durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0,
    });
  });

  it('are known to the lexicon of titles by their name, whatever their year', async () => {
    const { matcher } = shippedMatcher();
    const { records } = await parseAll(read('watched.csv'), 'letterboxd/watched', { label: 'watched.csv' });
    const about = (title: string) => matcher.match(records.find((record) => record.title === title) ?? { kind: 'topic', title: '-', creator: null, collection: null, category: null });
    for (const title of ['Alien (1979)', 'Dune (1984)', 'Dune (2021)', '300 (2006)', 'Mission: Impossible – Fallout (2018)']) expect(about(title).map(({ rule }) => rule), title).not.toEqual([]);
    expect(about('Alien (1979)')).toEqual(matcher.match({ kind: 'video', title: 'Alien', creator: null, collection: null, category: null }));
  });

  it('are wanted, liked and rated', async () => {
    expect((await parseAll(read('watchlist.csv'), 'letterboxd/watchlist', { label: 'watchlist.csv' })).records.map(brief)).toEqual(['wanted | Solaris (1972) | Solaris | 2024-04-01T12:00', 'wanted | Alien (1979) | Alien | 2024-04-02T12:00']);
    expect((await parseAll(read('likes/films.csv'), 'letterboxd/likes', { label: 'likes/films.csv' })).records.map(({ act, title }) => `${act} ${title}`)).toEqual(['liked Alien (1979)', 'liked Mission: Impossible – Fallout (2018)']);
    expect((await parseAll(read('ratings.csv'), 'letterboxd/ratings')).records.map(({ act, title }) => `${act} ${title}`)).toEqual([
      'liked Alien (1979)', 'used Dune (2021)', 'disliked Dune (1984)', 'liked Le Fabuleux Destin d\'Amélie, "Poulain" (2001)', 'disliked 君の名は。 (2016)', 'used 300 (2006)', 'used Odd Rating (2006)',
    ]);
  });

  it('are seen on the day they were watched, or logged when that day is not known or before there were such days', async () => {
    expect((await parseAll(read('diary.csv'), 'letterboxd/diary')).records.map(brief)).toEqual([
      'used | Alien (1979) | Alien | 2024-03-02T12:00', 'used | Alien (1979) | Alien | 2024-06-09T12:00', 'used | Dune (2021) | Dune | 2024-03-02T12:00', 'used | Dune (1984) | Dune | 2024-03-05T12:00', 'used | Never Dated Viewing (2020) | Never Dated Viewing | 2024-07-01T12:00',
    ]);
    expect((await parseAll(read('reviews.csv'), 'letterboxd/diary')).records.map(brief)).toEqual(['used | Alien (1979) | Alien | 2024-03-02T12:00', 'used | 君の名は。 (2016) | 君の名は。 | 2024-03-08T12:00']);
    expect((await parseAll('Date,Name,Year,Letterboxd URI,Rating,Review\n2024-03-02,Alien,1979,u,4,text\n', 'letterboxd/diary')).records.map(brief)).toEqual(['used | Alien (1979) | Alien | 2024-03-02T12:00']);
  });

  it('marked, logged, reviewed, rated and liked are one viewing for each day and one opinion', async () => {
    const seen = new Set<string>();
    for (const [name, id] of FILES) for (const record of (await parseAll(read(name), id, { label: name })).records) if (record.title === 'Alien (1979)') seen.add(`${record.act} ${new Date(record.atMs).toISOString().slice(0, 10)} ${record.variant}`);
    expect([...seen].sort()).toEqual(['liked 2024-03-02 0', 'used 2024-03-02 0', 'used 2024-06-09 0', 'wanted 2024-04-02 0']);
  });

  it.each(FILES)('of %s read the same again, with CRLF and a mark, in any pieces', async (name, id) => {
    const whole = await parseAll(read(name), id, { label: name });
    expect(whole.records.length).toBeGreaterThan(0);
    expect(await parseAll(`\ufeff${read(name).toString().replaceAll('\n', '\r\n')}`, id, { label: name })).toEqual(whole);
    for (const pieceBytes of [1, 3, 50]) expect(await parseAll(read(name), id, { label: name, pieceBytes })).toEqual(whole);
  });

  it('that are hostile cost themselves and no other', async () => {
    const rows = ['__proto__,__proto__,__proto__,constructor,1e999', `2024-03-01,${'x'.repeat(5_000)},99999,u,NaN`, '9999-12-31,Far,2020,u,-4', '2024-03-01,Good,2020,u,5'];
    const parsed = await parseAll(`Date,Name,Year,Letterboxd URI,Rating\n${rows.join('\n')}\n`, 'letterboxd/ratings');
    expect(codes(parsed)).toEqual(['DATE_INVALID f#row=2', 'DATE_INVALID f#row=4']);
    expect(parsed.records.map(({ act, title }) => [act, title.length])).toEqual([['used', 990], ['liked', 'Good (2020)'.length]]);
  });
});

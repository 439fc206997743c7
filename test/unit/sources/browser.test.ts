/** Bookmarks as browsers export them: what of them is kept, how folders lie in each other, and hostile ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixture, MARKER, readAsFound } from '../../support/sources.ts';

const read = (name: string): Buffer => readFileSync(join(fixture('../browser'), name));
const found = (name: string) => readAsFound(read(name), name);

describe('exported bookmarks', () => {
  it('of Chrome are sites with the time they were added, and nothing else', async () => {
    const { format, lines, issues, records } = await found('bookmarks-chrome.html');
    expect(format).toBe('browser/bookmarks');
    expect(lines).toEqual([
      'saved | site | chefkoch.de | 2024-03-01T10:00', 'saved | site | bbc.co.uk | 2021-02-03T09:47', 'saved | site | müller.de | 2021-02-03T09:47', 'saved | site | github.com | no date',
    ]);
    expect(issues).toEqual(['SKIPPED_OTHER #/3', 'SKIPPED_OTHER #/4', 'SKIPPED_OTHER #/5', 'DATE_INVALID #/7', 'DATE_INVALID #/8', 'SKIPPED_OTHER #/9']);
    expect(records[0]).toEqual({ kind: 'site', act: 'saved', title: 'chefkoch.de', creator: null, collection: null, category: null, atMs: 1_709_287_200_000, durationMs: null, quantity: null, amountMinor: null, currency: null, variant: 0 });
    expect(read('bookmarks-chrome.html').toString()).toContain(MARKER);
  });

  it('of Firefox leave out its own lists, separators and descriptions, and take times in other units', async () => {
    const { format, lines, issues } = await found('bookmarks-firefox.html');
    expect(format).toBe('browser/bookmarks');
    expect(lines).toEqual(['saved | site | marmiton.org | 2024-03-01T10:00', 'saved | site | lemonde.fr | 2024-03-01T10:00', 'saved | site | example.org | 2024-03-01T10:00', 'saved | site | example.org | 2024-03-01T10:00']);
    expect(issues).toEqual(['SKIPPED_OTHER #/1']);
  });

  it('of Safari have no times, and its reading list is for later, with the folders in it', async () => {
    const { format, lines, issues } = await found('bookmarks-safari.html');
    expect(format).toBe('browser/bookmarks');
    expect(lines).toEqual(['saved | site | apple.com | no date', 'saved | site | wikipedia.org | no date', 'wanted | site | theguardian.com | no date', 'wanted | site | nytimes.com | no date']);
    expect(issues).toEqual([]);
  });

  it('are known by their first line only', async () => {
    const page = read('bookmarks-chrome.html').toString();
    expect((await readAsFound(`\ufeff\r\n${page.toLowerCase()}`, 'x.htm')).lines).toHaveLength(4);
    expect((await readAsFound(page.replace(/^.*\n/, '<!DOCTYPE html>\n'), 'bookmarks.html')).format).toBeNull();
  });

  it('that are cut off anywhere say so, and give what came before', async () => {
    const page = read('bookmarks-chrome.html').toString();
    const whole = await readAsFound(page, 'x.html');
    for (let length = page.indexOf('<DL>'); length < page.lastIndexOf('</DL>'); length += 7) {
      const cut = await readAsFound(page.slice(0, length), 'x.html');
      expect(cut.issues.at(-1)).toMatch(/^FILE_CUT/);
      expect(whole.lines.slice(0, cut.lines.length)).toEqual(cut.lines);
    }
  });

  it('with folders that are never closed, or closed too often, still give every site', async () => {
    const head = '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n', link = '<DT><A HREF="https://example.org/" ADD_DATE="1709287200">a</A>';
    expect((await readAsFound(`${head}<DL><p>${`<DT><H3>a</H3><DL><p>${link}`.repeat(500)}`, 'x.html'))).toMatchObject({ issues: ['FILE_CUT #/500'], lines: { length: 500 } });
    expect((await readAsFound(`${head}</DL></DL><DL><p>${link}</DL><p></DL></DL><DL><p>${link}</DL><p>`, 'x.html'))).toMatchObject({ issues: [], lines: { length: 2 } });
    // Each folder beside another lies one deeper to a reader of pages, for nothing closes the items of a list.
    expect((await readAsFound(`${head}<DL><p>${`<DT><H3>a</H3><DL><p>${link}</DL><p>`.repeat(1_000)}</DL><p>`, 'x.html'))).toMatchObject({ issues: [], lines: { length: 1_000 } });
  });

  it('with hostile attributes are skipped one by one', async () => {
    const links = ['HREF="https://__proto__/"', `HREF="https://${'a'.repeat(100_000)}.com/"`, 'HREF="https://a.com/" ADD_DATE="99999999999999999999999"', 'HREF="https://a.com/" ADD_DATE="-1"', 'HREF="https://a.com/" ADD_DATE="1e9"', '__proto__="x" constructor="y" HREF="https://good.com/" ADD_DATE="1709287200"'];
    const { lines, issues } = await readAsFound(`<!DOCTYPE NETSCAPE-Bookmark-file-1><DL>${links.map((link) => `<DT><A ${link}>a</A>`).join('')}</DL>`, 'x.html');
    expect(lines).toEqual(['saved | site | good.com | 2024-03-01T10:00']);
    expect(issues).toEqual(['SKIPPED_OTHER #/0', 'SKIPPED_OTHER #/1', 'DATE_INVALID #/2', 'DATE_INVALID #/3', 'DATE_INVALID #/4']);
  });
});

describe('a backup of Firefox', () => {
  it('gives every bookmark of every folder once, and the same as the page', async () => {
    const { format, lines, issues } = await found('bookmarks-2024-03-01.json');
    expect(format).toBe('browser/firefox-bookmarks');
    expect(lines).toEqual(['saved | site | marmiton.org | 2024-03-01T10:00', 'saved | site | lemonde.fr | 2024-03-01T10:00', 'saved | site | example.org | no date', 'saved | site | bbc.co.uk | 2021-02-03T09:47']);
    expect(issues).toEqual(['SKIPPED_OTHER #/0', 'DATE_INVALID #/0', 'ELEMENT_SHAPE #/0']);
    const page = await found('bookmarks-firefox.html');
    expect(page.records.slice(0, 2)).toEqual((await found('bookmarks-2024-03-01.json')).records.slice(0, 2));
  });

  it('with folders of the wrong kind loses nothing else', async () => {
    const good = { typeCode: 1, uri: 'https://good.com/', dateAdded: 1_709_287_200_000_000 };
    const deep = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => ({ typeCode: 2, children: [inner] }), good);
    const backup = { dateAdded: 1, type: 'text/x-moz-place-container', children: [null, 7, 'x', [good], { typeCode: 2, children: { 0: good } }, { typeCode: 2, children: [[], good, null, { uri: 5 }, { typeCode: 1, uri: 'https://a.com/', dateAdded: -1 }] }, deep(100), { typeCode: 1, uri: 'https://good.com/', dateAdded: 1e308 }] };
    const { lines, issues } = await readAsFound(JSON.stringify(backup).replace('"dateAdded":1,', '"dateAdded":1,"__proto__":{"root":"tagsFolder"},'), 'x.json');
    expect(lines).toEqual(['saved | site | good.com | 2024-03-01T10:00', 'saved | site | good.com | 2024-03-01T10:00']);
    expect(issues).toEqual(['ELEMENT_SHAPE #/0', 'ELEMENT_SHAPE #/1', 'ELEMENT_SHAPE #/2', 'ELEMENT_SHAPE #/3', 'ELEMENT_SHAPE #/5', 'ELEMENT_SHAPE #/5', 'ELEMENT_SHAPE #/5', 'DATE_INVALID #/5', 'DATE_INVALID #/7']);
  });
});

/** Reading pages as a stream: behind style sheets, with entities and broken markup, cut off, and very long ones. */
import { describe, expect, it } from 'vitest';
import { formatById, recognise } from '../../../electron/core/sources/importers/index.ts';
import { isIssue, parseFile, readStructure } from '../../../electron/core/sources/parse.ts';
import { NOW_MS, parseAll, readableOf, type Parsed } from '../../support/sources.ts';

const ID = 'google/activity-html';
const block = (title: string, more = ''): string => `<div class="outer-cell mdl-cell mdl-shadow--2dp"><div class="mdl-grid"><div class="header-cell mdl-cell"><p class="mdl-typography--title">YouTube<br></p></div><div class="content-cell mdl-cell mdl-typography--body-1">Watched&nbsp;<a href="https://www.youtube.com/watch?v=a&amp;t=1">${title}</a><br><a href="https://www.youtube.com/channel/UC1">A Channel</a><br>Mar 1, 2024, 10:00:00 AM UTC<br></div>${more}</div></div>`;
const page = (...blocks: readonly string[]): string => `<html><head><title>x</title></head><body><div class="mdl-grid">${blocks.join('')}</div></body></html>`;
const titles = ({ records }: Parsed): string[] => records.map(({ title }) => title);
const codes = ({ issues }: Parsed): string[] => issues.map(({ code, position }) => `${code} ${position}`);

describe('a page', () => {
  it.each([0, 7_000, 150_000, 900_000])('is recognised behind %i characters of style', async (length) => {
    for (const pieceBytes of [1 << 16, 5_000]) {
      const structure = await readStructure(readableOf(`\ufeff\n<HTML><head><STYLE type="text/css">${'.a{b:c}'.repeat(length / 7)}</STYLE><style>p{}</style></head><body>${block('A')}</body></html>`, 'f', pieceBytes));
      expect(structure && recognise(structure, 'f')?.id).toBe(ID);
    }
  });

  it('that is nothing but style is looked at up to an end, and is nothing', async () => {
    let read = 0;
    const endless = { label: 'f', sizeBytes: 0, async* read() { yield Buffer.from('<html><style>'); for (;;) { read += 100_000; yield Buffer.alloc(100_000, '.a{b:c} <style'); } } };
    expect(await readStructure(endless)).toMatchObject({ shape: 'html' });
    expect(read).toBeLessThan(2_000_000);
  });

  it('reads entities, and letters of any script', async () => {
    const parsed = await parseAll(page(block('Bread &amp; Butter &#x1F35E; &quot;now&quot; &lt;b&gt; &eacute;&#233;'), block('Über&nbsp;straße'), block('日本の &amp;amp; パン'), block('&bogus; &#99999999; &')), ID);
    expect(titles(parsed)).toEqual(['Bread & Butter 🍞 "now" <b> éé', 'Über\u00a0straße', '日本の &amp; パン', '&bogus; \ufffd &']);
    expect(parsed.issues).toEqual([]);
  });

  it('keeps the good entries of broken markup', async () => {
    // An end tag too few, one too many, two tags run into each other as real exports have them, and elements closed in the wrong order.
    const few = block('Few').slice(0, -'</div>'.length), many = `${block('Many')}</div>`, glued = block('Glued').replace('<div class="outer-cell', '<div<div class="outer-cell').replace(/<\/div>$/, '</div<div></div>');
    const crossed = block('Crossed').replace('</a><br><a', '</b></i></a></p><br><a');
    const parsed = await parseAll(page(block('One'), few, block('Two'), many, block('Three'), glued, block('Four'), crossed, '<p><b><div>', block('Five')), ID);
    expect(titles(parsed)).toEqual(['One', 'Few', 'Two', 'Many', 'Three', 'Glued', 'Four', 'Crossed', 'Five']);
    expect(parsed.issues).toEqual([]);
  });

  it('takes scripts, comments and what stands outside of entries for nothing', async () => {
    const parsed = await parseAll(page('<script>var a = "<div class=\'outer-cell mdl-x\'>";</script><!-- <div class="outer-cell mdl-x"> -->', block('One'), '<a href="https://www.youtube.com/watch?v=b">Loose</a> Mar 1, 2024, 10:00:00 AM UTC'), ID);
    expect(titles(parsed)).toEqual(['One']);
  });

  it('reads no half entry of a page that is cut off anywhere, and says so', async () => {
    const whole = page(block('One'), block('Two'));
    const second = whole.lastIndexOf('<div class="outer-cell');
    for (let length = second + 60; length < whole.length - '</div></body></html>'.length; length += 3) {
      const parsed = await parseAll(whole.slice(0, length), ID);
      expect(titles(parsed).slice(0, 1)).toEqual(['One']);
      expect(codes(parsed), `cut at ${length}`).toEqual([`FILE_CUT f#/${parsed.records.length}`]);
      for (const record of parsed.records) expect(record.atMs).toBe(Date.UTC(2024, 2, 1, 10));
    }
  });

  it('ends where elements are opened without end', async () => {
    const parsed = await parseAll(page(block('One'), '<div>'.repeat(200_000), '</x>'.repeat(200_000)), ID, { pieceBytes: 10_000 });
    expect(titles(parsed)).toEqual(['One']);
    expect(codes(parsed)).toEqual(['FILE_CUT f#/1']);
  });

  it('keeps no more than a beginning of what is far too long', async () => {
    const long = 'x'.repeat(300_000);
    const caption = `<div class="content-cell mdl-typography--caption"><b>A:</b>${long}</div>`;
    const parsed = await parseAll(page(block('One', caption), block(`Two ${long}`), block('Three').replace('Mar 1', `${'<br>'.repeat(5_000)}${long}Mar 1`), block('Four')), ID);
    expect(titles(parsed).map((title) => [title.slice(0, 5), title.length])).toEqual([['One', 3], ['Two x', 1_000], ['Four', 4]]);
    expect(codes(parsed)).toEqual(['DATE_INVALID f#/2']);
  });

  it('of 100,000 entries streams', async () => {
    const format = formatById(ID);
    if (!format) throw new Error(ID);
    const entries = 100_000, together = 500;
    const body = Buffer.from(block('A clip of which there are many').repeat(together));
    let handed = 0, mostBehind = 0, records = 0;
    const file = { label: 'f', sizeBytes: 0, async* read() { yield Buffer.from('<html><body>'); for (let i = 0; i < entries / together; i++) { handed += together; yield body; } yield Buffer.from('</body></html>'); } };
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    for await (const outcomes of parseFile(file, format, { nowMs: NOW_MS, profiles: null, survey: null })) {
      records += outcomes.filter((outcome) => !isIssue(outcome)).length;
      mostBehind = Math.max(mostBehind, handed - records);
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    expect(records).toBe(entries);
    // What was handed in comes out before more is asked for.
    expect(mostBehind).toBeLessThanOrEqual(2 * together);
    expect(most).toBeLessThan(200 * 2 ** 20);
  });
});

/** Reading lists inside JSON objects as a stream: where they are, what is left of broken and cut-off text, and what is never held. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createTreeReader, keysIn, type TreeElement } from '../../../electron/core/sources/json-tree.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import { readableOf } from '../../support/sources.ts';

interface Read { readonly elements: TreeElement[]; /** Whether each piece could be read, and the whole. */ readonly goesOn: boolean; readonly isWhole: boolean }
function read(text: string, paths: readonly string[], size = text.length): Read {
  const elements: TreeElement[] = [];
  const reader = createTreeReader(paths, (element) => { elements.push(element); });
  let goesOn = true;
  for (let at = 0; at < text.length; at += size) goesOn = reader.push(text.slice(at, at + size)) && goesOn;
  return { elements, goesOn, isWhole: reader.end() };
}
const lines = ({ elements }: Read): string[] => elements.map(({ path, value }) => `${path.join('/')} ${JSON.stringify(value)}`);

describe('paths', () => {
  const file = { Activity: { Searches: { List: [{ q: 'a' }, 'b', null, 3, [4, [5]]] }, Other: { List: [{ q: 'c' }] } }, 'Your Activity': { Searches: { List: { x: { q: 'd' }, y: 'e' } } }, List: [{ q: 'f' }], Empty: { Searches: { List: [] } }, None: { Searches: { List: null } } };

  it.each([
    [['$.Activity.Searches.List.*'], ['Activity/Searches/List/0 {"q":"a"}', 'Activity/Searches/List/1 "b"', 'Activity/Searches/List/2 null', 'Activity/Searches/List/3 3', 'Activity/Searches/List/4 [4,[5]]']],
    [['$.*.Searches.List.*'], ['Activity/Searches/List/0 {"q":"a"}', 'Activity/Searches/List/1 "b"', 'Activity/Searches/List/2 null', 'Activity/Searches/List/3 3', 'Activity/Searches/List/4 [4,[5]]', 'Your Activity/Searches/List/x {"q":"d"}', 'Your Activity/Searches/List/y "e"']],
    [['$.List.*', '$.*.Other.List.*'], ['Activity/Other/List/0 {"q":"c"}', 'List/0 {"q":"f"}']],
    [['$.*.Searches.List'], ['Activity/Searches/List [{"q":"a"},"b",null,3,[4,[5]]]', 'Your Activity/Searches/List {"x":{"q":"d"},"y":"e"}', 'Empty/Searches/List []', 'None/Searches/List null']],
    [['$.*.*.*.*.q'], ['Activity/Searches/List/0/q "a"', 'Activity/Other/List/0/q "c"', 'Your Activity/Searches/List/x/q "d"']],
    [['$.activity.Searches.List.*', '$.Searches.List.*', '$.Activity.List.*'], []],
  ] as const)('%j lead to their elements in the order of the file, in any pieces', (paths, expected) => {
    for (const text of [JSON.stringify(file), JSON.stringify(file, null, 2)]) {
      for (const size of [1, 2, 7, text.length]) {
        const result = read(text, paths, size);
        expect(lines(result)).toEqual(expected);
        expect(result).toMatchObject({ goesOn: true, isWhole: true });
      }
    }
  });

  it('read letters of any script and escapes as they are written, split anywhere', () => {
    const text = '{"Größe \\u00e9":[{"a":"\\ud83c\\udf5e 🍞 \\"x\\" \\\\ \\u00c3\\u00bc","日本":"パン"}]}';
    for (const size of [1, 3, 100]) expect(read(text, ['$.Größe é.*'], size).elements).toEqual([{ path: ['Größe é', 0], value: { a: '🍞 🍞 "x" \\ Ã¼', 日本: 'パン' } }]);
  });
});

describe('broken text', () => {
  it.each(['{"a":}', 'nul', '{"a" 1}', '1]', '{"a":"\u0001"}', '"\\x"', '-', '{,}', '[1,]'])('keeps what came before %j and says that it ends there', (bad) => {
    for (const size of [1, 4, 1_000]) {
      const result = read(`{"list":[{"n":1},{"n":2},${bad},{"n":3}],"x":1}`, ['$.list.*'], size);
      expect(result.elements.slice(0, 2)).toEqual([{ path: ['list', 0], value: { n: 1 } }, { path: ['list', 1], value: { n: 2 } }]);
      expect(result.elements.map(({ value }) => value)).not.toContainEqual({ n: 3 });
      expect(result).toMatchObject({ goesOn: false, isWhole: false });
    }
  });

  it('is not taken up again by what follows', () => {
    const elements: TreeElement[] = [];
    const reader = createTreeReader(['$.list.*'], (element) => { elements.push(element); });
    expect([reader.push('{"list":[1,}'), reader.push('2,3]}'), reader.push('{"list":[4]}'), reader.end()]).toEqual([false, false, false, false]);
    expect(elements.map(({ value }) => value)).toEqual([1]);
  });

  it('cut off at any place gives the elements that are complete, and is not whole', () => {
    const text = '{"x":{"y":[true]},"list":[{"n":1},{"n":[2,{"m":"a\\"b"}]},"c",4,null]}';
    const whole = read(text, ['$.list.*']).elements;
    expect(whole).toHaveLength(5);
    for (let length = 0; length < text.length; length++) {
      const cut = read(text.slice(0, length), ['$.list.*']);
      expect(cut.elements).toEqual(whole.slice(0, cut.elements.length));
      expect(cut).toMatchObject({ goesOn: true, isWhole: false });
    }
  });

  it('leaves what stands behind the end alone, however the file is cut into pieces', () => {
    for (const more of ['\n\n', ' {"list":[2]}', 'garbage }', '\u0000']) {
      for (const size of [1, 5, 1_000]) {
        const result = read(`{"list":[1]}${more}`, ['$.list.*'], size);
        expect(lines(result)).toEqual(['list/0 1']);
        expect(result.isWhole).toBe(true);
      }
    }
  });

  it('nothing at all is not whole', () => {
    expect(read('', ['$.a.*'])).toEqual({ elements: [], goesOn: true, isWhole: false });
  });
});

describe('hostile text', () => {
  it('has special keys that are data', () => {
    const { elements, isWhole } = read('{"__proto__":{"list":[1]},"constructor":{"prototype":{"polluted":true}},"list":[{"__proto__":{"polluted":true},"constructor":2,"toString":3,"":4}]}', ['$.list.*', '$.__proto__.list.*']);
    expect(isWhole).toBe(true);
    expect(elements.map(({ path }) => path)).toEqual([['__proto__', 'list', 0], ['list', 0]]);
    const value = elements[1]?.value as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString', '']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it.each([['within an element', 'list'], ['elsewhere', 'other']])('nested tens of thousands deep %s is given up at once', (_, key) => {
    for (const [open, close] of [['[', ']'], ['{"a":', '}']] as const) {
      const text = `{"list":["first"],"${key}":[${open.repeat(30_000)}1${close.repeat(30_000)}]}`;
      const started = performance.now();
      expect(lines(read(text, ['$.list.*'], 65_536))).toEqual(['list/0 "first"']);
      expect(read(text, ['$.list.*'], 65_536)).toMatchObject({ goesOn: false, isWhole: false });
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  it('a list of any length is read to its end, be it an element or not', () => {
    const list = `[${Array.from({ length: 30_000 }, (_, i) => `"entry ${i}"`).join(',')}]`;
    for (const key of ['list', 'other']) {
      const elements: TreeElement[] = [];
      const reader = createTreeReader(['$.list.*'], (element) => { elements.push(element); }, 100_000);
      for (let at = 0, text = `{"${key}":${list}}`; at < text.length; at += 4_096) expect(reader.push(text.slice(at, at + 4_096))).toBe(true);
      expect(reader.end()).toBe(true);
      expect(elements).toHaveLength(key === 'list' ? 30_000 : 0);
    }
  });

  it('nested as deep as no export is, is still read', () => {
    const deep = `${'['.repeat(400)}${']'.repeat(400)}`;
    expect(read(`{"other":${deep},"list":[${deep}]}`, ['$.list.*'])).toMatchObject({ isWhole: true, elements: [{ path: ['list', 0] }] });
  });

  it.each([['a text', '"', 'x'.repeat(8_000)], ['a number', '', '1'.repeat(8_000)], ['a list', '[', '[1,"a"],'.repeat(1_000)], ['space', '', ' '.repeat(8_000)]])('%s without end is given up instead of kept', (_, start, piece) => {
    for (const key of ['list', 'other']) {
      const elements: TreeElement[] = [];
      const reader = createTreeReader(['$.list.*'], (element) => { elements.push(element); }, 100_000);
      reader.push(`{"list":[1],"${key}":[${start}`);
      let pushed = 0;
      while (pushed < 100 && reader.push(piece)) pushed++;
      expect(pushed).toBe(12);
      expect(elements.map(({ value }) => value)).toEqual([1]);
      expect(reader.end()).toBe(false);
    }
  });
});

describe('what is held', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const usedBytes = (): number => { collect(); return getHeapStatistics().used_heap_size; };

  it.each([['$.list.*', 100_000], ['$.nothing.*', 0]])('of a list of 100,000 elements read by %s, next to nothing', (path, count) => {
    let elements = 0, most = 0;
    const reader = createTreeReader([path], ({ value }) => { if ((value as { n: number }).n === elements) elements++; });
    const before = usedBytes();
    reader.push('{"list":[');
    for (let at = 0; at < 100; at++) {
      reader.push(`${at === 0 ? '' : ','}${Array.from({ length: 1_000 }, (_, i) => JSON.stringify({ n: at * 1_000 + i, text: 'a text of its own', list: [i, { a: i }] })).join(',')}`);
      if (at % 25 === 24) most = Math.max(most, usedBytes() - before);
    }
    // Held, 100,000 of them would be more than 20 MB.
    expect(most).toBeLessThan(4 * 2 ** 20);
    reader.push(']}');
    expect(reader.end()).toBe(true);
    expect(elements).toBe(count);
  });
});

describe('keysIn', () => {
  const keys = (text: string): string[] => [...keysIn(text)];

  it('names the keys of the object and of the objects in it, not those in lists or deeper', () => {
    expect(keys('{"a":1,"b":{"c":{"d":1},"e":[{"f":1}]},"g":[{"h":1},[{"i":{}}]],"j":{"k":"l:m","n":null},"o":{}}')).toEqual(['a', 'b', 'b/c', 'b/e', 'g', 'j', 'j/k', 'j/n', 'o']);
    expect(keys('  {\n\t"Your Activity" : { "Größe" : 1 } }')).toEqual(['Your Activity', 'Your Activity/Größe']);
    expect(keys('{"__proto__":{"constructor":1}}')).toEqual(['__proto__', '__proto__/constructor']);
  });

  it('names what stands before the place where the text is cut off or broken', () => {
    const text = '{"a":{"b":[1,{"x":2}],"c":"d"},"e":{"f":tru', all = ['a', 'a/b', 'a/c', 'e', 'e/f'];
    expect(keys(text)).toEqual(all);
    let most = 0;
    for (let length = 0; length <= text.length; length++) {
      const known = keys(text.slice(0, length));
      expect(known).toEqual(all.slice(0, known.length));
      expect(known.length).toBeGreaterThanOrEqual(most);
      most = known.length;
    }
    expect(keys('{"a":{"b":x}, "c":1}')).toEqual(['a', 'a/b']);
    for (const nothing of ['', '{', '{}', '{a:1}', '}']) expect(keys(nothing)).toEqual([]);
  });

  it('takes depth and length in its stride', () => {
    const started = performance.now();
    expect(keys(`{"a":${'['.repeat(48_000)}`)).toEqual(['a']);
    expect(keys(`{"a":${'{"b":'.repeat(48_000)}`)).toEqual(['a', 'a/b']);
    expect(keysIn(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join(',')}}`).size).toBe(20_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is what a file of objects is recognised by, as far as its beginning goes', async () => {
    const file = `\ufeff{"first":{"a":"${'x'.repeat(100_000)}"},"late":1}`;
    expect(await readStructure(readableOf(file))).toEqual({ shape: 'json-tree', keys: new Set(['first', 'first/a']) });
  });
});

/** What the palette finds: by the beginnings of words, without accents, the nearest first; and keys that mean one thing each. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { findAmong, fold, grouped, type Findable } from '../../renderer/src/features/palette/find.ts';

const one = (label: string, more: Partial<Findable> = {}): Findable => ({ group: 'go', id: label, label, ...more });
const ids = (text: string, all: readonly Findable[], most = 10): string[] => findAmong(all, text, most).map(({ id }) => id);
const ALL = [one('Home'), one('Breathing space', { words: 'pause quiet' }), one('Café Zürich', { group: 'companies', detail: 'cafe.example' }), one('Space travel', { group: 'profile' }), one('Companies'), one('Compare space')];

const SRC = join(import.meta.dirname, '../../renderer/src');

test('names that begin so come before words within them, and those before what stands beside', () => {
  expect(ids('space', ALL)).toEqual(['Space travel', 'Compare space', 'Breathing space']);
  expect(ids('cafe zu', ALL)).toEqual(['Café Zürich']);
  expect(ids('zürich ca', ALL)).toEqual(['Café Zürich']);
  expect(ids('QUIET', ALL)).toEqual(['Breathing space']);
  expect(ids('example', ALL)).toEqual(['Café Zürich']);
  expect(ids('xyz', ALL)).toEqual([]);
  expect(ids('  ', ALL)).toHaveLength(ALL.length);
  expect(ids('!', ALL)).toEqual([]);
});

test('no group takes all the room, and groups stand in the order of their best', () => {
  const many = [...Array.from({ length: 20 }, (_, i) => one(`Company ${i}`, { group: 'companies' })), one('Comparing', { group: 'lessons' })];
  const found = findAmong(many, 'comp', 6);
  expect(grouped(found).map(({ group, found: own }) => [group, own.length])).toEqual([['companies', 6], ['lessons', 1]]);
});

test('whatever is typed, only what has every word in it is found, and nothing twice', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 20 }), fc.string({ maxLength: 12 }), (names, text) => {
    const all = names.map(([label, detail], at) => ({ group: 'go', id: String(at), label, detail }));
    const found = findAmong(all, text, 5), words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    for (const { label, detail } of found) for (const word of words) expect(fold(`${label} ${detail}`)).toContain(word);
  }));
});

test('no key means two things, and each one is in the list of keys', () => {
  const listed = appCopy.shortcuts.rows.map(([keys]) => keys);
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toContain('Ctrl K or ⌘ K');
  expect(appCopy.find.hint).toBe('Ctrl K');
  // Whatever a component listens for is in the list, by the words it has there.
  const words: Readonly<Record<string, string>> = { k: 'Ctrl K', l: 'Ctrl L', z: 'Ctrl Z', g: 'G then', x: 'X', '?': '?', '/': '/', '-': 'Backspace or -', Backspace: 'Backspace', Enter: 'Enter', Escape: 'Esc', ArrowLeft: 'Arrow keys', ArrowRight: 'Arrow keys', ArrowUp: 'Arrow keys', ArrowDown: 'Arrow keys', Home: 'Home', End: 'End', PageUp: 'Page Up', PageDown: 'Page Down' };
  const source = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/u.test(file)).map((file) => readFileSync(join(SRC, file), 'utf8')).join('\n');
  const used = new Set([...source.matchAll(/\bkey === '([^']{1,12})'/gu), ...source.matchAll(/\b(Arrow(?:Left|Right|Up|Down)|Home|End|Page(?:Up|Down)): /gu)].map(([, key = '']) => key).filter((key) => key.length === 1 || /^[A-Z]/u.test(key)));
  expect(used.size).toBeGreaterThan(12);
  for (const key of used) {
    expect(words[key], `${key} is in no row`).toBeDefined();
    expect(listed.some((keys) => keys.includes(words[key] ?? '?')), key).toBe(true);
  }
});

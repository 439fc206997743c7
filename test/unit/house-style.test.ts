/** Tokens are the only source of colour, space, size and time, components the only source of controls, and words lie in one place: what is planted against it is found, and nothing of it is in the page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../renderer/src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//gu, '').replaceAll(/(?<!:)\/\/[^\n]*/gu, '');

const NAMED = 'black|white|red|green|blue|gray|grey|silver|navy|teal|orange|purple|yellow|pink|brown|gold|maroon|olive|lime|aqua|cyan|magenta';
const COLOUR = new RegExp(`#[0-9a-f]{3,8}\\b|\\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\\(|(?<![\\w-])(?:${NAMED})(?![\\w-])`, 'iu');
/** Distances and sizes of letters; one pixel is the thinnest line there is. What a picture or a column measures is its own. */
const SPACED = /^(?:margin|padding|gap|row-gap|column-gap|font-size|font|border-radius)(?:-|$)/u;
const LENGTH = /(?<![\w.-])(?!0(?:px)?(?![\w.]))(?!1px)\d*\.?\d+(?:px|rem|pt|cm)\b/u;
const TIME = /(?<![\w.-])\d*\.?\d+m?s\b/u;

/** Every declaration that says a look itself. Paper is measured in millimetres and points. */
function inSheet(css: string): string[] {
  const plain = withoutComments(css).replaceAll(/@media print\s*\{(?:[^{}]|\{[^{}]*\})*\}/gu, (block) => block.replaceAll(/\d+(?:\.\d+)?(?:pt|mm)/gu, '0'));
  return [...plain.matchAll(/(?<=[{;\s])([\w-]+)\s*:\s*([^;{}]+);/gu)].flatMap(([, property = '', value = '']) => {
    if (property.startsWith('--')) return [];
    const bare = value.replaceAll(/var\([^)]*\)/gu, '').replaceAll(/url\([^)]*\)/gu, '');
    return COLOUR.test(bare) || (SPACED.test(property) && LENGTH.test(bare)) || (/^(?:transition|animation)/u.test(property) && TIME.test(bare)) ? [`${property}: ${value.trim()}`] : [];
  });
}

/** Controls, looks and words that a screen makes by itself. */
function inScreen(source: string): string[] {
  const plain = withoutComments(source);
  return [
    ...[...plain.matchAll(/<(button|input|select|textarea|dialog)\b/gu)].map(([whole]) => whole),
    ...[...plain.matchAll(/style=\{\{([^}]*)\}\}/gu)].map(([whole]) => whole),
    ...(/import \{[^}]*\b(?:t|msg)\b[^}]*\} from '[^']*language\/message\.ts'/u.test(plain) ? ['words outside of copy/'] : []),
  ];
}

describe('what is planted is found', () => {
  test.each(['a { color: #ff0000; }', 'a { color: rgb(1 2 3); }', 'a { background: white; }', 'a { padding: 13px; }', 'a { margin: 0 calc(-1 * 3px); }', 'a { gap: 1.5rem; }', 'a { font: 400 14px/1 var(--sans); }', 'a { border-radius: 9px; }', 'a { transition: color 777ms; }', 'a { animation: x 2s; }'])('%s', (css) => { expect(inSheet(css)).toHaveLength(1); });
  test.each(['a { color: var(--ink); border: 1px solid var(--rule); margin: 0 auto; padding: var(--s1) 0.4em; width: 132px; color: CanvasText; transition: color var(--quick); }', '/* white */ a { --own: #fff; }', '@media print { .x { margin: 4mm; font: 11pt serif; } }'])('and not %s', (css) => { expect(inSheet(css)).toEqual([]); });
  test.each(['<button type="button">x</button>', 'const x = <select />;', '<p style={{ color: hue }} />', "import { t } from '../../../../shared/language/message.ts';"])('%s', (source) => { expect(inScreen(source)).toHaveLength(1); });
});

test('no sheet says a colour, a distance, a size of letters or a time itself', () => {
  const sheets = files.filter((file) => file.endsWith('.css') && file !== 'ui/tokens.css');
  expect(sheets.length).toBeGreaterThan(10);
  expect(sheets.flatMap((file) => inSheet(readFileSync(join(SRC, file), 'utf8')).map((found) => `${file}: ${found}`))).toEqual([]);
});

test('no screen makes a control, a look or words itself', () => {
  const screens = files.filter((file) => /^(?:app|features|parts)\/.*\.tsx?$/u.test(file));
  expect(screens.length).toBeGreaterThan(60);
  expect(screens.flatMap((file) => inScreen(readFileSync(join(SRC, file), 'utf8')).map((found) => `${file}: ${found}`))).toEqual([]);
});

/** Contrast by the definition of WCAG 2.2, from the tokens themselves: every pairing the styles use, in both themes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../renderer/src/ui/tokens.css'), 'utf8');

/** Colours of the block that begins with `start`. */
function tokens(start: string): ReadonlyMap<string, string> {
  const from = css.indexOf(start);
  expect(from).toBeGreaterThan(-1);
  const open = css.indexOf('{', from), block = css.slice(open + 1, css.indexOf('}', open));
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/gu)].map(([, name = '', colour = '']) => [name, colour]));
}
const light = tokens("[data-theme='light']"), dark = tokens("\n  [data-theme='dark']"), darkBySystem = tokens(":root:not([data-theme='light'])");

/** WCAG 2.2, “relative luminance” and “contrast ratio”. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

const PAPERS = ['paper', 'paper-raised', 'paper-sunk'];
/** Ink on what it is written on: 4.5 to 1 (1.4.3). */
const WRITTEN: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...PAPERS, 'accent-soft', 'amber-soft', 'loss-soft']], ['ink-soft', [...PAPERS, 'accent-soft', 'amber-soft', 'loss-soft']], ['ink-faint', PAPERS],
  ['accent', PAPERS], ['accent-ink', ['accent-soft', ...PAPERS]], ['amber-ink', ['amber-soft', ...PAPERS]], ['loss-ink', ['loss-soft', ...PAPERS]], ['loss', ['paper', 'paper-raised']],
  ['on-accent', ['accent', 'accent-hover']], ['on-loss', ['loss', 'loss-hover']],
];
/** What is seen without being read, such as edges of fields, the ring of the focus and slices: 3 to 1 (1.4.11). */
const SEEN: readonly (readonly [string, readonly string[]])[] = [['rule-strong', PAPERS], ['accent', PAPERS], ['amber', ['paper', 'paper-raised']], ...Array.from({ length: 10 }, (_, i) => [`hue-${i + 1}`, ['paper', 'paper-raised']] as const)];

test('the numbers of the standard come out', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test('dark is the same by the system’s choice and by the person’s', () => { expect([...darkBySystem]).toEqual([...dark]); });

describe.each([['light', light], ['dark', dark]] as const)('the %s theme', (_name, colours) => {
  const of = (name: string): string => colours.get(name) ?? expect.fail(`no such colour: ${name}`);
  const tooFaint = (pairs: typeof WRITTEN, least: number): string[] => pairs.flatMap(([ink, grounds]) => grounds.filter((ground) => contrast(of(ink), of(ground)) < least).map((ground) => `${ink} on ${ground}: ${contrast(of(ink), of(ground)).toFixed(2)}`));
  test('can be read', () => { expect(tooFaint(WRITTEN, 4.5)).toEqual([]); });
  test('can be seen', () => { expect(tooFaint(SEEN, 3)).toEqual([]); });
});

/** docs/sources.md says of every importer what is kept, what never is, and what is left alone: written from the importers themselves (UPDATE_EXAMPLES=1). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { IMPORTERS } from '../../../electron/core/sources/importers/index.ts';
import type { Importer } from '../../../electron/core/sources/format.ts';
import { sourceName } from '../../../renderer/src/copy/sources.ts';

const PAGE = join(import.meta.dirname, '../../../docs/sources.md');
const cell = (text: string): string => text.replaceAll('|', '\\|');
const GRAINS: Readonly<Record<number, string>> = { 1: 'second or better', 1_000: 'second', 60_000: 'minute', 3_600_000: 'hour', 86_400_000: 'day' };

const sectionOf = ({ source, formats, leaves = [] }: Importer): string => [
  `## ${sourceName(source)}`, '',
  '| format | kept | exact to | never stored |', '| --- | --- | --- | --- |',
  ...formats.map(({ id, shape, keeps, drops, grainMs, saysOnce, isOptIn }) =>
    `| \`${id}\` (${shape}${saysOnce ? '; says that, not when' : ''}${isOptIn ? '; only when asked for by itself' : ''}) | ${cell(keeps.join(', '))} | ${GRAINS[grainMs] ?? `${grainMs} ms`} | ${cell(drops.join(', ')) || 'nothing else is in it'} |`), '',
  ...(leaves.length === 0 ? [] : ['Left alone, and the person is told why:', '', ...leaves.map(({ why }) => `- ${why}`), '']),
].join('\n');

const text = `# What is read of which export

Files are told apart by their structure and their columns, in any language and under any name, wherever they lie in a folder or zip. One file of a kind or many parts of it are one import. This page is written from the importers ([\`electron/core/sources/importers\`](../electron/core/sources/importers)) by [\`test/unit/sources/page.test.ts\`](../test/unit/sources/page.test.ts); the quirks of each are shown by the test of its name beside it, hostile and damaged files by [\`test/faults/hostile-imports.test.ts\`](../test/faults/hostile-imports.test.ts) and the fuzz targets in [\`test/fuzz\`](../test/fuzz).

A file that is none of these becomes a source of its own when the person says what its columns mean.

${IMPORTERS.map(sectionOf).join('\n')}`;

test('the page says what the importers do', () => {
  if (process.env['UPDATE_EXAMPLES']) writeFileSync(PAGE, text);
  expect(readFileSync(PAGE, 'utf8')).toBe(text);
});

/** How well the lexicons do on titles that nobody looked at while writing them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ItemKind } from '../../../electron/core/records/records.ts';
import { item, shippedMatcher } from '../../support/enrichment.ts';

const { taxonomy, matcher } = shippedMatcher();
const rows = readFileSync(join(import.meta.dirname, '../../fixtures/enrichment/labelled.tsv'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
  const [kind = '', title = '', creator = '', collection = '', labels = ''] = line.split('\t');
  return { kind: kind as ItemKind, title, creator: creator || null, collection: collection || null, labels: labels === '-' ? [] : labels.split(',') };
});
const related = (a: string, b: string): boolean => taxonomy.isWithin(a, b) || taxonomy.isWithin(b, a);

test('every label is a node of the taxonomy', () => {
  expect(rows.length).toBeGreaterThanOrEqual(150);
  for (const { labels, title } of rows) for (const label of labels) expect(taxonomy.get(label), `${title}: ${label}`).toBeDefined();
});

test('precision and recall stay above their floors', () => {
  let right = 0, said = 0, found = 0, wanted = 0;
  const notes: string[] = [];
  for (const { labels, ...what } of rows) {
    const predictions = [...new Set(matcher.match(item(what.kind, what.title, what)).filter((match) => match.weight >= 0.5 && !match.target.startsWith('brand:')).map((match) => match.target))];
    const good = predictions.filter((target) => labels.some((label) => related(label, target)));
    const met = labels.filter((label) => predictions.some((target) => related(label, target)));
    right += good.length; said += predictions.length; found += met.length; wanted += labels.length;
    const wrong = predictions.filter((target) => !good.includes(target)), missed = labels.filter((label) => !met.includes(label));
    if (wrong.length > 0 || missed.length > 0) notes.push(`${what.kind} “${what.title}”${wrong.length > 0 ? ` wrong: ${wrong.join(', ')}` : ''}${missed.length > 0 ? ` missed: ${missed.join(', ')}` : ''}`);
  }
  const precision = right / said, recall = found / wanted;
  process.stdout.write(`labelled titles: ${rows.length}, precision ${(precision * 100).toFixed(1)} %, recall ${(recall * 100).toFixed(1)} %\n${notes.map((note) => `  ${note}\n`).join('')}`);
  expect(precision).toBeGreaterThan(0.88);
  expect(recall).toBeGreaterThan(0.85);
});

test('what is closed is found and hides everything else about the item', () => {
  for (const { labels, ...what } of rows) {
    if (!labels.some((label) => taxonomy.get(label)?.closed)) continue;
    for (const { target } of matcher.match(item(what.kind, what.title, what))) expect(taxonomy.get(target)?.closed, `${what.title}: ${target}`).toBe(true);
  }
});

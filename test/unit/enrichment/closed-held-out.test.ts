/** Of titles the list of closed words was not written on, most are sealed, and few that only look so: a change of the list or of the matching must not lose that. Figures: docs/quality.md. */
import { expect, test } from 'vitest';
import { readClosed } from '../../quality/labelled.ts';
import { shippedMatcher } from '../../support/enrichment.ts';

test('most of what touches a closed part of life is sealed, in every language and kind, and little that only looks so', () => {
  const { matcher, taxonomy } = shippedMatcher();
  const rows = readClosed().filter(({ split }) => split === 'test').map((row) => ({ row, sealed: matcher.match(row.item).some(({ target }) => taxonomy.get(target)?.closed === true) }));
  const share = (of: typeof rows): number => of.filter(({ sealed }) => sealed).length / of.length;
  expect(rows.length).toBeGreaterThan(300);
  expect(share(rows.filter(({ row }) => row.closed))).toBeGreaterThan(0.8);
  for (const language of ['en', 'de', 'fr', 'es']) expect(share(rows.filter(({ row }) => row.closed && row.language === language)), language).toBeGreaterThan(0.7);
  for (const kind of ['search', 'site', 'product', 'clip', 'topic']) expect(share(rows.filter(({ row }) => row.closed && row.kind === kind)), kind).toBeGreaterThan(0.65);
  expect(share(rows.filter(({ row }) => !row.closed))).toBeLessThan(0.12);
});

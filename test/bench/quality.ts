/** How right the conclusions are, on titles nobody looked at while writing the rules: `npm run bench:quality`. The part called dev may be looked into, with `--misses`, and then the part called test stays out of sight; of that only these sums are looked at. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTally } from '../../electron/core/enrichment/conclude.ts';
import { parseIntentRules } from '../../electron/core/enrichment/intents.ts';
import { compileLexicon, readLexicons } from '../../electron/core/enrichment/lexicon.ts';
import { createMatcher } from '../../electron/core/enrichment/matcher.ts';
import { createPriceTable } from '../../electron/core/enrichment/price-bands.ts';
import { RULES } from '../../electron/core/enrichment/rules.ts';
import { SHARE_THAT_TELLS } from '../../electron/core/enrichment/scoring.ts';
import { loadTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { readClosed, readLabelled, ROW_KINDS, type Row } from '../quality/labelled.ts';
import { concludeLives } from '../quality/lives.ts';
import { countRules, drawn, judge, reliability, score, type Judged } from '../quality/score.ts';
import { seededRandom } from './generate.ts';

const RESOURCES = join(import.meta.dirname, '../../resources');
const NOW_MS = Date.UTC(2026, 10, 23);
const LIVES = 400, PROFILES = 2_000, MOST_ROWS = 12, MOST_RECORDS = 20;

const startedAt = performance.now();
const taxonomy = loadTaxonomy(RESOURCES);
const matcher = createMatcher(compileLexicon(readLexicons(RESOURCES), taxonomy), taxonomy);
const loadMs = performance.now() - startedAt;
const rows = readLabelled();
const misses = process.argv.includes('--misses');
const matchesOf = new Map(rows.map((row) => [row, matcher.match(row.item)]));
const judged = rows.map((row) => judge(row, matchesOf.get(row) ?? [], taxonomy));

const resource = (name: string): unknown => JSON.parse(readFileSync(join(RESOURCES, name), 'utf8'));
const prices = createPriceTable(resource('price-bands.json')), intents = parseIntentRules(resource('intents.json'));

/** Profiles of a few things each, drawn from one part of the set: what is concluded with which confidence if everything lasted, and whether one of the things is about it. */
function rulesAlone(part: readonly Row[]): { readonly confidence: number; readonly right: boolean }[] {
  const random = seededRandom(7);
  return Array.from({ length: PROFILES }, () => {
    const drawn = Array.from({ length: 1 + Math.floor(random() * MOST_ROWS) }, () => part[Math.floor(random() * part.length)]).filter((row) => row !== undefined);
    const tally = createTally({ taxonomy, prices, intents, ruledOut: [], nowMs: NOW_MS, tells: 1 });
    for (const [itemId, row] of drawn.entries()) {
      const records = 1 + Math.floor(random() ** 3 * MOST_RECORDS);
      tally.add({ itemId, kind: row.item.kind, act: 'used', records, decayed: records, lastAtMs: NOW_MS, matches: matchesOf.get(row) ?? [], unitPriceMinor: null, currency: null });
    }
    return tally.conclude([]).filter(({ claim, sensitive }) => (claim === 'interest' || claim === 'genre') && !sensitive).flatMap(({ value, confidence, claim }) => {
      // Only rows whose labels are of this kind can tell.
      const telling = drawn.filter((row) => row.labels.some((label) => taxonomy.get(label)?.kind === claim) || row.nothing || row.closed);
      const behind = telling.filter((row) => (matchesOf.get(row) ?? []).some(({ target }) => taxonomy.isWithin(target, value)));
      return behind.length === 0 ? [] : [{ confidence, right: behind.some(({ labels }) => labels.some((label) => taxonomy.isWithin(label, value) || taxonomy.isWithin(value, label))) }];
    });
  }).flat();
}

const percent = (share: number): string => (Number.isNaN(share) ? '    –' : (share * 100).toFixed(1).padStart(5));
const say = (line: string): void => { process.stdout.write(`${line}\n`); };
function line(name: string, part: readonly Judged[]): void {
  const { rows: count, precision, nearPrecision, recall, nearRecall, closedRows, closedFound, falselySealed } = score(part);
  say(`  ${name.padEnd(12)}${String(count).padStart(5)}   ${percent(precision)} (${percent(nearPrecision)})   ${percent(recall)} (${percent(nearRecall)})   ${closedRows === 0 ? '      –' : `${closedFound}/${closedRows}`.padStart(7)}   ${String(falselySealed).padStart(5)}`);
}

say(`${rows.length} labelled titles; lexicons loaded in ${loadMs.toFixed(0)} ms, ${(rows.length / Math.max(0.001, timeOf(() => { for (const row of rows) matcher.match(row.item); })) / 1_000).toFixed(0)} titles matched in a ms`);
for (const split of misses ? ['dev'] as const : ['dev', 'test'] as const) {
  const part = judged.filter(({ row }) => row.split === split);
  say(`\n${split} part          precision (near)  recall (near)    closed   sealed by mistake`);
  line('all', part);
  for (const kind of ROW_KINDS) line(kind, part.filter(({ row }) => row.kind === kind));
  for (const language of [...new Set(rows.map((row) => row.language))]) line(`in ${language}`, part.filter(({ row }) => row.language === language));
  const ofLives = (tells?: number): ReturnType<typeof concludeLives> => concludeLives({ taxonomy, prices, intents, rows: part.map(({ row }) => row), matchesOf: (row) => matchesOf.get(row) ?? [], lives: LIVES, random: seededRandom(11), ...(tells === undefined ? {} : { tells }) });
  const plots = [
    ['as it ships, of lives whose next year tells', ofLives()],
    ['the same with one half assumed instead of counted', ofLives(SHARE_THAT_TELLS)],
    ['rules alone, of titles by their labels', rulesAlone(part.map(({ row }) => row))],
  ] as const;
  for (const [what, said] of plots) {
    const { bins, error } = reliability(said);
    say(`  confidence ${what}: expected calibration error ${error.toFixed(3)}`);
    for (const drawing of drawn(bins)) say(`    ${drawing}`);
  }
  {
    say('  rule                          counted here       relied on');
    for (const [rule, { right, of }] of countRules(part.map(({ row }) => ({ row, matches: matchesOf.get(row) ?? [] })), taxonomy)) say(`    ${rule.padEnd(26)} ${`${right} of ${of}`.padStart(10)} ${(right / of).toFixed(2)}       ${RULES[rule].reliability.toFixed(2)}`);
  }
  // Misses of the part that may be looked into, when asked for.
  if (misses) for (const { row, found, said, exact, sealed } of part) if (found === 'missed' || said > exact || (sealed && !row.closed) || (row.closed && row.labels.length === 0 && !sealed)) say(`    ${row.kind} ${row.language} “${row.item.title}” ${row.item.creator ?? ''}: ${[...row.labels, row.closed ? 'closed' : ''].filter(Boolean).join(' or ') || 'nothing'}; said ${(matchesOf.get(row) ?? []).map(({ target }) => target).join(', ') || 'nothing'}`);
}

const closedRows = readClosed().map((row) => ({ row, sealed: matcher.match(row.item).some(({ target }) => taxonomy.get(target)?.closed === true) }));
for (const split of misses ? ['dev'] as const : ['dev', 'test'] as const) {
  say(`\nclosed parts, ${split} part      recognised          sealed by mistake`);
  const part = closedRows.filter(({ row }) => row.split === split);
  const sums = (name: string, of: typeof part): void => {
    const [closed, open] = [of.filter(({ row }) => row.closed), of.filter(({ row }) => !row.closed)];
    if (of.length > 0) say(`  ${name.padEnd(24)}${`${closed.filter(({ sealed }) => sealed).length} of ${closed.length}`.padStart(12)} ${percent(closed.filter(({ sealed }) => sealed).length / closed.length)}  ${`${open.filter(({ sealed }) => sealed).length} of ${open.length}`.padStart(12)}`);
  };
  sums('all', part);
  for (const kind of ROW_KINDS) sums(kind, part.filter(({ row }) => row.kind === kind));
  for (const language of ['en', 'de', 'fr', 'es']) sums(`in ${language}`, part.filter(({ row }) => row.language === language));
  if (misses) for (const { row, sealed } of part) if (sealed !== row.closed) say(`    ${row.kind} ${row.language} “${row.item.title}” ${row.item.creator ?? ''}: ${row.closed ? 'missed' : 'sealed by mistake'}`);
}

function timeOf(body: () => void): number {
  const from = performance.now();
  body();
  return (performance.now() - from) / 1_000;
}

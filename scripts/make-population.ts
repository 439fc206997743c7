/**
 * Makes `resources/population.tsv` out of a table of the United Nations' World Population Prospects
 * (columns un_m49, country, sex, age_group, population_thousands): adults of each country by the age bands of the protocol.
 *
 *   node scripts/make-population.ts <table.csv>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGE_BANDS } from '../electron/core/anonymizer/coarsen.ts';
import { continentOf } from '../electron/core/platform/regions.ts';

const [, , table] = process.argv;
if (table === undefined) throw new Error('Name the table to read.');

/** ISO 3166-1 alpha-2 of a UN M49 code, by the aliases of the Unicode locale data. */
function isoOf(m49: string): string | null {
  const code = Intl.getCanonicalLocales(`und-${m49.padStart(3, '0')}`)[0]?.split('-').at(-1) ?? '';
  return continentOf(code) === undefined ? null : code;
}
/** 18 to 24: two of the five years from 15 to 19, and all from 20 to 24. */
const bandOf = (from: number): { readonly band: number; readonly share: number } | null =>
  from < 15 ? null : from === 15 ? { band: 0, share: 0.4 } : { band: Math.min(AGE_BANDS.length - 1, Math.max(0, (from - 20) / 5)), share: 1 };

const people = new Map<string, number[]>();
const [, ...lines] = readFileSync(table, 'utf8').trim().split(/\r?\n/);
for (const line of lines) {
  // The country's name may hold commas; everything else is at one end or the other.
  const fields = line.split(','), m49 = fields[0] ?? '', [age = '', thousands = ''] = fields.slice(-2);
  const country = isoOf(m49), place = bandOf(Number.parseInt(age, 10));
  if (country === null || place === null) continue;
  const bands = people.get(country) ?? AGE_BANDS.map(() => 0);
  bands[place.band] = (bands[place.band] ?? 0) + Number(thousands) * 1000 * place.share;
  people.set(country, bands);
}
const rows = [...people].sort(([a], [b]) => (a < b ? -1 : 1)).map(([country, bands]) => [country, ...bands.map((count) => Math.floor(count))].join('\t'));
writeFileSync(join(import.meta.dirname, '..', 'resources', 'population.tsv'), [['country', ...AGE_BANDS].join('\t'), ...rows, ''].join('\n'));

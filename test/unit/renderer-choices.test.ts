/** What the page offers to say by hand is what the vault takes, value for value. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseClaimValue } from '../../electron/core/enrichment/claim-values.ts';
import { loadTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { addCopy, CHOICES, COUNTRIES, LANGUAGES } from '../../renderer/src/copy/profile.ts';

const taxonomy = loadTaxonomy(fileURLToPath(new URL('../../resources', import.meta.url)));

describe('choices offered by hand', () => {
  it('are all taken as they stand', () => {
    const offered: readonly (readonly [string, readonly string[]])[] = [
      ['style', CHOICES.style.map(({ value }) => value)], ['colour', CHOICES.colour.map(({ value }) => value)],
      ['accessibility', CHOICES.accessibility.map(({ value }) => value)], ['age', CHOICES.age.map(({ value }) => value)],
      ['channel', CHOICES.channel.flatMap(({ value: channel }) => [channel, ...CHOICES.often.map(({ value: often }) => `${channel}:${often}`)])],
      ['units', Object.keys(addCopy.units)], ['region', COUNTRIES], ['language', LANGUAGES],
      ['price_band', Object.keys(addCopy.bands).map((band) => `kitchenware:${band}`)],
    ];
    for (const [claim, values] of offered) for (const value of values) expect(parseClaimValue(claim, value, taxonomy), `${claim} ${value}`).toEqual({ claim, value });
  });
});

/** Price bands from prices, and intents from single purchases. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decideIntents, parseIntentRules, type Purchase } from '../../../electron/core/enrichment/intents.ts';
import { createPriceTable, decideBand } from '../../../electron/core/enrichment/price-bands.ts';
import { DAY_MS, daysAgo, NOW_MS, RESOURCES } from '../../support/enrichment.ts';

const json = (name: string): unknown => JSON.parse(readFileSync(join(RESOURCES, name), 'utf8'));
const prices = createPriceTable(json('price-bands.json'));
const rules = parseIntentRules(json('intents.json'));

describe('price of one piece', () => {
  test.each([
    ['kitchenware.knives', 1_900, 'EUR', 0], ['kitchenware.knives', 2_500, 'EUR', 1], ['kitchenware.knives', 8_999, 'EUR', 1], ['kitchenware.knives', 9_000, 'EUR', 2],
    // About 92 euro.
    ['kitchenware.knives', 10_000, 'USD', 2], ['kitchenware.knives', 9_500, 'USD', 1],
    // No minor units: 5,000 yen are about 30 euro.
    ['kitchenware.knives', 5_000, 'JPY', 1], ['kitchenware.knives', 0, 'EUR', null], ['kitchenware.knives', -5, 'EUR', null], ['kitchenware.knives', 5_000, 'XXX', null], ['no.family', 5_000, 'EUR', null], ['kitchenware.knives', NaN, 'EUR', null],
  ])('%s at %d %s', (family, minor, currency, band) => { expect(prices.bandOf(family, minor, currency)).toBe(band); });
  test('too few say nothing, most decide, a tie goes to the middle', () => {
    expect(decideBand([5, 0, 0], 2)).toBeNull();
    expect(decideBand([0, 0, 0], 9)).toBeNull();
    expect(decideBand([3, 1, 0], 4)?.band).toBe('low');
    expect(decideBand([0, 1, 3], 4)).toMatchObject({ band: 'high', strength: 0.75 });
    expect(decideBand([2, 0, 2], 4)?.band).toBe('middle');
    expect(decideBand([2, 2, 0], 4)?.band).toBe('middle');
  });
});

describe('intents', () => {
  const buy = (itemId: number, family: string, days: number): Purchase => ({ itemId, family, atMs: daysAgo(days) });
  const of = (purchases: readonly Purchase[], family: string, nowMs = NOW_MS) => decideIntents(purchases, rules, nowMs).find((intent) => intent.family === family);
  const hiking = [buy(1, 'outdoor-gear.hiking-gear', 10), buy(2, 'shoes.boots', 20), buy(3, 'outdoor-gear.backpacks', 30)];

  test('several neighbours in a short time point to what often follows, for a while', () => {
    expect(of(hiking, 'outdoor-gear.camping-gear')).toMatchObject({ rule: 'intent/adjacent@1', weeks: 15, records: 3, itemIds: [1, 3, 2] });
    expect(of(hiking.slice(1), 'outdoor-gear.camping-gear')).toBeUndefined();
    expect(of(hiking, 'outdoor-gear.camping-gear', NOW_MS + 200 * DAY_MS)).toBeUndefined();
  });
  test('the same thing twice is not two things', () => {
    expect(of([buy(1, 'outdoor-gear.hiking-gear', 10), buy(1, 'outdoor-gear.hiking-gear', 20), buy(1, 'outdoor-gear.hiking-gear', 30)], 'outdoor-gear.camping-gear')).toBeUndefined();
  });
  test('who has the thing already does not need it', () => {
    expect(of([...hiking, buy(9, 'outdoor-gear.camping-gear', 100)], 'outdoor-gear.camping-gear')).toBeUndefined();
    expect(of([...hiking, buy(9, 'outdoor-gear.camping-gear', 400)], 'outdoor-gear.camping-gear')).toBeDefined();
  });
  test('what is used up comes round again, what is durable does not', () => {
    const every = (family: string, days: readonly number[]) => days.map((day, i) => buy(i, family, day));
    expect(of(every('groceries.coffee-beans', [20, 50, 80, 110]), 'groceries.coffee-beans')).toMatchObject({ rule: 'intent/repeat@1', weeks: 2, records: 4 });
    expect(of(every('electronics.headphones', [20, 50, 80, 110]), 'electronics.headphones')).toBeUndefined();
    // Irregular, too seldom, long over, several on one day.
    expect(of(every('groceries.coffee-beans', [20, 24, 200, 210]), 'groceries.coffee-beans')).toBeUndefined();
    expect(of(every('groceries.coffee-beans', [20, 50]), 'groceries.coffee-beans')).toBeUndefined();
    expect(of(every('groceries.coffee-beans', [420, 450, 480]), 'groceries.coffee-beans')).toBeUndefined();
    expect(of(every('groceries.coffee-beans', [20, 20, 20, 20]), 'groceries.coffee-beans')).toBeUndefined();
  });
  test('several things looked for on several days are being chosen, until one is bought', () => {
    const look = (itemId: number, days: number, family = 'appliances.laundry'): Purchase => ({ itemId, family, atMs: daysAgo(days), looked: true });
    const looks = [look(1, 3), look(2, 5), look(3, 5), look(4, 9)];
    expect(of(looks, 'appliances.laundry')).toMatchObject({ rule: 'intent/looking@1', weeks: 8, records: 4, itemIds: [1, 2, 3, 4] });
    // Again and again the same, all on one day, too few, long ago, bought since, or what is used up.
    expect(of([look(1, 3), look(1, 5), look(1, 9)], 'appliances.laundry')).toBeUndefined();
    expect(of([look(1, 3), look(2, 3), look(3, 3)], 'appliances.laundry')).toBeUndefined();
    expect(of(looks.slice(0, 2), 'appliances.laundry')).toBeUndefined();
    expect(of(looks, 'appliances.laundry', NOW_MS + 70 * DAY_MS)).toBeUndefined();
    expect(of([...looks, buy(9, 'appliances.laundry', 1)], 'appliances.laundry')).toBeUndefined();
    expect(of(looks.map((one) => ({ ...one, family: 'groceries.snacks' })), 'groceries.snacks')).toBeUndefined();
    // What was only looked at was not bought: nothing follows it, and nothing comes round.
    expect(decideIntents(hiking.map((one) => ({ ...one, looked: true })), rules, NOW_MS)).toEqual([]);
  });
  test('purchases of tomorrow do not count yet', () => {
    expect(of(hiking.map((purchase) => ({ ...purchase, atMs: NOW_MS + DAY_MS })), 'outdoor-gear.camping-gear')).toBeUndefined();
  });
});

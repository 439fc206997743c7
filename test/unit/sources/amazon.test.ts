/** What Amazon tells besides orders of things: digital orders, the cart, searches, Prime Video, Audible; and what of it is left alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../electron/core/sources/importers/index.ts';
import { readStructure } from '../../../electron/core/sources/parse.ts';
import { fixture, MARKER, parseAll, readableOf, readAsFound } from '../../support/sources.ts';

const read = (name: string): Buffer => readFileSync(join(fixture('../amazon'), name));
const FILES: readonly (readonly [file: string, format: string, lines: readonly string[], issues: readonly string[]])[] = [
  [
    'Digital Content Orders.csv', 'amazon/digital-orders',
    ['used | product | Dune (English Edition) | 2023-04-27T03:23 | 1', 'used | audiobook | Project Hail Mary: Ein Roman | 2023-05-01T08:00 | 1', 'used | product | Zweites im selben Auftrag | 2023-05-04T08:00 | 1'],
    ['SKIPPED_OTHER #row=3', 'SKIPPED_OTHER #row=4', 'SKIPPED_CANCELLED #row=6', 'SKIPPED_OTHER #row=7', 'SKIPPED_OTHER #row=8', 'DATE_INVALID #row=9', 'TITLE_MISSING #row=10'],
  ],
  ['Cart History.csv', 'amazon/cart', ['wanted | product | Springform 26 cm | 2024-05-25T14:40'], ['TITLE_MISSING #row=3', 'DATE_INVALID #row=4']],
  [
    'Search Queries.csv', 'amazon/searches', ['used | search | rührbesen | 2024-05-01T10:00', 'used | search | usb cable | 2019-10-09T12:30'],
    ['SKIPPED_OTHER #row=4', 'SKIPPED_PERSONAL #row=5', 'SKIPPED_PERSONAL #row=6', 'DATE_INVALID #row=7'],
  ],
  [
    'Viewing History.csv', 'amazon/prime-video', ['used | video | The Expanse: Season 1 - Dulcinea | 2024-02-02T20:00 | 3600500', 'used | video | Systemsprenger | 2024-02-03T20:00 | 6000000'],
    ['SKIPPED_TRAILER #row=4', 'SKIPPED_SHORT #row=5', 'SKIPPED_OTHER #row=6', 'SKIPPED_NOT_AVAILABLE #row=7', 'DATE_INVALID #row=8', 'DURATION_INVALID #row=9', 'DURATION_INVALID #row=10'],
  ],
  ['Digital.PrimeVideo.Viewinghistory.csv', 'amazon/prime-video-hours', ['used | video | The Grand Tour | 2016-12-14T19:00'], ['DATE_INVALID #row=3', 'SKIPPED_TRAILER #row=4']],
  [
    'Listening.csv', 'amazon/audible-listening', ['used | audiobook | Der Schwarm | 2024-01-02T12:00 | 600000', 'used | audiobook | Der Schwarm | 2024-01-02T12:00 | 600000', 'used | audiobook | Dune | 2022-01-02T12:00 | 900000'],
    ['SKIPPED_TRAILER #row=5', 'SKIPPED_SHORT #row=6', 'DURATION_INVALID #row=7', 'DATE_INVALID #row=8', 'DATE_INVALID #row=9'],
  ],
  ['Library.csv', 'amazon/audible-library', ['saved | audiobook | Der Schwarm | Frank Schätzing | 2021-06-07T12:00', 'saved | audiobook | Dune | Frank Herbert | no date'], ['TITLE_MISSING #row=4']],
];

describe('the other files of Amazon', () => {
  it.each(FILES)('%s is %s, by its columns', async (name, id, lines, issues) => {
    expect(read(name).toString()).toContain(MARKER);
    const found = await readAsFound(read(name), 'x.csv');
    expect([found.format, found.lines, found.issues]).toEqual([id, lines, issues]);
    expect(await parseAll(read(name), id, { pieceBytes: 3 })).toEqual(await parseAll(read(name), id));
  });

  it('tell two sittings with one book on one day apart, and two copies of one list not', async () => {
    const { records } = await readAsFound(read('Listening.csv'), 'x');
    expect(records[0]?.variant).not.toBe(records[1]?.variant);
    expect((await readAsFound(read('Listening.csv'), 'y')).records).toEqual(records);
    const orders = await readAsFound(read('Digital Content Orders.csv'), 'x');
    expect(orders.records[0]).toMatchObject({ amountMinor: null, currency: null, quantity: 1, category: null });
  });

  it('have refunds and wish lists in them, which hold numbers only and are left alone with the reason', async () => {
    expect((await readAsFound(read('Refund Details.csv'), 'x.csv')).why).toContain('refunded');
    expect((await readAsFound(read('Amazon.Lists.Wishlist.json'), 'x.json')).why).toContain('wish list');
    expect((await readAsFound('[{"a [Lists]":1}]', 'x.json')).why).toBeNull();
  });

  it.each([
    ['Retail.OrderHistory.1.csv', 'Reading Lamp'],
    ['Your Amazon Orders/Order History.csv', 'Jigsaw Puzzle 1000'],
  ])('%s marks what was a present, and keeps neither message nor names', async (name, title) => {
    const { records } = await readAsFound(readFileSync(fixture(`amazon/${name}`)), name);
    expect(records.filter(({ act }) => act === 'given').map((record) => record.title)).toEqual([title]);
    expect(records.filter(({ act }) => act === 'used').length).toBeGreaterThan(1);
    expect(JSON.stringify(records)).not.toContain(MARKER);
  });

  it('say by the refunds beside them what was paid back in full, once for each refund', async () => {
    const orders = readFileSync(fixture('amazon/Retail.OrderHistory.1.csv'));
    const head = 'Creation Date,Currency,Order ID,Quantity,Refund Amount,Refund Date,Reversal Status\n', day = '2025-01-05T14:27:19.153Z';
    const row = (order: string, amount: string, status = 'Completed', currency = 'EUR'): string => `${day},${currency},${order},1,${amount},${day},${status}\n`;
    const acts = async (...rows: readonly string[]): Promise<string[]> => {
      const { records } = await parseAll(orders, 'amazon/retail-order-history', { beside: [head + rows.join('')], pieceBytes: 7 });
      expect(records).toHaveLength(5);
      return records.filter(({ act }) => act === 'returned').map(({ title }) => title);
    };
    expect(await acts(row('303-1', '11.90'))).toEqual(['Cast Iron Pan, 28 cm "Classic"']);
    expect(await acts(row('303-2', '"3,703.50"'))).toEqual(['Oat Flakes 500 g']);
    expect(await acts(row('303-2', '3703.50'), row('303-2', '3703.50'))).toEqual(['Oat Flakes 500 g', 'Oat Flakes 500 g']);
    // An allowance, another order, another currency, a refund that did not happen, a lamp that was a present and came back, and nonsense.
    expect(await acts(row('303-1', '5.00'), row('303-9', '11.90'), row('303-1', '11.90', 'Completed', 'USD'), row('303-1', '11.90', 'Failed'), row('303-1', 'Not Available'), 'x,y\n', row('', '11.90'))).toEqual([]);
    expect(await acts(row('303-6', '11.90'))).toEqual(['Reading Lamp']);
  });

  it('leave the orders of things what they are', async () => {
    for (const [name, id] of [['Retail.OrderHistory.1.csv', 'amazon/retail-order-history'], ['Your Amazon Orders/Order History.csv', 'amazon/orders-2026']] as const) {
      const structure = await readStructure(readableOf(readFileSync(fixture(`amazon/${name}`))));
      expect(structure && recognise(structure, name)?.id).toBe(id);
    }
    const order = 'ASIN,Currency,Department,Order Date,Order ID,Order Status,Original Quantity,Product Name,Total Amount,Unit Price,Unit Price Tax\nB,EUR,Paperback,2024-06-01T10:00:00Z,1,Closed,1,Ein Buch,10.00,10.00,0\n';
    expect((await parseAll(order, 'amazon/orders-2026')).records[0]).toMatchObject({ title: 'Ein Buch', category: 'Paperback' });
  });
});

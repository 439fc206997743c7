/** Addresses, decisions on a request, sorting of the profile. */
import { describe, expect, it } from 'vitest';
import type { Output } from '../../shared/api/contract.ts';
import { cadencesUpTo, chosenClaims, chosenPurposes, durationsUpTo, missingIn, noChoices } from '../../renderer/src/features/requests/choices.ts';
import { groupProfile, matches, NO_FILTER } from '../../renderer/src/features/profile/groups.ts';
import { indexTaxonomy, type Preference, type TaxonomyNode } from '../../renderer/src/parts/wheel-data.ts';
import { forgetAddresses, href, parseRoute } from '../../renderer/src/state/route.ts';

describe('addresses', () => {
  it('lead home when there is none', () => {
    for (const hash of ['', '#', '#/', '#//']) expect(parseRoute(hash)).toEqual({ screen: 'home', parts: [], query: {} });
  });

  it('carry company identifiers and search text unharmed', () => {
    const address = href('companies', ['https://shop.example:8443'], { q: 'tea & cake', empty: '' });
    expect(parseRoute(address)).toEqual({ screen: 'companies', parts: ['https://shop.example:8443'], query: { q: 'tea & cake' } });
  });

  it('say nothing to the browser’s history but the screen, and mean nothing once the vault was locked', () => {
    const address = href('companies', ['https://shop.example'], { q: 'tea & cake' });
    expect(address).toMatch(/^#\/companies\/~[0-9a-f]{8}\.\w+\?q=%7E[0-9a-f]{8}\.\w+$/u);
    expect(href('companies', ['https://shop.example'], { q: 'tea & cake' })).toBe(address);
    forgetAddresses();
    expect(parseRoute(address)).toEqual({ screen: 'companies', parts: [], query: {} });
  });

  it('survive broken escapes', () => {
    expect(parseRoute('#/profile/%E0%A4%A').parts).toEqual(['%E0%A4%A']);
  });
});

type Request = Output<'requests.get'>;
const request = (change: Partial<Request> = {}): Request => ({
  requestId: 'r', state: 'open', receivedAtMs: 0, expiresAtMs: 1, decidedAtMs: null, laterMs: null, alwaysRefused: false, benefit: null,
  company: { companyId: 'https://shop.example', name: 'Shop', domain: 'shop.example', identity: 'unverified', checkedAtMs: null, contact: 'x', policyUri: null },
  asks: [{ claim: 'interest', precision: 3, required: true, overAsking: false, known: 3 }, { claim: 'age', precision: 2, required: false, overAsking: false, known: 1 }],
  purposes: [{ iri: 'a', label: 'A', companyWords: '' }, { iri: 'b', label: 'B', companyWords: '' }],
  cadence: { max: 3, per: 'week' }, durationDays: 30, retentionDays: 1, enforced: [], declared: [], claimed: [], terms: { code: 'x', label: 'x', uri: null }, activeGrants: [], grantId: null, ...change,
});

describe('a decision', () => {
  it('starts with nothing ticked', () => {
    const choices = noChoices(request());
    expect(chosenClaims(request(), choices)).toEqual([]);
    expect(choices.purposes).toEqual([]);
    expect(choices.brands).toEqual([]);
    expect(missingIn(request(), choices)).toEqual({ kind: 'required', claims: ['interest'] });
  });

  it('needs something and a purpose, then may be allowed', () => {
    const optional = request({ asks: [{ claim: 'age', precision: 2, required: false, overAsking: false, known: 1 }] });
    expect(missingIn(optional, noChoices(optional))).toEqual({ kind: 'nothing' });
    expect(missingIn(optional, { ...noChoices(optional), claims: { age: 1 } })).toEqual({ kind: 'purpose' });
    expect(missingIn(optional, { ...noChoices(optional), claims: { age: 1 }, purposes: ['b'] })).toBeNull();
  });

  it('takes a single purpose without a tick', () => {
    const single = request({ purposes: [{ iri: 'only', label: 'x', companyWords: 'y' }] });
    expect(chosenPurposes(single, noChoices(single))).toEqual(['only']);
  });

  it('keeps the order in which it was asked', () => {
    expect(chosenClaims(request(), { ...noChoices(request()), claims: { age: 1, interest: 2 } })).toEqual([{ claim: 'interest', precision: 2 }, { claim: 'age', precision: 1 }]);
  });

  it('offers what was asked and only less', () => {
    expect(durationsUpTo(30)).toEqual([30, 14, 7, 1]);
    expect(durationsUpTo(1)).toEqual([1]);
    const perWindow = { day: 1, week: 7, month: 30 } as const;
    for (const asked of [{ max: 3, per: 'day' }, { max: 1, per: 'week' }, { max: 1000, per: 'month' }] as const) {
      const [first, ...less] = cadencesUpTo(asked);
      expect(first).toEqual(asked);
      for (const cadence of less) {
        expect(cadence.max / perWindow[cadence.per]).toBeLessThan(asked.max / perWindow[asked.per]);
        expect(cadence.max).toBeLessThanOrEqual(asked.max);
      }
    }
  });
});

const node = (id: string, closed = false): TaxonomyNode => ({ id, parent: id.includes('.') ? id.slice(0, id.lastIndexOf('.')) : null, label: id, level: id.split('.').length, kind: 'interest', iab: null, closed });
const taxonomy = indexTaxonomy([node('health', true), node('food'), node('food.cafés')]);
const preference = (claim: Preference['claim'], value: string, change: Partial<Preference> = {}): Preference => ({ id: value, claim, value, label: value, path: value.split('.'), iab: null, strength: 0.5, confidence: 1, origin: 'inferred', manner: null, sensitive: false, evidence: 1, horizonWeeks: null, lastSeenMs: 0, ...change });
const WORDS = { intent: 'Buy', brand: 'Brands', price_band: 'Prices', about: 'You', other: 'Other' };

describe('the profile list', () => {
  it('puts open areas first, then closed ones, purchases, and what the person said of themselves', () => {
    const groups = groupProfile([preference('age', '30-34'), preference('brand', 'Bosch'), preference('interest', 'health'), preference('intent', 'shoes'), preference('interest', 'food'), preference('interest', 'gone')], taxonomy, WORDS);
    expect(groups.map((group) => group.id)).toEqual(['food', 'health', 'intent', 'brand', 'about', 'other']);
    expect(groups[1]?.closed).toBe(true);
  });

  it('sorts a group by strength', () => {
    const [food] = groupProfile([preference('interest', 'food', { strength: 0.1 }), preference('interest', 'food.cafés', { strength: 0.9 })], taxonomy, WORDS);
    expect(food?.items.map((item) => item.value)).toEqual(['food.cafés', 'food']);
  });

  it('finds words in any order, without accents and case', () => {
    const cafés = preference('interest', 'food.cafés', { label: 'Cafés', path: ['Food and drink', 'Cafés'] });
    expect(matches(cafés, { ...NO_FILTER, text: 'CAFES drink' }, taxonomy)).toBe(true);
    expect(matches(cafés, { ...NO_FILTER, text: 'tea' }, taxonomy)).toBe(false);
    expect(matches(cafés, { ...NO_FILTER, area: 'health' }, taxonomy)).toBe(false);
    expect(matches(cafés, { ...NO_FILTER, claim: 'genre' }, taxonomy)).toBe(false);
    expect(matches(cafés, { ...NO_FILTER, origin: 'inferred', area: 'food' }, taxonomy)).toBe(true);
  });
});

/** The wheel: its geometry, and what profile, answers and requests make of it. */
import { describe, expect, it } from 'vitest';
import { askedAreas, buildAreas, indexTaxonomy, litAreas, type Preference, type TaxonomyNode } from '../../renderer/src/parts/wheel-data.ts';
import { depthOf, labelLines, layoutWheel, litRings, opacityOf, ringRadii, segmentPath, type WheelArea, type WheelSpec } from '../../renderer/src/ui/wheel/geometry.ts';

const SPEC: WheelSpec = { centre: 300, hub: 60, outer: 180, gap: 3, labelGap: 10 };
const area = (id: string, rings: WheelArea['rings'] = [0, 0, 0], closed = false): WheelArea => ({ id, label: id, hue: 1, closed, muted: false, rings, items: 0, strongest: [] });

/** Every coordinate pair named in a path. */
const points = (path: string): { x: number; y: number }[] => [...path.matchAll(/(?:M|L|\d )(-?[\d.]+) (-?[\d.]+)(?=[A-Z])/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
const radius = ({ x, y }: { x: number; y: number }): number => Math.hypot(x - SPEC.centre, y - SPEC.centre);

describe('wheel geometry', () => {
  it('divides hub to rim into three equal rings, the first outermost', () => {
    expect([1, 2, 3].map((ring) => ringRadii(SPEC, ring))).toEqual([[140, 180], [100, 140], [60, 100]]);
  });

  it('keeps every corner of every segment between hub and rim', () => {
    for (const count of [1, 2, 3, 29, 100]) {
      const shapes = layoutWheel(Array.from({ length: count }, (_, index) => area(String(index))), SPEC);
      expect(shapes).toHaveLength(count);
      for (const shape of shapes) {
        for (const corner of points(shape.outline)) {
          expect(radius(corner)).toBeGreaterThanOrEqual(SPEC.hub - 0.02);
          expect(radius(corner)).toBeLessThanOrEqual(SPEC.outer + 0.02);
        }
      }
    }
  });

  it('starts at twelve o’clock and goes clockwise', () => {
    const [first, second, third, fourth] = layoutWheel(['a', 'b', 'c', 'd'].map((id) => area(id)), SPEC).map((shape) => shape.label);
    expect(first && second && third && fourth).toBeTruthy();
    expect([first, second, third, fourth].map((label) => [Math.sign((label?.x ?? 0) - 300), Math.sign((label?.y ?? 0) - 300)])).toEqual([[1, -1], [1, 1], [-1, 1], [-1, -1]]);
  });

  it('never turns a label upside down', () => {
    for (const { label } of layoutWheel(Array.from({ length: 37 }, (_, index) => area(String(index))), SPEC)) {
      const turn = ((label.rotate % 360) + 360) % 360;
      expect(turn <= 90.01 || turn >= 269.99).toBe(true);
      expect(label.anchor).toBe(label.x < SPEC.centre - 0.01 ? 'end' : 'start');
    }
  });

  it('leaves the same space between neighbours at every radius', () => {
    const path = segmentPath(0, 50, 100, 0, Math.PI / 2, 4);
    const [outerStart, , , innerStart] = points(path);
    expect(outerStart?.y).toBeCloseTo(2, 1);
    expect(innerStart?.y).toBeCloseTo(2, 1);
  });

  it('does not turn a sliver inside out when the gap is wider than it', () => {
    expect(segmentPath(0, 10, 20, 0, 0.01, 5)).not.toContain('NaN');
  });

  it('shows a shaky guess, and only certainty in full', () => {
    expect(opacityOf(0)).toBe(0);
    expect(opacityOf(0.01)).toBeGreaterThan(0.3);
    expect(opacityOf(1)).toBe(1);
  });

  it('lights nothing in a closed area, whatever the answer says', () => {
    expect(litRings(area('health', [1, 1, 1], true), { lit: { health: 3 }, asked: {} })).toBe(0);
    expect(litRings(area('food', [1, 1, 0]), { lit: { food: 9 }, asked: {} })).toBe(3);
    expect(litRings(area('food'), { lit: {}, asked: {} })).toBe(0);
  });

  it('reads depth from the innermost ring that is known', () => {
    expect([area('a'), area('a', [1, 0, 0]), area('a', [1, 0.2, 0]), area('a', [1, 1, 0.1])].map(depthOf)).toEqual([0, 1, 2, 3]);
  });

  it('breaks long labels once, loses no letter', () => {
    for (const label of ['Home', 'Fitness and movement', 'Alcohol, tobacco and gambling', 'Unbreakablelonglabel', '']) expect(labelLines(label).join('')).toBe(label);
    expect(labelLines('Alcohol, tobacco and gambling')).toHaveLength(2);
  });
});

const node = (id: string, kind: TaxonomyNode['kind'] = 'interest', closed = false): TaxonomyNode => ({ id, parent: id.includes('.') ? id.slice(0, id.lastIndexOf('.')) : null, label: id.toUpperCase(), level: id.split('.').length, kind, iab: null, closed });
const TAXONOMY = indexTaxonomy([node('food'), node('food.cooking'), node('food.cooking.baking'), node('health', 'interest', true), node('health.sleep', 'interest', true), node('film', 'genre'), node('film.drama', 'genre'), node('film.drama.noir', 'genre'), node('shoes', 'department')]);
const preference = (value: string, change: Partial<Preference> = {}): Preference => ({ id: value, claim: 'interest', value, label: value, path: value.split('.'), iab: null, strength: 0.5, confidence: 0.8, origin: 'inferred', manner: null, sensitive: false, evidence: 1, horizonWeeks: null, lastSeenMs: 0, ...change });

describe('wheel data', () => {
  it('has one area for every open interest and genre root, closed ones last, departments none', () => {
    expect(buildAreas([], TAXONOMY).map((one) => [one.id, one.closed])).toEqual([['food', false], ['film', false], ['health', true]]);
  });

  it('lights the outer rings for what is known within', () => {
    const [food] = buildAreas([preference('food.cooking.baking', { confidence: 0.4 }), preference('food.cooking', { confidence: 0.9 })], TAXONOMY);
    expect(food?.rings).toEqual([0.9, 0.9, 0.4]);
    expect(food?.items).toBe(2);
  });

  it('puts the strongest first and leaves out what the person wants to avoid', () => {
    const [food] = buildAreas([preference('food.cooking', { strength: 0.2 }), preference('food.cooking.baking', { strength: 0.9 }), preference('food', { claim: 'avoid', strength: 1 })], TAXONOMY);
    expect(food?.strongest).toEqual(['food.cooking.baking', 'food.cooking']);
  });

  it('ignores values that are not in the taxonomy', () => {
    expect(buildAreas([preference('gone.away'), preference('Bosch', { claim: 'brand' })], TAXONOMY).every((one) => one.items === 0)).toBe(true);
  });

  it('does not hang on a taxonomy that goes in circles', () => {
    const circle = indexTaxonomy([{ ...node('a.b'), parent: 'b.a' }, { ...node('b.a'), parent: 'a.b' }]);
    expect(circle.rootOf('a.b')).not.toBeNull();
  });

  it('takes the finest node an answer names, and survives values of any shape', () => {
    const claim = (value: unknown, name: 'interest' | 'age' = 'interest') => ({ claim: name, precision: 1, value: value as null, words: [], withheld: [], noise: null });
    expect(litAreas([claim([{ node: 'food' }, { node: 'food.cooking' }]), claim([{ node: 'film.drama' }])], TAXONOMY)).toEqual({ food: 2, film: 2 });
    expect(litAreas([claim(null), claim('adult', 'age'), claim([null, 3, [], { node: 7 }, { node: 'unknown' }])], TAXONOMY)).toEqual({});
  });

  it('counts a genre’s first step as the second ring, and asks for genres only there', () => {
    expect(askedAreas([{ claim: 'genre', precision: 1 }], TAXONOMY)).toEqual({ film: 2 });
    expect(askedAreas([{ claim: 'interest', precision: 3 }, { claim: 'age', precision: 4 }], TAXONOMY)).toEqual({ food: 3, health: 3 });
  });
});

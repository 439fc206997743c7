/** Where everything in the wheel lies: sectors, rings, labels. Pure numbers and path strings. */

export const RINGS = 3;

/** One area of life as the wheel draws it. */
export interface WheelArea {
  readonly id: string;
  readonly label: string;
  /** 1..10, one of the area hues; 0 for the neutral of closed areas. */
  readonly hue: number;
  /** A closed category: visible, sealed. */
  readonly closed: boolean;
  /** Kept quiet for now: known, and said to nobody. */
  readonly muted: boolean;
  /** Confidence 0..1 per ring, coarsest (outermost) first; 0 where nothing is known that finely. */
  readonly rings: readonly [number, number, number];
  readonly items: number;
  /** Labels of the strongest items, strongest first. */
  readonly strongest: readonly string[];
}

/** What a company would see of one area: rings lit, counted from outside. */
export interface WheelOverlay {
  /** Rings that would light up, by area id; areas not named stay dark. */
  readonly lit: Readonly<Record<string, number>>;
  /** Rings the company asked for, by area id. */
  readonly asked: Readonly<Record<string, number>>;
}

export interface RingShape { readonly ring: number; readonly path: string; readonly opacity: number; readonly known: boolean }

export interface SectorShape {
  readonly area: WheelArea;
  readonly rings: readonly RingShape[];
  /** The whole wedge, for pointing at and for the focus outline. */
  readonly outline: string;
  readonly label: { readonly x: number; readonly y: number; readonly rotate: number; readonly anchor: 'start' | 'end' };
  readonly lock: { readonly x: number; readonly y: number };
}

export interface WheelSpec {
  /** Radii in the units of the viewBox. */
  readonly centre: number; readonly hub: number; readonly outer: number;
  /** Space between neighbours, in the same units, the same at every radius. */
  readonly gap: number;
  /** Distance of the labels from the outer ring. */
  readonly labelGap: number;
}

const FULL_TURN = Math.PI * 2;
const round = (value: number): number => Math.round(value * 100) / 100;
const point = (centre: number, radius: number, angle: number) => ({ x: round(centre + radius * Math.cos(angle)), y: round(centre + radius * Math.sin(angle)) });

/**
 * A ring segment as an SVG path. Angles in radians, clockwise from three o'clock.
 * `gap` is taken off in length, not in angle, so that the space between two sectors has parallel edges.
 */
export function segmentPath(centre: number, inner: number, outer: number, from: number, to: number, gap: number): string {
  const trim = (radius: number): number => Math.min(gap / 2 / radius, (to - from) / 2 - 0.0001);
  const a = point(centre, outer, from + trim(outer));
  const b = point(centre, outer, to - trim(outer));
  const c = point(centre, inner, to - trim(inner));
  const d = point(centre, inner, from + trim(inner));
  const large = to - from > Math.PI ? 1 : 0;
  return `M${a.x} ${a.y}A${outer} ${outer} 0 ${large} 1 ${b.x} ${b.y}L${c.x} ${c.y}A${inner} ${inner} 0 ${large} 0 ${d.x} ${d.y}Z`;
}

/** Confidence as opacity: even a shaky guess must be visible, and only certainty is full. */
export const opacityOf = (confidence: number): number => (confidence <= 0 ? 0 : round(0.34 + 0.66 * Math.min(1, confidence)));

/** Inner and outer radius of a ring; ring 1 is the outermost. */
export function ringRadii(spec: WheelSpec, ring: number): readonly [inner: number, outer: number] {
  const step = (spec.outer - spec.hub) / RINGS;
  return [round(spec.outer - ring * step), round(spec.outer - (ring - 1) * step)];
}

/** Lays out the sectors in the given order, starting at twelve o'clock, all of the same width. */
export function layoutWheel(areas: readonly WheelArea[], spec: WheelSpec): readonly SectorShape[] {
  const width = areas.length === 0 ? 0 : FULL_TURN / areas.length;
  const ringGap = spec.gap * 0.75;
  return areas.map((area, index) => {
    // A whole circle has no start and no end: two areas at least, or a slit where it closes.
    const from = -FULL_TURN / 4 + index * width;
    const to = from + Math.min(width, FULL_TURN - 0.001);
    const middle = (from + to) / 2;
    const left = Math.cos(middle) < -0.0001;
    const degrees = round((middle * 180) / Math.PI);
    const [lockInner, lockOuter] = ringRadii(spec, 1);
    return {
      area,
      rings: area.rings.map((confidence, at) => {
        const [inner, outer] = ringRadii(spec, at + 1);
        return { ring: at + 1, path: segmentPath(spec.centre, inner + ringGap / 2, outer - ringGap / 2, from, to, spec.gap), opacity: opacityOf(confidence), known: confidence > 0 };
      }),
      outline: segmentPath(spec.centre, spec.hub, spec.outer, from, to, spec.gap / 2),
      label: { ...point(spec.centre, spec.outer + spec.labelGap, middle), rotate: left ? round(degrees + 180) : degrees, anchor: left ? 'end' : 'start' },
      lock: point(spec.centre, (lockInner + lockOuter) / 2, middle),
    };
  });
}

/** Rings an overlay lights in one area: never more than is known there, never in a closed one. */
export function litRings(area: WheelArea, overlay: WheelOverlay): number {
  if (area.closed) return 0;
  return Math.max(0, Math.min(RINGS, overlay.lit[area.id] ?? 0));
}

/** The deepest ring in which anything is known; 0 when nothing is. */
export const depthOf = (area: WheelArea): number => (area.rings[2] > 0 ? 3 : area.rings[1] > 0 ? 2 : area.rings[0] > 0 ? 1 : 0);

const LONGEST_LINE = 15;

/** A label in one line or two, broken at the space that balances them best. Nothing is cut off. */
export function labelLines(label: string): readonly string[] {
  if (label.length <= LONGEST_LINE) return [label];
  const spaces = [...label.matchAll(/ /g)].map((match) => match.index);
  const best = spaces.reduce<number | null>((found, at) => (found === null || Math.abs(at - label.length / 2) < Math.abs(found - label.length / 2) ? at : found), null);
  return best === null ? [label] : [label.slice(0, best + 1), label.slice(best + 1)];
}

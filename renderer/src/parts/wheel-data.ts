/** From what the core tells to what the wheel draws. Pure. */
import type { Output } from '../../../shared/api/contract.ts';
import { RINGS, type WheelArea } from '../ui/wheel/geometry.ts';

export type Preference = Output<'profile.list'>['preferences'][number];
export type TaxonomyNode = Output<'profile.taxonomy'>['nodes'][number];
type AnswerClaim = Output<'requests.preview'>['claims'][number];

const HUES = 10;
/** Closed areas take no colour of their own. */
const SEALED_HUE = 0;
const STRONGEST = 5;

/** Claims whose values are nodes of the tree of areas. */
const AREA_CLAIMS: readonly string[] = ['interest', 'genre', 'avoid'];

export interface Taxonomy {
  readonly nodes: readonly TaxonomyNode[];
  readonly byId: ReadonlyMap<string, TaxonomyNode>;
  /** The node's topmost ancestor (itself at the top); null for an unknown id. */
  readonly rootOf: (id: string) => TaxonomyNode | null;
}

export function indexTaxonomy(nodes: readonly TaxonomyNode[]): Taxonomy {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const rootOf = (id: string): TaxonomyNode | null => {
    let node = byId.get(id);
    // Bounded by the number of nodes, so that a circle in the data cannot hang the page.
    for (let steps = 0; node && node.parent !== null && steps < nodes.length; steps++) node = byId.get(node.parent);
    return node ?? null;
  };
  return { nodes, byId, rootOf };
}

/** Top-level nodes that are areas of life, the open ones before the closed, otherwise in their fixed order: position and hue of an area never change with what is known. */
function areaRoots(taxonomy: Taxonomy): readonly TaxonomyNode[] {
  const roots = taxonomy.nodes.filter((node) => node.parent === null && node.kind !== 'department');
  return [...roots.filter((node) => !node.closed), ...roots.filter((node) => node.closed)];
}

/**
 * One wheel area per top-level node. A preference of level n lights rings 1..n with its confidence,
 * since knowing the finer implies the coarser.
 *
 * @param muted areas kept quiet as a whole
 */
export function buildAreas(preferences: readonly Preference[], taxonomy: Taxonomy, muted: ReadonlySet<string> = new Set()): readonly WheelArea[] {
  const byRoot = new Map<string, Preference[]>();
  for (const preference of preferences) {
    if (!AREA_CLAIMS.includes(preference.claim)) continue;
    const root = taxonomy.rootOf(preference.value);
    if (!root) continue;
    const list = byRoot.get(root.id);
    if (list) list.push(preference);
    else byRoot.set(root.id, [preference]);
  }
  const roots = areaRoots(taxonomy);
  const open = Math.max(1, roots.filter((root) => !root.closed).length);
  return roots.map((root, index) => {
    const known = byRoot.get(root.id) ?? [];
    const rings: [number, number, number] = [0, 0, 0];
    for (const preference of known) {
      const level = Math.min(RINGS, taxonomy.byId.get(preference.value)?.level ?? preference.path.length);
      for (let ring = 0; ring < level; ring++) rings[ring] = Math.max(rings[ring] ?? 0, preference.confidence);
    }
    const strongest = known.filter((preference) => preference.claim !== 'avoid').sort((a, b) => b.strength - a.strength).slice(0, STRONGEST).map((preference) => preference.label);
    return { id: root.id, label: root.label, hue: root.closed ? SEALED_HUE : Math.floor((index / open) * HUES) + 1, closed: root.closed, muted: !root.closed && muted.has(root.id), rings, items: known.length, strongest };
  });
}

/** Rings an answer lights, by area id: the finest level at which it names anything there. */
export function litAreas(claims: readonly AnswerClaim[], taxonomy: Taxonomy): Readonly<Record<string, number>> {
  const lit: Record<string, number> = {};
  for (const { claim, value } of claims) {
    if (!AREA_CLAIMS.includes(claim) || !Array.isArray(value)) continue;
    for (const entry of value) {
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
      const id = entry['node'];
      if (typeof id !== 'string') continue;
      const root = taxonomy.rootOf(id);
      const level = taxonomy.byId.get(id)?.level;
      if (root && level !== undefined) lit[root.id] = Math.max(lit[root.id] ?? 0, level);
    }
  }
  return lit;
}

/** Rings a company asked for, by area id. A genre's top node is its medium ("Film"), so its first step lies one ring further in. */
export function askedAreas(claims: readonly { readonly claim: string; readonly precision: number }[], taxonomy: Taxonomy): Readonly<Record<string, number>> {
  const asked: Record<string, number> = {};
  for (const { claim, precision } of claims) {
    if (!AREA_CLAIMS.includes(claim)) continue;
    const genre = claim === 'genre';
    for (const root of areaRoots(taxonomy)) {
      if ((root.kind === 'genre') === genre) asked[root.id] = Math.max(asked[root.id] ?? 0, Math.min(RINGS, genre ? precision + 1 : precision));
    }
  }
  return asked;
}

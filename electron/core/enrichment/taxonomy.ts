/** The curated taxonomy: reads and checks the shipped file, answers what a node is and what lies above and below it. */
import { nodeName } from '../../../shared/language/names.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { normalise } from './normalise.ts';

const NODE_KINDS = ['interest', 'genre', 'department'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

export interface TaxonomyNode {
  readonly id: string;
  readonly parent: string | null;
  readonly label: string;
  /** 1 at the top, 3 at most. */
  readonly level: number;
  readonly kind: NodeKind;
  /** IAB Content Taxonomy 3.1 id; Audience Taxonomy 1.1 (Purchase Intent) for departments; null where none fits. */
  readonly iab: string | null;
  /** Marked itself or anywhere above. */
  readonly closed: boolean;
}

export interface Taxonomy {
  /** In order of the file: a parent before its children. */
  readonly nodes: readonly TaxonomyNode[];
  get(id: string): TaxonomyNode | undefined;
  /** The node and everything above it, finest first; empty for an unknown id. */
  lineage(id: string): readonly TaxonomyNode[];
  /** What the person reads for a node; the id itself where it is unknown. `label` is English and what companies get. */
  name(id: string): string;
  /** Names from the top down to the node; empty for an unknown id. */
  path(id: string): readonly string[];
  /** True when `id` is `above` or lies below it. */
  isWithin(id: string, above: string): boolean;
  /** Nodes of a kind that a person could mean by these words: an id, a label, or labels joined by ">". */
  find(kind: NodeKind, words: string): readonly TaxonomyNode[];
}

const MAX_LEVEL = 3;



const taxonomyFile = z.strictObject({
  version: z.number().int(),
  nodes: z.array(z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*){0,2}$/), label: z.string().regex(/^[^{}|]{1,80}$/), kind: z.enum(NODE_KINDS),
    iab: z.string().min(1).max(20).nullable(), closed: z.literal(true).optional(),
  })).min(1),
});

/** Reads `taxonomy.json` from the shipped resources. A file that is missing or wrong is a bug of the build and throws. */
export const loadTaxonomy = (resourcesDir: string): Taxonomy => createTaxonomy(JSON.parse(readFileSync(join(resourcesDir, 'taxonomy.json'), 'utf8')));

/** Builds the taxonomy from the file's content, checking ids, parents, kinds and depth. */
export function createTaxonomy(content: unknown): Taxonomy {
  const nodes: TaxonomyNode[] = [];
  const byId = new Map<string, TaxonomyNode>();
  const byWords = new Map<string, TaxonomyNode[]>();
  const remember = (kind: NodeKind, words: string, node: TaxonomyNode): void => {
    const key = `${kind}|${words}`;
    const known = byWords.get(key);
    if (!known) byWords.set(key, [node]);
    else if (!known.includes(node)) known.push(node);
  };
  const lineage = (id: string): TaxonomyNode[] => {
    const found: TaxonomyNode[] = [];
    for (let node = byId.get(id); node; node = node.parent === null ? undefined : byId.get(node.parent)) found.push(node);
    return found;
  };
  const path = (id: string): string[] => lineage(id).map(nodeName).reverse();

  for (const raw of taxonomyFile.parse(content).nodes) {
    const dot = raw.id.lastIndexOf('.');
    const parentId = dot < 0 ? null : raw.id.slice(0, dot);
    const parent = parentId === null ? undefined : byId.get(parentId);
    if (byId.has(raw.id)) throw new Error(`taxonomy: ${raw.id} is there twice`);
    if (parentId !== null && !parent) throw new Error(`taxonomy: ${raw.id} comes before its parent or has none`);
    if (parent && parent.kind !== raw.kind) throw new Error(`taxonomy: ${raw.id} is of another kind than its parent`);
    const level = (parent?.level ?? 0) + 1;
    if (level > MAX_LEVEL) throw new Error(`taxonomy: ${raw.id} is too deep`);
    const node: TaxonomyNode = Object.freeze({ id: raw.id, parent: parentId, label: raw.label, level, kind: raw.kind, iab: raw.iab, closed: raw.closed === true || parent?.closed === true });
    nodes.push(node);
    byId.set(node.id, node);
    remember(node.kind, raw.id, node);
    remember(node.kind, normalise(raw.label), node);
    remember(node.kind, normalise(lineage(node.id).map(({ label }) => label).reverse().join(' > ')), node);
  }

  return Object.freeze({
    nodes,
    get: (id: string) => byId.get(id),
    lineage, path,
    name(id: string) { const node = byId.get(id); return node ? nodeName(node) : id; },
    isWithin: (id: string, above: string) => id === above || id.startsWith(`${above}.`),
    find(kind: NodeKind, words: string) {
      const exact = byWords.get(`${kind}|${words.trim()}`);
      return exact ?? byWords.get(`${kind}|${normalise(words)}`) ?? [];
    },
  } satisfies Taxonomy);
}

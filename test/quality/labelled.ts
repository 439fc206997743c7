/** The labelled set: titles as exports write them, with what a person who knows them would say they are about. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MatchableItem } from '../../electron/core/enrichment/matcher.ts';
import type { NodeKind } from '../../electron/core/enrichment/taxonomy.ts';

/** `clip`: a video of whoever put it up, whose name stands beside it. */
export type RowKind = 'site' | 'music' | 'podcast' | 'video' | 'clip' | 'book' | 'product' | 'app' | 'search' | 'topic';
export interface Row {
  readonly kind: RowKind; readonly language: string; readonly split: 'dev' | 'test'; readonly item: MatchableItem;
  /** Nodes, any one of which is right. Empty: nothing is to be concluded, or only something closed. */
  readonly labels: readonly string[];
  /** Right is (also) that it belongs to a closed part of life. */
  readonly closed: boolean;
  /** Concluding nothing is right, too. */
  readonly nothing: boolean;
}

/** What of a thing is judged: the kind of node its labels are. */
export const FACETS: Readonly<Record<RowKind, NodeKind>> = { site: 'interest', music: 'genre', video: 'genre', book: 'genre', product: 'department', podcast: 'interest', clip: 'interest', app: 'interest', search: 'interest', topic: 'interest' };
export const ROW_KINDS = Object.keys(FACETS) as RowKind[];

/** Two of five rows, told by their own words: which, nobody chose. */
const splitOf = (words: string): Row['split'] => ((createHash('sha256').update(words).digest()[0] ?? 0) < 102 ? 'dev' : 'test');

export function parseRow(kind: RowKind, line: string): Row {
  const [language = '', creator = '', title = '', labels = ''] = line.split('\t');
  const all = labels.split('/');
  return {
    kind, language, split: splitOf([kind, language, creator, title].join('|')),
    item: { kind: kind === 'clip' ? 'video' : kind, title, creator: creator === '' ? null : creator, collection: null, category: null },
    labels: all.filter((label) => label !== '!' && label !== '-'), closed: all.includes('!'), nothing: all.includes('-'),
  };
}

const readRows = (folder: string): Row[] => readdirSync(join(import.meta.dirname, folder)).flatMap((name) => {
  const kind = ROW_KINDS.find((known) => `${known}.tsv` === name);
  if (kind === undefined) throw new Error(`${name} is of no known kind`);
  return readFileSync(join(import.meta.dirname, folder, name), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => parseRow(kind, line));
});

/** All rows. */
export const readLabelled = (): Row[] => readRows('labelled');

/** What touches closed parts of life, and what only looks so: judged by nothing but whether it is sealed. */
export const readClosed = (): Row[] => readRows('closed');

/** How the profile is sorted into groups and filtered. Pure. */
import type { Claim } from '../../../../shared/protocol/vocabulary.ts';
import type { Preference, Taxonomy } from '../../parts/wheel-data.ts';
import { compareWords } from '../../../../shared/language/message.ts';

export interface Filter { readonly text: string; readonly claim: Claim | 'all'; readonly area: string; readonly origin: Preference['origin'] | 'all' }

export const NO_FILTER: Filter = { text: '', claim: 'all', area: '', origin: 'all' };

export interface Group { readonly id: string; readonly label: string; readonly closed: boolean; readonly items: readonly Preference[] }

const TREE: readonly Claim[] = ['interest', 'genre', 'avoid'];
const OWN_GROUP: readonly Claim[] = ['intent', 'brand', 'price_band'];

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Words in any order, accents and case aside, anywhere in label or path. */
export function matches(preference: Preference, filter: Filter, taxonomy: Taxonomy): boolean {
  if (filter.claim !== 'all' && preference.claim !== filter.claim) return false;
  if (filter.origin !== 'all' && preference.origin !== filter.origin) return false;
  if (filter.area !== '' && (!TREE.includes(preference.claim) || taxonomy.rootOf(preference.value)?.id !== filter.area)) return false;
  const hay = fold([preference.label, ...preference.path].join(' '));
  return fold(filter.text).split(/\s+/).every((word) => hay.includes(word));
}

/** Areas first in their fixed order, closed ones after the open ones, then purchases, brands, prices, and what the person said of themselves. */
export function groupProfile(preferences: readonly Preference[], taxonomy: Taxonomy, words: { readonly intent: string; readonly brand: string; readonly price_band: string; readonly about: string; readonly other: string }): readonly Group[] {
  const groups = new Map<string, { label: string; closed: boolean; order: number; items: Preference[] }>();
  const rootOrder = new Map(taxonomy.nodes.filter((node) => node.parent === null).map((node, index) => [node.id, index]));
  const put = (id: string, label: string, closed: boolean, order: number, preference: Preference) => {
    const group = groups.get(id);
    if (group) group.items.push(preference);
    else groups.set(id, { label, closed, order, items: [preference] });
  };
  for (const preference of preferences) {
    const { claim } = preference;
    if (TREE.includes(claim)) {
      const root = taxonomy.rootOf(preference.value);
      if (root) put(root.id, root.label, root.closed, (rootOrder.get(root.id) ?? 0) + (root.closed ? 10_000 : 0), preference);
      else put('other', words.other, false, 40_000, preference);
    } else if (claim === 'intent' || claim === 'brand' || claim === 'price_band') put(claim, words[claim], false, 20_000 + OWN_GROUP.indexOf(claim), preference);
    else put('about', words.about, false, 30_000, preference);
  }
  return [...groups].sort(([, a], [, b]) => a.order - b.order).map(([id, { label, closed, items }]) => ({ id, label, closed, items: items.sort((a, b) => b.strength - a.strength || compareWords(a.label, b.label)) }));
}

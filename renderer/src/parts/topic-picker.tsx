/** Choosing one topic of the taxonomy, found by its words. */
import { useState } from 'react';
import { topicsCopy } from '../copy/topics.ts';
import { RadioGroup, SearchField } from '../ui/fields.tsx';
import type { Taxonomy, TaxonomyNode } from './wheel-data.ts';

const MOST_SHOWN = 60;

const pathOf = (node: TaxonomyNode, taxonomy: Taxonomy): string => {
  const above: string[] = [];
  for (let at = node.parent === null ? undefined : taxonomy.byId.get(node.parent); at && above.length < 4; at = at.parent === null ? undefined : taxonomy.byId.get(at.parent)) above.unshift(at.label);
  return above.join(' › ');
};

/** `among`: the topics there are to choose from. */
export function TopicPicker({ among, taxonomy, value, onChange }: { readonly among: readonly TaxonomyNode[]; readonly taxonomy: Taxonomy; readonly value: string; readonly onChange: (id: string) => void }) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = wanted === '' ? among : among.filter((node) => `${pathOf(node, taxonomy)} ${node.label}`.toLowerCase().includes(wanted));
  return (
    <div className="stack-tight">
      <SearchField label={topicsCopy.search} value={text} onChange={setText} />
      <p className="faint numbers" role="status">{found.length === 0 ? topicsCopy.none : topicsCopy.shown(Math.min(found.length, MOST_SHOWN), found.length)}</p>
      <div className="topic-picker">
        <RadioGroup<string>
          legend={topicsCopy.pick} hideLegend value={value} onChange={onChange}
          options={found.slice(0, MOST_SHOWN).map((node) => ({ value: node.id, label: node.label, hint: [pathOf(node, taxonomy), node.closed ? topicsCopy.sealed : ''].filter(Boolean).join(', ') }))}
        />
      </div>
    </div>
  );
}

/**
 * A small text model for titles the lists say nothing about: words that are in the lists, though not as these phrases, and parts of words, as in German
 * compounds, speak for what they usually stand for there. It learns from the lists themselves when it is first asked, so there is nothing to keep in step.
 */

export interface Example { readonly words: readonly string[]; readonly node: string }

export interface WordModel {
  /** What the words most likely stand for; null where it is not likely enough. */
  guess(words: readonly string[]): string | null;
}

/** Letters of a part, ends of the word among them. */
const PART = 5;
/** Words read of a title. */
const MAX_WORDS = 24, MAX_LETTERS = 40;
/** How many of its parts the model must know to count a word as known. */
const KNOWN_SHARE = 0.6;
/** Cases for everything alike that each part starts with, so that what was seen once is no proof. */
const ALIKE = 4;
/** How likely it is that a title is about nothing there is a node for, beside one node before anything is read. */
const NOTHING = 20;
/** From here on it speaks; chosen on test/quality/unseen.tsv. */
const LIKELY = 0.6;
/** Above this much of anything closed it keeps silent. */
const CLOSED_AT_MOST = 0.05;
/** Words that stand beside anything. */
const ANYWHERE = new Set(('a an the of and or for with without in on to at by from how what when why is are do does my your me you us we i it this that have get make not no all more most one two three first last next near now today day days week time times big little long short old good great part parts piece pieces people things show talk best new set pack pro mini '
  + 'der die das ein eine einen und oder fur mit ohne im in am an auf zu von wie was wann warum ist sind mein dein wir ihr ich es nicht alle mehr eins zwei drei erste letzte heute jetzt tag tage woche zeit gross klein lang alt neu gut teil teile stuck beste '
  + 'le la les un une des du de et ou pour avec sans en au aux comment quoi quand est sont mon nous vous je ce cette pas tout plus deux trois premier aujourdhui jour jours temps grand petit long vieux nouveau bon partie pieces '
  + 'el los las uno una y o para con sin como que cuando es son mi nos yo este esta no todo mas dos tres primero hoy dia dias tiempo grande pequeno largo viejo nuevo bueno parte piezas mejor '
  + 'il lo gli uno di da per e o come cosa quando sono mio noi io questo questa non tutto piu due tre primo oggi giorno giorni tempo grande piccolo lungo vecchio nuovo buono parte pezzi').split(' '));

/** What is learned of a word. */
export function partsOf(word: string): readonly string[] {
  const whole = `_${word.slice(0, MAX_LETTERS)}_`;
  const parts = [whole];
  for (let from = 0; from + PART <= whole.length; from++) parts.push(whole.slice(from, from + PART));
  return [...new Set(parts)];
}

/** The words a guess looks at: it stays the same while no example with any part of them comes or goes, and the nodes stay. */
export const telling = (words: readonly string[]): string[] => [...new Set(words)].filter((word) => !ANYWHERE.has(word) && !/^\d+$/.test(word)).slice(0, MAX_WORDS);

/** How far a part, or a word, speaks against everything, and for which nodes more than that; as logarithms. */
interface Evidence { readonly against: number; readonly speaksFor: readonly (readonly [node: number, logarithm: number])[] }

/** Words whose evidence is kept, for the same ones come again and again. */
const KEPT_WORDS = 20_000;

export function createWordModel(examples: () => readonly Example[], isClosed: (node: string) => boolean): WordModel {
  let learned: ReturnType<typeof learn> | undefined;
  const kept = new Map<string, Evidence | null>();

  /** A word is one piece of evidence, however long it is: the mean of its parts. Null for a word the model does not know. */
  function evidenceOf(word: string, parts: ReadonlyMap<string, Evidence>): Evidence | null {
    const before = kept.get(word);
    if (before !== undefined) return before;
    const all = partsOf(word), known = all.flatMap((part) => parts.get(part) ?? []);
    const sums = new Map<number, number>();
    for (const { speaksFor } of known) for (const [node, logarithm] of speaksFor) sums.set(node, (sums.get(node) ?? 0) + logarithm / all.length);
    const evidence = known.length < KNOWN_SHARE * all.length ? null : { against: known.reduce((sum, part) => sum + part.against / all.length, 0), speaksFor: [...sums] };
    if (kept.size >= KEPT_WORDS) kept.clear();
    kept.set(word, evidence);
    return evidence;
  }

  return Object.freeze({
    guess(words: readonly string[]) {
      const { nodes, closedNodes, parts } = learned ??= learn(examples(), isClosed);
      const evidence = telling(words).flatMap((word) => evidenceOf(word, parts) ?? []);
      if (evidence.length === 0) return null;
      const sums = new Float64Array(nodes.length).fill(evidence.reduce((sum, one) => sum + one.against, 0));
      for (const { speaksFor } of evidence) for (const [node, logarithm] of speaksFor) sums[node] = (sums[node] ?? 0) + logarithm;
      let total = NOTHING, closed = 0, best = 0;
      for (let node = 0; node < nodes.length; node++) {
        const weight = Math.exp(sums[node] ?? 0);
        total += weight;
        if (closedNodes[node]) closed += weight;
        if ((sums[node] ?? 0) > (sums[best] ?? 0)) best = node;
      }
      return Math.exp(sums[best] ?? 0) / total < LIKELY || closed / total > CLOSED_AT_MOST ? null : nodes[best] ?? null;
    },
  } satisfies WordModel);
}

function learn(examples: readonly Example[], isClosed: (node: string) => boolean): { readonly nodes: readonly string[]; readonly closedNodes: readonly boolean[]; readonly parts: ReadonlyMap<string, Evidence> } {
  const nodes = [...new Set(examples.map(({ node }) => node))];
  const places = new Map(nodes.map((node, at) => [node, at]));
  const counts = new Map<string, Map<number, number>>();
  for (const { words, node } of examples) {
    const place = places.get(node) ?? 0;
    for (const word of telling(words)) {
      for (const part of partsOf(word)) {
        const count = counts.get(part) ?? new Map<number, number>();
        counts.set(part, count.set(place, (count.get(place) ?? 0) + 1));
      }
    }
  }
  // Each node begins with an equal share of ALIKE; against what, is said once for all nodes the part never stood for.
  const share = ALIKE / nodes.length;
  return {
    nodes, closedNodes: nodes.map(isClosed),
    parts: new Map([...counts].map(([part, count]) => {
      const total = [...count.values()].reduce((sum, times) => sum + times, 0);
      return [part, { against: Math.log(ALIKE / (total + ALIKE)), speaksFor: [...count].map(([node, times]) => [node, Math.log((times + share) / share)] as const) }];
    })),
  };
}

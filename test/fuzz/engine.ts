/** The coverage-guided loop: inputs that reach new edges are kept and changed further. The same seed gives the same run. */

export interface FuzzTarget {
  /** Good inputs to begin with. */
  readonly seeds: readonly (string | Uint8Array)[];
  /** Words of the format, which no amount of bit flipping would spell. */
  readonly words?: readonly string[];
  readonly maxBytes?: number;
  /** Throws or rejects when the code under test does what it must not; coded errors it declares are not that. */
  readonly run: (data: Uint8Array) => void | Promise<void>;
}
export type FuzzTargets = Readonly<Record<string, FuzzTarget>>;

const DEFAULT_MAX_BYTES = 4_096;
const INTERESTING = [0, 1, 9, 10, 13, 32, 34, 44, 45, 46, 58, 61, 91, 92, 93, 123, 125, 126, 127, 128, 254, 255];

/** xorshift32: small, fast, and the same everywhere. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const bucketOf = (count: number): number => (count < 4 ? count : count < 8 ? 8 : count < 16 ? 16 : count < 32 ? 32 : count < 128 ? 64 : 128);

/** What has been reached so far, by edge and by about how often in one run. */
export function createCoverage(map: Uint8Array): { readonly isNew: () => boolean; readonly edges: () => number } {
  const seen = new Uint8Array(map.length);
  const words = new Uint32Array(map.buffer, map.byteOffset, map.length / 4);
  let edges = 0;
  return {
    isNew() {
      let found = false;
      for (let word = 0; word < words.length; word++) {
        if (words[word] === 0) continue;
        for (let at = word * 4; at < word * 4 + 4; at++) {
          const count = map[at] ?? 0;
          if (count === 0) continue;
          const bucket = bucketOf(count), known = seen[at] ?? 0;
          if ((known & bucket) === bucket) continue;
          if (known === 0) edges += 1;
          seen[at] = known | bucket;
          found = true;
        }
      }
      return found;
    },
    edges: () => edges,
  };
}

/** A changed copy of `input`, never longer than the target allows. */
export function mutate(input: Uint8Array, corpus: readonly Uint8Array[], target: FuzzTarget, random: (below: number) => number): Uint8Array {
  const max = target.maxBytes ?? DEFAULT_MAX_BYTES;
  let data = Buffer.from(input);
  const splice = (from: number, length: number, put: Uint8Array): void => { data = Buffer.concat([data.subarray(0, from), put, data.subarray(from + length)]); };
  const changes = 1 + random(random(4) === 0 ? 8 : 3);
  for (let i = 0; i < changes; i++) {
    const at = random(data.length + 1);
    const span = Math.min(1 + random(random(3) === 0 ? 64 : 4), data.length - at);
    switch (random(10)) {
      case 0: if (at < data.length) data[at] = (data[at] ?? 0) ^ (1 << random(8)); break;
      case 1: if (at < data.length) data[at] = random(256); break;
      case 2: if (at < data.length) data[at] = INTERESTING[random(INTERESTING.length)] ?? 0; break;
      case 3: splice(at, 0, Buffer.from([random(2) === 0 ? random(256) : (INTERESTING[random(INTERESTING.length)] ?? 0)])); break;
      case 4: splice(at, span, Buffer.alloc(0)); break;
      case 5: splice(random(data.length + 1), 0, data.subarray(at, at + span)); break;
      case 6: splice(random(data.length + 1), span, data.subarray(at, at + span)); break;
      case 7: {
        const other = corpus[random(corpus.length)] ?? data;
        const from = random(other.length + 1);
        splice(at, span, other.subarray(from, from + 1 + random(64)));
        break;
      }
      default: {
        const words = target.words ?? [];
        const word = Buffer.from(words[random(Math.max(1, words.length))] ?? String(random(100_000)));
        splice(at, random(2) === 0 ? 0 : span, word);
      }
    }
  }
  return data.length > max ? data.subarray(0, max) : data;
}

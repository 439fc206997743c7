/** Keeps what took long, in memory, for as long as it would come out the same. */

/**
 * Reckons once for a key; who asks meanwhile gets the same promise. What fails is not kept, nor what has no key.
 *
 * @param key changes whenever the result could; null: not to be kept
 */
export function onceFor<T>(key: () => string | null, reckon: () => Promise<T>): () => Promise<T> {
  let last: { readonly key: string; readonly result: Promise<T> } | null = null;
  return () => {
    const now = key();
    if (now !== null && last?.key === now) return last.result;
    const made = now === null ? null : { key: now, result: reckon() };
    last = made;
    if (made === null) return reckon();
    made.result.catch(() => { if (last === made) last = null; });
    return made.result;
  };
}

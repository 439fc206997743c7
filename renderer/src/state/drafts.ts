/** Choices for requests that are not decided yet: looking at another screen loses none of them. In memory only, and gone when the vault locks. */
export interface Drafts<T> { get(requestId: string): T | undefined; keep(requestId: string, choices: T): void; drop(requestId: string): void }

const all: Map<string, unknown>[] = [];

/** One kind of choices. */
export function createDrafts<T>(): Drafts<T> {
  const kept = new Map<string, T>();
  all.push(kept);
  return { get: (requestId) => kept.get(requestId), keep: (requestId, choices) => { kept.set(requestId, choices); }, drop: (requestId) => { kept.delete(requestId); } };
}
/** The vault is locked. */
export function forgetDrafts(): void { for (const kept of all) kept.clear(); }

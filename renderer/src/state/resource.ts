/** A value the core holds and the page shows: loaded when first needed, kept fresh by topics, forgotten at lock. */
import { useEffect } from 'react';
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { Input, MethodName, Output, TopicName } from '../../../shared/api/contract.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { asAppError, call, on } from '../bridge/client.ts';

type VoidMethod = { [M in MethodName]: undefined extends Input<M> ? M : never }[MethodName];

export interface Resource<T> {
  /** The last value that arrived; kept while a newer one is on its way. */
  readonly data: T | null;
  /** Why the last attempt failed; null after a success. */
  readonly error: AppError | null;
  readonly loading: boolean;
  readonly load: () => Promise<void>;
  /** Forgets the value: nothing of an open vault stays in the page once it is locked. */
  readonly reset: () => void;
}

export type ResourceStore<T> = UseBoundStore<StoreApi<Resource<T>>>;

/** Events come in bursts during an import; one reload per this many ms is enough. */
const RELOAD_PAUSE_MS = 250;

const all: { readonly reset: () => void }[] = [];

/** Builds a resource from any loader; `listen` gets a callback to call when the value may have changed. */
export function createResourceFrom<T>(loader: () => Promise<T>, listen: (changed: () => void) => void): ResourceStore<T> {
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const store = create<Resource<T>>()((set) => ({
    data: null, error: null, loading: false,
    load: async () => {
      const mine = ++round;
      set({ loading: true });
      try {
        const data = await loader();
        if (mine === round) set({ data, error: null, loading: false });
      } catch (thrown) {
        if (mine === round) set({ error: asAppError(thrown), loading: false });
      }
    },
    reset: () => {
      round++;
      set({ data: null, error: null, loading: false });
    },
  }));
  listen(() => {
    const { data, error } = store.getState();
    if ((data === null && error === null) || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      void store.getState().load();
    }, RELOAD_PAUSE_MS);
  });
  all.push({ reset: () => { store.getState().reset(); } });
  return store;
}

export function createResource<M extends VoidMethod>(method: M, topics: readonly TopicName[]): ResourceStore<Output<M>> {
  const bare = call as (method: VoidMethod) => Promise<unknown>;
  return createResourceFrom(
    async () => await bare(method) as Output<M>,
    (changed) => { for (const topic of topics) on(topic, changed); },
  );
}

export function resetResources(): void {
  for (const resource of all) resource.reset();
}

/** Subscribes a component and loads on first use. */
export function useResource<T>(store: ResourceStore<T>): Resource<T> {
  const resource = store();
  const { data, error, loading, load } = resource;
  useEffect(() => {
    // As it is now, not as it was drawn: of several that appear together only the first asks.
    if (data === null && error === null && !store.getState().loading) void load();
  }, [store, data, error, loading, load]);
  return resource;
}

/** One place that decides between skeleton, error and content for a resource. */
import type { ReactNode } from 'react';
import { useResource, type ResourceStore } from '../state/resource.ts';
import { Skeleton } from '../ui/surfaces.tsx';
import { ErrorNote } from './error-note.tsx';

/** Shows the last value even while a newer one is on its way, so that nothing jumps. */
export function Loaded<T>({ store, lines = 4, children }: { readonly store: ResourceStore<T>; readonly lines?: number; readonly children: (data: T) => ReactNode }) {
  const { data, error, load } = useResource(store);
  if (data !== null) return <>{children(data)}</>;
  if (error) return <ErrorNote error={error} onRetry={() => { void load(); }} />;
  return <Skeleton lines={lines} />;
}

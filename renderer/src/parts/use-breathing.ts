/** What holds of the breathing space now. Breaks and quiet hours end by the clock and nobody tells, so it is asked again every half minute. */
import { useEffect } from 'react';
import { useResource } from '../state/resource.ts';
import { breathingResource } from '../state/resources.ts';
import { useNow } from './use-now.ts';

let askedMs = 0;
/** Of many that appear at once, one asks. */
const A_WHILE_MS = 1_000;

export function useBreathing() {
  const nowMs = useNow();
  useEffect(() => {
    const { data, load } = breathingResource.getState();
    if (Math.abs(nowMs - askedMs) < A_WHILE_MS) return;
    askedMs = nowMs;
    if (data !== null) void load();
  }, [nowMs]);
  return useResource(breathingResource);
}

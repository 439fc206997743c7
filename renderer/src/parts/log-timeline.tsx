/** When companies asked and got answers, and what the person did, from the log: zoomed into, and the entries below with it. */
import { useEffect, useState } from 'react';
import type { Input, Output } from '../../../shared/api/contract.ts';
import { call, on } from '../bridge/client.ts';
import { logTimeline } from '../copy/pictures.ts';
import { Skeleton } from '../ui/surfaces.tsx';
import { Timeline, type TimelineSeries } from '../ui/timeline/timeline.tsx';

type Counted = Output<'audit.timeline'>;
export interface Range { readonly fromMs: number; readonly toMs: number }

const SERIES = [{ key: 'answered', tone: 'accent' }, { key: 'refused', tone: 'amber' }, { key: 'asked', tone: 'ink' }, { key: 'own', tone: 'faint' }] as const;
const HOUR_MS = 3_600_000, LEAST_BARS = 24;

/** `companyId`: of one company only; ranges: from the widest to the one shown. */
export function LogTimeline({ companyId, ranges, onRanges }: { readonly companyId?: string; readonly ranges: readonly Range[]; readonly onRanges: (ranges: readonly Range[]) => void }) {
  const [found, setFound] = useState<Counted | null>(null);
  const range = ranges.at(-1);
  const asked = JSON.stringify({ ...(companyId === undefined ? {} : { companyId }), ...range });
  useEffect(() => {
    let wanted = true;
    // The list below says what is wrong, if anything is.
    const load = () => { call('audit.timeline', JSON.parse(asked) as Input<'audit.timeline'>).then((counted) => { if (wanted) setFound(counted); }, () => undefined); };
    load();
    const stop = on('audit.appended', load);
    return () => {
      wanted = false;
      stop();
    };
  }, [asked]);
  if (found === null) return <Skeleton lines={3} />;
  if (found.counts.length === 0) return null;
  // A young log is a few spans: time before it stands beside them, so that one bar is no wall.
  const before = range === undefined ? Math.max(0, LEAST_BARS - found.counts.length) : 0, beginMs = found.fromMs - before * found.bucketMs;
  const kinds = found.kinds, series = SERIES.map(({ key, tone }): TimelineSeries => ({ key, tone, label: logTimeline.kinds[key] }));
  const bars = [...Array.from({ length: before }, (): readonly number[] => []), ...found.counts].map((counts, i) => {
    const fromMs = beginMs + i * found.bucketMs;
    return { key: String(fromMs), label: logTimeline.bar(fromMs, found.bucketMs), counts: SERIES.map(({ key }) => counts[kinds.indexOf(key)] ?? 0) };
  });
  const zoom = (from: number, to: number) => { onRanges([...ranges, { fromMs: beginMs + from * found.bucketMs, toMs: beginMs + (to + 1) * found.bucketMs }]); };
  return (
    <Timeline
      key={asked} label={logTimeline.title} series={series} bars={bars} words={({ key }, count) => logTimeline.words[key as (typeof SERIES)[number]['key']](count)}
      onZoom={found.bucketMs > HOUR_MS || bars.length > 1 ? zoom : undefined} onWider={ranges.length === 0 ? undefined : () => { onRanges(ranges.slice(0, -1)); }}
    />
  );
}

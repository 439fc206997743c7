/** How one subject went of late: a small picture of its months, and the word for it. */
import { useMemo } from 'react';
import { labelled } from '../../../shared/language/format.ts';
import type { Output } from '../../../shared/api/contract.ts';
import { trendCopy } from '../copy/profile.ts';
import { useResource } from '../state/resource.ts';
import { trendsResource } from '../state/resources.ts';
import { FadingIcon, GrowingIcon, NewIcon, SteadyIcon } from '../ui/icons.ts';

export type Trend = Output<'profile.trends'>['trends'][number];

const HEIGHT = 18, STEP = 2, BAR = 1.5;

/** By node; empty until they have arrived. Working them out takes a moment, and nothing waits for it. */
export function useTrends(): ReadonlyMap<string, Trend> {
  const { data } = useResource(trendsResource);
  return useMemo(() => new Map(data?.trends.map((trend) => [trend.id, trend])), [data]);
}

/** A bar for each month, all in one shape, for a page has hundreds. Beside its word it says nothing new to a reader of the page. */
function Sparkline({ days }: { readonly days: Trend['days'] }) {
  // A single day is no mountain.
  const most = Math.max(4, ...days);
  const bars = days.map((count, month) => {
    const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * HEIGHT));
    return `M${month * STEP} ${HEIGHT}v-${height}h${BAR}v${height}z`;
  });
  return (
    <svg className="sparkline" width={days.length * STEP} height={HEIGHT} viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`} aria-hidden focusable="false">
      <path d={bars.join('')} />
    </svg>
  );
}

const ICONS: Readonly<Record<Exclude<Trend['direction'], null>, typeof GrowingIcon>> = { new: NewIcon, growing: GrowingIcon, steady: SteadyIcon, fading: FadingIcon };

/** `compact`: a sign stands for the word, where many stand below one another. */
export function TrendMark({ trend: { direction, unit, days, recent, before }, compact = false }: { readonly trend: Trend; readonly compact?: boolean }) {
  if (direction === null) return <span className="trend" title={trendCopy.months}><Sparkline days={days} />{compact ? <span className="trend-sign" /> : null}</span>;
  const Icon = ICONS[direction];
  return (
    <span className={`trend trend-${direction}`} title={labelled(trendCopy.directions[direction], trendCopy.compared(recent, before, unit))}>
      <Sparkline days={days} />
      <span className="trend-sign"><Icon size={16} aria-hidden /></span>
      <span className={compact ? 'hidden-visually' : ''}>{trendCopy.directions[direction]}</span>
    </span>
  );
}

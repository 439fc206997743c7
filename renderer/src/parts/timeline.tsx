/** How the records behind one entry of the profile rose and fell. */
import { useState } from 'react';
import type { Output } from '../../../shared/api/contract.ts';
import { timelineCopy } from '../copy/profile.ts';
import { Timeline } from '../ui/timeline/timeline.tsx';

type Months = Output<'profile.why'>['months'];
interface Bar { readonly key: string; readonly label: string; readonly count: number }

/** More bars than this are too thin to point at: then a bar is a year. */
const MOST_MONTHS = 48;

const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** Every month, or year, from the first to the last, also those in which nothing was. */
export function barsOf(months: Months): readonly Bar[] {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return [];
  const [from, to] = [numberOf(first.month), numberOf(last.month)];
  const byMonth = new Map(months.map(({ month, count }) => [numberOf(month), count]));
  if (to - from < MOST_MONTHS) {
    return Array.from({ length: to - from + 1 }, (_, i) => ({ key: String(from + i), label: timelineCopy.month(Math.floor((from + i) / 12), (from + i) % 12), count: byMonth.get(from + i) ?? 0 }));
  }
  const [firstYear, lastYear] = [Math.floor(from / 12), Math.floor(to / 12)];
  return Array.from({ length: lastYear - firstYear + 1 }, (_, i) => {
    const year = firstYear + i;
    return { key: String(year), label: String(year), count: [...byMonth].reduce((sum, [month, count]) => (Math.floor(month / 12) === year ? sum + count : sum), 0) };
  });
}

/** `from` and `to`: months as they are written, both included. */
interface Span { readonly from: string; readonly to: string }

export function InterestTimeline({ months }: { readonly months: Months }) {
  const [spans, setSpans] = useState<readonly Span[]>([]);
  const span = spans.at(-1), within = span ? months.filter(({ month }) => month >= span.from && month <= span.to) : months;
  const bars = barsOf(within);
  // One bar has not risen or fallen.
  if (bars.length < 2 && spans.length === 0) return null;
  // A year opens into its months; a month is as fine as it gets.
  const isByYear = bars.some(({ key }) => key.length === 4);
  const zoom = (from: number, to: number) => { setSpans([...spans, { from: `${bars[from]?.key ?? ''}-01`, to: `${bars[to]?.key ?? ''}-12` }]); };
  return (
    <section className="timeline">
      <h3>{timelineCopy.title}</h3>
      <Timeline
        key={`${span?.from ?? ''} ${span?.to ?? ''}`} label={timelineCopy.title} series={[{ key: 'records', label: timelineCopy.records, tone: 'accent' }]} bars={bars.map(({ key, label, count }) => ({ key, label, counts: [count] }))}
        words={(_, count) => timelineCopy.count(count)} onZoom={isByYear ? zoom : undefined} onWider={spans.length === 0 ? undefined : () => { setSpans(spans.slice(0, -1)); }}
      />
    </section>
  );
}

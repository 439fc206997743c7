/**
 * The third picture: how much of what was when. Bars stacked by kind, entered and read by keyboard, zoomed by a press on a bar or by drawing over some,
 * with a table behind it. It draws what it is given: whoever owns it counts.
 */
import { labelled } from '../../../../shared/language/format.ts';
import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { controls } from '../../copy/controls.ts';
import { pictureCopy } from '../../copy/pictures.ts';
import { Button } from '../button.tsx';
import { Disclosure } from '../surfaces.tsx';
import { Table } from '../table.tsx';
import './timeline.css';

/** `tone`: how it is drawn; the same kind looks the same everywhere. */
export interface TimelineSeries { readonly key: string; readonly label: string; readonly tone: 'accent' | 'amber' | 'ink' | 'faint' }
export interface TimelineBar { readonly key: string; readonly label: string; /** One for each series. */ readonly counts: readonly number[] }

interface TimelineProps {
  readonly label: string;
  readonly series: readonly TimelineSeries[];
  /** Oldest first. */
  readonly bars: readonly TimelineBar[];
  /** How many of one series, in words. */
  readonly words: (series: TimelineSeries, count: number) => string;
  /** From one bar to another, both included; left out where there is nothing finer. */
  readonly onZoom?: ((from: number, to: number) => void) | undefined;
  /** Back to what was shown before; left out at the widest. */
  readonly onWider?: (() => void) | undefined;
}

const HEIGHT = 120;
const total = ({ counts }: TimelineBar): number => counts.reduce((sum, count) => sum + count, 0);

export function Timeline({ label, series, bars, words, onZoom, onWider }: TimelineProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(bars.length - 1);
  const [drawn, setDrawn] = useState<readonly [number, number] | null>(null);
  const plot = useRef<HTMLDivElement>(null), id = useId();
  const shown = series.map((one) => !hidden.has(one.key));
  const seen = bars.map((bar) => ({ ...bar, counts: bar.counts.map((count, i) => (shown[i] === true ? count : 0)) }));
  const most = seen.reduce((max, bar) => Math.max(max, total(bar)), 1), top = seen.find((bar) => total(bar) === most && most > 0);
  const current = Math.min(at, bars.length - 1);
  const sentence = (bar: TimelineBar): string => labelled(bar.label, total(bar) === 0 ? pictureCopy.nothing : series.flatMap((one, i) => ((bar.counts[i] ?? 0) > 0 ? [words(one, bar.counts[i] ?? 0)] : [])).join(', '));
  const go = (next: number) => {
    const place = Math.max(0, Math.min(bars.length - 1, next));
    setAt(place);
    document.getElementById(`${id}-${place}`)?.focus();
  };
  /** The oldest stands where reading begins. */
  const isTurned = (): boolean => plot.current !== null && getComputedStyle(plot.current).direction === 'rtl';
  const onKey = (event: KeyboardEvent) => {
    const [left, right] = isTurned() ? [1, -1] : [-1, 1];
    const to = ({ ArrowLeft: current + left, ArrowRight: current + right, Home: 0, End: bars.length - 1 } as Partial<Record<string, number>>)[event.key];
    if (to !== undefined) { event.preventDefault(); go(to); }
    else if ((event.key === 'Backspace' || event.key === '-') && onWider) { event.preventDefault(); onWider(); }
  };
  const placeOf = (event: PointerEvent): number => {
    const box = plot.current?.getBoundingClientRect();
    return box ? Math.max(0, Math.min(bars.length - 1, Math.floor(((isTurned() ? box.right - event.clientX : event.clientX - box.left) / box.width) * bars.length))) : 0;
  };
  const onUp = (event: PointerEvent) => {
    if (drawn === null) return;
    const [from] = drawn, to = placeOf(event);
    setDrawn(null);
    // A press on one bar is the press of its button.
    if (from !== to) onZoom?.(Math.min(from, to), Math.max(from, to));
  };
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return null;
  const reach = drawn === null ? null : [Math.min(...drawn), Math.max(...drawn)] as const;
  return (
    <figure className="time" aria-label={label}>
      <div className="time-head">
        {series.length < 2 ? null : (
          <div className="row" role="group" aria-label={pictureCopy.kinds}>
            {series.map((one) => (
              <label key={one.key} className="time-kind">
                <input type="checkbox" checked={!hidden.has(one.key)} onChange={({ target }) => { setHidden(new Set(target.checked ? [...hidden].filter((key) => key !== one.key) : [...hidden, one.key])); }} />
                <span className={`time-mark time-${one.tone}`} aria-hidden />{one.label}
              </label>
            ))}
          </div>
        )}
        {onWider ? <Button small variant="quiet" onClick={onWider}>{pictureCopy.wider}</Button> : null}
      </div>
      <p className="faint">{top === undefined || total(top) === 0 ? pictureCopy.nothing : pictureCopy.most(sentence(top))}</p>
      <div
        ref={plot} className="time-plot" role="group" aria-label={label} onKeyDown={onKey}
        onPointerDown={(event) => { if (onZoom && event.button === 0) setDrawn([placeOf(event), placeOf(event)]); }}
        onPointerMove={(event) => { if (drawn !== null) setDrawn([drawn[0], placeOf(event)]); }} onPointerUp={onUp} onPointerLeave={() => { setDrawn(null); }}
      >
        {seen.map((bar, i) => (
          <button
            key={bar.key} id={`${id}-${i}`} type="button" className={reach !== null && i >= reach[0] && i <= reach[1] && reach[0] !== reach[1] ? 'time-bar time-bar-drawn' : 'time-bar'} title={sentence(bar)} aria-label={sentence(bar)}
            tabIndex={i === current ? 0 : -1} aria-disabled={onZoom === undefined} onFocus={() => { setAt(i); }} onClick={() => { onZoom?.(i, i); }}
          >
            <svg width="100%" height={HEIGHT} viewBox={`0 0 10 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
              {bar.counts.map((count, s) => {
                const below = bar.counts.slice(0, s).reduce((sum, other) => sum + other, 0);
                const height = (count / most) * (HEIGHT - 4), base = (below / most) * (HEIGHT - 4);
                // The least there is can still be seen.
                const tall = count === 0 ? 0 : Math.max(2, height);
                return count === 0 ? null : <rect key={series[s]?.key ?? s} className={`time-${series[s]?.tone ?? 'ink'}`} x={1} width={8} y={HEIGHT - base - tall} height={tall} />;
              })}
              <rect className="time-base" x={0} width={10} y={HEIGHT - 1} height={1} />
            </svg>
          </button>
        ))}
      </div>
      <p className="row-between faint numbers" aria-hidden><span>{first.label}</span><span>{last.label}</span></p>
      <Disclosure summary={controls.asTable}>
        <Table<TimelineBar & { readonly at: number }>
          caption={label} step={24} rows={bars.map((bar, i) => ({ ...bar, at: i })).filter((bar) => total(bar) > 0)} rowKey={({ key }) => key}
          columns={[{ key: 'when', label: pictureCopy.when, heads: true, sort: ({ at: place }) => place, cell: (bar) => bar.label }, ...series.map((one, i) => ({ key: one.key, label: one.label, number: true, sort: (bar: TimelineBar) => bar.counts[i] ?? 0, cell: (bar: TimelineBar) => bar.counts[i] ?? 0 }))]}
        />
      </Disclosure>
    </figure>
  );
}

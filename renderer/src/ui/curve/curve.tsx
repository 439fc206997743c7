/** Usefulness against privacy: a line over steps, with the step that is chosen, moved by dragging or by keys. */
import { useId } from 'react';
import './curve.css';

export interface CurvePoint { readonly key: number; /** 0..1. */ readonly value: number; /** The step, in short. */ readonly label: string; /** The step and what it means, in words. */ readonly words: string }

const WIDTH = 300, HEIGHT = 110, EDGE = 10;

/** `at`: index of the chosen point. */
export function Curve({ label, points, at, less, more, top, bottom, onChange }: { readonly label: string; readonly points: readonly CurvePoint[]; readonly at: number; /** What lies at the two ends, and at the top and the bottom. */ readonly less: string; readonly more: string; readonly top: string; readonly bottom: string; readonly onChange: (at: number) => void }) {
  const id = useId();
  const x = (index: number): number => EDGE + (index * (WIDTH - 2 * EDGE)) / Math.max(1, points.length - 1);
  const y = (value: number): number => EDGE + (1 - value) * (HEIGHT - 2 * EDGE);
  const chosen = points[at];
  return (
    <div className="curve">
      <div className="curve-scale faint" aria-hidden>{top}</div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        <line className="curve-base" x1={EDGE} x2={WIDTH - EDGE} y1={y(0)} y2={y(0)} />
        <polyline className="curve-line" points={points.map(({ value }, index) => `${x(index)},${y(value)}`).join(' ')} />
        {points.map(({ key, value }, index) => <circle key={key} className={index === at ? 'curve-at' : 'curve-point'} cx={x(index)} cy={y(value)} r={index === at ? 7 : 3.5} />)}
      </svg>
      <div className="curve-scale faint" aria-hidden>{bottom}</div>
      <input type="range" id={id} aria-label={label} min={0} max={points.length - 1} step={1} value={at} aria-valuetext={chosen?.words ?? ''} onChange={(event) => { onChange(Number(event.target.value)); }} />
      <div className="curve-ticks faint numbers" aria-hidden>{points.map((point, index) => <span key={point.key} className={index === at ? 'curve-tick-at' : undefined}>{point.label}</span>)}</div>
      <div className="curve-ends faint"><span>{less}</span><span>{more}</span></div>
      <output htmlFor={id}>{chosen?.words}</output>
    </div>
  );
}

/** The crowd as a picture: the person in the middle, everybody who shares what is known around; it thins as more is known. */
import { barOf, dots, litDots, RADIUS, ringAt } from './geometry.ts';
import './crowd.css';

interface CrowdProps {
  /** The whole picture in words. */
  readonly label: string;
  /** Fewest people who share it, of `everybody`. */
  readonly people: number; readonly everybody: number;
  /** Drawn as a ring that the crowd should fill; 0 for none. */
  readonly floor: number;
}

export function Crowd({ label, people, everybody, floor }: CrowdProps) {
  const lit = litDots(people, everybody);
  return (
    <svg className="crowd" viewBox={`${-RADIUS} ${-RADIUS} ${2 * RADIUS} ${2 * RADIUS}`} role="img" aria-label={label}>
      {dots.map(({ x, y }, at) => <circle key={at} className={at === 0 ? 'crowd-you' : at < lit ? 'crowd-lit' : 'crowd-gone'} cx={x} cy={y} r={at === 0 ? 4.5 : 2.6} />)}
      {floor > 1 ? <circle className="crowd-floor" r={ringAt(floor, everybody)} /> : null}
    </svg>
  );
}

export interface CrowdStep { readonly key: string; readonly label: string; readonly words: string; readonly people: number }

/** The same in a list: what is known line by line, each with its crowd. */
export function CrowdSteps({ label, steps, everybody, floor, mark }: { readonly label: string; readonly steps: readonly CrowdStep[]; readonly everybody: number; readonly floor: number; /** What the mark on the bars stands for. */ readonly mark: string }) {
  return (
    <ol className="plain crowd-steps" aria-label={label}>
      {steps.map(({ key, label: name, words, people }) => (
        <li key={key}>
          <span className="crowd-step-words"><span>{name}</span><span className="soft numbers">{words}</span></span>
          <span className="crowd-bar" aria-hidden><span className={people < floor ? 'crowd-bar-below' : undefined} style={{ inlineSize: `${(barOf(people, everybody) * 100).toFixed(1)}%` }} />{floor > 1 ? <i title={mark} style={{ insetInlineStart: `${(barOf(floor, everybody) * 100).toFixed(1)}%` }} /> : null}</span>
        </li>
      ))}
    </ol>
  );
}

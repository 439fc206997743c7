/** What holds content: pages, cards, notes, empty and loading states. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { percentage } from '../../../shared/language/format.ts';
import { controls } from '../copy/controls.ts';
import { placeScreen } from './page-place.ts';
import { AlertIcon, BackIcon, InfoIcon, RightIcon, WarnIcon } from './icons.ts';

interface PageProps { readonly title: string; readonly lead?: ReactNode; readonly actions?: ReactNode; readonly back?: { readonly href: string; readonly label: string }; readonly children: ReactNode }

/** One screen. Its title takes the focus when it opens, so that a screen reader starts there. */
export function Page({ title, lead, actions, back, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    return placeScreen();
  }, []);
  return (
    <div className="page">
      <header className="page-header">
        <div className="page-header-words">
          {back ? <a className="back-link" href={back.href}><BackIcon size={16} aria-hidden />{back.label}</a> : null}
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          {lead === undefined ? null : <p className="page-lead">{lead}</p>}
        </div>
        {actions === undefined ? null : <div className="row">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Card({ title, aside, children, className }: { readonly title?: ReactNode; readonly aside?: ReactNode; readonly children: ReactNode; readonly className?: string }) {
  return (
    <section className={['card', className ?? ''].join(' ')}>
      {title === undefined ? null : <div className="card-header"><h2>{title}</h2>{aside}</div>}
      {children}
    </section>
  );
}

export type Tone = 'plain' | 'accent' | 'amber' | 'loss';

export function Badge({ tone = 'plain', icon, children }: { readonly tone?: Tone; readonly icon?: ReactNode; readonly children: ReactNode }) {
  return <span className={tone === 'plain' ? 'badge' : `badge badge-${tone}`}>{icon}{children}</span>;
}

interface NoteProps { readonly tone?: Tone; readonly title?: ReactNode; readonly children?: ReactNode; readonly actions?: ReactNode; readonly icon?: ReactNode; readonly live?: boolean }

/** A quiet box that says something: plain for knowing, amber for "look here", red only for loss. */
export function Note({ tone = 'plain', title, children, actions, icon, live = false }: NoteProps) {
  const picture = icon ?? (tone === 'amber' ? <WarnIcon size={20} aria-hidden /> : tone === 'loss' ? <AlertIcon size={20} aria-hidden /> : <InfoIcon size={20} aria-hidden />);
  return (
    <div className={tone === 'plain' ? 'note' : `note note-${tone}`} {...(live ? { role: 'alert' } : {})}>
      {picture}
      <div className="note-words">
        {title === undefined ? null : <p className="note-title">{title}</p>}
        {children === undefined ? null : <div>{children}</div>}
        {actions === undefined ? null : <div className="note-actions">{actions}</div>}
      </div>
    </div>
  );
}

export function EmptyState({ icon, title, children, action }: { readonly icon: ReactNode; readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="empty">
      {icon}
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {action}
    </div>
  );
}

const LINE_WIDTHS = ['72%', '94%', '58%', '83%', '66%'];

/** Grey lines where text will be; only where the shape is known. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className="skeleton-lines" role="status">
      <span className="hidden-visually">{controls.loading}</span>
      {Array.from({ length: lines }, (_, index) => <span key={index} className="skeleton" style={{ width: LINE_WIDTHS[index % LINE_WIDTHS.length], height: 16 }} />)}
    </div>
  );
}

export function Disclosure({ summary, children, open = false, onToggle }: { readonly summary: ReactNode; readonly children: ReactNode; readonly open?: boolean; readonly onToggle?: (open: boolean) => void }) {
  return (
    <details className="disclosure" open={open} onToggle={(event) => { onToggle?.(event.currentTarget.open); }}>
      <summary><RightIcon size={16} aria-hidden />{summary}</summary>
      <div className="disclosure-body">{children}</div>
    </details>
  );
}

const HEARD_AFTER_MS = 100;

export function Progress({ label, value, max, detail }: { readonly label: string; readonly value: number | null; readonly max: number; readonly detail?: ReactNode }) {
  // Aloud: what is done, and each quarter of it; every per cent would drown the rest.
  const far = value === null || max <= 0 ? '…' : percentage(25 * Math.min(3, Math.floor(4 * value / max)));
  const [said, setSaid] = useState('');
  // What is there from the start is not heard: the region comes first, then what it says.
  useEffect(() => {
    const timer = setTimeout(() => { setSaid(`${label} ${far}`); }, HEARD_AFTER_MS);
    return () => { clearTimeout(timer); };
  }, [label, far]);
  return (
    <div className="progress">
      <LiveRegion>{said}</LiveRegion>
      <div className="row-between"><span>{label}</span>{detail === undefined ? null : <span className="faint numbers">{detail}</span>}</div>
      <progress aria-label={label} max={max} {...(value === null ? {} : { value })} />
    </div>
  );
}

/** Strength as filled steps; the words beside it carry the meaning. */
export function Steps({ on, of = 4 }: { readonly on: number; readonly of?: number }) {
  return <span className="steps-bar" aria-hidden>{Array.from({ length: of }, (_, index) => <i key={index} className={index < on ? 'on' : ''} />)}</span>;
}

/** Says changes aloud to a screen reader without moving the focus. */
export function LiveRegion({ children }: { readonly children: ReactNode }) {
  return <div className="hidden-visually" role="status" aria-live="polite">{children}</div>;
}

/** The wheel: what the vault knows, and what of it a company would see, in one picture with a table behind it. */
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { wheelCopy } from '../../copy/wheel.ts';
import { Segmented } from '../fields.tsx';
import { menuOf, type MenuItem } from '../menu.tsx';
import { Table } from '../table.tsx';
import { depthOf, labelLines, layoutWheel, litRings, type SectorShape, type WheelArea, type WheelOverlay, type WheelSpec } from './geometry.ts';

const LARGE: WheelSpec = { centre: 300, hub: 58, outer: 194, gap: 3, labelGap: 10 };
const SMALL: WheelSpec = { centre: 60, hub: 13, outer: 57, gap: 1.4, labelGap: 0 };
const LOCK_PATH = 'M-4 -1.2h8v6h-8zM-2.6 -1.2v-2a2.6 2.6 0 0 1 5.2 0v2';

const LINE_HEIGHT = 15;

function Label({ shape, known }: { readonly shape: SectorShape; readonly known: boolean }) {
  const { x, y, rotate, anchor } = shape.label;
  const lines = labelLines(shape.area.label);
  return (
    <text className={known ? 'wheel-label wheel-label-known' : 'wheel-label'} textAnchor={anchor} dominantBaseline="central" transform={`rotate(${rotate} ${x} ${y})`} aria-hidden>
      {lines.map((line, index) => <tspan key={line} x={x} y={y + (index - (lines.length - 1) / 2) * LINE_HEIGHT}>{line}</tspan>)}
    </text>
  );
}

function Sector({ shape, overlay, sealed }: { readonly shape: SectorShape; readonly overlay: WheelOverlay | undefined; readonly sealed: string }) {
  const { area } = shape;
  const lit = overlay ? litRings(area, overlay) : 0;
  return (
    <>
      {shape.rings.map((ring) => {
        const glows = overlay ? ring.ring <= lit : ring.known;
        return (
          <g key={ring.ring}>
            <path d={ring.path} className={area.closed ? 'wheel-sealed' : 'wheel-blank'} {...(area.closed ? { fill: `url(#${sealed})` } : {})} />
            {overlay && ring.known && !area.closed ? <path d={ring.path} className="wheel-known" /> : null}
            <path d={ring.path} className={`wheel-lit wheel-hue-${area.hue}`} opacity={glows ? (overlay ? 1 : ring.opacity) : 0} />
            {area.muted && ring.known ? <path d={ring.path} className="wheel-muted" fill={`url(#${sealed}-muted)`} /> : null}
            {overlay && !area.closed && ring.known && ring.ring <= (overlay.asked[area.id] ?? 0) && !glows ? <path d={ring.path} className="wheel-asked" /> : null}
          </g>
        );
      })}
    </>
  );
}

interface WheelProps {
  readonly areas: readonly WheelArea[];
  readonly overlay?: WheelOverlay;
  /** Name of the picture for a screen reader. */
  readonly label: string;
  /** Where Enter on a sector leads. */
  readonly hrefOf?: (area: WheelArea) => string;
  /** What a right click on a slice offers. */
  readonly menu?: (area: WheelArea) => readonly MenuItem[];
  readonly onActive?: (area: WheelArea | null) => void;
  /** What stands in the middle while no sector is pointed at. */
  readonly hub?: { readonly big: string; readonly small: string };
  /** Without names around it, for narrow places; the area pointed at is named below. */
  readonly labels?: boolean;
}

/** The large wheel: one stop for Tab, arrow keys move around, Enter opens. */
export function Wheel({ areas, overlay, label, hrefOf, menu, onActive, hub, labels = true }: WheelProps) {
  const [active, setActive] = useState<number | null>(null);
  const [stop, setStop] = useState(0);
  const links = useRef(new Map<number, { readonly focus: () => void }>());
  const sealed = useId().replaceAll(':', '');
  const shapes = layoutWheel(areas, LARGE);
  const point = (index: number | null) => {
    setActive(index);
    onActive?.(index === null ? null : areas[index] ?? null);
  };
  const move = (event: KeyboardEvent, index: number) => {
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const step = steps[event.key];
    const next = step !== undefined ? (index + step + areas.length) % areas.length : event.key === 'Home' ? 0 : event.key === 'End' ? areas.length - 1 : null;
    if (next === null) return;
    event.preventDefault();
    setStop(next);
    links.current.get(next)?.focus();
  };
  const shown = active === null ? null : areas[active] ?? null;
  const stopAt = Math.min(stop, areas.length - 1);
  return (
    <svg className="wheel" viewBox={labels ? '0 0 600 588' : '98 98 404 424'} role="group" aria-label={label} onPointerLeave={() => { point(null); }}>
      <defs>
        <pattern id={sealed} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path className="wheel-hatch" d="M0 3H6" /></pattern>
        <pattern id={`${sealed}-muted`} width="7" height="7" patternUnits="userSpaceOnUse"><path className="wheel-stripe" d="M0 3.5H7" /></pattern>
      </defs>
      {shapes.map((shape, index) => {
        const { area } = shape;
        const lit = overlay ? litRings(area, overlay) : depthOf(area);
        return (
          <a
            key={area.id} href={hrefOf?.(area) ?? '#'} aria-label={overlay ? wheelCopy.overlaySector(area, lit) : wheelCopy.sector(area, lit)}
            ref={(element) => {
              if (element) links.current.set(index, element);
              else links.current.delete(index);
            }}
            tabIndex={index === stopAt ? 0 : -1} className={`wheel-sector${active === index ? ' wheel-active' : ''}`}
            onPointerEnter={() => { point(index); }} onFocus={() => { setStop(index); point(index); }} onBlur={() => { point(null); }}
            onKeyDown={(event) => { move(event, index); }} {...(menu ? menuOf(() => menu(area)) : {})}
            onClick={(event) => { if (!hrefOf) event.preventDefault(); }}
          >
            <Sector shape={shape} overlay={overlay} sealed={sealed} />
            {area.closed ? <path className="wheel-lock" d={LOCK_PATH} transform={`translate(${shape.lock.x} ${shape.lock.y})`} /> : null}
            <path className="wheel-outline" d={shape.outline} />
            {labels ? <Label shape={shape} known={lit > 0} /> : null}
          </a>
        );
      })}
      <g aria-hidden className="wheel-hub">
        <text x="300" y={hub || shown ? 294 : 300} textAnchor="middle" className="wheel-hub-big">{shown ? (overlay ? String(litRings(shown, overlay)) : isShut(shown) ? '' : String(shown.items)) : hub?.big}</text>
        <text x="300" y="318" textAnchor="middle" className="wheel-hub-small">{shown ? (overlay ? wheelCopy.ringsShort : isShut(shown) ? wheelCopy.sealed : wheelCopy.known) : hub?.small}</text>
        {labels ? null : <text x="300" y="512" textAnchor="middle" className="wheel-named">{shown?.label}</text>}
      </g>
    </svg>
  );
}

/** The small wheel: a picture only, with its meaning in words. */
export function SmallWheel({ areas, overlay, label, size = 96 }: { readonly areas: readonly WheelArea[]; readonly overlay?: WheelOverlay; readonly label: string; readonly size?: number }) {
  const sealed = useId().replaceAll(':', '');
  return (
    <svg className="wheel wheel-small" viewBox="0 0 120 120" width={size} height={size} role="img" aria-label={label}>
      <defs>
        <pattern id={sealed} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path className="wheel-hatch" d="M0 2H4" /></pattern>
        <pattern id={`${sealed}-muted`} width="4" height="4" patternUnits="userSpaceOnUse"><path className="wheel-stripe" d="M0 2H4" /></pattern>
      </defs>
      {layoutWheel(areas, SMALL).map((shape) => <Sector key={shape.area.id} shape={shape} overlay={overlay} sealed={sealed} />)}
    </svg>
  );
}

/** What lies in a closed area is told only while the closed part is open: none then means that nobody knows here. */
const isShut = ({ closed, items }: WheelArea): boolean => closed && items === 0;

/** The same in rows, for those who read rather than look. */
function WheelTable({ areas, overlay, hrefOf }: { readonly areas: readonly WheelArea[]; readonly overlay?: WheelOverlay; readonly hrefOf?: (area: WheelArea) => string }) {
  return (
    <Table
      caption={wheelCopy.tableCaption} rows={areas.filter((area) => area.closed || area.items > 0)} rowKey={(area) => area.id}
      columns={[
        { key: 'area', label: wheelCopy.columns.area, heads: true, sort: (area) => area.label, cell: (area) => (hrefOf ? <a href={hrefOf(area)}>{area.label}</a> : area.label) },
        { key: 'items', label: wheelCopy.columns.items, number: true, sort: (area) => area.items, cell: (area) => (isShut(area) ? wheelCopy.sealed : area.items) },
        { key: 'depth', label: overlay ? wheelCopy.columns.lit : wheelCopy.columns.depth, sort: (area) => (overlay ? litRings(area, overlay) : depthOf(area)), cell: (area) => (area.closed ? wheelCopy.sealed : overlay ? wheelCopy.litWords(litRings(area, overlay)) : wheelCopy.depthWords(depthOf(area))) },
        { key: 'strongest', label: wheelCopy.columns.strongest, cell: (area) => (area.closed ? wheelCopy.sealedWhy : area.muted ? wheelCopy.mutedWhy(area.strongest.slice(0, 3).join(', ')) : area.strongest.slice(0, 3).join(', ')) },
      ]}
    />
  );
}

type View = 'picture' | 'table';

/** Picture or table, at the person's choice. */
export function WheelOrTable({ aside, ...wheel }: WheelProps & { readonly aside?: ReactNode }) {
  const [view, setView] = useState<View>('picture');
  return (
    <div className="wheel-or-table">
      <div className="row-between">
        <Segmented<View> legend={wheelCopy.viewLegend} value={view} onChange={setView} options={[{ value: 'picture', label: wheelCopy.asPicture }, { value: 'table', label: wheelCopy.asTable }]} />
        {aside}
      </div>
      {view === 'picture' ? <Wheel {...wheel} /> : <WheelTable areas={wheel.areas} {...(wheel.overlay ? { overlay: wheel.overlay } : {})} {...(wheel.hrefOf ? { hrefOf: wheel.hrefOf } : {})} />}
    </div>
  );
}

/** Everything that is kept: searched by words, narrowed down, looked at one by one, saved as a file. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ACTS, ITEM_KINDS, type Act, type ItemKind, type SourceId } from '../../../../shared/domain/records.ts';
import { DAY_MS, dateShort, time as timeOfDay } from '../../../../shared/language/format.ts';
import { listCopy } from '../../copy/list-table.ts';
import { notMeCopy } from '../../copy/profile.ts';
import { recordsCopy } from '../../copy/records.ts';
import { actName, sourceName } from '../../copy/sources.ts';
import { kindOnly } from '../../copy/strike-out.ts';
import { NotMeDialog, type NotMeThing } from '../../parts/not-me-dialog.tsx';
import { copyText } from '../../parts/copy-button.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useWheel } from '../../parts/use-wheel.ts';
import { useResource } from '../../state/resource.ts';
import { importsResource } from '../../state/resources.ts';
import { href, navigate, useRoute } from '../../state/route.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { SearchField, Select, TickBox } from '../../ui/fields.tsx';
import { CheckIcon, CopyIcon, InfoIcon, LockIcon, NeverIcon, SaveIcon, SearchIcon, SourcesIcon } from '../../ui/icons.ts';
import { menuOf, type MenuItem } from '../../ui/menu.tsx';
import { Card, EmptyState, Note, Page, Skeleton } from '../../ui/surfaces.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { ItemPanel } from './item-panel.tsx';
import { SaveSelection, type Selection } from './save-selection.tsx';
import { useFound, type Found, type FoundItem, type Search } from './use-found.ts';
import { BareButton } from '../../ui/bare.tsx';
import './records.css';

const ROW_PX = 56;
type Order = keyof typeof recordsCopy.orders;
const ORDERS = Object.keys(recordsCopy.orders) as Order[];

/** Of a year in words, in this computer's time. */
const yearRange = (year: number) => ({ fromMs: new Date(year, 0, 1).getTime(), toMs: new Date(year + 1, 0, 1).getTime() });
function rangeOf(time: string, nowMs: number): { readonly fromMs?: number; readonly toMs?: number } {
  if (time === 'month') return { fromMs: nowMs - 30 * DAY_MS };
  if (time === 'year') return { fromMs: nowMs - 365 * DAY_MS };
  return /^\d{4}$/u.test(time) ? yearRange(Number(time)) : {};
}

/** Things of the closed part, while that is open: to be read, not to be chosen or saved. */
function Opened({ opened: { total, items, untilMs } }: { readonly opened: NonNullable<Found['opened']> }) {
  return (
    <Card title={<span className="row"><LockIcon size={18} aria-hidden />{recordsCopy.opened}</span>} aside={<span className="faint numbers">{recordsCopy.total(total)}</span>}>
      <p className="soft">{recordsCopy.openedText(timeOfDay(untilMs))}</p>
      <ul className="plain records-opened">
        {items.map((item) => (
          <li key={item.id} className="record-row">
            <span className="record-words"><span className="record-title">{item.title}</span><span className="faint record-under">{underOf(item)}<span className="record-source-under"> · {sourceName(item.source)}</span></span></span>
            <span className="soft record-source">{sourceName(item.source)}</span>
            <span className="faint numbers record-when">{recordsCopy.times_(item.records)}<br />{dateShort(item.lastMs)}</span>
          </li>
        ))}
      </ul>
      {total > items.length ? <p className="faint">{recordsCopy.openedMore(items.length, total)}</p> : null}
    </Card>
  );
}

const underOf = (item: FoundItem): string => [item.creator ?? '', item.collection ?? '', kindOnly(item.kind), actName(item.act)].filter(Boolean).join(' · ');

function Row({ item, chosen, tabIndex, onChoose, onOpen, menu }: { readonly menu: (item: FoundItem) => readonly MenuItem[]; readonly item: FoundItem | null; readonly chosen: boolean; readonly tabIndex: 0 | -1; readonly onChoose: () => void; readonly onOpen: () => void }) {
  if (item === null) return <span className="record-row faint">{recordsCopy.waiting}</span>;
  return (
    <div className="record-row" {...menuOf(() => menu(item))}>
      <TickBox tabIndex={tabIndex} label={recordsCopy.choose(item.title)} checked={chosen} onChange={onChoose} />
      <BareButton className="record-open" data-row-focus tabIndex={tabIndex} onClick={onOpen} onKeyDown={(event) => { if (event.key === 'x') onChoose(); }}>
        <span className="record-words"><span className="record-title">{item.title}</span><span className="faint record-under">{underOf(item)}<span className="record-source-under"> · {sourceName(item.source)}</span></span></span>
        <span className="soft record-source">{sourceName(item.source)}</span>
        <span className="faint numbers record-when">{recordsCopy.times_(item.records)}<br />{dateShort(item.lastMs)}</span>
      </BareButton>
    </div>
  );
}

export function Records({ tabs }: { readonly tabs: ReactNode }) {
  const { query } = useRoute();
  const wheel = useWheel();
  const { data: imports } = useResource(importsResource);
  const nowMs = useNow();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [disowning, setDisowning] = useState<readonly NotMeThing[] | null>(null);
  const [saving, setSaving] = useState<Selection | null>(null);
  const text = query['q'] ?? '', source = query['source'] ?? '', kind = query['kind'] ?? '', act = query['act'] ?? '', area = query['area'] ?? '', time = query['time'] ?? '';
  const order = ORDERS.find((name) => name === query['order']) ?? 'newest';
  const open = Number(query['item'] ?? 0);
  const go = (change: Readonly<Record<string, string>>, replace = true) => { navigate(href('records', [], { q: text, source, kind, act, area, time, order: order === 'newest' ? '' : order, ...change }), { replace }); };
  // A day is exact enough for "the last 30 days", and leaves the search as it is for that long.
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const search = useMemo((): Search => ({
    text, order, ...(source === '' ? {} : { sources: [source as SourceId] }), ...(kind === '' ? {} : { kinds: [kind as ItemKind] }), ...(act === '' ? {} : { acts: [act as Act] }), ...(area === '' ? {} : { area }), ...rangeOf(time, today),
  }), [text, order, source, kind, act, area, time, today]);
  const { found, error, onRange } = useFound(search);
  const kept = (imports?.imports ?? []).filter(({ state, added }) => state !== 'undone' && state !== 'failed' && added > 0);
  const sources = [...new Set(kept.map((report) => report.source))];
  const years = yearsOf(kept);
  const filters = useRef<HTMLElement>(null);
  const isAsked = query['find'] !== undefined;
  useEffect(() => {
    // After the page's title has had the focus. The address forgets it, so that it can be asked again.
    if (!isAsked) return;
    filters.current?.querySelector('input')?.focus();
    navigate(href('records', [], { q: text, source, kind, act, area, time, order: order === 'newest' ? '' : order }), { replace: true });
  });
  /** Names of sources and kinds that were typed as if they were words of things. */
  const wanted = text.trim().toLocaleLowerCase();
  const meant = wanted.length < 3 ? [] : [...sources.map((value) => ({ name: sourceName(value), change: { source: value } })), ...ITEM_KINDS.map((value) => ({ name: kindOnly(value), change: { kind: value } }))].filter(({ name }) => name.toLocaleLowerCase().includes(wanted)).slice(0, 3);
  const filtered = [text, source, kind, act, area, time].some((value) => value !== '');
  const toggle = (id: number): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };

  const menu = (item: FoundItem): readonly MenuItem[] => [
    { label: recordsCopy.open(item.title), icon: <InfoIcon size={16} aria-hidden />, act: () => { go({ item: String(item.id) }, false); } },
    { label: chosen.has(item.id) ? listCopy.untickRow : listCopy.tickRow, icon: <CheckIcon size={16} aria-hidden />, act: () => { toggle(item.id); } },
    { label: notMeCopy.action, icon: <NeverIcon size={16} aria-hidden />, act: () => { setDisowning([{ id: item.id, title: item.title, creator: item.creator, collection: item.collection }]); } },
    { label: recordsCopy.only(sourceName(item.source)), icon: <SourcesIcon size={16} aria-hidden />, act: () => { go({ source: item.source }); } },
    ...(item.creator === null ? [] : [{ label: recordsCopy.more(item.creator), icon: <SearchIcon size={16} aria-hidden />, act: () => { go({ q: item.creator ?? '' }); } }]),
    { label: listCopy.copyRow, icon: <CopyIcon size={16} aria-hidden />, act: () => { copyText([item.title, underOf(item), sourceName(item.source)].join('\t')); } },
  ];

  if (imports !== null && kept.length === 0) {
    return (
      <Page title={recordsCopy.title} lead={recordsCopy.lead}>
        {tabs}
        <Card><EmptyState icon={<SourcesIcon size={32} aria-hidden />} title={recordsCopy.empty} action={<ButtonLink variant="primary" href={href('sources')}><SourcesIcon size={18} aria-hidden />{recordsCopy.emptyAction}</ButtonLink>}>{recordsCopy.emptyText}</EmptyState></Card>
      </Page>
    );
  }
  return (
    <Page title={recordsCopy.title} lead={recordsCopy.lead}>
      {tabs}
      <search ref={filters} className="records-filters">
        <SearchField label={recordsCopy.search} maxLength={200} value={text} onChange={(q) => { go({ q }); }} />
        <Select<string> label={recordsCopy.source} hideLabel value={source} onChange={(value) => { go({ source: value }); }} options={[{ value: '', label: recordsCopy.allSources }, ...sources.map((value) => ({ value, label: sourceName(value) }))]} />
        <Select<string> label={recordsCopy.kind} hideLabel value={kind} onChange={(value) => { go({ kind: value }); }} options={[{ value: '', label: recordsCopy.allKinds }, ...ITEM_KINDS.map((value) => ({ value, label: kindOnly(value) }))]} />
        <Select<string> label={recordsCopy.act} hideLabel value={act} onChange={(value) => { go({ act: value }); }} options={[{ value: '', label: recordsCopy.allActs }, ...ACTS.map((value) => ({ value, label: value === 'used' ? recordsCopy.used : actName(value) }))]} />
        <Select<string> label={recordsCopy.area} hideLabel value={area} onChange={(value) => { go({ area: value }); }} options={[{ value: '', label: recordsCopy.allAreas }, ...areasToChoose(wheel, area)]} />
        <Select<string> label={recordsCopy.time} hideLabel value={time} onChange={(value) => { go({ time: value }); }} options={[{ value: '', label: recordsCopy.times.any }, { value: 'month', label: recordsCopy.times.month }, { value: 'year', label: recordsCopy.times.year }, ...years.map((year) => ({ value: String(year), label: recordsCopy.year(year) }))]} />
        <Select<Order> label={recordsCopy.order} hideLabel value={order} onChange={(value) => { go({ order: value === 'newest' ? '' : value }); }} options={ORDERS.map((value) => ({ value, label: recordsCopy.orders[value] }))} />
      </search>
      {error ? <ErrorNote error={error} /> : null}
      {found === null ? (error ? null : <Skeleton lines={10} />) : (
        <>
          {found.conclusions.length === 0 ? null : (
            <section className="stack-tight" aria-label={recordsCopy.conclusions}>
              <h2 className="records-heading">{recordsCopy.conclusions}</h2>
              <ul className="plain chip-list">{found.conclusions.map(({ id, label }) => <li key={id}><ButtonLink small href={href('profile', [], { item: id })}>{label}</ButtonLink></li>)}</ul>
            </section>
          )}
          <div className="row-between records-bar">
            <p className="soft numbers" role="status">{recordsCopy.total(found.total)}{chosen.size === 0 ? null : <>, {recordsCopy.chosen(chosen.size)}</>}</p>
            <div className="row">
              {filtered ? <Button small variant="quiet" onClick={() => { navigate(href('records')); }}>{recordsCopy.clear}</Button> : null}
              {chosen.size === 0 ? null : <Button small variant="quiet" onClick={() => { setChosen(new Set()); }}>{recordsCopy.forget}</Button>}
              {chosen.size === 0 ? null : <Button small onClick={() => { setDisowning([...chosen].map((id) => ({ id, title: '', creator: null, collection: null }))); }}>{notMeCopy.chosen(chosen.size)}</Button>}
              {chosen.size === 0 ? null : <Button small onClick={() => { setSaving({ ids: [...chosen] }); }}><SaveIcon size={16} aria-hidden />{recordsCopy.saveChosen(chosen.size)}</Button>}
              {found.total === 0 ? null : <Button small onClick={() => { setSaving({ search, total: found.total }); }}><SaveIcon size={16} aria-hidden />{recordsCopy.saveFound(found.total)}</Button>}
            </div>
          </div>
          {found.total === 0 && found.opened !== null && found.opened.total > 0 ? <p className="soft">{recordsCopy.noneOpen}</p> : found.total === 0 ? <EmptyState icon={<SearchIcon size={32} aria-hidden />} title={recordsCopy.none} action={meant.length === 0 ? undefined : <div className="row">{meant.map(({ name, change }) => <Button key={name} onClick={() => { go({ q: '', ...change }); }}>{recordsCopy.allOf(name)}</Button>)}</div>}>{recordsCopy.noneText}</EmptyState> : (
            <VirtualList key={JSON.stringify(search)} label={recordsCopy.list} count={found.total} rowPx={ROW_PX} onRange={onRange} row={(index, tabIndex) => {
              const item = found.item(index);
              return <Row item={item} tabIndex={tabIndex} chosen={item !== null && chosen.has(item.id)} onChoose={() => { if (item) toggle(item.id); }} onOpen={() => { if (item) go({ item: String(item.id) }, false); }} menu={menu} />;
            }} />
          )}
          {found.opened === null ? found.closed === 0 ? null : <Note icon={<LockIcon size={20} aria-hidden />}>{recordsCopy.closed(found.closed)}</Note> : <Opened opened={found.opened} />}
        </>
      )}
      {open > 0 ? <ItemPanel key={open} id={open} onClose={() => { go({}); }} /> : null}
      {disowning === null ? null : <NotMeDialog things={disowning} onClose={() => { setDisowning(null); }} onSaid={() => { setChosen(new Set()); }} />}
      {saving === null ? null : <SaveSelection selection={saving} onClose={() => { setSaving(null); }} />}
    </Page>
  );
}

/** The areas of life, and the topic somebody came here with. */
function areasToChoose(wheel: ReturnType<typeof useWheel>, current: string): { readonly value: string; readonly label: string }[] {
  const areas = (wheel?.areas ?? []).filter(({ closed }) => !closed).map(({ id, label }) => ({ value: id, label }));
  const topic = areas.some(({ value }) => value === current) ? undefined : wheel?.taxonomy.byId.get(current);
  return topic ? [{ value: topic.id, label: topic.label }, ...areas] : areas;
}

/** Every year from which records were kept, the newest first. */
function yearsOf(kept: readonly { readonly firstRecordMs: number | null; readonly lastRecordMs: number | null }[]): number[] {
  const years = kept.flatMap(({ firstRecordMs, lastRecordMs }) => (firstRecordMs === null || lastRecordMs === null ? [] : [new Date(firstRecordMs).getFullYear(), new Date(lastRecordMs).getFullYear()]));
  if (years.length === 0) return [];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return Array.from({ length: last - first + 1 }, (_, i) => last - i);
}

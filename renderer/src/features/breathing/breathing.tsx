/** Breathing space: a break from everyone, quiet hours, how often, areas nobody hears of, and what to see less of. */
import { labelled } from '../../../../shared/language/format.ts';
import { useState } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { breathingCopy } from '../../copy/breathing.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { HoldNote } from '../../parts/hold.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useBreathing } from '../../parts/use-breathing.ts';
import { useTask, type Task } from '../../parts/use-task.ts';
import { breathingResource, profileResource } from '../../state/resources.ts';
import { useResource } from '../../state/resource.ts';
import { href } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Select, Switch, TextField, type Option } from '../../ui/fields.tsx';
import { BreathingIcon, PlusIcon } from '../../ui/icons.ts';
import { Badge, Card, Note, Page } from '../../ui/surfaces.tsx';
import { AreaDialog } from './area-dialog.tsx';
import './breathing.css';

type Rules = Output<'breathing.get'>;
type Area = Rules['areas'][number];

const DAY_MS = 86_400_000;
const PAUSES = [['open', null], ['day', DAY_MS], ['week', 7 * DAY_MS]] as const;

const store = async (change: Input<'breathing.set'>): Promise<void> => {
  await call('breathing.set', change);
  await breathingResource.getState().load();
};

function Pause({ rules: { pause } }: { readonly rules: Rules }) {
  const task = useTask();
  const begin = (untilMs: number | null) => { task.run(() => store({ pause: { untilMs } })); };
  const end = () => {
    task.run(async () => {
      await store({ pause: null });
      showToast(breathingCopy.ended);
    });
  };
  return (
    <Card title={breathingCopy.pause}>
      <div className="stack">
        {pause === null ? (
          <>
            <p className="soft">{breathingCopy.pauseText}</p>
            <div className="row">{PAUSES.map(([name, lastsMs]) => <Button key={name} disabled={task.busy} onClick={() => { begin(lastsMs === null ? null : Date.now() + lastsMs); }}>{breathingCopy.pauseFor[name]}</Button>)}</div>
          </>
        ) : (
          <Note tone="amber" live icon={<BreathingIcon size={20} aria-hidden />} title={breathingCopy.paused} actions={<Button variant="primary" small busy={task.busy} onClick={end}>{breathingCopy.endPause}</Button>}>
            {breathingCopy.pausedSince(pause.sinceMs, pause.untilMs)}
          </Note>
        )}
        {task.error ? <ErrorNote error={task.error} /> : null}
      </div>
    </Card>
  );
}

const USUAL = { fromMinute: 22 * 60, toMinute: 7 * 60 };
const asTime = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** Null for a field that is empty or half filled in. */
const asMinute = (text: string): number | null => {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
};

function Hours({ stored, task }: { readonly stored: NonNullable<Rules['quietHours']>; readonly task: Task }) {
  const [from, setFrom] = useState(asTime(stored.fromMinute));
  const [to, setTo] = useState(asTime(stored.toMinute));
  const fromMinute = asMinute(from), toMinute = asMinute(to);
  const complete = fromMinute !== null && toMinute !== null;
  const changed = complete && (fromMinute !== stored.fromMinute || toMinute !== stored.toMinute);
  const save = () => {
    if (!complete) return;
    task.run(async () => {
      await store({ quietHours: { fromMinute, toMinute } });
      showToast(breathingCopy.hoursSaved);
    });
  };
  return (
    <form className="breathing-hours" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <TextField type="time" label={breathingCopy.from} value={from} onChange={setFrom} required />
      <TextField type="time" label={breathingCopy.to} value={to} onChange={setTo} required />
      <Button type="submit" busy={task.busy} disabled={!changed}>{breathingCopy.saveHours}</Button>
      {complete && fromMinute >= toMinute ? <p className="faint">{fromMinute === toMinute ? breathingCopy.allDay : breathingCopy.overnight}</p> : null}
    </form>
  );
}

function QuietHours({ rules: { quietHours, holding } }: { readonly rules: Rules }) {
  const task = useTask();
  return (
    <Card title={breathingCopy.hours} aside={holding === 'quiet-hours' ? <Badge tone="amber">{breathingCopy.quietNow}</Badge> : null}>
      <div className="stack">
        <Switch label={breathingCopy.hoursSwitch} hint={breathingCopy.hoursHint} checked={quietHours !== null} disabled={task.busy} onChange={(on) => { task.run(() => store({ quietHours: on ? USUAL : null })); }} />
        {quietHours === null ? null : <Hours key={`${quietHours.fromMinute}-${quietHours.toMinute}`} stored={quietHours} task={task} />}
        {task.error ? <ErrorNote error={task.error} /> : null}
      </div>
    </Card>
  );
}

const LIMITS = [1, 2, 3, 5, 10, 20, 50];
const UNLIMITED = 'none';
/** A number set by another program stands in the list too. */
const limitOptions = (current: number | null): Option<string>[] => [
  { value: UNLIMITED, label: breathingCopy.asPermitted },
  ...[...new Set([...LIMITS, ...(current === null ? [] : [current])])].sort((a, b) => a - b).map((n) => ({ value: String(n), label: breathingCopy.answers(n) })),
];

function Often({ rules: { perDay, perCompanyDay, today, holding } }: { readonly rules: Rules }) {
  const task = useTask();
  const limit = (label: string, current: number | null, change: (next: number | null) => Input<'breathing.set'>) => (
    <Select label={label} value={current === null ? UNLIMITED : String(current)} options={limitOptions(current)} disabled={task.busy} onChange={(value) => { task.run(() => store(change(value === UNLIMITED ? null : Number(value)))); }} />
  );
  return (
    <Card title={breathingCopy.often} aside={holding === 'enough-today' ? <Badge tone="amber">{breathingCopy.usedUp}</Badge> : null}>
      <div className="stack">
        <p className="soft">{breathingCopy.oftenText}</p>
        <div className="breathing-pair">
          {limit(breathingCopy.perDay, perDay, (next) => ({ perDay: next }))}
          {limit(breathingCopy.perCompanyDay, perCompanyDay, (next) => ({ perCompanyDay: next }))}
        </div>
        <p className="numbers">{breathingCopy.today(today.answers, today.companies)}</p>
        {task.error ? <ErrorNote error={task.error} /> : null}
      </div>
    </Card>
  );
}

function QuietArea({ area, task }: { readonly area: Area; readonly task: Task }) {
  const { node, untilMs, perDay } = area;
  const again = () => {
    task.run(async () => {
      await call('breathing.unhush', { node });
      await breathingResource.getState().load();
      showToast(breathingCopy.removed(area.label), () => { call('breathing.hush', { node, untilMs, perDay }).then(() => breathingResource.getState().load(), () => undefined).catch(() => undefined); });
    });
  };
  return (
    <li className="breathing-area">
      <span className="stack-tight">
        <span><strong>{area.label}</strong>{area.path.length === 0 ? null : <span className="faint"> {area.path.join(' › ')}</span>}</span>
        <span className="soft numbers">{breathingCopy.line(perDay, untilMs)}{perDay > 0 && area.today > 0 ? `; ${breathingCopy.usedToday(area.today)}` : ''}</span>
      </span>
      <Button small disabled={task.busy} aria-label={labelled(breathingCopy.again, area.label)} onClick={again}>{breathingCopy.again}</Button>
    </li>
  );
}

function QuietAreas({ rules: { areas } }: { readonly rules: Rules }) {
  const [adding, setAdding] = useState(false);
  const task = useTask();
  return (
    <Card title={breathingCopy.areas} aside={<Button small onClick={() => { setAdding(true); }}><PlusIcon size={16} aria-hidden />{breathingCopy.add}</Button>}>
      <div className="stack">
        <p className="soft">{breathingCopy.areasText}</p>
        {areas.length === 0 ? <p>{breathingCopy.noAreas}</p> : <ul className="plain breathing-areas">{areas.map((area) => <QuietArea key={area.node} area={area} task={task} />)}</ul>}
        {task.error ? <ErrorNote error={task.error} /> : null}
      </div>
      {adding ? <AreaDialog taken={areas.map(({ node }) => node)} onClose={() => { setAdding(false); }} /> : null}
    </Card>
  );
}

function SeeLess() {
  const { data } = useResource(profileResource);
  const avoided = data?.preferences.filter(({ claim }) => claim === 'avoid').map(({ label }) => label) ?? [];
  return (
    <Card title={breathingCopy.less} aside={<ButtonLink small href={href('profile')}>{breathingCopy.lessAction}</ButtonLink>}>
      <div className="stack">
        <p className="soft">{breathingCopy.lessText}</p>
        {avoided.length === 0 ? <p>{breathingCopy.noLess}</p> : <ul className="plain row">{avoided.map((label) => <li key={label}><Badge>{label}</Badge></li>)}</ul>}
      </div>
    </Card>
  );
}

export function Breathing() {
  useBreathing();
  return (
    <Page title={breathingCopy.title} lead={breathingCopy.lead}>
      <Loaded store={breathingResource} lines={8}>
        {(rules) => (
          <div className="breathing">
            <Pause rules={rules} />
            {rules.holds.length === 0 ? null : <Card title={breathingCopy.holds}><div className="stack">{rules.holds.map((hold) => <HoldNote key={hold.companyId} hold={hold} />)}</div></Card>}
            <QuietHours rules={rules} />
            <Often rules={rules} />
            <QuietAreas rules={rules} />
            <SeeLess />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

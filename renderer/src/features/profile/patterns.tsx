/** What records show besides interests: routines, seasons, what may be somebody else's, presents, sizes, hints at changes. */
import { labelled } from '../../../../shared/language/format.ts';
import { useEffect, useState, type ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { patternsCopy, PATTERN_SECTIONS } from '../../copy/patterns.ts';
import { notMeCopy } from '../../copy/profile.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { MOST_NOT_ME, NotMeDialog } from '../../parts/not-me-dialog.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useResource } from '../../state/resource.ts';
import { patternsResource, profileResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { CheckIcon, LockIcon, PatternIcon, SourcesIcon } from '../../ui/icons.ts';
import { useMore } from '../../ui/more.tsx';
import { Badge, Card, EmptyState, Note, Page } from '../../ui/surfaces.tsx';
import { ClosedPart } from './closed-part.tsx';
import './profile.css';

type Found = Output<'profile.patterns'>;
type Pattern = Found['patterns'][number];

/** Cards of one section at first. */
const STEP = 8;

function SizeAction({ size, title }: { readonly size: string; readonly title: string }) {
  const { data } = useResource(profileResource);
  const task = useTask();
  if (data?.preferences.some(({ claim, value }) => claim === 'size' && value === size) === true) return <p className="faint pattern-said"><CheckIcon size={16} aria-hidden />{patternsCopy.alreadyMine}</p>;
  const declare = async (): Promise<void> => {
    await call('profile.declare', { claim: 'size', value: size });
    await profileResource.getState().load();
    showToast(patternsCopy.saidMine(title));
  };
  return (
    <>
      <div><Button small busy={task.busy} aria-label={labelled(patternsCopy.isMine, title)} onClick={() => { task.run(declare); }}>{patternsCopy.isMine}</Button></div>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </>
  );
}

function NotMeAction({ pattern: { title, itemIds } }: { readonly pattern: Pattern }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <div><Button small aria-label={notMeCopy.about(title)} onClick={() => { setAsking(true); }}>{notMeCopy.action}</Button></div>
      {/* What is beyond what the core takes at once stays a pattern, and can be said next. */}
      {asking ? <NotMeDialog things={itemIds.slice(0, MOST_NOT_ME).map((id) => ({ id, title: '', creator: null, collection: null }))} onClose={() => { setAsking(false); }} /> : null}
    </>
  );
}

/** The one thing that can be done about a pattern. */
function Action({ pattern }: { readonly pattern: Pattern }) {
  if (pattern.size !== null) return <SizeAction size={pattern.size} title={pattern.title} />;
  return pattern.itemIds.length > 0 ? <NotMeAction pattern={pattern} /> : null;
}

function PatternCard({ pattern }: { readonly pattern: Pattern }) {
  const { title, reason, examples, sensitive } = pattern;
  return (
    <li className="pattern">
      <div className="row-between"><h3 className="break-anywhere">{title}</h3>{sensitive ? <Badge icon={<LockIcon size={14} aria-hidden />}>{patternsCopy.sealed}</Badge> : null}</div>
      <p>{reason}</p>
      {examples.length === 0 ? null : (
        <div className="pattern-examples">
          <p className="faint">{patternsCopy.examples}</p>
          <ul className="plain">{examples.map((example) => <li key={example.itemId}><span className="break-anywhere">{example.creator === null ? example.title : patternsCopy.by(example.title, example.creator)}</span><span className="faint numbers">{patternsCopy.times(example.count)}</span></li>)}</ul>
        </div>
      )}
      <Action pattern={pattern} />
    </li>
  );
}

function Section({ title, lead, patterns }: { readonly title: string; readonly lead: string; readonly patterns: readonly Pattern[] }) {
  const { shown, more } = useMore(patterns, STEP, title);
  return (
    <Card title={title}>
      <div className="stack">
        <p className="soft">{lead}</p>
        <ul className="plain pattern-list">{shown.map((pattern) => <PatternCard key={pattern.id} pattern={pattern} />)}</ul>
        {more}
      </div>
    </Card>
  );
}

/** Works it out anew when the closed part shuts by itself, so that nothing of it stays on the screen. */
function useShutting(untilMs: number | null): void {
  useEffect(() => {
    if (untilMs === null) return undefined;
    const timer = setTimeout(() => { patternsResource.getState().reset(); }, Math.max(0, untilMs - Date.now()));
    return () => { clearTimeout(timer); };
  }, [untilMs]);
}

function Sections({ found: { patterns, records, closed } }: { readonly found: Found }) {
  useShutting(closed.openUntilMs);
  const sections = PATTERN_SECTIONS.map((section) => ({ ...section, patterns: patterns.filter(({ kind }) => kind === section.kind) })).filter((section) => section.patterns.length > 0);
  return (
    <>
      {closed.count === 0 || closed.openUntilMs !== null ? null : <Note icon={<LockIcon size={20} aria-hidden />}>{patternsCopy.hidden}</Note>}
      {sections.length === 0
        ? <Card><EmptyState icon={<PatternIcon size={32} aria-hidden />} title={patternsCopy.empty} action={<ButtonLink variant="primary" href={href('sources')}><SourcesIcon size={18} aria-hidden />{patternsCopy.emptyAction}</ButtonLink>}>{patternsCopy.emptyText}</EmptyState></Card>
        : <p className="soft numbers" role="status">{patternsCopy.from(patterns.length, records)}</p>}
      {sections.map((section) => <Section key={section.kind} title={section.title} lead={section.lead} patterns={section.patterns} />)}
    </>
  );
}

export function Patterns({ tabs }: { readonly tabs: ReactNode }) {
  // Not kept here either: it is worked out for this visit.
  useEffect(() => () => { patternsResource.getState().reset(); }, []);
  return (
    <Page title={patternsCopy.title} lead={patternsCopy.lead}>
      {tabs}
      <Loaded store={patternsResource} lines={8}>{(found) => <Sections found={found} />}</Loaded>
      <ClosedPart />
    </Page>
  );
}

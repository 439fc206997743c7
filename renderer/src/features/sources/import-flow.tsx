/** One import from dropped file to report: hand over, preview, choose, run, read how it went. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { asAppError, call, offerFile } from '../../bridge/client.ts';
import { bytes, labelled, number } from '../../../../shared/language/format.ts';
import { strikeCopy } from '../../copy/strike-out.ts';
import { ownCopy } from '../../copy/own-sources.ts';
import { formatName, sourceName, sourcesCopy } from '../../copy/sources.ts';
import { errorWords } from '../../copy/errors.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { loadJobs, useJobs } from '../../state/jobs.ts';
import { useDropped } from '../../state/dropped.ts';
import { importsResource, mappingsResource, watchedResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/fields.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { SampleIcon } from '../../ui/icons.ts';
import { Badge, Card, Disclosure, LiveRegion, Note, Progress } from '../../ui/surfaces.tsx';
import { useFlow, type Choice, type Item, type Previewed } from './flow.ts';
import { Guides } from './guides.tsx';
import { Issues } from './issues.tsx';
import { MappingDialog, type Saved } from './mapping-dialog.tsx';
import { StrikeOut } from './strike-out.tsx';
import { isReversed, leaveOutOf, NOTHING_STRUCK, struckBefore } from './struck.ts';
import { FoundExports } from './watched.tsx';
import { BareButton } from '../../ui/bare.tsx';
import './sources.css';

/** The most files one preview takes (contract). */
const MOST_FILES = 500;

/** With one profile there is nothing to choose; with several none is taken for granted, nor is what calls for caution. Of the made-up person everything is kept, so that the closed part can be tried out too. */
const firstChoice = (item: Item, sample: boolean): Choice => ({ included: !item.optIn, profiles: item.profiles.length === 1 ? item.profiles : [], struck: item.policy === null ? { ...NOTHING_STRUCK, sensitive: !sample } : struckBefore(item.policy) });
const lacksProfile = (item: Item, choice: Choice): boolean => choice.included && item.profiles.length > 1 && choice.profiles.length === 0;

/** Undefined for all of them. */
const profilesOf = (item: Item, { profiles }: Choice): readonly string[] | undefined => (item.profiles.length > 0 && profiles.length > 0 && profiles.length < item.profiles.length ? profiles : undefined);

const nameOf = (item: Item): string => (item.own === null ? labelled(sourceName(item.source), formatName(item.format)) : item.own.name);
const placeOf = (item: Item): string => `preview-${item.key}`;
/** Brings a file into sight, with the focus on the first thing to choose about it. */
const goTo = (item: Item): void => {
  const place = document.getElementById(placeOf(item));
  place?.scrollIntoView({ block: 'start' });
  place?.parentElement?.querySelector<HTMLInputElement>('.preview-profiles input')?.focus({ preventScroll: true });
};

function PreviewItem({ item, previewId, sample, choice, onChoice, onMap }: { readonly item: Item; readonly previewId: string; readonly sample: boolean; readonly choice: Choice; readonly onChoice: (choice: Choice) => void; /** Opens what was said of a file of the person's own. */ readonly onMap: () => void }) {
  const several = item.profiles.length > 1;
  const [looking, setLooking] = useState(false);
  return (
    <Card className="preview-item">
      <div className="row-between" id={placeOf(item)}>
        <Checkbox label={<strong>{nameOf(item)}</strong>} hint={`${item.file}, ${bytes(item.sizeBytes)}`} checked={choice.included} onChange={(included) => { onChoice({ ...choice, included }); }} />
        {item.own === null ? null : <Button small aria-label={labelled(ownCopy.change, item.file)} onClick={onMap}>{ownCopy.change}</Button>}
      </div>
      {item.own === null ? null : <p className="faint">{ownCopy.asMapped(item.own.savedAtMs)}</p>}
      {item.stoppedAt === null ? null : <p className="faint">{sourcesCopy.stoppedAt(item.stoppedAt)}</p>}
      {item.optIn ? <Note tone="amber">{sourcesCopy.caution}</Note> : null}
      {several && choice.included ? (
        <fieldset className="stack-tight preview-profiles">
          <legend className="field-label">{sourcesCopy.profiles}</legend>
          <p className="faint">{sample ? sourcesCopy.profilesSample : sourcesCopy.profilesHint}</p>
          <div className="row">
            {item.profiles.map((profile) => (
              <Checkbox key={profile} label={profile} checked={choice.profiles.includes(profile)} onChange={(ticked) => { onChoice({ ...choice, profiles: ticked ? [...choice.profiles, profile] : choice.profiles.filter((name) => name !== profile) }); }} />
            ))}
          </div>
        </fieldset>
      ) : null}
      <div className="keeps-drops">
        <div>
          <h3>{sourcesCopy.keeps}</h3>
          <ul className="plain chip-list">{item.keeps.map((field) => <li key={field}><Badge tone="accent">{field}</Badge></li>)}</ul>
        </div>
        <div>
          <h3>{sourcesCopy.drops}</h3>
          {item.drops.length === 0 ? <p className="faint">{sourcesCopy.nothingDropped}</p> : <ul className="plain chip-list">{item.drops.map((field) => <li key={field}><Badge>{field}</Badge></li>)}</ul>}
        </div>
      </div>
      {choice.included && !lacksProfile(item, choice) ? (
        <div className="stack">
          <Checkbox label={strikeCopy.sensitive} hint={strikeCopy.sensitiveHint} checked={choice.struck.sensitive} onChange={(sensitive) => { onChoice({ ...choice, struck: { ...choice.struck, sensitive } }); }} />
          {item.policy === null || (item.policy.kinds ?? []).length + (item.policy.fields ?? []).length === 0 ? null : <p className="faint">{strikeCopy.asBefore(sourceName(item.source, item.own?.name ?? null))}</p>}
          <div><Button small aria-expanded={looking} onClick={() => { setLooking(!looking); }}>{looking ? strikeCopy.close : strikeCopy.open}</Button></div>
          {looking ? <StrikeOut key={JSON.stringify(item.own)} previewId={previewId} dataSet={item.key} profiles={profilesOf(item, choice)} struck={choice.struck} onStruck={(struck) => { onChoice({ ...choice, struck }); }} /> : null}
        </div>
      ) : null}
    </Card>
  );
}

/** A table or list of the person's own, before anything was said of it. */
function UnknownFile({ file, sizeBytes, onTell }: { readonly file: string; readonly sizeBytes: number; readonly onTell: () => void }) {
  return (
    <Card className="preview-item">
      <div className="row-between">
        <div className="stack-tight"><strong className="break-anywhere">{file}</strong><span className="faint">{bytes(sizeBytes)}. {ownCopy.offer}.</span><span className="soft">{ownCopy.offerText}</span></div>
        <Button variant="primary" aria-label={ownCopy.tellLong(file)} onClick={onTell}>{ownCopy.tell}</Button>
      </div>
    </Card>
  );
}

function PreviewStep({ preview, choices, onStarted, onDiscard }: { readonly preview: Previewed; readonly choices: Readonly<Record<string, Choice>>; readonly onStarted: (jobId: string) => void; readonly onDiscard: () => void }) {
  const setPhase = useFlow((state) => state.setPhase);
  const [mapping, setMapping] = useState<{ readonly key: string; readonly file: string; readonly item: Item | null } | null>(null);
  const mapped = ({ items, keys }: Saved) => {
    setPhase({ at: 'preview', choices, preview: { ...preview, items: [...preview.items.map((item) => items.find(({ key }) => key === item.key) ?? item), ...items.filter(({ key }) => !preview.items.some((item) => item.key === key))], unknown: preview.unknown.filter(({ key }) => !keys.includes(key)), unrecognised: preview.unrecognised.filter(({ file }) => !preview.unknown.some((one) => one.file === file && keys.includes(one.key))) } });
    setMapping(null);
    void mappingsResource.getState().load();
  };
  const unused = preview.unrecognised.filter(({ file }) => !preview.unknown.some((one) => one.file === file));
  const task = useTask();
  const choiceOf = (item: Item): Choice => choices[item.key] ?? firstChoice(item, preview.sample);
  const choose = (item: Item, choice: Choice) => {
    const before = choiceOf(item).profiles;
    const next: Record<string, Choice> = { ...choices, [item.key]: choice };
    // Files of one account are of the same people: they are ticked together, as long as they were alike.
    if (choice.profiles !== before) {
      for (const other of preview.items) {
        const its = choiceOf(other);
        const among = (profiles: readonly string[]): readonly string[] => profiles.filter((name) => other.profiles.includes(name));
        if (other.key !== item.key && other.source === item.source && other.profiles.length > 1 && String(its.profiles) === String(among(before))) next[other.key] = { ...its, profiles: among(choice.profiles) };
      }
    }
    setPhase({ at: 'preview', preview, choices: next });
  };
  const included = preview.items.filter((item) => choiceOf(item).included);
  /** What has to be said before anything can be imported; one thing at a time. */
  const wanting = included.flatMap((item): { readonly item: Item; readonly says: string }[] => (lacksProfile(item, choiceOf(item)) ? [{ item, says: sourcesCopy.pickProfile }] : isReversed(choiceOf(item).struck) ? [{ item, says: strikeCopy.reversed }] : []));
  const start = () => {
    task.run(async () => {
      const { jobId } = await call('sources.import', {
        previewId: preview.previewId,
        choices: included.map((item) => {
          const choice = choiceOf(item), profiles = profilesOf(item, choice);
          return { key: item.key, ...(profiles === undefined ? {} : { profiles: [...profiles] }), leaveOut: leaveOutOf(choice.struck) };
        }),
      });
      await loadJobs();
      onStarted(jobId);
    });
  };
  return (
    <div className="stack">
      <div><h2>{sourcesCopy.previewTitle}</h2><p className="soft">{sourcesCopy.previewLead}</p></div>
      {preview.items.map((item) => <PreviewItem key={item.key} item={item} previewId={preview.previewId} sample={preview.sample} choice={choiceOf(item)} onChoice={(choice) => { choose(item, choice); }} onMap={() => { setMapping({ key: item.key, file: item.file, item }); }} />)}
      {preview.unknown.map(({ key, file, sizeBytes }) => <UnknownFile key={key} file={file} sizeBytes={sizeBytes} onTell={() => { setMapping({ key, file, item: null }); }} />)}
      {mapping === null ? null : <MappingDialog previewId={preview.previewId} dataSet={mapping.key} file={mapping.file} before={mapping.item?.own?.mapping ?? null} onSaved={mapped} onClose={() => { setMapping(null); }} />}
      {unused.length === 0 ? null : (
        <Note tone="amber" title={sourcesCopy.unrecognised}>
          <ul className="plain stack-tight">{unused.slice(0, 20).map((file) => <li key={file.file}><strong className="break-anywhere">{file.file}</strong>: {file.message}</li>)}</ul>
          {unused.length > 20 ? <p className="faint">{number(unused.length - 20)} …</p> : null}
        </Note>
      )}
      {task.error ? <ErrorNote error={task.error} /> : null}
      <div className="preview-foot">
        {wanting.slice(0, 1).map(({ item, says }) => (
          <p key={item.key} className="preview-wanting">
            {says} <BareButton className="link" onClick={() => { goTo(item); }}>{sourcesCopy.goToFile(nameOf(item), item.file)}</BareButton>{wanting.length === 1 ? null : <>, {sourcesCopy.andMore(wanting.length - 1)}</>}
          </p>
        ))}
        <div className="row">
          {preview.items.length === 0 ? null : <Button variant="primary" busy={task.busy} disabled={included.length === 0 || wanting.length > 0} onClick={start}>{sourcesCopy.importAction}</Button>}
          <Button variant="quiet" onClick={onDiscard}>{sourcesCopy.discard}</Button>
          {preview.items.length < 2 ? null : <span className="soft numbers">{sourcesCopy.chosenFiles(included.length, preview.items.length, included.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}</span>}
        </div>
      </div>
    </div>
  );
}

type Report = Output<'sources.imports'>['imports'][number];
const sumOf = (reports: readonly Report[], key: 'added' | 'duplicate' | 'skipped' | 'read'): number => reports.reduce((sum, report) => sum + report[key], 0);

function RunningStep({ jobId, onAgain, onFinished }: { readonly jobId: string; readonly onAgain: () => void; readonly onFinished?: () => void }) {
  const job = useJobs((state) => state.jobs[jobId]);
  const [stopping, setStopping] = useState(false);
  if (!job) return <Progress label={sourcesCopy.looking} value={null} max={1} />;
  if (job.state === 'running') {
    const label = job.phase === 'understanding' ? sourcesCopy.understanding : sourcesCopy.reading(job.subject);
    return (
      <Card>
        <div className="stack">
          <Progress label={label} value={job.phase === 'understanding' || job.totalBytes === 0 ? null : job.doneBytes} max={Math.max(1, job.totalBytes)} detail={job.paused ? sourcesCopy.paused : sourcesCopy.left(job.remainingMs)} />
          <div className="row-between">
            <span className="faint numbers">{sourcesCopy.doneSoFar(job.records, job.doneBytes, job.totalBytes)}</span>
            <div className="row">
              {job.kind === 'import' && job.phase === 'reading' ? <Button small disabled={stopping} onClick={() => { call('jobs.pause', { jobId, paused: !job.paused }).catch(() => undefined); }}>{job.paused ? sourcesCopy.goOn : sourcesCopy.pause}</Button> : null}
              {job.phase === 'understanding' ? null : <Button small busy={stopping} onClick={() => { setStopping(true); call('jobs.cancel', { jobId }).catch(() => { setStopping(false); }); }}>{stopping ? sourcesCopy.stopping : sourcesCopy.stop}</Button>}
            </div>
          </div>
        </div>
      </Card>
    );
  }
  return (
    <Card title={job.state === 'done' ? sourcesCopy.finished.done : job.state === 'cancelled' ? sourcesCopy.finished.cancelled : sourcesCopy.finished.failed}>
      <div className="stack">
        <LiveRegion>{sourcesCopy.finished[job.state]}</LiveRegion>
        {job.state === 'cancelled' && job.kind === 'import' ? <p className="soft">{sourcesCopy.stoppedHint}</p> : null}
        {job.error ? <Note tone="loss" title={errorWords(job.error.code).title}>{errorWords(job.error.code).what} {errorWords(job.error.code).next}</Note> : null}
        {job.reports.length < 2 ? null : <p className="numbers">{sourcesCopy.reportAll(job.reports.length, sumOf(job.reports, 'added'), sumOf(job.reports, 'duplicate'), sumOf(job.reports, 'skipped'), sumOf(job.reports, 'read'))}</p>}
        {job.reports.map((report) => (
          <div key={report.id} className="stack-tight">
            <p className="numbers"><strong className="break-anywhere">{sourceName(report.source, report.own)}, {report.file}</strong><br />{sourcesCopy.report(report.added, report.duplicate, report.skipped, report.read)}</p>
            <Issues issues={report.issues} />
          </div>
        ))}
        <div className="row">
          {onFinished ? <Button variant="primary" onClick={onFinished}>{sourcesCopy.toProfile}</Button> : <ButtonLink variant="primary" href={href('profile')}>{sourcesCopy.toProfile}</ButtonLink>}
          <Button onClick={onAgain}>{sourcesCopy.another}</Button>
        </div>
      </div>
    </Card>
  );
}

/** `onFinished` replaces the link to the profile where there is no navigation yet (first run). */
export function ImportFlow({ onFinished, offerSamples }: { readonly onFinished?: () => void; readonly offerSamples: boolean }) {
  const running = useJobs((state) => Object.values(state.jobs).find((job) => job.state === 'running' && (job.kind === 'import' || job.kind === 'enrich'))?.id);
  const { phase, setPhase } = useFlow();
  const [tooMany, setTooMany] = useState(false);
  const task = useTask();
  const back = () => { setPhase({ at: 'idle' }); };
  // A job at work is found again among the jobs, and a report is read once.
  useEffect(() => () => { if (useFlow.getState().phase.at === 'running') useFlow.getState().setPhase({ at: 'idle' }); }, []);

  const show = (preview: Previewed) => { setPhase({ at: 'preview', preview, choices: {} }); };
  const take = (files: readonly File[]) => {
    setTooMany(files.length > MOST_FILES);
    if (files.length > MOST_FILES) return;
    task.run(async () => {
      try {
        const fileIds: string[] = [];
        for (const file of files) {
          const hand = (sent: number) => { setPhase({ at: 'handing', name: file.name, sent, total: file.size }); };
          hand(0);
          fileIds.push((await offerFile(file, hand)).id);
        }
        setPhase({ at: 'looking' });
        show({ ...await call('sources.preview', { fileIds, keepUnknown: true }), sample: false });
      } catch (thrown) {
        back();
        throw asAppError(thrown);
      }
    });
  };
  // What was dropped on another screen; while something else is looked at, it waits until that is decided.
  const dropped = useDropped((state) => state.files);
  const takeDropped = useEffectEvent(() => { if (dropped.length > 0 && phase.at === 'idle' && running === undefined) take(useDropped.getState().take()); });
  useEffect(() => {
    const timer = setTimeout(() => { takeDropped(); }, 0);
    return () => { clearTimeout(timer); };
  }, [dropped, phase.at, running]);
  const found = (name: string) => {
    task.run(async () => {
      setPhase({ at: 'looking' });
      try { show({ ...await call('sources.previewWatched', { name }), sample: false }); } catch (thrown) { back(); throw asAppError(thrown); } finally { void watchedResource.getState().load(); }
    });
  };
  const samples = () => { task.run(async () => { show({ ...await call('sources.previewSamples'), unknown: [], sample: true }); }); };
  const discard = (previewId: string) => {
    back();
    call('sources.discardPreview', { previewId }).catch(() => undefined);
  };

  if (phase.at === 'running' || (phase.at === 'idle' && running !== undefined)) {
    return <RunningStep jobId={phase.at === 'running' ? phase.jobId : running ?? ''} {...(onFinished ? { onFinished } : {})} onAgain={() => { back(); void importsResource.getState().load(); }} />;
  }
  return (
    <div className="stack">
      {phase.at === 'idle' ? <FoundExports onLook={found} /> : null}
      {phase.at === 'idle' ? (
        <FileDrop
          title={sourcesCopy.drop} hint={sourcesCopy.dropHint} folders onFiles={take}
          {...(offerSamples ? { extra: <Button variant="quiet" busy={task.busy} onClick={samples}><SampleIcon size={18} aria-hidden />{sourcesCopy.sample}</Button> } : {})}
        />
      ) : null}
      {phase.at === 'handing' ? <Card><Progress label={sourcesCopy.handing(phase.name)} value={phase.sent} max={Math.max(1, phase.total)} detail={`${bytes(phase.sent)} / ${bytes(phase.total)}`} /></Card> : null}
      {phase.at === 'looking' ? <Card><Progress label={sourcesCopy.looking} value={null} max={1} detail={sourcesCopy.lookingHint} /></Card> : null}
      {phase.at === 'preview' ? <PreviewStep key={phase.preview.previewId} preview={phase.preview} choices={phase.choices} onStarted={(jobId) => { setPhase({ at: 'running', jobId }); }} onDiscard={() => { discard(phase.preview.previewId); }} /> : null}
      {offerSamples && phase.at === 'idle' ? <p className="faint">{sourcesCopy.sampleHint}</p> : null}
      {onFinished !== undefined && phase.at === 'idle' ? <Disclosure summary={sourcesCopy.guides}><Guides /></Disclosure> : null}
      {tooMany ? <Note tone="amber" live>{sourcesCopy.tooMany(MOST_FILES)}</Note> : null}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </div>
  );
}

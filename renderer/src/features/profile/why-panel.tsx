/** Why the vault believes one thing, and how to put it right. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { asAppError, call } from '../../bridge/client.ts';
import { claimName, confidenceWords, isByDegree, originWords, strengthSteps, strengthWords } from '../../copy/claims.ts';
import { date, dateShort, labelled } from '../../../../shared/language/format.ts';
import { addCopy, notMeCopy, profileCopy, whyCopy } from '../../copy/profile.ts';
import { actName } from '../../copy/sources.ts';
import { controls } from '../../copy/controls.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { NotMeDialog, type NotMeThing } from '../../parts/not-me-dialog.tsx';
import { InterestTimeline } from '../../parts/timeline.tsx';
import { matchedShort, useMatchedWords } from '../../parts/use-matched-words.ts';
import { TopicPicker } from '../../parts/topic-picker.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useTaxonomy } from '../../parts/use-wheel.ts';
import { profileResource, rejectionsResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioGroup } from '../../ui/fields.tsx';
import { DeleteIcon, EditIcon, LockIcon, NeverIcon } from '../../ui/icons.ts';
import { Disclosure, Note, Skeleton, Steps } from '../../ui/surfaces.tsx';
import './profile.css';

type Why = Output<'profile.why'>;
type Mode = 'read' | 'correct' | 'reject' | 'delete';
type Level = keyof typeof whyCopy.levels;
type Band = keyof typeof addCopy.bands;
type How = 'pin' | 'weaken' | 'level' | 'other';

const LEVEL_STRENGTH: Readonly<Record<Level, number>> = { a: 0.2, b: 0.4, c: 0.65, d: 1 };
/** Claims whose values are nodes that things speak for. */
const SPOKEN_FOR: readonly Why['preference']['claim'][] = ['interest', 'genre'];
const BANDS = Object.keys(addCopy.bands) as Band[];
const LEVELS = Object.keys(whyCopy.levels) as Level[];

const reload = async (): Promise<void> => { await Promise.all([profileResource.getState().load(), rejectionsResource.getState().load()]); };

/** Says a deleted own word again, as strong and as far ahead as it was said before. */
const sayAgain = async ({ claim, value, strength, horizonWeeks }: Why['preference']): Promise<void> => {
  const said = await call('profile.declare', { claim, value, ...(horizonWeeks === null ? {} : { horizonWeeks }) });
  if (said.strength !== strength) await call('profile.correct', { id: said.id, strength });
};

/** The question fits what is put right: a thing liked, avoided or wanted. */
const howMuch = (claim: Why['preference']['claim'] | undefined): string => (claim === 'avoid' ? whyCopy.howMuchAvoid : claim === 'intent' ? whyCopy.howMuchIntent : whyCopy.howMuch);

/**
 * Says that what was read as one thing is another: that other one is as strong from now on, and the one is not concluded again. Something finer is said beside it, for ruling out takes what is finer along.
 *
 * @returns what takes it back
 */
async function sayOther({ id, claim, strength }: Why['preference'], value: string, isFiner: boolean): Promise<() => void> {
  const added = await call('profile.declare', { claim, value });
  if (added.strength !== strength) await call('profile.correct', { id: added.id, strength });
  const rejected = isFiner ? null : await call('profile.reject', { id });
  return () => {
    void (async () => {
      if (rejected) await call('profile.restore', { id: rejected.id });
      await call('profile.delete', { id: added.id });
    })().then(reload, reload);
  };
}

/** Takes a "never infer this" back. */
const undoReject = (id: string): void => { call('profile.restore', { id }).then(reload, reload).catch(() => undefined); };

function Reading({ why, onNotMe }: { readonly why: Why; readonly onNotMe: (thing: NotMeThing) => void }) {
  const { preference } = why;
  const words = useMatchedWords(why.rules.flatMap(({ examples }) => examples.map(({ itemId }) => itemId)), preference.id);
  return (
    <>
      {preference.sensitive ? <Note icon={<LockIcon size={20} aria-hidden />} title={profileCopy.sealed}>{profileCopy.sealedExplain}</Note> : null}
      {why.summary.map((sentence) => <p key={sentence}>{sentence}</p>)}
      <dl className="facts">
        {isByDegree(preference.claim) ? <div><dt>{whyCopy.strength}</dt><dd className="row"><Steps on={strengthSteps(preference.strength)} />{strengthWords(preference.strength)}</dd></div> : null}
        <div><dt>{whyCopy.confidence}</dt><dd>{confidenceWords(preference.confidence)}</dd></div>
        <div><dt>{whyCopy.origin}</dt><dd>{originWords(preference)}</dd></div>
        <div><dt>{whyCopy.lastSeen}</dt><dd>{date(preference.lastSeenMs)}</dd></div>
        <div><dt>{claimName(preference.claim)}</dt><dd>{preference.path.join(' › ')}</dd></div>
      </dl>
      <InterestTimeline months={why.months} />
      {why.changes.length === 0 ? null : <section className="stack-tight"><h3>{whyCopy.changesTitle}</h3>{why.changes.map((sentence) => <p key={sentence} className="soft">{sentence}</p>)}</section>}
      {why.rules.length === 0 ? null : (
        <div className="stack">
          <h3>{whyCopy.rulesTitle}</h3>
          {why.rules.map((rule) => (
            <section key={rule.rule} className="why-rule">
              <p><strong>{rule.says}</strong></p>
              <p className="faint">{whyCopy.from(rule.records)}</p>
              {rule.examples.length === 0 ? null : (
                <ul className="plain why-examples" aria-label={whyCopy.examples}>
                  {rule.examples.map((example) => (
                    <li key={`${example.importId} ${example.act} ${example.title} ${example.creator ?? ''}`}><span>{example.title}{example.creator === null ? null : <span className="soft">, {example.creator}</span>} <span className="faint">{matchedShort(words, example.itemId, rule.rule)}</span></span><span className="faint numbers">{actName(example.act) === '' ? whyCopy.times(example.count) : actName(example.act)}, {dateShort(example.lastAtMs)}</span><Button small variant="quiet" aria-label={notMeCopy.about(example.title)} onClick={() => { onNotMe({ ...example, id: example.itemId }); }}>{notMeCopy.action}</Button></li>
                  ))}
                </ul>
              )}
            </section>
          ))}
          <Disclosure summary={controls.details}>
            {preference.iab === null ? null : <p className="soft">{labelled(whyCopy.iab, preference.iab)}. {whyCopy.iabHint}</p>}
            {why.rules.map((rule) => <p key={rule.rule} className="soft">{rule.says} <code>{rule.rule}</code></p>)}
          </Disclosure>
          {!SPOKEN_FOR.includes(preference.claim) || preference.sensitive || preference.evidence === 0 ? null : <p><a href={href('records', [], { area: preference.value })}>{whyCopy.allThings}</a></p>}
          {why.disowned === 0 ? null : <p className="faint">{whyCopy.disowned(why.disowned)}</p>}
        </div>
      )}
    </>
  );
}

export function WhyPanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const [why, setWhy] = useState<Why | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [mode, setMode] = useState<Mode>('read');
  const [level, setLevel] = useState<Level | null>(null);
  const [band, setBand] = useState<Band | null>(null);
  const [how, setHow] = useState<How>('level');
  const [other, setOther] = useState('');
  const taxonomy = useTaxonomy();
  const [notMe, setNotMe] = useState<NotMeThing | null>(null);
  const task = useTask();
  useEffect(() => {
    let wanted = true;
    call('profile.why', { id }).then((value) => { if (wanted) setWhy(value); }, (thrown: unknown) => { if (wanted) setFailure(asAppError(thrown)); });
    return () => { wanted = false; };
  }, [id]);
  // What rested on nothing else is gone with it.
  const lookAgain = () => { call('profile.why', { id }).then(setWhy, onClose).catch(() => undefined); };

  const label = why?.preference.label ?? '';
  // A price range is put right by another range, everything else by how much.
  const banded = why?.preference.claim === 'price_band';
  const department = why?.preference.value.split(':')[0] ?? '';
  // What the person said themselves has no records to follow.
  const canHold = why !== null && !banded && why.preference.origin !== 'declared' && why.preference.evidence > 0;
  const canBeOther = canHold && SPOKEN_FOR.includes(why.preference.claim) && !why.preference.sensitive;
  const chosen = banded ? band : !canHold || how === 'level' ? level : how === 'other' ? other || null : how;
  const correct = () => {
    if (chosen === null) return;
    task.run(async () => {
      if (canHold && how === 'other') {
        const isFiner = other.startsWith(`${why.preference.value}.`);
        const undo = await sayOther(why.preference, other, isFiner);
        showToast((isFiner ? whyCopy.finer : whyCopy.other)(label, taxonomy?.byId.get(other)?.label ?? other), undo);
        await reload();
        onClose();
        return;
      }
      if (canHold && how !== 'level') {
        await call(how === 'pin' ? 'profile.pin' : 'profile.weaken', { id });
        showToast((how === 'pin' ? whyCopy.pinned : whyCopy.weakened)(label), () => { call('profile.delete', { id }).then(reload, reload).catch(() => undefined); });
        await reload();
        onClose();
        return;
      }
      await call('profile.correct', banded ? { id, value: `${department}:${chosen}` } : { id, strength: LEVEL_STRENGTH[level ?? 'd'] });
      showToast(whyCopy.corrected);
      await reload();
      onClose();
    });
  };
  const reject = () => {
    task.run(async () => {
      const rejected = await call('profile.reject', { id });
      showToast(whyCopy.rejected(label), () => { undoReject(rejected.id); });
      await reload();
      onClose();
    });
  };
  const remove = () => {
    if (!why) return;
    const deleted = why.preference;
    task.run(async () => {
      await call('profile.delete', { id });
      showToast(whyCopy.deleted(label), () => { sayAgain(deleted).then(reload, reload).catch(() => undefined); });
      await reload();
      onClose();
    });
  };
  const back = () => { setMode('read'); task.clear(); };

  const actions = why === null ? undefined : mode === 'read' ? (
    <>
      {why.preference.origin === 'inferred' ? null : <Button onClick={() => { setMode('delete'); }}><DeleteIcon size={18} aria-hidden />{why.preference.manner === 'pinned' || why.preference.manner === 'weakened' ? whyCopy.letGo : whyCopy.remove}</Button>}
      <Button onClick={() => { setMode('reject'); }}><NeverIcon size={18} aria-hidden />{whyCopy.reject}</Button>
      {isByDegree(why.preference.claim) || why.preference.claim === 'price_band' ? <Button variant="primary" onClick={() => { setMode('correct'); }}><EditIcon size={18} aria-hidden />{whyCopy.correct}</Button> : null}
    </>
  ) : (
    <>
      <Button onClick={back}>{controls.back}</Button>
      {mode === 'correct' ? <Button variant="primary" busy={task.busy} disabled={chosen === null} onClick={correct}>{whyCopy.saveCorrection}</Button> : null}
      {mode === 'reject' ? <Button variant="primary" busy={task.busy} onClick={reject}>{whyCopy.rejectAction}</Button> : null}
      {mode === 'delete' ? <Button variant="danger" busy={task.busy} onClick={remove}>{whyCopy.deleteAction}</Button> : null}
    </>
  );

  return (
    <>
      <Dialog key={mode} title={mode === 'reject' ? whyCopy.rejectTitle(label) : mode === 'delete' ? whyCopy.deleteTitle(label) : label === '' ? profileCopy.why : label} shape="side" onClose={onClose} actions={actions}>
        {failure ? <ErrorNote error={failure} /> : null}
        {why === null && failure === null ? <Skeleton lines={8} /> : null}
        {why && mode === 'read' ? <Reading why={why} onNotMe={setNotMe} /> : null}
        {mode === 'correct' ? (
          <>
            {canHold ? null : <p className="soft">{whyCopy.correctLead}</p>}
            {banded
              ? <RadioGroup<Band> legend={addCopy.band} value={band} onChange={setBand} options={BANDS.map((value) => ({ value, label: addCopy.bands[value] }))} />
              : null}
            {canHold ? (
              <RadioGroup<How> legend={whyCopy.correctHow} value={how} onChange={setHow} options={[
                { value: 'pin', label: whyCopy.pin, hint: whyCopy.pinHint }, { value: 'weaken', label: whyCopy.weaken, hint: whyCopy.weakenHint }, { value: 'level', label: whyCopy.level, hint: whyCopy.levelHint },
                ...(canBeOther ? [{ value: 'other' as const, label: whyCopy.somethingElse, hint: whyCopy.somethingElseHint }] : []),
              ]} />
            ) : null}
            {canBeOther && how === 'other' && taxonomy !== null
              ? <TopicPicker among={taxonomy.nodes.filter(({ id: node, kind, level: depth, closed }) => kind === why.preference.claim && !closed && node !== why.preference.value && (kind !== 'genre' || depth > 1))} taxonomy={taxonomy} value={other} onChange={setOther} />
              : null}
            {banded || (canHold && how !== 'level') ? null : <RadioGroup<Level> legend={howMuch(why?.preference.claim)} value={level} onChange={setLevel} options={LEVELS.map((value) => ({ value, label: whyCopy.levels[value] }))} />}
          </>
        ) : null}
        {mode === 'reject' ? <p>{whyCopy.rejectText}</p> : null}
        {mode === 'delete' ? <p>{whyCopy.deleteText}</p> : null}
        {task.error ? <ErrorNote error={task.error} /> : null}
      </Dialog>
      {notMe === null ? null : <NotMeDialog things={[notMe]} onClose={() => { setNotMe(null); }} onSaid={lookAgain} />}
    </>
  );
}

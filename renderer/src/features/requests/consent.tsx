/** The decision: who asks, what for, how long, what exactly would leave; allow or say no with equal weight. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode, type RefObject } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import type { Claim } from '../../../../shared/protocol/vocabulary.ts';
import { asAppError, call } from '../../bridge/client.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { breathingCopy } from '../../copy/breathing.ts';
import { careCopy } from '../../copy/care.ts';
import { CLAIM_WORDS, claimName, claimWithStep, IDENTITY_WORDS, stepExample, stepName } from '../../copy/claims.ts';
import { controls } from '../../copy/controls.ts';
import { crowdCopy } from '../../copy/crowd.ts';
import { ago, date, DAY_MS, labelled, leading } from '../../../../shared/language/format.ts';
import { noiseCopy } from '../../copy/noise.ts';
import { wordsCopy } from '../../copy/records.ts';
import { requestsCopy } from '../../copy/requests.ts';
import { wheelCopy } from '../../copy/wheel.ts';
import { Answer, type AnswerClaim } from '../../parts/answer.tsx';
import { CrowdOf, type CrowdOfAnswer } from '../../parts/crowd-of-answer.tsx';
import { IdentityBadge } from '../../parts/company.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LessonLink } from '../../parts/lesson-link.tsx';
import { RefusedCompany } from '../../parts/refused-company.tsx';
import { TokenPanel } from '../../parts/token-panel.tsx';
import { isNearLevel } from '../../parts/told-card.tsx';
import { useBreathing } from '../../parts/use-breathing.ts';
import { useNow } from '../../parts/use-now.ts';
import { useTask } from '../../parts/use-task.ts';
import { isPutOff } from '../../parts/waiting.ts';
import { useWheel } from '../../parts/use-wheel.ts';
import { askedAreas, litAreas } from '../../parts/wheel-data.ts';
import { useResource } from '../../state/resource.ts';
import { companiesResource, grantsResource, profileResource, requestsResource } from '../../state/resources.ts';
import { createDrafts } from '../../state/drafts.ts';
import { href, navigate } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Checkbox, Segmented, Select, Switch } from '../../ui/fields.tsx';
import { ClaimedIcon, DeclaredIcon, EnforcedIcon, WarnIcon } from '../../ui/icons.ts';
import { Badge, Card, Disclosure, Note, Page, Skeleton } from '../../ui/surfaces.tsx';
import { Wheel } from '../../ui/wheel/wheel.tsx';
import { BalanceOf } from '../../parts/balance.tsx';
import { KeepTemplate, TemplatePicker, type Template } from './templates.tsx';
import { cadencesUpTo, choicesFrom, chosenClaims, chosenPurposes, durationsUpTo, missingIn, noChoices, sameCadence, type Cadence, type Choices, type Missing } from './choices.ts';
import './requests.css';

type Request = Output<'requests.get'>;
type Granted = Output<'requests.grant'>;

type Budget = Output<'requests.preview'>['budget'];

const PREVIEW_PAUSE_MS = 120;
const drafts = createDrafts<Choices>();

const NEVER = 'never';
/** Below it the crowd is pointed at, wherever the person's own smallest crowd lies. */
const SHIPPED_FLOOR = 1_000;
const FADES = [1, 3, 5, 10, 20, 50];

function Who({ request, onChecked }: { readonly request: Request; readonly onChecked: (request: Request) => void }) {
  const { company } = request;
  const task = useTask();
  const nowMs = useNow();
  const words = IDENTITY_WORDS[company.identity], isHere = /^(?:127\.|\[|localhost)/u.test(company.domain);
  const check = () => { task.run(async () => { onChecked(await call('requests.checkIdentity', { requestId: request.requestId })); }); };
  return (
    <Card>
      <div className="stack">
        <div className="row"><IdentityBadge company={company} /><strong className="break-anywhere">{company.domain}</strong><span className="faint consent-expires">{requestsCopy.expires(ago(request.expiresAtMs, nowMs))}</span></div>
        {company.identity === 'mismatch' ? <Note tone="loss" title={requestsCopy.mismatchTitle}>{words.says(company.domain)}</Note> : <p className="soft">{words.says(company.domain)}</p>}
        {company.identity === 'verified' ? null : isHere ? <p className="soft">{requestsCopy.here}</p> : (
          <div className="row">
            <Button small busy={task.busy} onClick={check}>{requestsCopy.checkIdentity(company.domain)}</Button>
            <span className="faint">{requestsCopy.checkIdentityHint(company.domain)}</span>
          </div>
        )}
        {company.identity !== 'unverified' || company.checkedAtMs === null || isHere ? null : <p className="soft" role="status">{requestsCopy.checkedUnsure(company.domain)}</p>}
        {task.error ? <ErrorNote error={task.error} /> : null}
        <Disclosure summary={requestsCopy.whoMore}><div className="stack-tight"><p className="faint break-anywhere">{labelled(requestsCopy.contact, company.contact)}{company.policyUri === null ? null : <>. {labelled(requestsCopy.policy, company.policyUri)}</>}</p><p><strong>{requestsCopy.nameMeans}</strong></p>{requestsCopy.nameText(company.name).map((text) => <p key={text} className="soft">{text}</p>)}<div><LessonLink id="pseudonym" /></div></div></Disclosure>
        {request.activeGrants.length === 0 ? null : <p className="faint">{requestsCopy.already(request.activeGrants.length)}</p>}
      </div>
    </Card>
  );
}

function BrandPicker({ chosen, onChange }: { readonly chosen: readonly string[]; readonly onChange: (brands: readonly string[]) => void }) {
  const { data } = useResource(profileResource);
  const names = data?.preferences.filter((preference) => preference.claim === 'brand' && !preference.sensitive) ?? [];
  if (names.length === 0) return <p className="faint">{requestsCopy.brandsNone}</p>;
  return (
    <fieldset className="brand-picker">
      <legend className="field-label">{requestsCopy.brands}</legend>
      <p className="faint">{requestsCopy.brandsHint}</p>
      <div className="brand-names">
        {names.map(({ id, value, label }) => <Checkbox key={id} label={label} checked={chosen.includes(value)} onChange={(ticked) => { onChange(ticked ? [...chosen, value] : chosen.filter((name) => name !== value)); }} />)}
      </div>
    </fieldset>
  );
}

function AskedClaim({ ask, precision, isBroad, onPrecision, children }: { readonly ask: Request['asks'][number]; readonly precision: number | undefined; /** Said of broad areas whatever is chosen, because it is deniable. */ readonly isBroad: boolean; readonly onPrecision: (precision: number | undefined) => void; readonly children?: ReactNode }) {
  const words = CLAIM_WORDS[ask.claim];
  return (
    <li className="asked">
      <Checkbox
        checked={precision !== undefined} onChange={(ticked) => { onPrecision(ticked ? ask.precision : undefined); }}
        label={<span className="row"><strong>{words.name}</strong>{ask.required ? <Badge>{requestsCopy.required}</Badge> : <Badge>{requestsCopy.optional}</Badge>}{ask.overAsking ? <Badge tone="amber" icon={<WarnIcon size={14} aria-hidden />}>{requestsCopy.overAsking}</Badge> : null}</span>}
        hint={<>{words.says} {ask.required ? requestsCopy.requiredHint : ''} {requestsCopy.known(ask.known)}</>}
      />
      {precision === undefined ? null : (
        <div className="asked-more">
          {isBroad ? <span className="faint">{noiseCopy.broad}, {stepExample(ask.claim, 1)}</span> : ask.precision > 1 ? (
            <div className="row">
              <Segmented<string>
                legend={requestsCopy.precision(words.name)} value={String(precision)} onChange={(step) => { onPrecision(Number(step)); }}
                options={Array.from({ length: ask.precision }, (_, index) => ({ value: String(index + 1), label: stepName(ask.claim, index + 1) }))}
              />
              <span className="faint">{stepExample(ask.claim, precision)}</span>
            </div>
          ) : <span className="faint">{stepName(ask.claim, 1)}, {stepExample(ask.claim, 1)}</span>}
          {children}
        </div>
      )}
    </li>
  );
}

const KINDS = [
  { kind: 'enforced', Icon: EnforcedIcon }, { kind: 'declared', Icon: DeclaredIcon }, { kind: 'claimed', Icon: ClaimedIcon },
] as const;

const tried = ({ floor, noise, claims }: Choices) => ({ ...(floor === null ? {} : { floor }), ...(noise === null || !canBeDeniable(claims) ? {} : { noise }) });
const canBeDeniable = ({ interest, intent }: Choices['claims']): boolean => interest !== undefined || intent !== undefined;

/** Interests as they are, or of some areas only and now and then made up. `already`: it is, under another permission. */
function Deniable({ noise, onNoise, budget, name, already, isAboutBuying }: { readonly noise: Choices['noise']; readonly onNoise: (noise: Choices['noise']) => void; readonly budget: Budget | null; readonly name: string; readonly already: boolean; readonly isAboutBuying: boolean }) {
  return (
    <div className="stack-tight">
      {already && noise === null ? <Note tone="accent">{noiseCopy.already(name)}</Note> : null}
      <Switch label={noiseCopy.make} hint={noiseCopy.hint(isAboutBuying)} checked={noise !== null} onChange={(on) => { onNoise(on ? 6 : null); }} />
      {noise === null ? null : (
        <>
          <Segmented<string> legend={noiseCopy.howOften} hideLegend={false} value={String(noise)} onChange={(weight) => { onNoise(weight === '18' ? 18 : 6); }} options={[{ value: '18', label: noiseCopy.often[18] }, { value: '6', label: noiseCopy.often[6] }]} />
          {budget === null ? null : <p className="faint numbers">{noiseCopy.budget(budget.spent, budget.company, budget.spentByAll, budget.total)}</p>}
          <div><LessonLink id="deniable" label={noiseCopy.learn} /></div>
        </>
      )}
    </div>
  );
}

function Statements({ request }: { readonly request: Pick<Request, 'enforced' | 'declared' | 'claimed' | 'terms'> }) {
  return (
    <section className="statements" aria-label={requestsCopy.holds}>
      {KINDS.map(({ kind, Icon }) => (
        <div key={kind} className={`statement statement-${kind}`}>
          <h2><Icon size={18} aria-hidden />{requestsCopy.kinds[kind].title}</h2>
          <p className="faint">{requestsCopy.kinds[kind].says}</p>
          {request[kind].length === 0 ? <p className="soft">{requestsCopy.noStatements}</p> : <ul>{request[kind].map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
          {kind === 'declared' ? <p className="faint break-anywhere">{requestsCopy.terms(request.terms.label)}{request.terms.uri === null ? null : <>: {request.terms.uri}</>}</p> : null}
        </div>
      ))}
    </section>
  );
}

const missingWords = (missing: Missing): string => {
  switch (missing.kind) {
    case 'required': return requestsCopy.needRequired(missing.claims.map((claim) => wordsCopy.quoted(claimName(claim))));
    case 'nothing': return requestsCopy.needSomething;
    case 'purpose': return requestsCopy.needPurpose;
  }
};

interface Preview { readonly key: string; readonly claims: readonly AnswerClaim[]; readonly crowd: CrowdOfAnswer | null; readonly budget: Budget | null; readonly closeness: Output<'requests.preview'>['closeness'] | null; readonly deniable: number | null; readonly enforced: readonly string[] | null; readonly error: AppError | null }
const NO_PREVIEW: Omit<Preview, 'key'> = { claims: [], crowd: null, budget: null, closeness: null, deniable: null, enforced: null, error: null };

/** The answer for the present choices, asked for a moment after the last change; the one before stays until it comes. */
function usePreview(request: Request, choices: Choices): Omit<Preview, 'key'> & { readonly pending: boolean } {
  const [preview, setPreview] = useState<Preview>({ key: '', ...NO_PREVIEW });
  const claims = chosenClaims(request, choices);
  const asked = JSON.stringify({ requestId: request.requestId, claims, brands: choices.brands, ...tried(choices), durationDays: choices.durationDays, cadence: choices.cadence, ...(choices.fadeEvery === null ? {} : { fadeEvery: choices.fadeEvery }) });
  const empty = claims.length === 0;
  useEffect(() => {
    if (empty) return;
    let wanted = true;
    const timer = setTimeout(() => {
      call('requests.preview', JSON.parse(asked) as Input<'requests.preview'>).then(
        (answer) => { if (wanted) setPreview({ key: asked, ...answer, error: null }); },
        (thrown: unknown) => { if (wanted) setPreview({ key: asked, ...NO_PREVIEW, error: asAppError(thrown) }); },
      );
    }, PREVIEW_PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [asked, empty]);
  if (empty) return { ...NO_PREVIEW, pending: false };
  return { ...preview, pending: preview.key !== asked };
}

/** What the rest of a narrow window cannot show beside each other. */
const NARROW = '(max-width: 1080px)';
const onNarrow = (listener: () => void) => {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => { query.removeEventListener('change', listener); };
};
const useNarrow = (): boolean => useSyncExternalStore(onNarrow, () => window.matchMedia(NARROW).matches);

/** How high the decision is, for whatever must not lie under it: what is scrolled to, and the answer beside the choices. */
function useBarHeight(bar: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = bar, root = document.documentElement;
    if (current === null) return;
    const tell = () => { root.style.setProperty('--decide-height', `${current.offsetHeight}px`); };
    const observer = new ResizeObserver(tell);
    observer.observe(current);
    tell();
    return () => {
      observer.disconnect();
      root.style.removeProperty('--decide-height');
    };
  }, [bar]);
}

/** Beside how often it may ask: the hours nobody gets anything. */
function QuietToo() {
  const { data } = useBreathing();
  const hours = data?.quietHours ?? null;
  return <p className="faint asked-keep">{hours === null ? requestsCopy.quietNone : requestsCopy.quietToo(breathingCopy.span(hours.fromMinute, hours.toMinute))} <a href={href('breathing')}>{requestsCopy.quietChange}</a></p>;
}

function Decision({ request, onGranted, onDenied }: { readonly request: Request; readonly onGranted: (granted: Granted) => void; readonly onDenied: (request: Request) => void }) {
  const [choices, setChosen] = useState(() => drafts.get(request.requestId) ?? noChoices(request));
  const setChoices = (next: Choices) => { setChosen(next); drafts.keep(request.requestId, next); };
  const bar = useRef<HTMLElement>(null), narrow = useNarrow();
  useBarHeight(bar);
  const [asking, setAsking] = useState(false);
  const wants = useRef<HTMLDivElement>(null);
  const [filled, setFilled] = useState<{ readonly name: string; readonly before: Choices } | null>(null);
  const [keeping, setKeeping] = useState(false);
  const [never, setNever] = useState(false);
  const wheel = useWheel();
  const preview = usePreview(request, choices);
  const allow = useTask();
  const deny = useTask();
  const missing = missingIn(request, choices);
  // As it stands for the company, before anything is chosen here.
  const [held, setHeld] = useState<number | null>(null);
  const holds = held ?? (choices.floor === null ? preview.crowd?.floor ?? null : null);
  if (held === null && holds !== null) setHeld(holds);
  const change = (part: Partial<Choices>) => { setChoices({ ...choices, ...part }); };
  const setClaim = (claim: Claim, precision: number | undefined) => {
    const others = Object.fromEntries(Object.entries(choices.claims).filter(([name]) => name !== claim)) as Choices['claims'];
    change({ claims: precision === undefined ? others : { ...others, [claim]: precision }, ...(claim === 'brand' && precision === undefined ? { brands: [] } : {}) });
  };
  const grant = () => {
    setAsking(true);
    if (missing) {
      // Beside what is missing, and not where buttons would move under the finger.
      requestAnimationFrame(() => { wants.current?.scrollIntoView({ block: 'center' }); wants.current?.focus({ preventScroll: true }); });
      return;
    }
    allow.run(async () => {
      const granted = await call('requests.grant', {
        requestId: request.requestId, claims: chosenClaims(request, choices), cadence: choices.cadence,
        purposes: [...chosenPurposes(request, choices)],
        ...(choices.durationDays < request.durationDays ? { expiresAtMs: Date.now() + choices.durationDays * DAY_MS } : {}),
        ...(choices.brands.length > 0 ? { brands: [...choices.brands] } : {}),
        ...(choices.floor === null || choices.floor === holds ? {} : { floor: choices.floor }),
        ...(choices.noise === null || !canBeDeniable(choices.claims) ? {} : { noise: choices.noise }),
        ...(choices.fadeEvery === null ? {} : { fadeEvery: choices.fadeEvery }),
      });
      drafts.drop(request.requestId);
      onGranted(granted);
      void requestsResource.getState().load();
      void grantsResource.getState().load();
      void companiesResource.getState().load();
    });
  };
  const refuse = (remember: boolean) => {
    deny.run(async () => {
      onDenied(await call('requests.deny', { requestId: request.requestId, remember }));
      drafts.drop(request.requestId);
      void requestsResource.getState().load();
      void companiesResource.getState().load();
    });
  };
  const putOff = (days: number) => {
    deny.run(async () => {
      const { requestId, laterMs } = await call('requests.later', { requestId: request.requestId, untilMs: Date.now() + days * DAY_MS });
      await requestsResource.getState().load();
      showToast(careCopy.reminded(request.company.name, ago(laterMs ?? 0, Date.now())), () => { call('requests.later', { requestId, untilMs: null }).then(() => requestsResource.getState().load(), () => undefined).catch(() => undefined); });
      navigate(href('requests'));
    });
  };
  const lit = useMemo(() => (wheel ? litAreas(preview.claims, wheel.taxonomy) : {}), [wheel, preview.claims]);
  const claims = chosenClaims(request, choices);
  const sole = request.purposes.length === 1 ? request.purposes[0] : undefined;
  const isDeniable = (choices.noise !== null && canBeDeniable(choices.claims)) || preview.deniable !== null;
  const bring = (template: Template) => {
    setFilled({ name: template.name, before: choices });
    setChoices(choicesFrom(request, template, choices));
  };
  const after = preview.crowd?.steps.at(-1)?.after ?? preview.crowd?.before ?? null;
  const answer = (
      <section className="card consent-answer" aria-label={requestsCopy.leaves}>
        <div className="consent-answer-scroll">
          <p className="consent-gets"><strong>{leading(requestsCopy.gets)}</strong> <span className="soft">{request.benefit === null ? requestsCopy.getsNothing(request.company.name) : <>{requestsCopy.getsSays(request.company.name)} {wordsCopy.quoted(request.benefit)}</>}</span></p>
          <h2>{requestsCopy.leaves}</h2>
          {wheel ? <div className="consent-wheel"><Wheel areas={wheel.areas} overlay={{ lit, asked: askedAreas(request.asks, wheel.taxonomy) }} label={requestsCopy.wheelLabel} labels={false} hub={{ big: String(Object.keys(lit).length), small: requestsCopy.areasLit(Object.keys(lit).length) }} /><p className="faint">{wheelCopy.overlayLegend}</p></div> : null}
          <div aria-live="polite" aria-busy={preview.pending}>
            {claims.length === 0 ? <p>{requestsCopy.leavesNothing}</p> : preview.error ? <ErrorNote error={preview.error} /> : preview.claims.length === 0 ? <Skeleton lines={4} /> : (
              <div className="stack"><p className="soft">{preview.claims.some(({ noise }) => noise !== null) ? requestsCopy.leavesDeniable : requestsCopy.leavesLead}</p><Answer claims={preview.claims} />{preview.crowd ? <CrowdOf crowd={preview.crowd} name={request.company.name} /> : null}
                {preview.closeness !== null && isNearLevel(preview.closeness.level) ? <Note tone="amber">{crowdCopy.wouldFollow(request.company.name)}</Note> : null}
                {holds === null ? null : <BalanceOf ask={{ method: 'requests.balance', input: { requestId: request.requestId, claims, brands: [...choices.brands], ...tried(choices) } }} name={request.company.name} holds={holds} floor={choices.floor} onFloor={(floor) => { change({ floor }); }} />}</div>
            )}
          </div>
        </div>
      </section>
  );
  return (
    <div className="consent">
      <div className="stack consent-choices">
        <Who request={request} onChecked={onDenied} />
        <Card title={requestsCopy.what} aside={<TemplatePicker onPick={bring} />}>
          <p className="soft" role="status">{filled !== null ? <>{careCopy.templateApplied(filled.name)} <Button small variant="quiet" onClick={() => { setChoices(filled.before); setFilled(null); }}>{controls.undo}</Button></> : claims.length === 0 ? requestsCopy.whatLead : requestsCopy.ticked(claims.length)}</p>
          {asking && missing ? <div ref={wants} tabIndex={-1} className="asked-wants"><Note tone="amber" live>{missingWords(missing)}</Note></div> : null}
          <ul className="plain asked-list">
            {request.asks.map((ask) => (
              <AskedClaim key={ask.claim} ask={ask} isBroad={ask.claim === 'interest' && isDeniable} precision={choices.claims[ask.claim]} onPrecision={(precision) => { setClaim(ask.claim, precision); }}>
                {ask.claim === 'interest' || (ask.claim === 'intent' && choices.claims.interest === undefined) ? <Deniable noise={choices.noise} onNoise={(noise) => { change({ noise }); }} budget={preview.budget} name={request.company.name} already={preview.deniable !== null} isAboutBuying={choices.claims.intent !== undefined} /> : null}
                {ask.claim === 'brand' ? <BrandPicker chosen={choices.brands} onChange={(brands) => { change({ brands }); }} /> : null}
              </AskedClaim>
            ))}
          </ul>
          {request.asks.some(({ required }) => required) ? <div className="asked-keep"><LessonLink id="required" /></div> : null}
          {claims.length === 0 ? null : <div className="asked-keep"><Button small variant="quiet" onClick={() => { setKeeping(true); }}>{careCopy.keepTemplate}</Button></div>}
          {keeping ? <KeepTemplate body={{ claims, durationDays: choices.durationDays < request.durationDays ? choices.durationDays : null, cadence: sameCadence(choices.cadence, request.cadence) ? null : choices.cadence }} onClose={() => { setKeeping(false); }} /> : null}
        </Card>
        {narrow ? answer : null}
        <Card title={requestsCopy.purposes}>
          {sole ? (
            <div className="stack-tight"><p className="soft">{requestsCopy.purposeOne}</p><p><strong>{sole.label}</strong></p><p className="soft">{labelled(requestsCopy.purposeSays(request.company.name), wordsCopy.quoted(sole.companyWords))}</p></div>
          ) : (
            <div className="stack">
              <p className="soft">{requestsCopy.purposesLead}</p>
              {request.purposes.map((purpose) => (
                <Checkbox
                  key={purpose.iri} label={<strong>{purpose.label}</strong>} hint={labelled(requestsCopy.purposeSays(request.company.name), wordsCopy.quoted(purpose.companyWords))} checked={choices.purposes.includes(purpose.iri)}
                  onChange={(ticked) => { change({ purposes: ticked ? [...choices.purposes, purpose.iri] : choices.purposes.filter((iri) => iri !== purpose.iri) }); }}
                />
              ))}
            </div>
          )}
        </Card>
        <Card title={requestsCopy.howLong}>
          <div className="two-fields">
            <Select<string> label={requestsCopy.duration} value={String(choices.durationDays)} onChange={(days) => { change({ durationDays: Number(days) }); }} options={durationsUpTo(request.durationDays, choices.durationDays).map((days) => ({ value: String(days), label: requestsCopy.durations(days, days === request.durationDays) }))} />
            <Select<string>
              label={requestsCopy.cadence} value={JSON.stringify([choices.cadence.max, choices.cadence.per])}
              onChange={(key) => { change({ cadence: cadencesUpTo(request.cadence, choices.cadence).find((cadence) => JSON.stringify([cadence.max, cadence.per]) === key) ?? choices.cadence }); }}
              options={cadencesUpTo(request.cadence, choices.cadence).map((cadence: Cadence) => ({ value: JSON.stringify([cadence.max, cadence.per]), label: requestsCopy.cadences(cadence, sameCadence(cadence, request.cadence)) }))}
            />
            {claims.some(({ precision }) => precision > 1) ? <Select<string> label={careCopy.fade} value={choices.fadeEvery === null ? NEVER : String(choices.fadeEvery)} onChange={(every) => { change({ fadeEvery: every === NEVER ? null : Number(every) }); }} options={[{ value: NEVER, label: careCopy.fadeNever }, ...FADES.map((count) => ({ value: String(count), label: careCopy.fadeEvery(count) }))]} /> : null}
          </div>
          <QuietToo />
        </Card>
        <Statements request={preview.enforced === null ? request : { ...request, enforced: [...preview.enforced] }} />
      </div>
      {narrow ? null : answer}
      <section ref={bar} className="consent-decide" aria-label={requestsCopy.decision}>
        <div className="consent-decide-words">
          <p>{claims.length === 0 ? requestsCopy.leavesNothing : narrow ? requestsCopy.short(claims.length, choices.cadence, choices.durationDays) : requestsCopy.youWouldAllow(request.company.name, claims.map(({ claim, precision }) => claimWithStep(claim, claim === 'interest' && isDeniable ? 1 : precision)), choices.cadence, choices.durationDays)}</p>
          {after === null ? null : <p className={after.fewest < SHIPPED_FLOOR ? 'numbers consent-warn' : 'soft numbers'}>{after.fewest < SHIPPED_FLOOR ? <WarnIcon size={16} aria-hidden /> : null}{crowdCopy.lead(request.company.name, after)}</p>}
          {allow.error ?? deny.error ? <ErrorNote error={(allow.error ?? deny.error) as AppError} /> : null}
        </div>
        <div className="stack-tight">
          <div className="choices">
            <Button variant="choice" busy={allow.busy || deny.busy} onClick={grant}>{requestsCopy.allow}</Button>
            <Button variant="choice" busy={allow.busy || deny.busy} onClick={() => { refuse(false); }}>{requestsCopy.deny}</Button>
          </div>
          <div className="row consent-otherwise">
            <Button small variant="quiet" busy={deny.busy} onClick={() => { putOff(1); }}>{careCopy.tomorrow}</Button>
            <Button small variant="quiet" busy={deny.busy} onClick={() => { putOff(7); }}>{careCopy.nextWeek}</Button>
            <Button small variant="quiet" busy={deny.busy} onClick={() => { setNever(true); }}>{careCopy.always}</Button>
          </div>
          {never ? <ConfirmDialog title={careCopy.alwaysTitle(request.company.name)} confirm={careCopy.alwaysAction} cancel={careCopy.notAlways} busy={deny.busy} onConfirm={() => { setNever(false); refuse(true); }} onClose={() => { setNever(false); }}><p>{careCopy.alwaysText(request.company.name)}</p></ConfirmDialog> : null}
        </div>
      </section>
    </div>
  );
}

/** Of a request that was told no, while it can still be decided. */
function TakeBack({ request, onOpen }: { readonly request: Request; readonly onOpen: (request: Request) => void }) {
  const task = useTask();
  const nowMs = useNow();
  if (request.expiresAtMs <= nowMs) return null;
  const back = () => {
    task.run(async () => {
      onOpen(await call('requests.reconsider', { requestId: request.requestId }));
      void requestsResource.getState().load();
    });
  };
  return <><Button small busy={task.busy} onClick={back}>{careCopy.takeBack}</Button>{task.error ? <ErrorNote error={task.error} /> : null}</>;
}

function PutOff({ request, onBack }: { readonly request: Request; readonly onBack: (request: Request) => void }) {
  const task = useTask();
  const nowMs = useNow();
  if (!isPutOff(request, nowMs)) return null;
  const back = () => {
    task.run(async () => {
      onBack(await call('requests.later', { requestId: request.requestId, untilMs: null }));
      void requestsResource.getState().load();
    });
  };
  return <Note tone="accent" actions={<Button small busy={task.busy} onClick={back}>{careCopy.bringBack}</Button>}>{careCopy.putOff(ago(request.laterMs ?? 0, nowMs))}{task.error ? <ErrorNote error={task.error} /> : null}</Note>;
}

export function Consent({ requestId }: { readonly requestId: string }) {
  const [request, setRequest] = useState<Request | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [granted, setGranted] = useState<Granted | null>(null);
  const nowMs = useNow();
  useEffect(() => {
    let wanted = true;
    call('requests.get', { requestId }).then((value) => { if (wanted) setRequest(value); }, (thrown: unknown) => { if (wanted) setFailure(asAppError(thrown)); });
    return () => { wanted = false; };
  }, [requestId]);
  const back = { href: href('requests'), label: requestsCopy.backToList };
  if (request === null) {
    return <Page title={requestsCopy.title} back={back}>{failure ? <ErrorNote error={failure} /> : <Skeleton lines={8} />}</Page>;
  }
  const { company } = request;
  const companyHref = href('companies', [company.companyId]);
  if (granted) {
    return (
      <Page key="granted" title={requestsCopy.allowed} back={back} lead={requestsCopy.allowedLead(company.name, granted.grant.cadence, date(granted.grant.expiresAtMs))}>
        <Card title={requestsCopy.given}>
          <div className="stack">
            <ul className="plain">{granted.grant.claims.map(({ claim, precision }) => <li key={claim}><strong>{leading(claimName(claim))}</strong> <span className="soft">{stepName(claim, claim === 'interest' && granted.grant.noise !== null ? 1 : precision)}</span></li>)}</ul>
            {granted.grant.noise === null ? null : <p className="soft">{noiseCopy.granted(granted.grant.noise)}</p>}
            {granted.grant.fade === null ? null : <p className="soft">{careCopy.fades(granted.grant.fade.every, granted.grant.fade.lost)}</p>}
            <div><ButtonLink variant="primary" href={href('companies', [company.companyId, granted.grantId])}>{requestsCopy.toCompany(company.name)}</ButtonLink></div>
          </div>
        </Card>
        <Card><Disclosure summary={requestsCopy.notFetched(company.name)}><TokenPanel token={granted.token} name={company.name} domain={company.domain} /></Disclosure></Card>
      </Page>
    );
  }
  if (request.state !== 'open') {
    return (
      <Page key={request.state} title={requestsCopy.asks(company.name)} back={back}>
        <Note tone="accent" title={requestsCopy.states[request.state]} actions={request.state === 'granted' ? <ButtonLink small href={companyHref}>{requestsCopy.toCompany(company.name)}</ButtonLink> : request.state === 'denied' ? <TakeBack request={request} onOpen={setRequest} /> : undefined}>
          {request.state === 'denied' ? `${requestsCopy.denied(company.name)}${request.expiresAtMs <= nowMs ? ` ${requestsCopy.deniedOver(company.name)}` : ''}` : request.state === 'expired' ? requestsCopy.ended : null}
        </Note>
        {request.alwaysRefused ? <RefusedCompany companyId={company.companyId} name={company.name} onHeard={() => { setRequest({ ...request, alwaysRefused: false }); }} /> : null}
        {request.state === 'granted' ? <Statements request={request} /> : null}
      </Page>
    );
  }
  return (
    <Page key="open" title={requestsCopy.asks(company.name)} lead={requestsCopy.would(company.name, request.purposes.map((purpose) => purpose.label), request.cadence, request.durationDays)} back={back}>
      <PutOff request={request} onBack={setRequest} />
      {request.alwaysRefused ? <Note tone="amber">{careCopy.byHand(company.name)}</Note> : null}
      <Decision request={request} onGranted={setGranted} onDenied={setRequest} />
    </Page>
  );
}

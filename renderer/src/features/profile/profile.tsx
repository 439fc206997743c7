/** The profile: the wheel, the list by area, filters, what may never be inferred. */
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Claim } from '../../../../shared/protocol/vocabulary.ts';
import { call } from '../../bridge/client.ts';
import { CLAIM_WORDS, claimName, confidenceWords, isByDegree, ORIGIN_WORDS, originWords, strengthSteps, strengthWords } from '../../copy/claims.ts';
import { dateShort, labelled, number } from '../../../../shared/language/format.ts';
import { profileCopy, trendCopy } from '../../copy/profile.ts';
import { wheelCopy } from '../../copy/wheel.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { copyText } from '../../parts/copy-button.tsx';
import { PictureActions } from '../../parts/picture-actions.tsx';
import { noteLooked } from '../../parts/through.ts';
import { TrendMark, useTrends, type Trend } from '../../parts/trend.tsx';
import { useWheel } from '../../parts/use-wheel.ts';
import type { Preference } from '../../parts/wheel-data.ts';
import { rejectionsResource, profileResource } from '../../state/resources.ts';
import { href, navigate, useRoute } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { SearchField, Select } from '../../ui/fields.tsx';
import { CopyIcon, InfoIcon, LockIcon, NextIcon, PlusIcon, ProfileIcon, SearchIcon, SourcesIcon } from '../../ui/icons.ts';
import { menuOf } from '../../ui/menu.tsx';
import { useMore } from '../../ui/more.tsx';
import { Badge, Card, Disclosure, EmptyState, Page, Skeleton, Steps } from '../../ui/surfaces.tsx';
import type { WheelArea } from '../../ui/wheel/geometry.ts';
import { depthOf } from '../../ui/wheel/geometry.ts';
import { WheelOrTable } from '../../ui/wheel/wheel.tsx';
import { AddByHand } from './add-by-hand.tsx';
import { ClosedPart } from './closed-part.tsx';
import { NotMeList } from './not-me-list.tsx';
import { groupProfile, matches, type Filter, type Group } from './groups.ts';
import { RuleChangeNote } from './rule-change.tsx';
import { WhyPanel } from './why-panel.tsx';
import { BareButton } from '../../ui/bare.tsx';
import './profile.css';

const SHOWN_AT_FIRST = 5;
const NOTED_AFTER_MS = 500;
/** Claims whose values are nodes that records speak for. */
const HAS_TREND: readonly Claim[] = ['interest', 'genre'];
/** Of one area many, of many areas a few each. */
const SHOWN_AT_ONCE = { one: 50, many: 10 };

const whereFrom = (preference: Preference): string => (preference.origin === 'inferred' ? `${confidenceWords(preference.confidence)}, ${profileCopy.evidence(preference.evidence)}` : originWords(preference));

/** The whole line is one button: it opens why. There are hundreds of them, and most stay as they are when how areas went arrives. */
const Item = memo(function Item({ preference, trend, detailed, onWhy }: { readonly preference: Preference; readonly trend: Trend | undefined; readonly detailed: boolean; readonly onWhy: (id: string) => void }) {
  const above = [preference.path.slice(1, -1).join(' › '), preference.horizonWeeks === null ? '' : profileCopy.horizon(preference.horizonWeeks)].filter(Boolean).join(', ');
  return (
    <li
      {...menuOf(() => [
        { label: profileCopy.whyOf(preference.label), icon: <InfoIcon size={16} aria-hidden />, act: () => { onWhy(preference.id); } },
        ...(HAS_TREND.includes(preference.claim) && !preference.sensitive ? [{ label: profileCopy.recordsOf(preference.label), icon: <SearchIcon size={16} aria-hidden />, act: () => { navigate(href('records', [], { area: preference.value })); } }] : []),
        { label: profileCopy.copyItem, icon: <CopyIcon size={16} aria-hidden />, act: () => { copyText([...preference.path.slice(0, -1), preference.label].join(' › ')); } },
      ])}
    >
      <BareButton className={detailed ? 'profile-item profile-item-detailed' : 'profile-item'} title={profileCopy.whyOf(preference.label)} onClick={() => { onWhy(preference.id); }}>
        <span className="profile-item-name">
          <span className="profile-item-label">
            {preference.sensitive ? <LockIcon size={15} aria-label={profileCopy.sealed} /> : null}
            {preference.label}{' '}
            {preference.claim === 'avoid' ? <Badge tone="amber">{claimName('avoid')}</Badge> : null}
          </span>
          {above === '' ? null : <span className="faint">{above}</span>}
        </span>
        {detailed ? <span className="faint">{whereFrom(preference)}</span> : preference.origin === 'inferred' ? null : <span className="faint profile-item-own">{originWords(preference)}</span>}
        {trend === undefined ? null : <span className="profile-item-trend"><TrendMark trend={trend} compact={!detailed} /></span>}
        <span className="profile-item-strength">{isByDegree(preference.claim) && preference.claim !== 'avoid' ? <><Steps on={strengthSteps(preference.strength)} /><span>{strengthWords(preference.strength)}</span></> : preference.origin === 'inferred' && !detailed ? <span>{confidenceWords(preference.confidence)}</span> : null}</span>
      </BareButton>
    </li>
  );
});

function GroupCard({ group, trends, whole, step, onWhy }: { readonly group: Group; readonly trends: ReadonlyMap<string, Trend>; readonly whole: boolean; readonly step: number; readonly onWhy: (id: string) => void }) {
  const [all, setAll] = useState(false);
  const trend = trends.get(group.id);
  const { shown, more } = useMore(all || whole ? group.items : group.items.slice(0, SHOWN_AT_FIRST), step, group.label);
  return (
    <Card className="profile-group" title={<span className="row">{group.closed ? <LockIcon size={18} aria-hidden /> : null}{group.label}</span>} aside={<span className="row">{trend === undefined ? null : <TrendMark trend={trend} />}<span className="faint numbers">{profileCopy.entries(group.items.length)}</span></span>}>
      {group.closed ? <p className="faint profile-sealed">{profileCopy.sealedExplain}</p> : null}
      <ul className="plain">{shown.map((preference) => <Item key={preference.id} preference={preference} trend={HAS_TREND.includes(preference.claim) ? trends.get(preference.value) : undefined} detailed={whole} onWhy={onWhy} />)}</ul>
      {more}
      {group.items.length > SHOWN_AT_FIRST && !whole ? <Button small variant="quiet" aria-expanded={all} aria-label={all ? labelled(profileCopy.showFewer, group.label) : labelled(profileCopy.showAll(group.items.length), group.label)} onClick={() => { setAll(!all); }}>{all ? profileCopy.showFewer : profileCopy.showAll(group.items.length)}</Button> : null}
    </Card>
  );
}

function Rejections() {
  const restore = (id: string, label: string) => {
    call('profile.restore', { id }).then(() => {
      showToast(profileCopy.restored(label));
      void rejectionsResource.getState().load();
      void profileResource.getState().load();
    }, () => { void rejectionsResource.getState().load(); });
  };
  return (
    <Card title={profileCopy.rejections}>
      <p className="soft">{profileCopy.rejectionsText}</p>
      <Loaded store={rejectionsResource} lines={1}>
        {({ rejections }) => (rejections.length === 0 ? <p className="faint profile-none">{profileCopy.rejectionsEmpty}</p> : (
          <ul className="plain profile-rejections">
            {rejections.map((rejection) => (
              <li key={rejection.id} className="row-between">
                <span><strong>{rejection.label}</strong> <span className="faint">{claimName(rejection.claim)}, {profileCopy.rejectedOn(dateShort(rejection.rejectedAtMs))}</span></span>
                <Button small aria-label={labelled(profileCopy.restore, rejection.label)} onClick={() => { restore(rejection.id, rejection.label); }}>{profileCopy.restore}</Button>
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
    </Card>
  );
}

function WheelCard({ areas, trends, known }: { readonly areas: readonly WheelArea[]; readonly trends: ReadonlyMap<string, Trend>; readonly known: number }) {
  const [active, setActive] = useState<WheelArea | null>(null);
  const [last, setLast] = useState<WheelArea | null>(null);
  const shown = active ?? last;
  const trend = shown === null ? undefined : trends.get(shown.id);
  // Looking at it is the step: nothing else would tell.
  // Noting it takes the disk a moment, which what the page still waits for comes before.
  useEffect(() => { if (known > 0) setTimeout(noteLooked, NOTED_AFTER_MS); }, [known]);
  const areaHref = (area: WheelArea) => href('profile', [], { area: area.id });
  return (
    <Card>
      <div className="profile-wheel">
        <PictureActions name={profileCopy.wheelFile} text={areas.filter(({ closed, items }) => closed || items > 0).map((area) => wheelCopy.sector(area, depthOf(area)))}>
        <WheelOrTable
          areas={areas} label={profileCopy.wheelLabel} hrefOf={areaHref} menu={(area) => [{ label: profileCopy.openArea(area.label), icon: <NextIcon size={16} aria-hidden />, act: () => { navigate(areaHref(area)); } }, ...(area.closed || area.items === 0 ? [] : [{ label: profileCopy.recordsOf(area.label), icon: <SearchIcon size={16} aria-hidden />, act: () => { navigate(href('records', [], { area: area.id })); } }])]} hub={{ big: number(known), small: wheelCopy.known }}
          onActive={(area) => {
            setActive(area);
            if (area) setLast(area);
          }}
        />
        </PictureActions>
        <div className="profile-pointed" aria-live="off">
          {shown === null ? <p className="soft">{profileCopy.pointed}</p> : (
            <div className="stack">
              <h2>{shown.label}</h2>
              {shown.closed ? <p className="soft"><LockIcon size={16} aria-hidden /> {profileCopy.sealedHere}</p> : shown.items === 0 ? <p className="soft">{profileCopy.nothingHere}</p> : (
                <>
                  {trend === undefined ? null : <TrendMark trend={trend} />}
                  <ol className="plain profile-strongest" aria-label={profileCopy.strongestIn(shown.label)}>{shown.strongest.map((label) => <li key={label}>{label}</li>)}</ol>
                  <div><ButtonLink small href={areaHref(shown)}>{profileCopy.openArea(shown.label)}</ButtonLink></div>
                </>
              )}
            </div>
          )}
          <Disclosure summary={profileCopy.explain}>{[...wheelCopy.legend, trendCopy.explain].map((line) => <p key={line} className="soft">{line}</p>)}</Disclosure>
        </div>
      </div>
    </Card>
  );
}

/** Below the wheel, and so a moment after it: a hundred lines are not laid out before the first of the page is seen. */
function Groups({ groups, trends, filtered, onWhy }: { readonly groups: readonly Group[]; readonly trends: ReturnType<typeof useTrends>; readonly filtered: boolean; readonly onWhy: (id: string) => void }) {
  const isTheirTurn = useDeferredValue(true, filtered);
  return isTheirTurn && groups.map((group) => <GroupCard key={group.id} group={group} trends={trends} whole={filtered} step={filtered && groups.length > 3 ? SHOWN_AT_ONCE.many : SHOWN_AT_ONCE.one} onWhy={onWhy} />);
}

const hrefTo = ({ text, claim, area, origin }: Filter, item?: string): string => href('profile', [], { q: text, kind: claim === 'all' ? '' : claim, area, origin: origin === 'all' ? '' : origin, item });

export function Profile({ tabs }: { readonly tabs: ReactNode }) {
  const route = useRoute();
  const wheel = useWheel();
  const trends = useTrends();
  const [adding, setAdding] = useState(false);
  const claims = Object.keys(CLAIM_WORDS) as Claim[];
  const claim = claims.find((name) => name === route.query['kind']) ?? 'all';
  const origin = (Object.keys(ORIGIN_WORDS) as Preference['origin'][]).find((name) => name === route.query['origin']) ?? 'all';
  const text = route.query['q'] ?? '';
  const area = route.query['area'] ?? '';
  const filter = useMemo((): Filter => ({ text, claim, area, origin }), [text, claim, area, origin]);
  const filtered = text !== '' || claim !== 'all' || area !== '' || origin !== 'all';
  const go = (change: Partial<Filter>) => { navigate(hrefTo({ ...filter, ...change }), { replace: true }); };
  const onWhy = useCallback((id: string) => { navigate(hrefTo(filter, id)); }, [filter]);
  const item = route.query['item'];
  /** A link from elsewhere asks for one kind to be said. */
  const wanted = claims.find((name) => name === route.query['add']);
  return (
    <Page title={profileCopy.title} lead={profileCopy.lead} actions={<Button variant="primary" onClick={() => { setAdding(true); }}><PlusIcon size={18} aria-hidden />{profileCopy.add}</Button>}>
      {tabs}
      <Loaded store={profileResource} lines={10}>
        {(profile) => {
          if (wheel === null) return <Skeleton lines={10} />;
          if (profile.preferences.length === 0) {
            return (
              <Card><EmptyState icon={<ProfileIcon size={32} aria-hidden />} title={profileCopy.empty} action={<div className="row"><ButtonLink variant="primary" href={href('sources')}><SourcesIcon size={18} aria-hidden />{profileCopy.emptyAction}</ButtonLink></div>}>{profileCopy.emptyText}</EmptyState></Card>
            );
          }
          const shown = profile.preferences.filter((preference) => matches(preference, filter, wheel.taxonomy));
          const groups = groupProfile(shown, wheel.taxonomy, profileCopy.groups);
          const kinds = claims.filter((name) => profile.preferences.some((preference) => preference.claim === name));
          return (
            <>
              {profile.rulesWait ? <RuleChangeNote /> : null}
              {filtered ? null : <WheelCard areas={wheel.areas} trends={trends} known={profile.preferences.length} />}
              <search className="profile-filters">
                <SearchField label={profileCopy.search} value={text} onChange={(value) => { go({ text: value }); }} />
                <Select<string> label={profileCopy.area} hideLabel value={area} onChange={(value) => { go({ area: value }); }} options={[{ value: '', label: profileCopy.allAreas }, ...wheel.areas.filter((known) => known.items > 0 || known.id === area).map((known) => ({ value: known.id, label: `${known.label} (${known.items})` }))]} />
                <Select<Claim | 'all'> label={profileCopy.kind} hideLabel value={claim} onChange={(value) => { go({ claim: value }); }} options={[{ value: 'all', label: profileCopy.allKinds }, ...kinds.map((name) => ({ value: name, label: claimName(name) }))]} />
                <Select<Preference['origin'] | 'all'> label={profileCopy.origin} hideLabel value={origin} onChange={(value) => { go({ origin: value }); }} options={[{ value: 'all', label: profileCopy.allOrigins }, ...(Object.keys(ORIGIN_WORDS) as Preference['origin'][]).map((name) => ({ value: name, label: ORIGIN_WORDS[name] }))]} />
              </search>
              <div className="row-between">
                <p className="soft numbers" role="status">{profileCopy.summary(shown.length, profile.records)}</p>
                {filtered ? <Button small variant="quiet" onClick={() => { navigate(href('profile')); }}>{profileCopy.clear}</Button> : null}
              </div>
              {groups.length === 0 ? <EmptyState icon={<SearchIcon size={32} aria-hidden />} title={profileCopy.noMatch}>{profileCopy.noMatchText}</EmptyState> : null}
              <div className={filtered ? 'stack' : 'profile-groups'}>
                <Groups groups={groups} trends={trends} filtered={filtered} onWhy={onWhy} />
              </div>
            </>
          );
        }}
      </Loaded>
      <ClosedPart />
      <Rejections />
      <NotMeList />
      {adding || wanted ? <AddByHand {...(wanted ? { first: wanted } : {})} onClose={() => { setAdding(false); if (wanted) go({}); }} /> : null}
      {item === undefined ? null : <WhyPanel key={item} id={item} onClose={() => { go({}); }} />}
    </Page>
  );
}

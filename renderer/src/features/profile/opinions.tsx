/** What companies say about the person, beside what the vault says. */
import { useState, type ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import type { SourceId } from '../../../../shared/domain/records.ts';
import { strengthSteps, strengthWords } from '../../copy/claims.ts';
import { dateShort, labelled } from '../../../../shared/language/format.ts';
import { opinionsCopy, WHERE_TO_CHANGE } from '../../copy/opinions.ts';
import { sourceName } from '../../copy/sources.ts';
import { ListTable } from '../../parts/list-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { claimedResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { SearchField } from '../../ui/fields.tsx';
import { ClaimedIcon, LockIcon, SearchIcon, SourcesIcon } from '../../ui/icons.ts';
import { useMore } from '../../ui/more.tsx';
import { Badge, Card, Disclosure, EmptyState, Note, Page, Steps } from '../../ui/surfaces.tsx';
import { locale } from '../../../../shared/language/message.ts';
import './profile.css';

type Claim = Output<'profile.claimed'>['claims'][number];

/** Fewer are looked through faster than a word is typed. */
const WORTH_SEARCHING = 15;

function Yours({ claim }: { readonly claim: Claim }) {
  if (claim.yours) return <span className="opinion-yours"><a href={href('profile', [], { item: claim.yours.id })}>{claim.yours.label}</a><span className="faint"><Steps on={strengthSteps(claim.yours.strength)} />{strengthWords(claim.yours.strength)}</span></span>;
  return <span className="soft">{claim.word ? opinionsCopy.absent(claim.word.label) : opinionsCopy.unknown}</span>;
}

function Advertisers({ source, claims }: { readonly source: SourceId; readonly claims: readonly Claim[] }) {
  const { shown, more } = useMore(claims, 60, opinionsCopy.advertisers(claims.length));
  return (
    <section className="stack-tight" aria-label={labelled(sourceName(source), opinionsCopy.advertisers(claims.length))}>
      <h3>{opinionsCopy.advertisers(claims.length)}</h3>
      <p className="soft">{opinionsCopy.advertisersText}</p>
      <ul className="plain chip-list">{shown.map((claim) => <li key={claim.id}><Badge>{claim.title}</Badge></li>)}</ul>
      {more}
    </section>
  );
}

function SourceCard({ source, claims }: { readonly source: SourceId; readonly claims: readonly Claim[] }) {
  const topics = claims.filter(({ kind }) => kind !== 'advertiser'), advertisers = claims.filter(({ kind }) => kind === 'advertiser');
  const ways = WHERE_TO_CHANGE[source];
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  return (
    <Card title={sourceName(source)}>
      <div className="stack">
        <p className="soft">{opinionsCopy.summary(topics.length, topics.filter(({ yours }) => yours !== null).length, advertisers.length)}</p>
        {topics.length === 0 ? null : (
          <ListTable<Claim>
            caption={opinionsCopy.topics(sourceName(source))} file={opinionsCopy.fileName(source)} nameOf={({ title }) => title} ticked={ticked} onTicked={setTicked} step={50} rows={topics} rowKey={({ id }) => String(id)}
            columns={[
              { key: 'theirs', label: opinionsCopy.columns.theirs, heads: true, sort: ({ title }) => title, cell: ({ title, category, sensitive }) => <span className="break-anywhere">{sensitive ? <><LockIcon size={15} aria-label={opinionsCopy.sealed} /> </> : null}{title}{category === null ? null : <><br /><span className="faint">{category}</span></>}</span> },
              { key: 'yours', label: opinionsCopy.columns.yours, sort: ({ yours }) => yours?.strength ?? 0, text: ({ yours }) => yours?.label ?? null, cell: (claim) => <Yours claim={claim} /> },
              ...(topics.some(({ firstAtMs }) => firstAtMs !== 0) ? [{ key: 'when', label: opinionsCopy.columns.when, tight: true, wideOnly: true, sort: ({ firstAtMs }: Claim) => firstAtMs, text: ({ firstAtMs }: Claim) => new Date(firstAtMs).toISOString().slice(0, 10), cell: ({ firstAtMs }: Claim) => dateShort(firstAtMs) }] : []),
            ]}
          />
        )}
        {advertisers.length === 0 ? null : <Advertisers source={source} claims={advertisers} />}
        {ways === undefined ? null : <Disclosure summary={opinionsCopy.change(sourceName(source))}>{ways.map((way) => <p key={way} className="soft">{way}</p>)}</Disclosure>}
      </div>
    </Card>
  );
}

export function Opinions({ tabs }: { readonly tabs: ReactNode }) {
  const [text, setText] = useState('');
  return (
    <Page title={opinionsCopy.title} lead={opinionsCopy.lead}>
      {tabs}
      <Loaded store={claimedResource} lines={8}>
        {({ claims, hidden }) => {
          const wanted = text.trim().toLocaleLowerCase(locale());
          const shown = claims.filter(({ title, word }) => `${title} ${word?.label ?? ''}`.toLocaleLowerCase(locale()).includes(wanted));
          const sources = [...new Set(claims.map(({ source }) => source))];
          return (
            <>
              {hidden === 0 ? null : <Note icon={<LockIcon size={20} aria-hidden />}>{opinionsCopy.hidden(hidden)}</Note>}
              {claims.length === 0 && hidden === 0 ? <Card><EmptyState icon={<ClaimedIcon size={32} aria-hidden />} title={opinionsCopy.empty} action={<ButtonLink variant="primary" href={href('sources')}><SourcesIcon size={18} aria-hidden />{opinionsCopy.emptyAction}</ButtonLink>}>{opinionsCopy.emptyText}</EmptyState></Card> : null}
              {claims.length < WORTH_SEARCHING ? null : <search><SearchField label={opinionsCopy.search} value={text} onChange={setText} /></search>}
              {claims.length > 0 && shown.length === 0 ? <EmptyState icon={<SearchIcon size={32} aria-hidden />} title={opinionsCopy.noMatch} /> : null}
              {sources.map((source) => ({ source, of: shown.filter((claim) => claim.source === source) })).filter(({ of }) => of.length > 0).map(({ source, of }) => <SourceCard key={source} source={source} claims={of} />)}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

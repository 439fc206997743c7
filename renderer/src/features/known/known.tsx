/** What companies know by now: each one's crowd, all of them together, and how small a crowd may become. */
import { useState, type ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { appCopy } from '../../copy/app.ts';
import { companiesCopy } from '../../copy/requests.ts';
import { crowdCopy, crowdWords } from '../../copy/crowd.ts';
import { countryName, date, labelled } from '../../../../shared/language/format.ts';
import { isNear } from '../../parts/told-card.tsx';
import { FloorField } from '../../parts/floor-field.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PictureActions } from '../../parts/picture-actions.tsx';
import { useResource } from '../../state/resource.ts';
import { exposureResource, stepsResource, useOfResource } from '../../state/resources.ts';
import { href, navigate } from '../../state/route.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Crowd, CrowdSteps } from '../../ui/crowd/crowd.tsx';
import { CompaniesIcon } from '../../ui/icons.ts';
import { Badge, Card, Disclosure, EmptyState, Page } from '../../ui/surfaces.tsx';

type Exposure = Output<'exposure.get'>;
type Company = Exposure['companies'][number];

function Together({ exposure: { companies, pooled, everybody, floor, home, history } }: { readonly exposure: Exposure }) {
  const told = companies.filter((company) => company.told.length > 0).length;
  const words = crowdCopy.pooledText(pooled, told);
  return (
    <Card title={crowdCopy.pooledTitle}>
      <div className="told">
        <div className="stack">
          <p><strong>{words}</strong></p>
          <p className="soft">{home === null ? crowdCopy.homeUnknown : crowdCopy.home(countryName(home))}</p>
          {history.length < 2 ? null : <Disclosure summary={crowdCopy.history}><CrowdSteps label={crowdCopy.history} everybody={everybody.fewest} floor={floor} mark={crowdCopy.mark(floor)} steps={history.map(({ atMs, crowd }) => ({ key: String(atMs), label: date(atMs), words: crowdWords(crowd), people: crowd.fewest }))} /></Disclosure>}
          <p className="faint">{crowdCopy.estimate} <a href={href('learn', ['crowd'])}>{crowdCopy.learn}</a></p>
        </div>
        <PictureActions name={crowdCopy.crowdFile} text={[words, crowdCopy.mark(floor)]}><Crowd label={words} people={pooled.fewest} everybody={everybody.fewest} floor={floor} /></PictureActions>
      </div>
    </Card>
  );
}

/** What would help most, reckoned by the vault; where nothing is allowed there is nothing to be done. */
function Helping({ exposure }: { readonly exposure: Exposure }) {
  return (
    <Card title={crowdCopy.stepsTitle}>
      <Loaded store={stepsResource} lines={3}>
        {({ steps }) => (steps.length === 0 && exposure.home !== null ? <p className="soft">{crowdCopy.stepNothing}</p> : (
          <div className="stack">
            {steps[0] === undefined ? null : <p className="soft">{crowdCopy.stepsLead({ fewest: steps[0].before, most: steps[0].before })}</p>}
            <ol className="helping">
              {steps.map(({ kind, name, companyId, grantId, after }) => {
                const words = crowdCopy.steps_[kind](name);
                return <li key={`${kind} ${grantId}`}><span className="row-between"><span>{words} <span className="soft numbers">{crowdCopy.stepAfter(after)}</span></span><ButtonLink small href={kind === 'floor' ? href('companies', [companyId]) : href('companies', [companyId, grantId])} aria-label={labelled(crowdCopy.stepGo, words)}>{crowdCopy.stepGo}</ButtonLink></span></li>;
              })}
              {exposure.home === null ? <li><span className="row-between"><span>{crowdCopy.stepHome}</span><ButtonLink small href={href('profile', [], { add: 'region' })} aria-label={labelled(crowdCopy.stepGo, crowdCopy.stepHome)}>{crowdCopy.stepGo}</ButtonLink></span></li> : null}
            </ol>
          </div>
        ))}
      </Loaded>
    </Card>
  );
}

export function Known({ tabs }: { readonly tabs: ReactNode }) {
  const { data: use } = useResource(useOfResource);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const usefulness = (companyId: string): number | null => use?.companies.find((one) => one.companyId === companyId)?.usefulness ?? null;
  return (
    <Page title={appCopy.tabs.known} lead={crowdCopy.knownLead}>
      {tabs}
      <Loaded store={exposureResource} lines={6}>
        {(exposure) => (
          <>
            <Together exposure={exposure} />
            <Helping exposure={exposure} />
            <Card>
              {exposure.companies.length === 0 ? <EmptyState icon={<CompaniesIcon size={32} aria-hidden />} title={crowdCopy.pooledText(exposure.pooled, 0)} /> : (
                <ListTable<Company>
                  caption={crowdCopy.known} file={crowdCopy.knownFile} nameOf={(row) => row.name} menu={(row) => [{ label: companiesCopy.openOf(row.name), icon: <CompaniesIcon size={16} aria-hidden />, act: () => { navigate(href('companies', [row.companyId])); } }]} ticked={ticked} onTicked={setTicked} step={25} rows={[...exposure.companies].sort((a, b) => a.crowd.fewest - b.crowd.fewest)} rowKey={(row) => row.companyId}
                  columns={[
                    { key: 'company', label: crowdCopy.columns.company, heads: true, sort: (row) => row.name, cell: (row) => <a href={href('companies', [row.companyId])}>{row.name}</a> },
                    { key: 'use', label: crowdCopy.columns.use, sort: (row) => usefulness(row.companyId) ?? -1, text: (row) => crowdCopy.use(usefulness(row.companyId)), cell: (row) => crowdCopy.use(usefulness(row.companyId)) },
                    { key: 'crowd', label: crowdCopy.columns.crowd, sort: (row) => row.crowd.fewest, cell: (row) => (row.told.length === 0 ? <span className="soft">{crowdCopy.nothingTold}</span> : crowdWords(row.crowd)) },
                    { key: 'told', label: crowdCopy.columns.told, sort: (row) => row.told.length, wideOnly: true, cell: (row) => crowdCopy.things(new Set(row.told.flatMap(({ claim, words }) => words.map((word) => `${claim} ${word}`))).size) },
                    { key: 'closeness', label: crowdCopy.columns.closeness, sort: ({ closeness: { specific, often, long } }) => 2 * specific + often + long, text: ({ closeness }) => crowdCopy.closeness[closeness.level], cell: (row) => <Badge tone={isNear(row) ? 'amber' : 'plain'}>{crowdCopy.closeness[row.closeness.level]}</Badge> },
                    { key: 'floor', label: crowdCopy.columns.floor, sort: (row) => row.floor ?? exposure.floor, cell: (row) => (row.floor === null ? <span className="soft">{crowdCopy.asForAll}</span> : crowdCopy.floorWords(row.floor)) },
                  ]}
                />
              )}
              {exposure.companies.length === 0 ? null : <p className="faint known-hint">{crowdCopy.columns.use}: {crowdCopy.useHint}</p>}
            </Card>
            <Card title={crowdCopy.smallest}>
              <div className="stack">
                <p className="soft">{crowdCopy.smallestLead}</p>
                <FloorField exposure={exposure} />
              </div>
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  );
}

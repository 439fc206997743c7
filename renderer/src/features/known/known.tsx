/** What companies know by now: each one's crowd, all of them together, and how small a crowd may become. */
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { crowdCopy, crowdWords } from '../../copy/crowd.ts';
import { countryName, date } from '../../copy/format.ts';
import { isNear } from '../../parts/told-card.tsx';
import { FloorField } from '../../parts/floor-field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useResource } from '../../state/resource.ts';
import { exposureResource, grantsResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Crowd, CrowdSteps } from '../../ui/crowd/crowd.tsx';
import { CompaniesIcon } from '../../ui/icons.ts';
import { Badge, Card, Disclosure, EmptyState, Page } from '../../ui/surfaces.tsx';
import { Table } from '../../ui/table.tsx';

type Exposure = Output<'exposure.get'>;
type Company = Exposure['companies'][number];
type Grant = Output<'grants.list'>['grants'][number];

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
        <Crowd label={words} people={pooled.fewest} everybody={everybody.fewest} floor={floor} />
      </div>
    </Card>
  );
}

interface HelpingStep { readonly key: string; readonly words: string; readonly to: string }

/** What would help most, the most telling first; three at most. */
function helpingSteps({ companies, home, floor }: Exposure, grants: readonly Grant[]): HelpingStep[] {
  const live = grants.filter(({ state, pausedMs }) => state === 'active' && pausedMs === null);
  const told = companies.filter((company) => company.told.length > 0), askable = told.filter(({ companyId }) => live.some(({ company }) => company.companyId === companyId));
  const nearest = askable.filter(isNear).toSorted((a, b) => weight(b) - weight(a))[0], lax = companies.filter((company) => company.floor !== null && company.floor < Math.min(floor, SHIPPED)).toSorted((a, b) => (a.floor ?? 0) - (b.floor ?? 0))[0];
  const smallest = askable.filter(({ companyId }) => companyId !== nearest?.companyId).toSorted((a, b) => a.crowd.fewest - b.crowd.fewest)[0];
  const unused = live.filter(({ suggestion }) => suggestion === 'unused' || suggestion === 'rarely-used').length;
  const pageOf = (company: Company): string => href('companies', [company.companyId]);
  return [
    ...(lax ? [{ key: 'floor', words: crowdCopy.stepFloor(lax.name, lax.floor ?? 0), to: pageOf(lax) }] : []),
    ...(nearest ? [{ key: 'close', words: crowdCopy.stepClose(nearest.name), to: pageOf(nearest) }] : []),
    ...(unused > 0 ? [{ key: 'unused', words: crowdCopy.stepUnused(unused), to: href('permissions') }] : []),
    ...(home === null ? [{ key: 'home', words: crowdCopy.stepHome, to: href('profile', [], { add: 'region' }) }] : []),
    ...(smallest ? [{ key: 'small', words: crowdCopy.stepSmall(smallest.name, smallest.crowd), to: pageOf(smallest) }] : []),
  ].slice(0, 3);
}
const weight = ({ closeness: { specific, often, long } }: Company): number => 2 * specific + often + long;
const SHIPPED = 1_000;

function Helping({ exposure }: { readonly exposure: Exposure }) {
  const { data } = useResource(grantsResource);
  const steps = helpingSteps(exposure, data?.grants ?? []);
  return (
    <Card title={crowdCopy.stepsTitle}>
      {steps.length === 0 ? <p className="soft">{crowdCopy.stepNothing}</p> : <ol className="helping">{steps.map(({ key, words, to }) => <li key={key}><span className="row-between"><span>{words}</span><ButtonLink small href={to} aria-label={`${crowdCopy.stepGo}: ${words}`}>{crowdCopy.stepGo}</ButtonLink></span></li>)}</ol>}
    </Card>
  );
}

export function Known({ tabs }: { readonly tabs: ReactNode }) {
  return (
    <Page title={crowdCopy.known} lead={crowdCopy.knownLead}>
      {tabs}
      <Loaded store={exposureResource} lines={6}>
        {(exposure) => (
          <>
            <Together exposure={exposure} />
            <Helping exposure={exposure} />
            <Card>
              {exposure.companies.length === 0 ? <EmptyState icon={<CompaniesIcon size={32} aria-hidden />} title={crowdCopy.pooledText(exposure.pooled, 0)} /> : (
                <Table<Company>
                  caption={crowdCopy.known} step={25} rows={[...exposure.companies].sort((a, b) => a.crowd.fewest - b.crowd.fewest)} rowKey={(row) => row.companyId}
                  columns={[
                    { key: 'company', label: crowdCopy.columns.company, heads: true, sort: (row) => row.name, cell: (row) => <a href={href('companies', [row.companyId])}>{row.name}</a> },
                    { key: 'crowd', label: crowdCopy.columns.crowd, sort: (row) => row.crowd.fewest, cell: (row) => (row.told.length === 0 ? <span className="soft">{crowdCopy.nothingTold}</span> : crowdWords(row.crowd)) },
                    { key: 'told', label: crowdCopy.columns.told, sort: (row) => row.told.length, wideOnly: true, cell: (row) => crowdCopy.things(row.told.reduce((sum, { words }) => sum + words.length, 0)) },
                    { key: 'closeness', label: crowdCopy.columns.closeness, sort: ({ closeness: { specific, often, long } }) => 2 * specific + often + long, cell: (row) => <Badge tone={isNear(row) ? 'amber' : 'plain'}>{crowdCopy.closeness[row.closeness.level]}</Badge> },
                    { key: 'floor', label: crowdCopy.columns.floor, sort: (row) => row.floor ?? exposure.floor, cell: (row) => (row.floor === null ? <span className="soft">{crowdCopy.asForAll}</span> : crowdCopy.floorWords(row.floor)) },
                  ]}
                />
              )}
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

/** What companies know by now: each one's crowd, all of them together, and how small a crowd may become. */
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { crowdCopy, crowdWords } from '../../copy/crowd.ts';
import { countryName } from '../../copy/format.ts';
import { FloorField } from '../../parts/floor-field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { exposureResource } from '../../state/resources.ts';
import { href } from '../../state/route.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Crowd } from '../../ui/crowd/crowd.tsx';
import { CompaniesIcon } from '../../ui/icons.ts';
import { Card, EmptyState, Page } from '../../ui/surfaces.tsx';
import { Table } from '../../ui/table.tsx';

type Exposure = Output<'exposure.get'>;
type Company = Exposure['companies'][number];

function Together({ exposure: { companies, pooled, everybody, floor, home } }: { readonly exposure: Exposure }) {
  const told = companies.filter((company) => company.told.length > 0).length;
  const words = crowdCopy.pooledText(pooled, told);
  return (
    <Card title={crowdCopy.pooledTitle}>
      <div className="told">
        <div className="stack">
          <p><strong>{words}</strong></p>
          <p className="soft">{home === null ? crowdCopy.homeUnknown : crowdCopy.home(countryName(home))}</p>
          {home === null ? <div><ButtonLink small href={href('profile', [], { add: 'region' })}>{crowdCopy.sayHome}</ButtonLink></div> : null}
          <p className="faint">{crowdCopy.estimate} <a href={href('learn', ['crowd'])}>{crowdCopy.learn}</a></p>
        </div>
        <Crowd label={words} people={pooled.fewest} everybody={everybody.fewest} floor={floor} />
      </div>
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
            <Card>
              {exposure.companies.length === 0 ? <EmptyState icon={<CompaniesIcon size={32} aria-hidden />} title={crowdCopy.pooledText(exposure.pooled, 0)} /> : (
                <Table<Company>
                  caption={crowdCopy.known} step={25} rows={[...exposure.companies].sort((a, b) => a.crowd.fewest - b.crowd.fewest)} rowKey={(row) => row.companyId}
                  columns={[
                    { key: 'company', label: crowdCopy.columns.company, heads: true, sort: (row) => row.name, cell: (row) => <a href={href('companies', [row.companyId])}>{row.name}</a> },
                    { key: 'crowd', label: crowdCopy.columns.crowd, sort: (row) => row.crowd.fewest, cell: (row) => (row.told.length === 0 ? <span className="soft">{crowdCopy.nothingTold}</span> : crowdWords(row.crowd)) },
                    { key: 'told', label: crowdCopy.columns.told, sort: (row) => row.told.length, wideOnly: true, cell: (row) => crowdCopy.things(row.told.reduce((sum, { words }) => sum + words.length, 0)) },
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

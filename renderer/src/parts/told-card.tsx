/** What one company knows by now, and how many people it fits. */
import { claimName } from '../copy/claims.ts';
import { noiseCopy } from '../copy/noise.ts';
import { crowdCopy, crowdWords } from '../copy/crowd.ts';
import { date } from '../../../shared/language/format.ts';
import type { Output } from '../../../shared/api/contract.ts';
import { useResource } from '../state/resource.ts';
import { exposureResource } from '../state/resources.ts';
import { Crowd, CrowdSteps } from '../ui/crowd/crowd.tsx';
import { Badge, Card, Disclosure, Note, Skeleton, Steps } from '../ui/surfaces.tsx';
import { ErrorNote } from './error-note.tsx';
import { FloorField } from './floor-field.tsx';
import './parts.css';

type Company = Output<'exposure.get'>['companies'][number];

export const isNearLevel = (level: Company['closeness']['level']): boolean => level === 'close' || level === 'very-close';
export const isNear = ({ closeness: { level } }: Company): boolean => isNearLevel(level);

function Closeness({ company }: { readonly company: Company }) {
  const { closeness, crowd, told, answers, sinceMs } = company;
  const since = sinceMs === null ? null : date(sinceMs);
  const words = { specific: crowdCopy.specific(crowd, told.length > 0), often: crowdCopy.often(answers, since), long: crowdCopy.long(since) };
  return (
    <div className="stack-tight">
      <div className="row"><h3 className="sub">{crowdCopy.closenessTitle}</h3><Badge tone={isNear(company) ? 'amber' : 'plain'}>{crowdCopy.closeness[closeness.level]}</Badge></div>
      {isNear(company) ? <Note tone="amber">{crowdCopy.following(company.name)}</Note> : null}
      <dl className="closeness">
        {(['specific', 'often', 'long'] as const).map((part) => <div key={part}><dt>{crowdCopy.parts[part]}</dt><dd><span className="closeness-part"><Steps on={closeness[part]} of={3} /><span className="soft">{words[part]}</span></span></dd></div>)}
      </dl>
    </div>
  );
}

export function ToldCard({ companyId }: { readonly companyId: string }) {
  const { data, error, load } = useResource(exposureResource);
  const company = data?.companies.find((one) => one.companyId === companyId);
  if (data === null) return <Card>{error ? <ErrorNote error={error} onRetry={() => { void load(); }} /> : <Skeleton lines={4} />}</Card>;
  if (company === undefined) return null;
  const floor = company.floor ?? data.floor;
  return (
    <Card title={crowdCopy.toldTitle(company.name)}>
      <div className="told">
        <div className="stack">
          {company.told.length === 0 ? <p>{crowdCopy.toldNothing(company.name)}</p> : (
            <>
              <p><strong>{crowdCopy.toldFits(company.crowd)}</strong></p>
              {company.crowd.fewest < floor ? <Note tone="amber">{crowdCopy.below(company.name)}</Note> : null}
              <Disclosure summary={crowdCopy.showTold}>
                <ul className="plain told-list">
                  {company.told.map(({ claim, words, firstMs }, at) => <li key={at}><span className="faint numbers">{date(firstMs)}</span><span><strong>{claimName(claim)}</strong>: {words.length === 0 ? noiseCopy.nothing : words.join('; ')}</span></li>)}
                </ul>
              </Disclosure>
              {company.history.length < 2 ? null : <Disclosure summary={crowdCopy.history}><CrowdSteps label={crowdCopy.history} everybody={data.everybody.fewest} floor={floor} mark={crowdCopy.mark(floor)} steps={company.history.map(({ atMs, crowd }) => ({ key: String(atMs), label: date(atMs), words: crowdWords(crowd), people: crowd.fewest }))} /></Disclosure>}
              <p className="faint">{crowdCopy.estimate}</p>
            </>
          )}
          <Closeness company={company} />
          <FloorField exposure={data} company={company} />
        </div>
        <Crowd label={company.told.length === 0 ? crowdCopy.toldNothing(company.name) : crowdCopy.toldFits(company.crowd)} people={company.crowd.fewest} everybody={data.everybody.fewest} floor={floor} />
      </div>
    </Card>
  );
}

/** The crowd an answer leaves the person in: the picture, the number in words, and how each claim makes it smaller. */
import type { Output } from '../../../shared/api/contract.ts';
import { claimInSentence } from '../copy/claims.ts';
import { crowdCopy, crowdWords } from '../copy/crowd.ts';
import { href } from '../state/route.ts';
import { Crowd, CrowdSteps } from '../ui/crowd/crowd.tsx';
import { Disclosure, Note } from '../ui/surfaces.tsx';

export type CrowdOfAnswer = Output<'requests.preview'>['crowd'];

export function CrowdOf({ crowd, name }: { readonly crowd: CrowdOfAnswer; readonly name: string }) {
  const { floor, everybody, before, pooled } = crowd;
  const after = crowd.steps.at(-1)?.after ?? before;
  const knows = before.fewest !== everybody.fewest;
  const steps = [
    { key: 'everybody', label: crowdCopy.everybody, words: crowdWords(everybody), people: everybody.fewest },
    ...(knows ? [{ key: 'before', label: crowdCopy.before(name), words: crowdWords(before), people: before.fewest }] : []),
    ...crowd.steps.map(({ claim, after: with_ }) => ({ key: claim, label: crowdCopy.with(claimInSentence(claim)), words: crowdWords(with_), people: with_.fewest })),
  ];
  return (
    <section className="stack" aria-label={crowdCopy.title}>
      <h3>{crowdCopy.title}</h3>
      <Crowd label={crowdCopy.lead(name, after)} people={after.fewest} everybody={everybody.fewest} floor={floor} />
      <p><strong>{crowdCopy.lead(name, after)}</strong></p>
      {after.fewest < floor ? <Note tone="amber">{crowdCopy.below(name)}</Note> : <p className="soft">{crowdCopy.floor(floor)}</p>}
      <Disclosure summary={crowdCopy.steps}>
        <div className="stack">
          <CrowdSteps label={crowdCopy.steps} steps={steps} everybody={everybody.fewest} floor={floor} mark={crowdCopy.mark(floor)} />
          <p className="soft">{crowdCopy.pooled(pooled)}</p>
          <p className="faint">{crowdCopy.estimate} <a href={href('learn', ['crowd'])}>{crowdCopy.learn}</a></p>
        </div>
      </Disclosure>
    </section>
  );
}

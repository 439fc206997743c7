/** The exact answer that would leave: in words first, as it stands in the data behind a fold. */
import type { Output } from '../../../shared/api/contract.ts';
import { answerCopy } from '../copy/answer.ts';
import { noiseCopy } from '../copy/noise.ts';
import { claimName, stepName, WITHHELD_WORDS } from '../copy/claims.ts';
import { Badge, Disclosure } from '../ui/surfaces.tsx';

export type AnswerClaim = Output<'requests.preview'>['claims'][number];

/** What the company would receive, as one JSON object; claims with nothing to say are not in it. */
const asJson = (claims: readonly AnswerClaim[]): string => JSON.stringify(Object.fromEntries(claims.filter((claim) => claim.value !== null).map((claim) => [claim.claim, claim.value])), null, 2);

const MOST_WORDS = 12;

export function Answer({ claims }: { readonly claims: readonly AnswerClaim[] }) {
  return (
    <div className="stack">
      <dl className="answer">
        {claims.map((claim) => (
          <div key={claim.claim} className="answer-claim">
            <dt>{claimName(claim.claim)} <span className="faint">{stepName(claim.claim, claim.precision)}</span>{claim.noise === null ? null : <> <Badge tone="accent">{noiseCopy.badge(claim.noise)}</Badge></>}</dt>
            <dd>
              {claim.value === null || claim.words.length === 0
                ? <span className="soft">{claim.noise === null || claim.value === null ? answerCopy.nothing : noiseCopy.nothing}</span>
                : <ul className="plain answer-words">{claim.words.slice(0, MOST_WORDS).map((word, index) => <li key={index}>{word}</li>)}{claim.words.length > MOST_WORDS ? <li className="faint">{answerCopy.more(claim.words.length - MOST_WORDS)}</li> : null}</ul>}
              {claim.withheld.filter((held) => held.reason !== 'nothing-known' && held.count > 0).map((held) => <p key={held.reason} className="faint">{answerCopy.heldBack} {WITHHELD_WORDS[held.reason](held.count)}</p>)}
            </dd>
          </div>
        ))}
      </dl>
      <Disclosure summary={answerCopy.raw}><pre className="raw" tabIndex={0}>{asJson(claims)}</pre></Disclosure>
    </div>
  );
}

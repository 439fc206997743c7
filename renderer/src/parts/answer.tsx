/** The exact answer that would leave: in words first, as it stands in the data behind a fold. */
import type { Output } from '../../../shared/api/contract.ts';
import { answerCopy } from '../copy/answer.ts';
import { noiseCopy } from '../copy/noise.ts';
import { CLAIM_WORDS, claimName, stepName, WITHHELD_WORDS } from '../copy/claims.ts';
import { Badge, Disclosure } from '../ui/surfaces.tsx';

export type AnswerClaim = Output<'requests.preview'>['claims'][number];

/** What the company would receive, as one JSON object; claims with nothing to say are not in it. */
const asJson = (claims: readonly AnswerClaim[]): string => JSON.stringify(Object.fromEntries(claims.filter((claim) => claim.value !== null).map((claim) => [claim.claim, claim.value])), null, 2);

const MOST_WORDS = 12;

export function Answer({ claims }: { readonly claims: readonly AnswerClaim[] }) {
  const held = claims.map(({ claim, withheld }) => ({ claim, withheld: withheld.filter(({ reason, count }) => reason !== 'nothing-known' && count > 0) })).filter(({ withheld }) => withheld.length > 0);
  return (
    <div className="stack">
      <dl className="answer">
        {claims.map((claim) => (
          <div key={claim.claim} className="answer-claim">
            <dt>{claimName(claim.claim)}{CLAIM_WORDS[claim.claim].steps.length === 1 ? null : <>, <span className="faint">{stepName(claim.claim, claim.precision)}</span></>}{claim.noise === null ? null : <> <Badge tone="accent">{noiseCopy.badge(claim.noise)}</Badge></>}</dt>
            <dd>
              {claim.value === null || claim.words.length === 0
                ? <span className="soft">{claim.noise === null || claim.value === null ? answerCopy.nothing : noiseCopy.nothing}</span>
                : <ul className="plain answer-words">{claim.words.slice(0, MOST_WORDS).map((word, index) => <li key={index}>{word}</li>)}{claim.words.length > MOST_WORDS ? <li className="faint">{answerCopy.more(claim.words.length - MOST_WORDS)}</li> : null}</ul>}
            </dd>
          </div>
        ))}
      </dl>
      {held.length === 0 ? null : (
        <Disclosure summary={answerCopy.stays(held.reduce((sum, { withheld }) => sum + withheld.reduce((all, { count }) => all + count, 0), 0))}>
          <dl className="answer-held">
            {held.map(({ claim, withheld }) => <div key={claim}><dt>{claimName(claim)}</dt>{withheld.map(({ reason, count }) => <dd key={reason} className="soft">{WITHHELD_WORDS[reason](count)}</dd>)}</div>)}
          </dl>
        </Disclosure>
      )}
      <Disclosure summary={answerCopy.raw}><pre className="raw" tabIndex={0}>{asJson(claims)}</pre></Disclosure>
    </div>
  );
}

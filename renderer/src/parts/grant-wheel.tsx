/** The small wheel of one permission: what it would light up today. */
import { useEffect, useState } from 'react';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import { call, on } from '../bridge/client.ts';
import { SmallWheel } from '../ui/wheel/wheel.tsx';
import type { AnswerClaim } from './answer.tsx';
import type { CrowdOfAnswer } from './crowd-of-answer.tsx';
import { useWheel } from './use-wheel.ts';
import { askedAreas, litAreas } from './wheel-data.ts';

interface GrantAnswer { readonly claims: readonly AnswerClaim[] | null; readonly crowd: CrowdOfAnswer | null; readonly failed: unknown }

/** The exact answer a permission gives now; asked again when it, what it has lost by fading, the profile, or what companies may know changes. */
export function useGrantAnswer(grantId: string, version: number, lost = 0): GrantAnswer {
  const [answer, setAnswer] = useState<GrantAnswer>({ claims: null, crowd: null, failed: null });
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const changed = (): void => { setChanges((count) => count + 1); };
    const ends = [on('exposure.changed', changed), on('profile.changed', changed)];
    return () => { for (const end of ends) end(); };
  }, []);
  useEffect(() => {
    let wanted = true;
    call('grants.preview', { grantId }).then(
      ({ claims, crowd }) => { if (wanted) setAnswer({ claims, crowd, failed: null }); },
      (failed: unknown) => { if (wanted) setAnswer({ claims: null, crowd: null, failed }); },
    );
    return () => { wanted = false; };
  }, [grantId, version, lost, changes]);
  return answer;
}

export function GrantWheel({ grantId, version, claims, label, size }: { readonly grantId: string; readonly version: number; readonly claims: readonly { readonly claim: Claim; readonly precision: number }[]; readonly label: string; readonly size: number }) {
  const wheel = useWheel();
  const answer = useGrantAnswer(grantId, version);
  return <SmallWheel areas={wheel?.areas ?? []} overlay={{ lit: wheel && answer.claims ? litAreas(answer.claims, wheel.taxonomy) : {}, asked: wheel ? askedAreas(claims, wheel.taxonomy) : {} }} label={label} size={size} />;
}

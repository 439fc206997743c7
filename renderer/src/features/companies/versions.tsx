/** How a permission was given and how it changed, with what the screen said then. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { asAppError, call } from '../../bridge/client.ts';
import { careCopy } from '../../copy/care.ts';
import { cadenceWords, claimWithStep } from '../../copy/claims.ts';
import { crowdWords } from '../../copy/crowd.ts';
import { date, dateTime } from '../../../../shared/language/format.ts';
import { requestsCopy } from '../../copy/requests.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Disclosure, Skeleton } from '../../ui/surfaces.tsx';
import './companies.css';

type Version = Output<'grants.versions'>['versions'][number];

export function VersionList({ grantId, version }: { readonly grantId: string; readonly version: number }) {
  const [versions, setVersions] = useState<readonly Version[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let wanted = true;
    call('grants.versions', { grantId }).then((answer) => { if (wanted) setVersions(answer.versions); }, (thrown: unknown) => { if (wanted) setFailure(thrown); });
    return () => { wanted = false; };
  }, [grantId, version]);
  if (versions === null) return failure === null ? <Skeleton lines={2} /> : <ErrorNote error={asAppError(failure)} />;
  return (
    <ol className="plain history">
      {versions.toReversed().map((one) => (
        <li key={one.version}>
          <span className="faint numbers">{dateTime(one.atMs)}</span>
          <span className="stack-tight">
            <strong>{careCopy.changes[one.change]}</strong>
            <span>{careCopy.version(one.claims.map(({ claim, precision }) => claimWithStep(claim, precision)), cadenceWords(one.cadence), date(one.expiresAtMs), one.purposes.map(({ label }) => label))} <span className="soft">{careCopy.versionMore(one.fadeEvery, one.noise, one.crowd === null ? null : crowdWords(one.crowd))}</span></span>
            {one.shown === null ? null : (
              <Disclosure summary={careCopy.shown}>
                <div className="stack-tight">
                  {(['enforced', 'declared', 'claimed'] as const).map((kind) => (one.shown === null || one.shown[kind].length === 0 ? null : <div key={kind}><p><strong>{requestsCopy.kinds[kind].title}</strong></p><ul className="bullets">{one.shown[kind].map((sentence) => <li key={sentence} className="soft">{sentence}</li>)}</ul></div>))}
                </div>
              </Disclosure>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

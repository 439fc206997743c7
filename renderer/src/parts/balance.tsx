/** What the choices are worth to the company against the crowd they leave, and moving the point between the two. */
import { useEffect, useState, type ReactNode } from 'react';
import type { Input, Output } from '../../../shared/api/contract.ts';
import { call } from '../bridge/client.ts';
import { balanceCopy } from '../copy/balance.ts';
import { claimName } from '../copy/claims.ts';
import { crowdCopy } from '../copy/crowd.ts';
import { Curve } from '../ui/curve/curve.tsx';
import { Note, Skeleton } from '../ui/surfaces.tsx';

type Balance = Output<'requests.balance'>;
const PAUSE_MS = 300;

/** What is weighed: choices for a request, or a permission there is. */
type Asked = { readonly method: 'requests.balance'; readonly input: Input<'requests.balance'> } | { readonly method: 'grants.balance'; readonly input: Input<'grants.balance'> };
const weigh = (asked: Asked): Promise<Balance> => (asked.method === 'requests.balance' ? call(asked.method, asked.input) : call(asked.method, asked.input));

/** `floor`: chosen for this company, null for the one that `holds`. `version`: changes when what is weighed may have. */
export function BalanceOf({ ask, name, holds, floor, onFloor, note, version = '' }: { readonly ask: Asked; readonly name: string; readonly holds: number; readonly floor: number | null; readonly onFloor: (floor: number) => void; /** Beside a floor that was chosen and does not hold yet. */ readonly note?: ReactNode; readonly version?: string }) {
  const [balance, setBalance] = useState<Balance | null>(null);
  const asked = JSON.stringify(ask);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      // The preview above says what is wrong, if anything is.
      weigh(JSON.parse(asked) as Asked).then((answer) => { if (wanted) setBalance(answer); }, () => undefined);
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [asked, version]);
  if (balance === null) return <Skeleton lines={4} />;
  const { curve } = balance;
  const chosen = floor ?? holds;
  const at = Math.max(0, curve.findLastIndex((point) => point.floor <= chosen));
  const { usefulness } = balance;
  return (
    <section className="stack" aria-label={balanceCopy.title}>
      <h3>{balanceCopy.title}</h3>
      <p><strong>{balanceCopy.useful(name, usefulness, ask.method === 'grants.balance' ? 'allowed' : 'asked')}</strong></p>
      {usefulness === null ? null : (
        <>
          <Curve
            label={balanceCopy.curve(name)} less={balanceCopy.less} more={balanceCopy.more} top={balanceCopy.top} bottom={balanceCopy.bottom} at={at} onChange={(next) => { onFloor(curve[next]?.floor ?? holds); }}
            points={curve.map((point) => ({ key: point.floor, value: point.usefulness ?? 0, label: balanceCopy.tick(point.floor), words: balanceCopy.point(point.floor, point.usefulness, point.crowd) }))}
          />
          <div className="balance-note">{floor === null || floor === holds ? <p className="faint">{crowdCopy.floor(holds)}</p> : <Note tone={floor < holds ? 'amber' : 'accent'}>{floor < holds ? `${crowdCopy.loosen(holds, floor)} ` : ''}{note ?? balanceCopy.counts(name)}</Note>}</div>
          {balance.worth.length < 2 ? null : (
            <dl className="balance-worth" aria-label={balanceCopy.worth}>
              <div><dt className="field-label">{balanceCopy.worth}</dt></div>
              {balance.worth.map(({ claim, adds }) => <div key={claim}><dt>{claimName(claim)}</dt><dd className="soft numbers">{balanceCopy.adds(adds)}</dd></div>)}
            </dl>
          )}
        </>
      )}
      <p className="faint">{balanceCopy.how}</p>
    </section>
  );
}

/** What the choices are worth to the company against the crowd they leave, and moving the point between the two. */
import { useEffect, useState } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { balanceCopy } from '../../copy/balance.ts';
import { claimName } from '../../copy/claims.ts';
import { crowdCopy } from '../../copy/crowd.ts';
import { number } from '../../copy/format.ts';
import { Curve } from '../../ui/curve/curve.tsx';
import { Note, Skeleton } from '../../ui/surfaces.tsx';

type Balance = Output<'requests.balance'>;
const PAUSE_MS = 300;

/** `floor`: chosen for this company, null for the one that `holds`. */
export function BalanceOf({ choices, name, holds, floor, onFloor }: { readonly choices: Input<'requests.balance'>; readonly name: string; readonly holds: number; readonly floor: number | null; readonly onFloor: (floor: number) => void }) {
  const [balance, setBalance] = useState<Balance | null>(null);
  const asked = JSON.stringify(choices);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      // The preview above says what is wrong, if anything is.
      call('requests.balance', JSON.parse(asked) as Input<'requests.balance'>).then((answer) => { if (wanted) setBalance(answer); }, () => undefined);
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [asked]);
  if (balance === null) return <Skeleton lines={4} />;
  const { curve } = balance;
  const chosen = floor ?? holds;
  const at = Math.max(0, curve.findLastIndex((point) => point.floor <= chosen));
  const { usefulness } = balance;
  return (
    <section className="stack" aria-label={balanceCopy.title}>
      <h3>{balanceCopy.title}</h3>
      <p><strong>{balanceCopy.useful(name, usefulness)}</strong></p>
      {usefulness === null ? null : (
        <>
          <Curve
            label={balanceCopy.curve(name)} less={balanceCopy.less} more={balanceCopy.more} at={at} onChange={(next) => { onFloor(curve[next]?.floor ?? holds); }}
            points={curve.map((point) => ({ key: point.floor, value: point.usefulness ?? 0, label: number(point.floor), words: balanceCopy.point(point.floor, point.usefulness, point.crowd) }))}
          />
          {floor === null || floor === holds ? null : <Note tone={floor < holds ? 'amber' : 'accent'}>{floor < holds ? `${crowdCopy.loosen(holds, floor)} ` : ''}{balanceCopy.counts(name)}</Note>}
          {balance.worth.length < 2 ? null : (
            <dl className="balance-worth" aria-label={balanceCopy.worth}>
              {balance.worth.map(({ claim, adds }) => <div key={claim}><dt>{claimName(claim)}</dt><dd className="soft numbers">{balanceCopy.adds(adds)}</dd></div>)}
            </dl>
          )}
        </>
      )}
      <p className="faint">{balanceCopy.how}</p>
    </section>
  );
}

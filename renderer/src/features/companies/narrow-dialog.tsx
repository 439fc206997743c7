/** Making a permission smaller: fewer claims, coarser, shorter, slower. Never the other way. */
import { useState } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import type { Claim } from '../../../../shared/protocol/vocabulary.ts';
import { call } from '../../bridge/client.ts';
import { careCopy } from '../../copy/care.ts';
import { cadenceWords, claimName, stepName } from '../../copy/claims.ts';
import { controls } from '../../copy/controls.ts';
import { date, DAY_MS, labelled } from '../../../../shared/language/format.ts';
import { companiesCopy } from '../../copy/requests.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useTask } from '../../parts/use-task.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Segmented, Select } from '../../ui/fields.tsx';
import { Note } from '../../ui/surfaces.tsx';
import './companies.css';

type Grant = Output<'grants.list'>['grants'][number];

const SHORTER_DAYS = [60, 30, 14, 7, 1];
const KEEP = 'keep';

export function NarrowDialog({ grant, onClose, onNarrowed }: { readonly grant: Grant; readonly onClose: () => void; readonly onNarrowed: () => void }) {
  const [kept, setKept] = useState<Partial<Readonly<Record<Claim, number>>>>(() => Object.fromEntries(grant.claims.map(({ claim, precision }) => [claim, precision])));
  const [purposes, setPurposes] = useState<readonly string[]>(() => grant.purposes.map(({ iri }) => iri));
  const [ends, setEnds] = useState<string>(KEEP);
  const [max, setMax] = useState<string>(String(grant.cadence.max));
  const nowMs = useNow();
  const task = useTask();
  const claims = grant.claims.flatMap(({ claim }) => {
    const precision = kept[claim];
    return precision === undefined ? [] : [{ claim, precision }];
  });
  const fewer = claims.length < grant.claims.length || claims.some((claim) => claim.precision !== grant.claims.find((own) => own.claim === claim.claim)?.precision);
  const slower = Number(max) !== grant.cadence.max;
  const dropped = purposes.length < grant.purposes.length;
  const changed = fewer || slower || dropped || ends !== KEEP;
  const shorter = SHORTER_DAYS.filter((count) => nowMs + count * DAY_MS < grant.expiresAtMs);
  const paces = [...new Set([grant.cadence.max, ...[1, 2, 3, 5, 10, 50].filter((count) => count < grant.cadence.max).reverse()])];
  const store = (input: Input<'grants.narrow'>) => {
    task.run(async () => {
      await call('grants.narrow', input);
      showToast(companiesCopy.narrowed);
      onNarrowed();
      onClose();
    });
  };
  const coarser = grant.claims.map(({ claim, precision }) => ({ claim, precision: Math.max(1, precision - 1) }));
  const save = () => {
    store({
      grantId: grant.grantId, ...(fewer ? { claims } : {}), ...(ends === KEEP ? {} : { expiresAtMs: Date.now() + Number(ends) * DAY_MS }),
        ...(dropped ? { purposes: [...purposes] } : {}),
        ...(slower ? { cadence: { max: Number(max), per: grant.cadence.per } } : {}),
    });
  };
  const set = (claim: Claim, precision: number | undefined) => {
    const others = Object.fromEntries(Object.entries(kept).filter(([name]) => name !== claim)) as Partial<Record<Claim, number>>;
    setKept(precision === undefined ? others : { ...others, [claim]: precision });
  };
  return (
    <Dialog
      title={companiesCopy.narrowTitle(grant.company.name)} shape="wide" onClose={onClose}
      actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={!changed || claims.length === 0 || purposes.length === 0} onClick={save}>{companiesCopy.narrowAction}</Button></>}
    >
      <p className="soft">{companiesCopy.narrowLead}</p>
      {grant.claims.some(({ precision }) => precision > 1) ? <div className="row"><Button busy={task.busy} onClick={() => { store({ grantId: grant.grantId, claims: coarser }); }}>{careCopy.coarser}</Button><span className="faint">{careCopy.coarserHint}</span></div> : null}
      <ul className="plain narrow-list">
        {grant.claims.map(({ claim, precision }) => {
          const chosen = kept[claim];
          return (
            <li key={claim} className="row-between">
              <Checkbox label={claimName(claim)} checked={chosen !== undefined} onChange={(ticked) => { set(claim, ticked ? precision : undefined); }} />
              {chosen === undefined ? null : precision > 1 ? (
                <Segmented<string> legend={labelled(companiesCopy.keep, claimName(claim))} value={String(chosen)} onChange={(step) => { set(claim, Number(step)); }} options={Array.from({ length: precision }, (_, index) => ({ value: String(index + 1), label: stepName(claim, index + 1) }))} />
              ) : <span className="faint">{stepName(claim, 1)}</span>}
            </li>
          );
        })}
      </ul>
      <div className="two-fields">
        <Select<string> label={companiesCopy.ends} value={ends} onChange={setEnds} options={[{ value: KEEP, label: `${date(grant.expiresAtMs)} (${companiesCopy.earlier})` }, ...shorter.map((count) => ({ value: String(count), label: companiesCopy.inDays(count) }))]} />
        <Select<string> label={companiesCopy.pace} value={max} onChange={setMax} options={paces.map((count) => ({ value: String(count), label: cadenceWords({ max: count, per: grant.cadence.per }) }))} />
      </div>
      {grant.purposes.length < 2 ? null : (
        <fieldset className="stack-tight narrow-purposes">
          <legend className="field-label">{careCopy.purposes}</legend>
          {grant.purposes.map(({ iri, label }) => <Checkbox key={iri} label={label} checked={purposes.includes(iri)} onChange={(ticked) => { setPurposes(ticked ? [...purposes, iri] : purposes.filter((kept) => kept !== iri)); }} />)}
        </fieldset>
      )}
      {purposes.length === 0 ? <Note tone="amber" live>{careCopy.noPurpose}</Note> : null}
      {claims.length === 0 ? <Note tone="amber" live>{companiesCopy.narrowNothing}</Note> : null}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

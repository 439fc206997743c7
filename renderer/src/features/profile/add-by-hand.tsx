/** Saying something about oneself: a kind, then the fitting choices. */
import { useEffect, useMemo, useState } from 'react';
import { CLAIMS, type Claim } from '../../../../shared/protocol/vocabulary.ts';
import { call } from '../../bridge/client.ts';
import { CLAIM_WORDS } from '../../copy/claims.ts';
import { addCopy, CHOICES, COUNTRIES, LANGUAGES, closedCopy } from '../../copy/profile.ts';
import { controls } from '../../copy/controls.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTask } from '../../parts/use-task.ts';
import { TopicPicker } from '../../parts/topic-picker.tsx';
import { useTaxonomy } from '../../parts/use-wheel.ts';
import type { TaxonomyNode } from '../../parts/wheel-data.ts';
import { profileResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioGroup, Select, TextField, type Option } from '../../ui/fields.tsx';
import { Skeleton } from '../../ui/surfaces.tsx';
import { compareWords, locale } from '../../../../shared/language/message.ts';

const NODE_KIND: Partial<Readonly<Record<Claim, TaxonomyNode['kind']>>> = { interest: 'interest', avoid: 'interest', genre: 'genre', intent: 'department' };


const named = (codes: readonly string[], type: 'region' | 'language'): readonly Option<string>[] => {
  const names = new Intl.DisplayNames(locale(), { type });
  return codes.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) => compareWords(a.label, b.label));
};

/** States or provinces of a country, by name; empty until they are here, and for a country without. */
function usePartsOf(country: string): readonly Option<string>[] {
  const [found, setFound] = useState<{ readonly country: string; readonly parts: readonly Option<string>[] } | null>(null);
  useEffect(() => {
    if (country === '') return;
    let isCurrent = true;
    call('profile.parts', { country }).then(({ parts }) => {
      if (isCurrent) setFound({ country, parts: parts.map(({ code, name }) => ({ value: code, label: name })).sort((a, b) => compareWords(a.label, b.label)) });
    }, () => undefined);
    return () => { isCurrent = false; };
  }, [country]);
  return found?.country === country ? found.parts : [];
}

export function AddByHand({ first = 'interest', onClose }: { /** Kind that is chosen to begin with. */ readonly first?: Claim; readonly onClose: () => void }) {
  const taxonomy = useTaxonomy();
  const [claim, setClaim] = useState<Claim>(first);
  const [value, setValue] = useState('');
  const [second, setSecond] = useState('');
  const [horizon, setHorizon] = useState<keyof typeof addCopy.horizons>('4');
  const task = useTask();
  const countries = useMemo(() => named(COUNTRIES, 'region'), []);
  const languages = useMemo(() => named(LANGUAGES, 'language'), []);
  const parts = usePartsOf(claim === 'region' ? value : '');
  const departments = taxonomy?.nodes.filter((node) => node.kind === 'department' && node.level === 1 && !node.closed) ?? [];
  const departmentOptions: readonly Option<string>[] = [{ value: '', label: addCopy.department }, ...departments.map((node) => ({ value: node.id, label: node.label }))];

  const complete = claim === 'price_band' || claim === 'size'
    ? (value !== '' && second.trim() !== '' ? `${value}:${second.trim()}` : '')
    : claim === 'channel' ? (second === '' || value === 'none' ? value : `${value}:${second}`)
    : claim === 'region' ? second || value
    : value.trim();
  const change = (next: Claim) => {
    setClaim(next);
    setValue('');
    setSecond('');
    task.clear();
  };
  const add = () => {
    if (complete === '') return;
    task.run(async () => {
      const added = await call('profile.declare', { claim, value: complete, ...(claim === 'intent' ? { horizonWeeks: Number(horizon) } : {}) });
      // What is kept in the closed part can be taken back there.
      if (added.sensitive) showToast(closedCopy.added);
      else showToast(addCopy.added(added.label), () => { call('profile.delete', { id: added.id }).then(() => profileResource.getState().load(), () => undefined).catch(() => undefined); });
      await profileResource.getState().load();
      onClose();
    });
  };
  const choice = (list: readonly Option<string>[]) => <Select<string> label={addCopy.value} value={value} onChange={setValue} options={[{ value: '', label: '…' }, ...list]} />;

  const body = () => {
    const kind = NODE_KIND[claim];
    if (kind !== undefined) {
      // A genre's top node is its medium ("Film"), which is not a genre.
      return (
        <>
          {taxonomy === null ? <Skeleton lines={5} /> : <TopicPicker key={claim} among={taxonomy.nodes.filter((node) => node.kind === kind && (kind !== 'genre' || node.level > 1))} taxonomy={taxonomy} value={value} onChange={setValue} />}
          {claim === 'intent' ? <Select label={addCopy.horizon} value={horizon} onChange={setHorizon} options={(Object.keys(addCopy.horizons) as (keyof typeof addCopy.horizons)[]).map((weeks) => ({ value: weeks, label: addCopy.horizons[weeks] }))} /> : null}
        </>
      );
    }
    switch (claim) {
      case 'brand': return <TextField label={addCopy.brand} value={value} onChange={setValue} maxLength={100} />;
      case 'price_band': return (
        <>
          <Select<string> label={addCopy.department} value={value} onChange={setValue} options={departmentOptions} />
          <RadioGroup<string> legend={addCopy.band} value={second} onChange={setSecond} options={Object.entries(addCopy.bands).map(([band, label]) => ({ value: band, label }))} />
        </>
      );
      case 'size': return (
        <>
          <Select<string> label={addCopy.department} value={value} onChange={setValue} options={departmentOptions} />
          <TextField label={addCopy.size} hint={addCopy.sizeHint} value={second} onChange={setSecond} maxLength={20} />
        </>
      );
      case 'region': return (
        <>
          <Select<string> label={addCopy.country} value={value} onChange={(country) => { setValue(country); setSecond(''); }} options={[{ value: '', label: addCopy.noCountry }, ...countries]} />
          {parts.length === 0 ? null : <Select<string> label={addCopy.part} hint={addCopy.partHint} value={second} onChange={setSecond} options={[{ value: '', label: addCopy.noPart }, ...parts]} />}
        </>
      );
      case 'language': return choice(languages);
      case 'units': return <RadioGroup<string> legend={addCopy.value} value={value} onChange={setValue} options={Object.entries(addCopy.units).map(([unit, label]) => ({ value: unit, label }))} />;
      case 'age': return choice(CHOICES.age);
      case 'style': return choice(CHOICES.style);
      case 'colour': return choice(CHOICES.colour);
      case 'accessibility': return choice(CHOICES.accessibility);
      case 'channel': return (
        <>
          {choice(CHOICES.channel)}
          {value === '' || value === 'none' ? null : <Select<string> label={addCopy.often} value={second} onChange={setSecond} options={[{ value: '', label: addCopy.anyTime }, ...CHOICES.often]} />}
        </>
      );
      default: return null;
    }
  };

  return (
    <Dialog
      title={addCopy.title} onClose={onClose}
      actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={complete === ''} onClick={add}>{addCopy.action}</Button></>}
    >
      <p className="soft">{addCopy.lead}</p>
      <Select<Claim> label={addCopy.kind} hint={CLAIM_WORDS[claim].says} value={claim} onChange={change} options={CLAIMS.map((name) => ({ value: name, label: CLAIM_WORDS[name].name }))} />
      {body()}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

/** Choices kept under a name: filling a request in from them, keeping the present ones, and the list of them. */
import { useState } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { careCopy } from '../../copy/care.ts';
import { cadenceWords, claimWithStep } from '../../copy/claims.ts';
import { controls } from '../../copy/controls.ts';
import { days, labelled } from '../../../../shared/language/format.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useTask } from '../../parts/use-task.ts';
import { useResource } from '../../state/resource.ts';
import { templatesResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Badge, Card } from '../../ui/surfaces.tsx';
import { SubmitByEnter } from '../../ui/bare.tsx';
import './requests.css';

export type Template = Output<'templates.list'>['templates'][number];
type Body = Omit<Input<'templates.save'>, 'name'>;

const NONE = '';

export function TemplatePicker({ onPick }: { readonly onPick: (template: Template) => void }) {
  const { data } = useResource(templatesResource);
  if (data === null) return null;
  const pick = (id: string) => {
    const template = data.templates.find(({ templateId }) => templateId === id);
    if (template) onPick(template);
  };
  return <Select<string> label={careCopy.template} hideLabel small value={NONE} onChange={pick} options={[{ value: NONE, label: careCopy.template }, ...data.templates.map(({ templateId, name }) => ({ value: templateId, label: name }))]} />;
}

export function KeepTemplate({ body, onClose }: { readonly body: Body; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const task = useTask();
  const save = () => {
    if (name.trim() === '') return;
    task.run(async () => {
      await call('templates.save', { name: name.trim(), ...body });
      await templatesResource.getState().load();
      showToast(careCopy.templateSaved(name.trim()));
      onClose();
    });
  };
  return (
    <Dialog title={careCopy.templateTitle} onClose={onClose} actions={<><Button onClick={onClose}>{controls.cancel}</Button><Button variant="primary" busy={task.busy} disabled={name.trim() === ''} onClick={save}>{careCopy.templateSave}</Button></>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <TextField label={careCopy.templateName} hint={careCopy.templateHint} value={name} onChange={setName} maxLength={60} autoFocus />
        <p className="soft">{sayTemplate(body)}</p>
        <SubmitByEnter />
      </form>
      {task.error ? <ErrorNote error={task.error} /> : null}
    </Dialog>
  );
}

const sayTemplate = ({ claims, durationDays, cadence }: Body): string => careCopy.templateSays(
  claims.map(({ claim, precision }) => claimWithStep(claim, precision)), [...(cadence === null ? [] : [cadenceWords(cadence)]), ...(durationDays === null ? [] : [careCopy.templateDays(days(durationDays))])],
);

function Line({ template }: { readonly template: Template }) {
  const task = useTask();
  const { templateId, name, shipped, claims, durationDays, cadence } = template;
  const remove = () => {
    task.run(async () => {
      await call('templates.delete', { templateId });
      await templatesResource.getState().load();
      showToast(careCopy.templateDeleted(name), () => { call('templates.save', { name, claims, durationDays, cadence }).then(() => templatesResource.getState().load(), () => undefined).catch(() => undefined); });
    });
  };
  return (
    <li className="row-between request-line">
      <span className="stack-tight"><strong>{name}</strong><span className="soft">{sayTemplate(template)}</span>{task.error ? <ErrorNote error={task.error} /> : null}</span>
      {shipped ? <span><Badge>{careCopy.shipped}</Badge></span> : <span><Button small busy={task.busy} aria-label={labelled(careCopy.templateDelete, name)} onClick={remove}>{careCopy.templateDelete}</Button></span>}
    </li>
  );
}

export function TemplatesCard() {
  return (
    <Card title={careCopy.templates}>
      <div className="stack">
        <p className="soft">{careCopy.templatesLead}</p>
        <Loaded store={templatesResource} lines={3}>{({ templates }) => <ul className="plain request-list">{templates.map((template) => <Line key={template.templateId} template={template} />)}</ul>}</Loaded>
      </div>
    </Card>
  );
}

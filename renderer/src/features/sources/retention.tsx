/** For each source: keep its records, or only what they say. */
import { useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import type { SourceId } from '../../../../shared/domain/records.ts';
import { call } from '../../bridge/client.ts';
import { number } from '../../../../shared/language/format.ts';
import { retentionCopy, sourceName } from '../../copy/sources.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useTask } from '../../parts/use-task.ts';
import { importsResource, profileResource, retentionResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/fields.tsx';
import { Card } from '../../ui/surfaces.tsx';
import { Table } from '../../ui/table.tsx';

type Report = Output<'sources.imports'>['imports'][number];
type Keep = keyof typeof retentionCopy.options;
interface Row { readonly source: SourceId; readonly records: number; readonly keep: Keep }
const OPTIONS = (Object.keys(retentionCopy.options) as Keep[]).map((value) => ({ value, label: retentionCopy.options[value] }));

export function Retention({ imports }: { readonly imports: readonly Report[] }) {
  const [asking, setAsking] = useState<SourceId | null>(null);
  const task = useTask();
  const set = (source: SourceId, keep: Keep) => {
    task.run(async () => {
      const { forgotten } = await call('sources.setRetention', { source, keep });
      await Promise.all([retentionResource.getState().load(), importsResource.getState().load(), profileResource.getState().load()]);
      showToast(keep === 'records' ? retentionCopy.kept : retentionCopy.forgotten(forgotten));
      setAsking(null);
    });
  };
  const live = imports.filter(({ state }) => state !== 'undone' && state !== 'failed');
  const sources = [...new Set(live.map(({ source }) => source))];
  if (sources.length === 0) return null;
  const recordsOf = (source: SourceId): number => live.filter((report) => report.source === source && !report.forgotten).reduce((sum, { added }) => sum + added, 0);
  return (
    <Card title={retentionCopy.title}>
      <p className="soft">{retentionCopy.lead}</p>
      <Loaded store={retentionResource} lines={2}>
        {({ conclusionsOnly }) => (
          <Table<Row>
            caption={retentionCopy.title} step={20} rowKey={({ source }) => source}
            rows={sources.map((source) => ({ source, keep: conclusionsOnly.includes(source) ? 'conclusions' : 'records', records: recordsOf(source) }))}
            columns={[
              { key: 'source', label: retentionCopy.source, heads: true, cell: ({ source }) => sourceName(source) },
              { key: 'records', label: retentionCopy.records, number: true, cell: ({ records }) => number(records) },
              { key: 'keep', label: retentionCopy.keep, cell: ({ source, keep }) => <Select<Keep> small hideLabel label={retentionCopy.keepOf(sourceName(source))} value={keep} options={OPTIONS} disabled={task.busy} onChange={(value) => { if (value === 'conclusions') setAsking(source); else set(source, value); }} /> },
            ]}
          />
        )}
      </Loaded>
      {asking === null ? (task.error ? <ErrorNote error={task.error} /> : null) : (
        <ConfirmDialog title={retentionCopy.title2(sourceName(asking))} confirm={retentionCopy.action(recordsOf(asking))} danger busy={task.busy} onConfirm={() => { set(asking, 'conclusions'); }} onClose={() => { setAsking(null); task.clear(); }}>
          {retentionCopy.text.map((sentence) => <p key={sentence}>{sentence}</p>)}
          {task.error ? <ErrorNote error={task.error} /> : null}
        </ConfirmDialog>
      )}
    </Card>
  );
}

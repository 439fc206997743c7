/** Sources: bring files in, see what came in, take it back, learn how to get them. */
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { dateShort, labelled, number } from '../../../../shared/language/format.ts';
import { retentionCopy, sourceName, sourcesCopy } from '../../copy/sources.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useTask } from '../../parts/use-task.ts';
import { loadJobs } from '../../state/jobs.ts';
import { importsResource, mappingsResource, profileResource } from '../../state/resources.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { FolderIcon, SampleIcon } from '../../ui/icons.ts';
import { Badge, Card, EmptyState, Note, Page } from '../../ui/surfaces.tsx';
import { Guides } from './guides.tsx';
import { ImportFlow } from './import-flow.tsx';
import { Issues } from './issues.tsx';
import { Retention } from './retention.tsx';
import { OwnList } from './own-list.tsx';
import { WatchedFolder } from './watched.tsx';
import './sources.css';

type Report = Output<'sources.imports'>['imports'][number];

function Undo({ reports, onClose }: { readonly reports: readonly Report[]; readonly onClose: () => void }) {
  const task = useTask();
  const [done, setDone] = useState(0);
  const undo = () => {
    task.run(async () => {
      let records = 0, preferences = 0;
      try {
        for (const [i, report] of reports.entries()) {
          const gone = await call('sources.undo', { importId: report.id });
          records += gone.records;
          preferences += gone.preferences;
          setDone(i + 1);
        }
      } finally {
        await Promise.all([importsResource.getState().load(), profileResource.getState().load()]);
      }
      showToast(sourcesCopy.undone(records, preferences));
      onClose();
    });
  };
  return (
    <ConfirmDialog title={sourcesCopy.undoTitle(reports.map(({ file }) => file))} confirm={sourcesCopy.undoAction(reports.reduce((sum, { added }) => sum + added, 0))} danger busy={task.busy} onConfirm={undo} onClose={onClose}>
      <p>{sourcesCopy.undoText(reports.length)}</p>
      {reports.length === 1 ? null : <ul className="undo-list">{reports.map(({ id, file, source, own, added }) => <li key={id}><span className="break-anywhere">{file}</span> <span className="soft numbers">{sourceName(source, own)}, {sourcesCopy.records(added)}</span></li>)}</ul>}
      {reports.length > 1 && done > 0 ? <p role="status" className="numbers">{sourcesCopy.undoing(done, reports.length)}</p> : null}
      {task.error ? <ErrorNote error={task.error} /> : null}
    </ConfirmDialog>
  );
}

function ReportDialog({ report, onClose }: { readonly report: Report; readonly onClose: () => void }) {
  return (
    <Dialog title={sourcesCopy.reportTitle(report.file)} shape="wide" onClose={onClose}>
      <p className="numbers">{sourcesCopy.report(report.added, report.duplicate, report.skipped, report.read)}</p>
      {report.firstRecordMs !== null && report.lastRecordMs !== null ? <p className="soft">{sourcesCopy.columnsList.span} {dateShort(report.firstRecordMs)} – {dateShort(report.lastRecordMs)}</p> : null}
      {report.state === 'cancelled' && !report.sample ? <p className="soft">{sourcesCopy.stoppedHint}</p> : null}
      <Issues issues={report.issues} open />
    </Dialog>
  );
}

/** Removes every import that came from the shipped samples. */
function SampleNote({ imports }: { readonly imports: readonly Report[] }) {
  const [removing, setRemoving] = useState<readonly Report[] | null>(null);
  const samples = imports.filter((report) => report.sample && report.state !== 'undone');
  // The last of them may be gone while its dialog still says so.
  if (samples.length === 0 && removing === null) return null;
  return (
    <Note tone="amber" icon={<SampleIcon size={20} aria-hidden />} actions={<Button small onClick={() => { setRemoving(samples); }}>{sourcesCopy.removeSamples(samples.reduce((sum, report) => sum + report.added, 0))}</Button>}>
      <p>{sourcesCopy.sampleNote}</p>
      {removing ? <Undo reports={removing} onClose={() => { setRemoving(null); }} /> : null}
    </Note>
  );
}

const stateOf = (report: Report): string => (report.forgotten && report.state !== 'undone' ? retentionCopy.badge : sourcesCopy.states[report.state]);
const canUndo = ({ state }: Report): boolean => state !== 'undone' && state !== 'running';

function ImportList({ imports }: { readonly imports: readonly Report[] }) {
  const [undoing, setUndoing] = useState<readonly Report[] | null>(null);
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [reading, setReading] = useState<Report | null>(null);
  if (imports.length === 0) return <EmptyState icon={<FolderIcon size={32} aria-hidden />} title={sourcesCopy.none}>{sourcesCopy.noneText}</EmptyState>;
  const live = imports.filter(canUndo), ticked = live.filter(({ id }) => ids.has(id));
  return (
    <>
      <ListTable<Report>
        caption={sourcesCopy.list} file={sourcesCopy.listFile} step={10} rows={imports} rowKey={(report) => report.id} nameOf={(report) => report.file} ticked={ids} onTicked={setIds}
        acts={live.length < 2 ? null : <Button small disabled={ticked.length === 0} onClick={() => { setUndoing(ticked); }}>{sourcesCopy.removeTicked}</Button>}
        columns={[
          { key: 'source', label: sourcesCopy.columnsList.source, heads: true, sort: (report) => sourceName(report.source, report.own), text: (report) => `${sourceName(report.source, report.own)}, ${report.file}`, cell: (report) => <>{sourceName(report.source, report.own)} {report.sample ? <Badge tone="amber">{sourcesCopy.sampleBadge}</Badge> : null}{report.state === 'undone' ? <span className="list-narrow-only"><Badge>{sourcesCopy.states.undone}</Badge></span> : null}<br /><span className="faint break-anywhere">{report.file}</span></> },
          { key: 'added', label: sourcesCopy.columnsList.added, number: true, sort: (report) => report.added, cell: (report) => number(report.added) },
          { key: 'duplicate', label: sourcesCopy.columnsList.duplicate, number: true, wideOnly: true, sort: (report) => report.duplicate, cell: (report) => number(report.duplicate) },
          { key: 'skipped', label: sourcesCopy.columnsList.skipped, number: true, wideOnly: true, sort: (report) => report.skipped, cell: (report) => number(report.skipped) },
          { key: 'when', label: sourcesCopy.columnsList.when, tight: true, sort: (report) => report.startedAtMs, text: (report) => new Date(report.startedAtMs).toISOString(), cell: (report) => dateShort(report.startedAtMs) },
          { key: 'state', label: sourcesCopy.columnsList.state, tight: true, wideOnly: true, sort: stateOf, cell: stateOf },
          {
            key: 'actions', label: sourcesCopy.columnsList.actions, hideLabel: true, cell: (report) => (
              <div className="table-actions">
                <Button small variant="quiet" aria-label={labelled(sourcesCopy.report2, report.file)} onClick={() => { setReading(report); }}>{sourcesCopy.report2}</Button>
                {!canUndo(report) ? null : <Button small variant="quiet" aria-label={labelled(sourcesCopy.remove, report.file)} onClick={() => { setUndoing([report]); }}>{sourcesCopy.remove}</Button>}
              </div>
            ),
          },
        ]}
      />
      {undoing ? <Undo reports={undoing} onClose={() => { setUndoing(null); }} /> : null}
      {reading ? <ReportDialog report={reading} onClose={() => { setReading(null); }} /> : null}
    </>
  );
}

export function Sources() {
  useEffect(() => { loadJobs().catch(() => undefined); }, []);
  return (
    <Page title={sourcesCopy.title} lead={sourcesCopy.lead}>
      <Loaded store={importsResource} lines={2}>
        {({ imports }) => (
          <>
            <SampleNote imports={imports} />
            <ImportFlow offerSamples={!imports.some((report) => report.state === 'done')} />
            {imports.length === 0 ? null : <Card title={sourcesCopy.list} aside={<span className="faint numbers">{sourcesCopy.imports(imports.filter(({ state }) => state !== 'undone').length)}</span>}><ImportList imports={imports} /></Card>}
            <Retention imports={imports} />
          </>
        )}
      </Loaded>
      <Loaded store={mappingsResource} lines={1}>{({ mappings }) => <OwnList mappings={mappings} />}</Loaded>
      <WatchedFolder />
      <Card title={sourcesCopy.guides}><Guides /></Card>
    </Page>
  );
}

/** The log: everything that happened, filtered and paged; and whether it still adds up. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Input, Output } from '../../../../shared/api/contract.ts';
import { csvRow } from '../../../../shared/domain/csv-cells.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { asAppError, call, on } from '../../bridge/client.ts';
import { activityCopy, entrySentence, type AuditEntry } from '../../copy/activity.ts';
import { dateTime, number } from '../../../../shared/language/format.ts';
import { listCopy } from '../../copy/list-table.ts';
import { companiesCopy } from '../../copy/requests.ts';
import { logTimeline } from '../../copy/pictures.ts';
import { copyText } from '../../parts/copy-button.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LogTimeline, type Range } from '../../parts/log-timeline.tsx';
import { saveTextFile } from '../../parts/save-file.ts';
import { useTask } from '../../parts/use-task.ts';
import { useJobs } from '../../state/jobs.ts';
import { useResource } from '../../state/resource.ts';
import { companiesResource } from '../../state/resources.ts';
import { href, navigate, useRoute } from '../../state/route.ts';
import { showToast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented, Select } from '../../ui/fields.tsx';
import { ActivityIcon, CompaniesIcon, CopyIcon, DeleteIcon, DoneIcon, EnforcedIcon, SaveIcon } from '../../ui/icons.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { Badge, Card, EmptyState, Note, Page, Progress, Skeleton } from '../../ui/surfaces.tsx';
import { Table } from '../../ui/table.tsx';
import { ForgetDialog } from './forget-dialog.tsx';
import './activity.css';

const PAGE = 100;
/** As many as the core gives at once. */
const SAVED_AT_ONCE = 500;
type Group = keyof typeof activityCopy.groups;
type Listed = Output<'audit.list'>;

interface Loaded { readonly key: string; readonly entries: readonly AuditEntry[]; readonly total: number; readonly nextBefore: number | null }

/** Pages through the log; a new entry reloads the first page. */
function useLog(group: Group, companyId: string, range: Range | undefined) {
  const key = `${group} ${companyId} ${range?.fromMs ?? ''} ${range?.toMs ?? ''}`;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const latest = useRef(key);
  const input = (before?: number): Input<'audit.list'> => ({ limit: PAGE, ...(group === 'all' ? {} : { group }), ...(companyId === '' ? {} : { companyId }), ...range, ...(before === undefined ? {} : { before }) });
  const wanted = JSON.stringify(input());
  useEffect(() => {
    latest.current = key;
    const take = ({ entries, total, nextBefore }: Listed) => {
      if (latest.current !== key) return;
      setLoaded({ key, entries, total, nextBefore });
      setFailure(null);
    };
    const load = () => { call('audit.list', JSON.parse(wanted) as Input<'audit.list'>).then(take, (thrown: unknown) => { if (latest.current === key) setFailure(asAppError(thrown)); }); };
    load();
    return on('audit.appended', load);
  }, [key, wanted]);
  const older = () => {
    const before = loaded?.nextBefore;
    if (before === null || before === undefined || busy) return;
    setBusy(true);
    call('audit.list', input(before)).then(({ entries, total, nextBefore }) => {
      setLoaded((shown) => (shown?.key === key ? { key, entries: [...shown.entries, ...entries], total, nextBefore } : shown));
    }, (thrown: unknown) => { setFailure(asAppError(thrown)); }).finally(() => { setBusy(false); });
  };
  return { loaded: loaded?.key === key ? loaded : null, failure, busy, older, input: input() };
}

/** The entries as they are filtered, all of them, as a table for other programs. */
function SaveLog({ input, total }: { readonly input: Input<'audit.list'>; readonly total: number }) {
  const [done, setDone] = useState<number | null>(null);
  const isStopped = useRef(false);
  const task = useTask();
  const { columns } = activityCopy;
  const save = () => {
    isStopped.current = false;
    task.run(async () => {
      const rows: string[] = [csvRow([columns.when, columns.what, activityCopy.company, activityCopy.address, columns.outcome, columns.number])];
      try {
        for (let before: number | null | undefined; before !== null;) {
          const part: Listed = await call('audit.list', { ...input, limit: SAVED_AT_ONCE, ...(before === undefined ? {} : { before }) });
          if (isStopped.current) return;
          rows.push(...part.entries.map((entry) => csvRow([new Date(entry.atMs).toISOString(), entrySentence(entry), entry.companyName, entry.companyId, activityCopy.outcome[entry.outcome], entry.seq])));
          before = part.nextBefore;
          setDone(rows.length - 1);
        }
      } finally {
        setDone(null);
      }
      saveTextFile(activityCopy.fileName, rows, 'text/csv');
      showToast(activityCopy.saved(rows.length - 1));
    });
  };
  return (
    <span className="row">
      {task.error ? <ErrorNote error={task.error} /> : null}
      {task.busy ? <Button small onClick={() => { isStopped.current = true; }}>{activityCopy.saving(done ?? 0, total)}</Button> : <Button small variant="quiet" onClick={save}><SaveIcon size={16} aria-hidden />{activityCopy.save}</Button>}
    </span>
  );
}

function Verify({ onDelete }: { readonly onDelete: () => void }) {
  const [result, setResult] = useState<Output<'audit.verify'> | null>(null);
  const task = useTask();
  const job = useJobs((state) => Object.values(state.jobs).find((candidate) => candidate.kind === 'verify' && candidate.state === 'running'));
  const check = () => { task.run(async () => { setResult(null); setResult(await call('audit.verify')); }); };
  const stop = () => { if (job) void call('jobs.cancel', { jobId: job.id }); };
  const accept = () => { task.run(async () => { await call('audit.accept'); setResult(await call('audit.verify')); }); };
  return (
    <div className="stack">
      <div className="row">
        <Button busy={task.busy} onClick={check}><EnforcedIcon size={18} aria-hidden />{task.busy ? activityCopy.verifying : activityCopy.verify}</Button>
        <Button variant="quiet" onClick={onDelete}><DeleteIcon size={18} aria-hidden />{activityCopy.forget}</Button>
      </div>
      {task.busy && job && job.totalBytes > 0 ? (
        <div className="stack-tight">
          <Progress label={activityCopy.verifying} value={job.records} max={job.totalBytes} detail={activityCopy.verifyProgress(job.records, job.totalBytes)} />
          <div><Button small onClick={stop}>{activityCopy.verifyStop}</Button></div>
        </div>
      ) : null}
      {task.error?.code === 'ERR_CANCELLED' ? <p className="soft" role="status">{activityCopy.verifyStopped}</p> : task.error ? <ErrorNote error={task.error} /> : null}
      {result === null ? null : result.ok ? (
        <Note tone="accent" live icon={<DoneIcon size={20} aria-hidden />} title={activityCopy.verified(result.entries, result.forgotten)}>{result.forgotten > 0 ? `${activityCopy.verifiedForgotten(result.forgotten)} ` : ''}{activityCopy.verifiedLimits}</Note>
      ) : (
        <Note tone="loss" live title={activityCopy.brokenTitle} actions={<Button small busy={task.busy} onClick={accept}>{activityCopy.accept}</Button>}>{activityCopy.problems[result.problem]} {result.brokenAt === null ? '' : activityCopy.brokenAt(result.brokenAt)} {activityCopy.brokenNext} {activityCopy.acceptHint}</Note>
      )}
    </div>
  );
}

/** "fromMs-toMs" each, from the widest to the one shown. */
const rangesOf = (text: string): Range[] => text.split('_').flatMap((part) => { const [fromMs = NaN, toMs = NaN] = part.split('-').map(Number); return Number.isSafeInteger(fromMs) && Number.isSafeInteger(toMs) && fromMs < toMs ? [{ fromMs, toMs }] : []; });

export function Activity() {
  const { query } = useRoute();
  const group = (Object.keys(activityCopy.groups) as Group[]).find((name) => name === query['group']) ?? 'all';
  const companyId = query['company'] ?? '';
  const { data: companies } = useResource(companiesResource);
  const zoomed = query['zoom'] ?? '';
  const ranges = useMemo(() => rangesOf(zoomed), [zoomed]);
  const range = ranges.at(-1);
  const { loaded, failure, busy, older, input } = useLog(group, companyId, range);
  const [deleting, setDeleting] = useState(false);
  const go = (next: { readonly group?: Group; readonly company?: string }) => {
    const chosen = next.group ?? group;
    navigate(href('activity', [], { group: chosen === 'all' ? '' : chosen, company: next.company ?? companyId }), { replace: true });
  };
  // Each look closer is a step that leads back.
  const setRanges = (next: readonly Range[]) => { navigate(href('activity', [], { group: group === 'all' ? '' : group, company: companyId, zoom: next.map(({ fromMs, toMs }) => `${fromMs}-${toMs}`).join('_') })); };
  const rowMenu = (entry: AuditEntry): readonly MenuItem[] => [
    ...(entry.companyId === null || entry.companyName === null ? [] : [{ label: companiesCopy.openOf(entry.companyName), icon: <CompaniesIcon size={16} aria-hidden />, act: () => { navigate(href('companies', [entry.companyId ?? ''])); } }, { label: companiesCopy.logOf(entry.companyName), icon: <ActivityIcon size={16} aria-hidden />, act: () => { go({ company: entry.companyId ?? '' }); } }]),
    { label: listCopy.copyRow, icon: <CopyIcon size={16} aria-hidden />, act: () => { copyText([dateTime(entry.atMs), entrySentence(entry), activityCopy.outcome[entry.outcome], entry.seq].join('\t')); } },
  ];
  return (
    <Page title={activityCopy.title} lead={activityCopy.lead}>
      <Verify onDelete={() => { setDeleting(true); }} />
      {deleting ? <ForgetDialog company={companies?.companies.find(({ company }) => company.companyId === companyId)?.company ?? null} onClose={() => { setDeleting(false); }} /> : null}
      <div className="activity-filters">
        <Segmented<Group> legend={activityCopy.filter} value={group} onChange={(value) => { go({ group: value }); }} options={(Object.keys(activityCopy.groups) as Group[]).map((value) => ({ value, label: activityCopy.groups[value] }))} />
        <Select<string> label={activityCopy.company} hideLabel small value={companyId} onChange={(value) => { go({ company: value }); }} options={[{ value: '', label: activityCopy.allCompanies }, ...(companies?.companies ?? []).map(({ company }) => ({ value: company.companyId, label: company.name }))]} />
      </div>
      <Card title={logTimeline.title}>
        <div className="stack-tight">
          <p className="soft">{logTimeline.lead}</p>
          <LogTimeline key={companyId} {...(companyId === '' ? {} : { companyId })} ranges={ranges} onRanges={setRanges} />
          {range === undefined ? null : <p className="row"><span className="soft numbers" role="status">{logTimeline.shown(range.fromMs, range.toMs)}</span><Button small variant="quiet" onClick={() => { setRanges([]); }}>{logTimeline.all}</Button></p>}
        </div>
      </Card>
      <Card>
        {failure ? <ErrorNote error={failure} /> : loaded === null ? <Skeleton lines={8} /> : loaded.entries.length === 0 ? (
          <EmptyState icon={<ActivityIcon size={32} aria-hidden />} title={activityCopy.empty}>{group === 'all' && companyId === '' ? activityCopy.emptyText : activityCopy.emptyFiltered}</EmptyState>
        ) : (
          <div className="stack">
            <Table<AuditEntry>
              caption={activityCopy.title} rows={loaded.entries} rowKey={(entry) => String(entry.seq)} menu={rowMenu}
              columns={[
                { key: 'when', label: activityCopy.columns.when, sort: (entry) => entry.seq, cell: (entry) => <span className="numbers activity-when">{dateTime(entry.atMs)}</span> },
                { key: 'what', label: activityCopy.columns.what, cell: (entry) => entrySentence(entry) },
                { key: 'outcome', label: activityCopy.columns.outcome, sort: (entry) => entry.outcome, cell: (entry) => (entry.outcome === 'refused' ? <Badge tone="amber">{activityCopy.outcome.refused}</Badge> : <span className="faint">{activityCopy.outcome.ok}</span>) },
                { key: 'seq', label: activityCopy.columns.number, number: true, cell: (entry) => <span className="faint">{number(entry.seq)}</span> },
              ]}
            />
            <div className="row-between">
              <span className="faint numbers" role="status">{activityCopy.shown(loaded.entries.length, loaded.total)}</span>
              <SaveLog input={input} total={loaded.total} />
              {loaded.nextBefore === null ? null : <Button small busy={busy} onClick={older}>{busy ? activityCopy.loading : activityCopy.older}</Button>}
            </div>
          </div>
        )}
      </Card>
    </Page>
  );
}

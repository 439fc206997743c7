/** What each command of the owner's command line does and prints. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { Input, MethodName, Output, Topic } from '../../shared/api/contract.ts';
import { identitiesOf } from '../../shared/domain/age-identities.ts';
import { NOT_ME_SCOPES } from '../../shared/domain/preference.ts';
import { SOURCES, UNDATED_MS } from '../../shared/domain/records.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import type { Core } from '../core/core.ts';
import { listOption, parseClaims, parseDuration, parsePrecisions, textOption, type CommandForm, type Parsed } from './arguments.ts';

export interface CommandContext {
  readonly core: Core;
  readonly dataDir: string;
  /** What locks or opens an export: `PENCHANT_EXPORT_PASSPHRASE`, the file of --export-passphrase-file, or a question. */
  exportPassphrase(fresh: boolean): Promise<string>;
  /** One line of progress for a person; silent with --json. */
  note(line: string): void;
  newPassphrase(): Promise<string>;
  /** The same each time within one command. */
  passphrase(): Promise<string>;
  /** The one to change to, asked for twice. */
  nextPassphrase(): Promise<string>;
  nowMs(): number;
  call<M extends MethodName>(method: M, ...input: undefined extends Input<M> ? [] : [Input<M>]): Promise<Output<M>>;
}

/** The JSON document and its words for a person; null when everything was printed already. */
type Result = { readonly document: unknown; readonly text: string } | null;

export interface Command {
  readonly form: CommandForm;
  /** True when the vault is unlocked before it runs. */
  readonly unlocks: boolean;
  run(context: CommandContext, parsed: Parsed): Promise<Result>;
}

const MAX_REQUEST_BYTES = 65_536;
/** A checkpoint has about 250 bytes; as JSON, a little more. */
const MAX_NOTE_FILE_BYTES = 8_192;

const form = (words: string, takes: readonly string[], help: string, options: CommandForm['options'] = {}): CommandForm => ({ words: words.split(' '), takes, options, help });
const show = (document: unknown, text: string): Result => ({ document, text });
const first = (parsed: Parsed): string => parsed.positionals[0] ?? '';
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const minute = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const table = (rows: readonly (readonly string[])[], empty: string): string => {
  if (rows.length === 0) return empty;
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
};

/** Lets the core read a path the owner named. @throws {AppError} ERR_FILE_MISSING */
function grant(core: Core, path: string): string {
  if (!existsSync(path)) throw new AppError('ERR_FILE_MISSING', `There is no file or folder ${path}.`);
  const id = randomUUID();
  core.grantFile({ id, path: resolve(path), name: basename(resolve(path)), size: statSync(path).size, temporary: false });
  return id;
}

const CLOSED = { closed: { type: 'boolean' } } as const;

/** Unlocking alone does not open the closed part: with --closed the same passphrase is proven once more, for it. */
async function openClosed(context: CommandContext, parsed: Parsed): Promise<void> {
  if (parsed.values['closed'] === true) await context.call('profile.openClosed', { proof: { passphrase: await context.passphrase() } });
}

/** The signed request in a file, or given as text or link itself. @throws {AppError} ERR_FILE_MISSING, ERR_FILE_TOO_LARGE */
function requestText(argument: string): string {
  if (!existsSync(argument)) {
    if (argument.startsWith('penchant:') || /^[\w-]+\.[\w-]+\.[\w-]+$/u.test(argument)) return argument;
    throw new AppError('ERR_FILE_MISSING', `There is no file ${argument}.`);
  }
  if (statSync(argument).size > MAX_REQUEST_BYTES) throw new AppError('ERR_FILE_TOO_LARGE', 'That file is far larger than a request can be. It was not read.');
  return readFileSync(argument, 'utf8').trim();
}

/** Resolves when npx, which does not pass signals on, was ended: a vault must not stay open behind its owner's back. Never resolves otherwise. */
function launcherGone(): Promise<void> {
  return new Promise((resolve) => {
    if (process.env['npm_command'] !== 'exec') return;
    const launcher = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === launcher) return;
      clearInterval(watch);
      resolve();
    }, 250);
  });
}

/** The checkpoint in a file, bare or as --json printed it. @throws {AppError} ERR_FILE_MISSING, ERR_FILE_TOO_LARGE */
function checkpointText(path: string): string {
  if (!existsSync(path)) throw new AppError('ERR_FILE_MISSING', `There is no file ${path}.`);
  if (statSync(path).size > MAX_NOTE_FILE_BYTES) throw new AppError('ERR_FILE_TOO_LARGE', 'That file is far larger than a checkpoint can be. It was not read.');
  const text = readFileSync(path, 'utf8');
  if (!text.trimStart().startsWith('{')) return text;
  // What this program printed with --json.
  try {
    const { checkpoint } = JSON.parse(text) as { readonly checkpoint?: unknown };
    if (typeof checkpoint === 'string') return checkpoint;
  } catch { /* Said below. */ }
  throw new AppError('ERR_CHECKPOINT_INVALID', 'That file holds no checkpoint.');
}

/** @throws {AppError} ERR_USAGE */
function wholeNumber(text: string, of: 'entry' | 'thing' = 'entry'): number {
  if (!/^[1-9]\d{0,14}$/u.test(text)) throw new AppError('ERR_USAGE', `"${text}" is not the number of ${of === 'entry' ? 'an entry' : 'a thing'}.`);
  return Number(text);
}

/** Which of these words it is. @throws {AppError} ERR_USAGE naming them */
function oneOf<T extends string>(words: readonly T[], text: string | undefined, what: string): T {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new AppError('ERR_USAGE', `${what} takes one of ${words.join(', ')}.`);
  return found;
}

/** The first moment of a day, UTC. @throws {AppError} ERR_USAGE */
function dayStart(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || day(ms) !== text) throw new AppError('ERR_USAGE', `"${text}" is not a day. Write it as 2026-03-01.`);
  return ms;
}

type RuleChange = Output<'profile.ruleChange'>;
const share = (strength: number | null): string => (strength === null ? '–' : percent(strength));
const ruleChangeText = ({ state, changes, same }: RuleChange): string => (state === 'none' ? 'The rules that apply are the newest.' : [
  table(changes.map(({ claim, path, label, before, after }) => [claim, path.length > 0 ? path.join(' › ') : label, share(before), '→', share(after)]), 'The newer rules say the same.'),
  `${same} stay about as they are. Nothing changes until you let them apply with: penchant rules apply`,
].join('\n'));

const saidText = ({ id, scope, source, name, maker }: Output<'profile.disowned'>['said'][number]): readonly string[] => [id, source, { thing: 'this', creator: 'everything by', collection: 'everything in' }[scope], maker === null ? name : `${name} (${maker})`];

const retentionText = (conclusionsOnly: readonly string[]): string => table(SOURCES.map((source) => [source, conclusionsOnly.includes(source) ? 'conclusions only' : 'records']), '');

/** "shop.example" or "https://shop.example" as the log names companies. */
const companyOf = (text: string): string => (/^https?:\/\//u.test(text) ? text : `https://${text}`);

/** @throws {AppError} ERR_FILE_EXISTS, ERR_FILE_MISSING, ERR_STORAGE_FULL */
function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST') throw new AppError('ERR_FILE_EXISTS', `${basename(file)} exists already. Choose another name; it was not overwritten.`, { cause: error });
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('ERR_STORAGE_FULL', 'The disk is full. Make some room and try again.', { cause: error });
    throw new AppError('ERR_FILE_MISSING', `${file} cannot be written. Choose a folder that is there.`, { cause: error });
  }
}

const openRequest = (context: CommandContext, parsed: Parsed) => context.call('requests.open', { text: requestText(first(parsed)) });

type Job = Topic<'job.changed'>;
const howFar = ({ phase, subject, doneBytes, totalBytes, records }: Job): string =>
  [[phase, subject].filter((word) => word !== '').join(' '), ...(totalBytes > 0 ? [percent(doneBytes / totalBytes)] : []), ...(records > 0 ? [`${records} records`] : [])].join(', ');

/** Does what is one job, telling the person how far it is; Ctrl-C stops it. @throws {AppError} as `work` does; ERR_CANCELLED when it was stopped */
async function watched<T>(context: CommandContext, work: () => Promise<T>): Promise<T> {
  let running = '';
  const undo = context.core.onEvent((event) => {
    if (event.topic !== 'job.changed') return;
    const job = event.payload as Job;
    running = job.state === 'running' ? job.id : '';
    if (running !== '') context.note(howFar(job));
  });
  const interrupted = (): void => { if (running !== '') void context.call('jobs.cancel', { jobId: running }); };
  process.once('SIGINT', interrupted);
  try {
    return await work();
  } finally {
    undo();
    process.off('SIGINT', interrupted);
  }
}

/** Waits for a job to end. @throws {AppError} the job's own error */
const finished = (context: CommandContext, start: () => Promise<{ readonly jobId: string }>): Promise<Job> => watched(context, async () => {
  // Listening starts first: a small import can be over before its id is known here.
  const ended = new Map<string, Job>();
  let wake = (): void => undefined;
  const undo = context.core.onEvent((event) => {
    if (event.topic !== 'job.changed' || (event.payload as Job).state === 'running') return;
    ended.set((event.payload as Job).id, event.payload as Job);
    wake();
  });
  try {
    const { jobId } = await start();
    for (;;) {
      const job = ended.get(jobId);
      if (job?.error) throw new AppError(job.error.code, job.error.message);
      if (job) return job;
      await new Promise<void>((wakeUp) => { wake = wakeUp; });
    }
  } finally {
    undo();
  }
});

const previewText = (preview: Output<'sources.preview'>): string => [
  ...preview.items.map((item) => [
    `${item.file}: ${item.own?.name ?? item.format}${item.profiles.length > 0 ? `, profiles ${item.profiles.join(', ')}` : ''}`,
    `  keeps ${item.keeps.join(', ')}`, `  drops ${item.drops.join(', ') || 'nothing'}`,
    ...item.sample.map((row) => `    ${minute(row.atMs)}  ${row.title}${row.creator === null ? '' : ` (${row.creator})`}  ${row.detail}`),
  ].join('\n')),
  ...preview.unrecognised.map((file) => `${file.file}: not read. ${file.message}`),
].join('\n');

const reportText = (report: Output<'sources.imports'>['imports'][number]): string =>
  `${report.id}  ${report.own ?? report.source}  ${report.file}: read ${report.read}, added ${report.added}, already there ${report.duplicate}, left out ${report.skipped}${report.state === 'done' ? '' : ` (${report.state})`}`;

const answerText = (claims: Output<'requests.preview'>['claims']): string => claims.map((claim) => `  ${claim.claim} (step ${claim.precision}): ${claim.words.length > 0 ? claim.words.join(', ') : 'nothing'}${claim.withheld.map((w) => `; ${w.count} held back (${w.reason})`).join('')}`).join('\n');

const grantText = (g: Output<'grants.list'>['grants'][number]): readonly string[] => [g.grantId, g.company.name, g.state, g.claims.map((c) => `${c.claim}:${c.precision}`).join(','), `until ${day(g.expiresAtMs)}`, `${g.redemptions} answers`];

const secretFrom = async (context: CommandContext, parsed: Parsed): Promise<{ readonly passphrase: string } | { readonly recoveryPhrase: string }> => {
  const secret = await context.passphrase();
  return parsed.values['recovery'] === true ? { recoveryPhrase: secret } : { passphrase: secret };
};

const scheduleText = ({ schedule, place, last, dueAtMs }: Output<'backup.status'>): string => [
  schedule.every === 'off' ? 'No backups are scheduled.' : `Backups: ${schedule.every}, into ${place}, the newest ${schedule.keep} stay.`,
  last === null ? 'No backup was made yet.' : last.error === null ? `Last backup: ${minute(last.atMs)}, ${last.place}; it was opened and is whole.` : `The last try, ${minute(last.atMs)}, failed: ${last.error.message}`,
  ...(dueAtMs === null ? [] : [`Next: ${minute(dueAtMs)}, while the vault is open.`]),
].join('\n');

/** Secret keys of a file as age-keygen writes it. @throws {AppError} ERR_FILE_MISSING, ERR_FILE_TOO_LARGE */
function identitiesIn(path: string): string[] {
  if (!existsSync(path)) throw new AppError('ERR_FILE_MISSING', `There is no file ${path}.`);
  if (statSync(path).size > MAX_REQUEST_BYTES) throw new AppError('ERR_FILE_TOO_LARGE', 'That file is far larger than keys are. It was not read.');
  return identitiesOf(readFileSync(path, 'utf8'));
}

const slotsText = (slots: Output<'vault.slots'>['slots']): string =>
  table(slots.map((slot) => [slot.id, slot.kind, slot.label, `since ${day(slot.createdAtMs)}`, slot.lastUsedDayMs === null ? 'not used yet' : `last used ${day(slot.lastUsedDayMs)}`, slot.removable ? '' : 'cannot be removed']), '');

function kitText(kit: Output<'vault.renewRecovery'>, lead: string): Result {
  const recoveryPhrase = kit.recoveryPhrase.join(' ');
  return show({ vaultId: kit.vaultId, recoveryPhrase, checkpoint: kit.checkpoint }, `${lead}\n\nShown only now. Write it down and keep it away from this computer:\n\n  ${recoveryPhrase}\n\nVault ${kit.vaultId}, ${day(kit.madeAtMs)}, log at ${kit.checkpoint}`);
}

type Finding = Output<'vault.check'>['findings'][number];
const DAMAGE_CODES: Partial<Record<Finding['what'], ErrorCode>> = { log: 'ERR_AUDIT_BROKEN', backup: 'ERR_BACKUP_INVALID' };
const FINDINGS: Readonly<Record<Finding['what'], string>> = { database: 'database', log: 'log', keys: 'key file', files: 'files', backup: 'last backup', recovery: 'recovery phrase', room: 'disk' };
const findingText = ({ what, reason, count, place }: Finding): string => `${FINDINGS[what]} ${reason}${count === undefined ? '' : ` (${count})`}${place === undefined ? '' : `, ${place}`}`;

export const COMMANDS: readonly Command[] = [
  {
    form: form('init', [], 'Makes a vault and prints its recovery phrase, this once.'), unlocks: false,
    async run(context) {
      const created = await context.call('vault.create', { passphrase: await context.newPassphrase() });
      const recoveryPhrase = created.recoveryPhrase.join(' ');
      return show({ vault: context.dataDir, recoveryPhrase }, `Vault made in ${context.dataDir}.\n\nRecovery phrase, shown only now. Write it down and keep it away from this computer:\n\n  ${recoveryPhrase}`);
    },
  },
  {
    form: form('import', ['FILE…'], 'Reads your own exports: files, folders or zips. --preview only looks. --profile picks profiles of a shared account. --visited takes in where you were on the web, too, which is left out otherwise.', { preview: { type: 'boolean' }, visited: { type: 'boolean' }, profile: { type: 'string', multiple: true } }), unlocks: true,
    async run(context, parsed) {
      const fileIds = parsed.positionals.map((path) => grant(context.core, path));
      const preview = await context.call('sources.preview', { fileIds });
      if (parsed.values['preview'] === true) return show({ imports: preview.items.map(({ key: _forThisRun, ...item }) => item), unrecognised: preview.unrecognised }, previewText(preview));
      if (preview.items.length === 0) {
        const reason = preview.unrecognised[0];
        throw new AppError(reason?.code ?? 'ERR_SOURCE_UNRECOGNISED', reason?.message ?? 'Nothing in there is an export Penchant can read. Nothing was stored.');
      }
      const wanted = preview.items.filter(({ optIn }) => !optIn || parsed.values['visited'] === true);
      if (wanted.length === 0) throw new AppError('ERR_USAGE', 'There is only where you were on the web in there, which is left out unless you say --visited. Nothing was stored.');
      const profiles = [...listOption(parsed, 'profile')];
      const job = await finished(context, () => context.call('sources.import', { previewId: preview.previewId, choices: wanted.map(({ key }) => ({ key, ...(profiles.length > 0 ? { profiles } : {}) })) }));
      return show({ imports: job.reports, unrecognised: preview.unrecognised }, [...job.reports.map(reportText), ...preview.items.filter((item) => !wanted.includes(item)).map(({ file }) => `${file}: left out. Say --visited to take in where you were on the web.`), ...preview.unrecognised.map((file) => `${file.file}: not read. ${file.message}`)].join('\n'));
    },
  },
  {
    form: form('imports', [], 'Lists what was imported.'), unlocks: true,
    async run(context) {
      const document = await context.call('sources.imports');
      return show(document, document.imports.map(reportText).join('\n') || 'Nothing was imported yet.');
    },
  },
  {
    form: form('undo', ['ID'], 'Removes an import and what was concluded only from it.'), unlocks: true,
    async run(context, parsed) {
      const document = await context.call('sources.undo', { importId: first(parsed) });
      return show(document, `Removed ${document.records} records and ${document.preferences} conclusions.`);
    },
  },
  {
    form: form('profile', [], 'Lists what the vault knows. --closed opens the closed part too.', CLOSED), unlocks: true,
    async run(context, parsed) {
      await openClosed(context, parsed);
      const document = await context.call('profile.list');
      const shut = document.closed.openUntilMs === null && document.closed.count > 0 ? `\n${document.closed.count} more in the closed part; --closed shows them.` : '';
      const waiting = document.rulesWait ? '\nNewer rules would say otherwise; see what with: penchant rules' : '';
      return show(document, `${table(document.preferences.map((p) => [p.id, p.claim, p.path.join(' › '), percent(p.strength), p.origin, p.sensitive ? 'sealed' : '']), 'The profile is empty. Import an export, or declare something.')}${shut}${waiting}`);
    },
  },
  {
    form: form('find', ['WORDS…'], 'Lists kept things whose names hold all the words, the newest first, at most --limit of them (50).', { limit: { type: 'string' } }), unlocks: true,
    async run(context, parsed) {
      const document = await context.call('records.find', { search: { text: parsed.positionals.join(' ') }, limit: Math.min(500, parsed.values['limit'] === undefined ? 50 : wholeNumber(textOption(parsed, 'limit') ?? '')) });
      const more = document.total > document.items.length ? `\n${document.total - document.items.length} more; --limit shows more, other words fewer.` : '';
      return show(document, `${table(document.items.map((item) => [String(item.id), item.source, item.kind, item.act, [item.title, item.creator].filter((part) => part !== null).join(', '), `${item.records}×`, item.lastMs === UNDATED_MS ? '' : day(item.lastMs)]), 'Nothing that is kept matches.')}${more}`);
    },
  },
  {
    form: form('why', ['ID'], 'Shows the evidence behind one item.', CLOSED), unlocks: true,
    async run(context, parsed) {
      await openClosed(context, parsed);
      const why = await context.call('profile.why', { id: first(parsed) });
      return show(why, [why.preference.path.join(' › '), ...why.summary, ...why.rules.flatMap((rule) => [`${rule.rule}: ${rule.says} (${rule.records} records)`, ...rule.examples.map((e) => `  ${e.title}${e.creator === null ? '' : ` (${e.creator})`}, ${e.count}×, last ${day(e.lastAtMs)}`)])].join('\n'));
    },
  },
  {
    form: form('declare', ['CLAIM', 'VALUE'], 'Adds something you say about yourself.'), unlocks: true,
    async run(context, parsed) {
      const item = await context.call('profile.declare', { claim: first(parsed), value: parsed.positionals[1] ?? '' });
      return show(item, `${item.id}  ${item.claim}  ${item.path.join(' › ')}`);
    },
  },
  {
    form: form('reject', ['ID'], 'Removes an item and never infers it again.', CLOSED), unlocks: true,
    async run(context, parsed) {
      await openClosed(context, parsed);
      const item = await context.call('profile.reject', { id: first(parsed) });
      return show(item, `${item.path.join(' › ')} will not be inferred again.`);
    },
  },
  {
    form: form('not-me', ['NUMBER…'], 'Says that things, by the numbers “find” lists, were not you; they stop counting, after later imports too. --scope creator or collection means everything by whoever made them, or in what they belong to.', { scope: { type: 'string' }, ...CLOSED }), unlocks: true,
    async run(context, parsed) {
      const scope = oneOf(NOT_ME_SCOPES, textOption(parsed, 'scope') ?? 'thing', '--scope'), itemIds = parsed.positionals.map((text) => wholeNumber(text, 'thing'));
      await openClosed(context, parsed);
      const document = await context.call('profile.notMe', { itemIds, scope });
      return show(document, `${table(document.said.map(saidText), '')}\nCounts no longer. Take it back with: penchant was-me ID`);
    },
  },
  {
    form: form('not-me list', [], 'Lists what you said was not you.', CLOSED), unlocks: true,
    async run(context, parsed) {
      await openClosed(context, parsed);
      const document = await context.call('profile.disowned');
      return show(document, table(document.said.map(saidText), 'You said of nothing that it was not you.'));
    },
  },
  {
    form: form('was-me', ['ID…'], 'Takes back what you said was not you, by the ids “not-me list” gives.', CLOSED), unlocks: true,
    async run(context, parsed) {
      await openClosed(context, parsed);
      return show(await context.call('profile.wasMe', { ids: [...parsed.positionals] }), 'It counts again.');
    },
  },
  {
    form: form('rules', [], 'Shows what the newer rules of this program would say otherwise. They wait for you.'), unlocks: true,
    async run(context) {
      const document = await context.call('profile.ruleChange');
      return show(document, ruleChangeText(document));
    },
  },
  {
    form: form('rules apply', [], 'Lets the newer rules apply.'), unlocks: true,
    async run(context) {
      const waited = (await context.call('profile.ruleChange')).state !== 'none';
      const document = await context.call('profile.applyRules');
      return show(document, waited ? `The newer rules apply: ${document.added} conclusions more, ${document.removed} fewer.` : 'The rules that apply are the newest; nothing was changed.');
    },
  },
  {
    form: form('retention', [], 'Lists of which sources records are kept, and of which only what was concluded.'), unlocks: true,
    async run(context) {
      const document = await context.call('sources.retention');
      return show(document, retentionText(document.conclusionsOnly));
    },
  },
  {
    form: form('retention set', ['SOURCE'], 'Says what is kept of a source. --keep conclusions forgets its records for good, at once and after each later import; --keep records keeps what comes in from now on.', { keep: { type: 'string' } }), unlocks: true,
    async run(context, parsed) {
      const source = oneOf(SOURCES, first(parsed), 'SOURCE'), keep = oneOf(['records', 'conclusions'], textOption(parsed, 'keep'), '--keep');
      const document = await watched(context, () => context.call('sources.setRetention', { source, keep }));
      return show(document, keep === 'records' ? `Records of ${source} are kept from now on. What was forgotten does not come back.` : `Of ${source} only what was concluded is kept. ${document.forgotten} records were forgotten; backups made before still hold them.`);
    },
  },
  {
    form: form('request show', ['FILE'], 'Verifies a request and shows the answer that would leave today.'), unlocks: true,
    async run(context, parsed) {
      const request = await openRequest(context, parsed);
      const answer = await context.call('requests.preview', { requestId: request.requestId, claims: request.asks.map(({ claim, precision }) => ({ claim, precision })) });
      return show({ request, answer }, [
        `${request.company.name} (${request.company.domain}, ${request.company.identity}) asks, for ${request.purposes.map((p) => p.label.toLowerCase()).join('; ')}:`,
        ...request.asks.map((ask) => `  ${ask.claim} up to step ${ask.precision}, ${ask.required ? 'required' : 'optional'}${ask.overAsking ? ', more than it says it needs' : ''}`),
        `for ${request.durationDays} days, at most ${request.cadence.max} times a ${request.cadence.per}.`,
        'The answer today would be:', answerText(answer.claims),
      ].join('\n'));
    },
  },
  {
    form: form('request grant', ['FILE'], 'Allows a request, as asked or less.', { only: { type: 'string' }, precision: { type: 'string', multiple: true }, expires: { type: 'string' }, brand: { type: 'string', multiple: true } }), unlocks: true,
    async run(context, parsed) {
      const request = await openRequest(context, parsed);
      const only = textOption(parsed, 'only');
      const expires = textOption(parsed, 'expires');
      if (only !== undefined && parseClaims(only).length === 0) throw new AppError('ERR_USAGE', '--only names no claim. Name at least one, or say no with: penchant request deny');
      const kept = only === undefined ? request.asks.map((ask) => ask.claim) : parseClaims(only);
      const precisions = parsePrecisions(listOption(parsed, 'precision'));
      const brands = [...listOption(parsed, 'brand')];
      const claims = kept.map((claim) => ({ claim, precision: precisions.get(claim) ?? request.asks.find((ask) => ask.claim === claim)?.precision ?? 1 }));
      const stray = [...precisions.keys()].find((claim) => !kept.includes(claim));
      if (stray !== undefined) throw new AppError('ERR_USAGE', `--precision names ${stray}, which is not among the claims to allow.`);
      const granted = await context.call('requests.grant', {
        requestId: request.requestId, claims,
        ...(expires === undefined ? {} : { expiresAtMs: context.nowMs() + parseDuration(expires) }),
        ...(brands.length > 0 ? { brands } : {}),
      });
      return show({ grantId: granted.grantId, token: granted.token }, `Allowed, as ${granted.grantId}, until ${day(granted.grant.expiresAtMs)}. Give ${request.company.name} this token:\n\n${granted.token}\n\nEnd it any time with: penchant revoke ${granted.grantId}`);
    },
  },
  {
    form: form('request deny', ['FILE'], 'Says no. The company cannot tell it from nobody being there.'), unlocks: true,
    async run(context, parsed) {
      const { requestId } = await openRequest(context, parsed);
      const denied = await context.call('requests.deny', { requestId });
      return show({ requestId, state: denied.state }, `You said no to ${denied.company.name}.`);
    },
  },
  {
    form: form('grants', [], 'Lists what companies may ask.'), unlocks: true,
    async run(context) {
      const document = await context.call('grants.list');
      return show(document, table(document.grants.map(grantText), 'Nobody may ask anything.'));
    },
  },
  {
    form: form('revoke', ['GRANT'], 'Ends a grant; the very next redemption fails.'), unlocks: true,
    async run(context, parsed) {
      const ended = await context.call('grants.revoke', { grantId: first(parsed) });
      return show(ended, `${ended.company.name} can no longer ask.`);
    },
  },
  {
    form: form('serve', [], 'Answers companies on this computer until stopped.', { port: { type: 'string' } }), unlocks: true,
    async run(context) {
      const { url } = await context.core.serve();
      process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
      // Resolves at the first signal; the caller then locks in good order.
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP'), launcherGone()]);
      return null;
    },
  },
  {
    form: form('log', [], 'Lists what happened, newest first.', { limit: { type: 'string' } }), unlocks: true,
    async run(context, parsed) {
      const limit = Number(textOption(parsed, 'limit') ?? '100');
      if (!Number.isInteger(limit) || limit < 1 || limit > 500) throw new AppError('ERR_USAGE', '--limit takes a number from 1 to 500.');
      const document = await context.call('audit.list', { limit });
      return show(document, table(document.entries.map((e) => [String(e.seq), minute(e.atMs), e.type, e.outcome === 'ok' ? '' : `refused ${e.reason ?? ''}`, e.companyName ?? '']), 'The log is empty.'));
    },
  },
  {
    form: form('log verify', [], 'Checks that nothing in the log was changed, removed or rolled back.'), unlocks: true,
    async run(context) {
      const verdict = await context.call('audit.verify');
      if (!verdict.ok) throw new AppError('ERR_AUDIT_BROKEN', `The log is not whole: ${verdict.problem} at entry ${verdict.brokenAt ?? 0}.`, { details: { ...verdict } });
      return show(verdict, `${verdict.entries} entries, all as they were written.${verdict.forgotten > 0 ? ` The contents of ${verdict.forgotten} were deleted, each by an entry that says so.` : ''}`);
    },
  },
  {
    form: form('log accept', [], 'Takes a log that does not add up as it is, when you know why; noted in the log.'), unlocks: true,
    async run(context) {
      const document = await context.call('audit.accept');
      return show(document, document.accepted ? 'Noted. From now on the log is checked against today.' : 'Nothing was wrong with the log; nothing was changed.');
    },
  },
  {
    form: form('slots', [], 'Lists the ways to unlock this vault.'), unlocks: true,
    async run(context) {
      const { slots } = await context.call('vault.slots');
      return show({ slots }, slotsText(slots));
    },
  },
  {
    form: form('slots remove', ['ID'], 'Removes a way to unlock; the last one for a person stays.'), unlocks: true,
    async run(context, parsed) {
      const document = await context.call('vault.removeSlot', { proof: { passphrase: await context.passphrase() }, slotId: first(parsed) });
      return show(document, slotsText(document.slots));
    },
  },
  {
    form: form('passphrase', [], 'Changes the passphrase.', { 'new-passphrase-file': { type: 'string' } }), unlocks: true,
    async run(context) {
      const document = await context.call('vault.changePassphrase', { proof: { passphrase: await context.passphrase() }, next: await context.nextPassphrase() });
      return show(document, 'From now on the new passphrase opens the vault. Older backups still open with the one of their day.');
    },
  },
  {
    form: form('recovery renew', [], 'Makes a new recovery phrase and prints it, this once; the old one stops working.'), unlocks: true,
    async run(context) {
      return kitText(await context.call('vault.renewRecovery', { proof: { passphrase: await context.passphrase() } }), 'New recovery phrase. The old one no longer opens the vault.');
    },
  },
  {
    form: form('rotate', [], 'Replaces the master key, after somebody may have had it; prints a new recovery phrase.'), unlocks: true,
    async run(context) {
      const passphrase = await context.passphrase();
      const undo = context.core.onEvent(({ topic, payload }) => { if (topic === 'vault.rotation') context.note(`${(payload as Topic<'vault.rotation'>).phase} …`); });
      const interrupted = (): void => { void context.call('vault.cancelRotation'); };
      process.once('SIGINT', interrupted);
      try {
        return kitText(await context.call('vault.rotate', { proof: { passphrase } }), 'The new master key is in place. The passphrase stays; the old recovery phrase no longer opens the vault.');
      } finally {
        undo();
        process.off('SIGINT', interrupted);
      }
    },
  },
  {
    form: form('log checkpoint', [], 'Prints the signed head of the log, to keep somewhere else and compare later.'), unlocks: true,
    async run(context) {
      const document = await context.call('audit.checkpoint');
      return show(document, `${document.checkpoint}\nVerified by ${document.verifierKey}`);
    },
  },
  {
    form: form('log compare', ['FILE'], 'Checks that the log extends a checkpoint printed earlier.'), unlocks: true,
    async run(context, parsed) {
      const document = await context.call('audit.compare', { checkpoint: checkpointText(first(parsed)) });
      if (!document.extends) throw new AppError('ERR_AUDIT_BROKEN', `The log is not the one this checkpoint was made of: it had ${document.olderSize} entries then, and they are not all here as they were.`, { details: { ...document } });
      return show(document, `The ${document.olderSize} entries of that checkpoint are all here as they were. The log has ${document.size} now.`);
    },
  },
  {
    form: form('log prove', ['NUMBER'], 'Prints the proof that one entry is in the log.'), unlocks: true,
    async run(context, parsed) {
      const document = await context.call('audit.prove', { seq: wholeNumber(first(parsed)) });
      return show(document, [`leaf ${document.index}: ${document.leaf}`, ...document.proof.map((node) => `  ${node}`), '', document.checkpoint].join('\n'));
    },
  },
  {
    form: form('log forget', [], 'Deletes the contents of older entries, or all about one company, for good. Only that, when and how many stays.', { before: { type: 'string' }, company: { type: 'string' } }), unlocks: true,
    async run(context, parsed) {
      const before = textOption(parsed, 'before');
      const company = textOption(parsed, 'company');
      if ((before === undefined) === (company === undefined)) throw new AppError('ERR_USAGE', 'Say what to delete: --before 2026-03-01, or --company ADDRESS.');
      const document = await context.call('audit.forget', before === undefined ? { companyId: companyOf(company ?? '') } : { beforeMs: dayStart(before) });
      return show(document, document.entries === 0 ? 'Nothing in the log fits that. Nothing was changed.' : `Deleted the contents of ${document.entries} entries. Backups made before still hold them.`);
    },
  },
  {
    form: form('receipt', ['COMPANY'], 'Writes what the log holds about one company as a file it can check, and nothing about anybody else.', { out: { type: 'string' }, grant: { type: 'string' } }), unlocks: true,
    async run(context, parsed) {
      const out = textOption(parsed, 'out');
      if (out === undefined) throw new AppError('ERR_USAGE', '--out FILE says where the receipt goes.');
      const grantId = textOption(parsed, 'grant');
      const { receipt, entries } = await context.call('audit.receipt', { companyId: companyOf(first(parsed)), ...(grantId === undefined ? {} : { grantId }) });
      const file = resolve(out);
      writeNew(file, receipt);
      return show({ file, entries }, `${entries} entries written to ${file}.`);
    },
  },
  {
    form: form('check', [], 'Reads all the vault stands on (database, log, key file, file modes, last backup) and says what it found.'), unlocks: true,
    async run(context) {
      const health = await watched(context, () => context.call('vault.check'));
      const damaged = health.findings.find(({ state }) => state === 'damaged');
      if (damaged) throw new AppError(DAMAGE_CODES[damaged.what] ?? 'ERR_VAULT_CORRUPT', `Damaged: ${findingText(damaged)}.`, { details: { ...health } });
      return show(health, table(health.findings.map((finding) => [finding.state === 'ok' ? 'fine' : 'look', findingText(finding)]), ''));
    },
  },
  {
    form: form('backup', ['FILE'], 'Writes one encrypted backup file and opens it once to check it.'), unlocks: true,
    async run(context, parsed) {
      const file = resolve(first(parsed));
      const { sizeBytes } = await watched(context, () => context.core.backupTo(file));
      return show({ file, sizeBytes }, `Backed up to ${file}, ${Math.ceil(sizeBytes / 1024)} kB. It opens with your passphrase or recovery phrase.`);
    },
  },
  {
    form: form('backup schedule', [], 'Sets how often a backup is made while the app or “serve” runs, where, and how many stay.', { every: { type: 'string' }, folder: { type: 'string' }, keep: { type: 'string' } }), unlocks: true,
    async run(context, parsed) {
      const every = textOption(parsed, 'every'), folder = textOption(parsed, 'folder'), keep = textOption(parsed, 'keep');
      if (every !== undefined && every !== 'off' && every !== 'daily' && every !== 'weekly') throw new AppError('ERR_USAGE', '--every takes off, daily or weekly.');
      if (keep !== undefined && !/^(?:[1-9]\d?|100)$/u.test(keep)) throw new AppError('ERR_USAGE', '--keep takes a number from 1 to 100.');
      const status = await context.call('backup.setSchedule', {
        ...(every === undefined ? {} : { every }), ...(folder === undefined ? {} : { folder: folder === '' ? null : resolve(folder) }), ...(keep === undefined ? {} : { keep: Number(keep) }),
      });
      return show(status, scheduleText(status));
    },
  },
  {
    form: form('backup status', [], 'Says when the last backup was made, whether it opened, and when the next is due.'), unlocks: true,
    async run(context) {
      const status = await context.call('backup.status');
      return show(status, scheduleText(status));
    },
  },
  {
    form: form('restore', ['FILE'], 'Restores a backup. --set-aside renames a vault that is there; --older takes a backup older than it; --recovery asks for the recovery phrase.', { 'set-aside': { type: 'boolean' }, older: { type: 'boolean' }, recovery: { type: 'boolean' } }), unlocks: false,
    async run(context, parsed) {
      const secret = await secretFrom(context, parsed);
      const restored = await watched(context, () => context.core.restoreFrom(resolve(first(parsed)), secret, { setAside: parsed.values['set-aside'] === true, acceptOlder: parsed.values['older'] === true }));
      return show({ vault: context.dataDir, ...restored }, `Restored into ${context.dataDir}, as it was on ${minute(restored.createdAtMs)}.${restored.setAside === null ? '' : ` What was there is in ${restored.setAside}.`}`);
    },
  },
  {
    form: form('recover', [], 'Saves what is readable of a damaged vault into a new one, and says what is lost. --keys names a backup whose key file stands in for a damaged one.', { into: { type: 'string' }, keys: { type: 'string' }, recovery: { type: 'boolean' } }), unlocks: false,
    async run(context, parsed) {
      const into = textOption(parsed, 'into'), keys = textOption(parsed, 'keys');
      if (into === undefined) throw new AppError('ERR_USAGE', 'Name an empty folder for the new vault with --into.');
      const secret = await secretFrom(context, parsed);
      const report = await watched(context, () => context.core.recoverInto(resolve(into), { secret, ...(keys === undefined ? {} : { keysFrom: { path: resolve(keys) } }) }));
      return show({ vault: resolve(into), ...report }, [report.whole ? 'Everything could be read.' : 'Part of it could not be read.', ...report.tables.map(({ words }) => `  ${words}`), `The new vault is in ${resolve(into)}; it opens as before. The damaged one was left as it is.`].join('\n'));
    },
  },
  {
    form: form('export', ['FILE'], 'Writes everything in open formats into one age file, for the public keys named, or for a passphrase of its own.', { recipient: { type: 'string', multiple: true }, 'export-passphrase-file': { type: 'string' } }), unlocks: true,
    async run(context, parsed) {
      const recipients = [...listOption(parsed, 'recipient')];
      const file = resolve(first(parsed));
      const lock = recipients.length > 0 ? { recipients } : { passphrase: await context.exportPassphrase(true) };
      const { sizeBytes, records } = await watched(context, () => context.core.exportTo(file, lock));
      return show({ file, sizeBytes, records }, `Exported ${records} records to ${file}. Any program for age files opens it, such as: age -d -o export.zip ${file}`);
    },
  },
  {
    form: form('adopt', ['FILE'], 'Takes an export of another vault over into this one, which must be new.', { identity: { type: 'string' }, 'export-passphrase-file': { type: 'string' } }), unlocks: true,
    async run(context, parsed) {
      const identity = textOption(parsed, 'identity');
      const fileId = grant(context.core, first(parsed));
      const key = identity === undefined ? { passphrase: await context.exportPassphrase(false) } : { identities: identitiesIn(identity) };
      const taken = await watched(context, () => context.call('export.takeOver', { fileId, ...key }));
      return show(taken, `Taken over: ${taken.records} records, ${taken.statements} statements, ${taken.rejections} ruled out. ${taken.leftOut.grants} permissions stayed behind: their companies have to ask again.${taken.leftOut.words === 0 ? '' : ` ${taken.leftOut.words} of the statements and ruled out stayed behind: this vault has no such words.`}`);
    },
  },
];

/** Words of taking an export over: from choosing the file to what came along and what stayed behind. */
import { date, list } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';
import type { Output, Topic } from '../../../shared/api/contract.ts';
import { sourceName, sourcesCopy } from './sources.ts';

type Preview = Output<'export.preview'>;
type Job = Topic<'job.changed'>;

export const takeOverCopy = {
  action: t('Take over an export'), home: t('Or take over an export of another vault'),
  text: t('What “Export everything” wrote, in this or another vault, can be taken over into a new one: records, what you said yourself, what you ruled out, and settings. You see what is in it before anything is kept.'),
  notNew: t('An export goes only into a new vault. This one already holds something, so it is left as it is.'),
  notNewHow: t('To use an export, start Penchant with another folder (npm start -- --vault FOLDER), create a vault there, and take it over in that one.'),
  choose: t('Choose the export'), accept: '.age',
  lead: t('The file’s name ends in “.age”. It opens with the passphrase it was given when it was written, which need not be that of a vault.'),
  passphrase: t('Passphrase of the export'), key: t('Secret key of the export'), keyHint: t('As the tool “age” keeps it: it begins with AGE-SECRET-KEY-1.'), useKey: t('It was locked for a key'), usePassphrase: t('It was locked with a passphrase'),
  look: t('Look what is in it'), back: t('Back'), stopped: t('Stopped. Nothing of the export was kept.'),
  comes: t('Comes along'), stays: t('Stays behind'), anew: t('What all that says about you is worked out anew. Nothing is kept until you press the button, and it is kept whole or not at all.'),
  go: t('Take it over'), doneTitle: t('Taken over'), came: t('Now in this vault'), stayed: t('Stayed behind'),
} as const;

export function exportAbout({ madeAtMs, sources, firstRecordMs, lastRecordMs }: Preview): string {
  return t('Written on {made}{sources, plural, =0 {} other {, with records from {names}}}{dated, select, yes {, {first} to {last}} other {}}.', { made: date(madeAtMs), sources: sources.length, names: list(sources.map((source) => sourceName(source))), dated: firstRecordMs !== null && lastRecordMs !== null, first: date(firstRecordMs ?? 0), last: date(lastRecordMs ?? 0) });
}

/** One line for each kind of thing there is. */
export const comesAlong = ({ records, imports, statements, rejections, notMe }: Preview): string[] => [
  ...(records === 0 ? [] : [t('{records, plural, one {# record} other {# records}} of what you watched, heard or bought, in {imports, plural, one {# import} other {# imports}}', { records, imports })]),
  ...(statements === 0 ? [] : [t('{statements, plural, one {# thing} other {# things}} you said yourself', { statements })]),
  ...(notMe === 0 ? [] : [t('{notMe, plural, one {# thing} other {# things}} you said {notMe, plural, one {is} other {are}} not about you', { notMe })]),
  ...(rejections === 0 ? [] : [t('{rejections, plural, one {# thing} other {# things}} you ruled out', { rejections })]),
  t('Settings: how Penchant looks, and locking and asking again where they are stricter than here'),
];
/** The same for what an export cannot bring, each with why. */
export const staysBehind = ({ leftOut, closed }: Preview): string[] => [
  ...(leftOut.grants === 0 ? [] : [t('{grants, plural, one {# permission} other {# permissions}} of {companies, plural, one {# company} other {# companies}}: they belong to the keys of the old vault. The companies have to ask again.', { grants: leftOut.grants, companies: leftOut.companies })]),
  ...(leftOut.logEntries === 0 ? [] : [t('The old log, {logEntries, plural, one {# entry} other {# entries}}: it stays readable in the file. This vault keeps a log of its own.', { logEntries: leftOut.logEntries })]),
  ...(leftOut.words === 0 ? [] : [t('{words, plural, one {# thing} other {# things}} you said or ruled out: this vault has no such words.', { words: leftOut.words })]),
  ...(closed.records + closed.words === 0 ? [] : [t('What lay in the closed part ({things}): an export never holds it.', { things: list([...(closed.records === 0 ? [] : [t('{records, plural, one {# record} other {# records}}', { records: closed.records })]), ...(closed.words === 0 ? [] : [t('{words, plural, one {# thing} other {# things}} you said', { words: closed.words })])]) })]),
];

const PHASES: Partial<Record<Job['phase'], string>> = { checking: t('Checking every line of it…'), copying: t('Storing it…'), understanding: sourcesCopy.understanding };
export const takeOverPhase = (job: Job | undefined): string => (job ? PHASES[job.phase] : undefined) ?? t('Opening the export…');

/** Words of taking an export over: from choosing the file to what came along and what stayed behind. */
import type { Output, Topic } from '../../../shared/api/contract.ts';
import { counted, date, list } from './format.ts';
import { sourceName, sourcesCopy } from './sources.ts';

type Preview = Output<'export.preview'>;
type Job = Topic<'job.changed'>;

export const takeOverCopy = {
  title: 'Take over an export', action: 'Take over an export', firstRun: 'I have an export of another vault', home: 'Or take over an export of another vault',
  text: 'What “Export everything” wrote, in this or another vault, can be taken over into a new one: records, what you said yourself, what you ruled out, and settings. You see what is in it before anything is kept.',
  notNew: 'An export goes only into a new vault. This one already holds something, so it is left as it is.',
  notNewHow: 'To use an export, start Penchant with another folder (npm start -- --vault FOLDER), create a vault there, and take it over in that one.',
  choose: 'Choose the export', accept: '.age',
  lead: 'The file’s name ends in “.age”. It opens with the passphrase it was given when it was written, which need not be that of a vault.',
  passphrase: 'Passphrase of the export', key: 'Secret key of the export', keyHint: 'As the tool “age” keeps it: it begins with AGE-SECRET-KEY-1.', useKey: 'It was locked for a key', usePassphrase: 'It was locked with a passphrase',
  look: 'Look what is in it', back: 'Back', stopped: 'Stopped. Nothing of the export was kept.',
  comes: 'Comes along', stays: 'Stays behind', anew: 'What all that says about you is worked out anew. Nothing is kept until you press the button, and it is kept whole or not at all.',
  go: 'Take it over', doneTitle: 'Taken over', came: 'Now in this vault', stayed: 'Stayed behind', toProfile: 'See my profile',
} as const;

export function exportAbout({ madeAtMs, sources, firstRecordMs, lastRecordMs }: Preview): string {
  const from = sources.length === 0 ? '' : `, with records from ${list(sources.map((source) => sourceName(source)))}`;
  return `Written on ${date(madeAtMs)}${from}${firstRecordMs === null || lastRecordMs === null ? '' : `, ${date(firstRecordMs)} to ${date(lastRecordMs)}`}.`;
}

/** One line for each kind of thing there is. */
export const comesAlong = ({ records, imports, statements, rejections, notMe }: Preview): string[] => [
  ...(records === 0 ? [] : [`${counted(records, 'record')} of what you watched, heard or bought, in ${counted(imports, 'import')}`]),
  ...(statements === 0 ? [] : [`${counted(statements, 'thing')} you said yourself`]),
  ...(notMe === 0 ? [] : [`${counted(notMe, 'thing')} you said ${notMe === 1 ? 'is' : 'are'} not about you`]),
  ...(rejections === 0 ? [] : [`${counted(rejections, 'thing')} you ruled out`]),
  'Settings: how Penchant looks, and locking and asking again where they are stricter than here',
];
/** The same for what an export cannot bring, each with why. */
export const staysBehind = ({ leftOut, closed }: Preview): string[] => [
  ...(leftOut.grants === 0 ? [] : [`${counted(leftOut.grants, 'permission')} of ${counted(leftOut.companies, 'company', 'companies')}: they belong to the keys of the old vault. The companies have to ask again.`]),
  ...(leftOut.logEntries === 0 ? [] : [`The old log, ${counted(leftOut.logEntries, 'entry', 'entries')}: it stays readable in the file. This vault keeps a log of its own.`]),
  ...(leftOut.words === 0 ? [] : [`${counted(leftOut.words, 'thing')} you said or ruled out: this vault has no such words.`]),
  ...(closed.records + closed.words === 0 ? [] : [`What lay in the closed part (${list([...(closed.records === 0 ? [] : [counted(closed.records, 'record')]), ...(closed.words === 0 ? [] : [`${counted(closed.words, 'thing')} you said`])])}): an export never holds it.`]),
];

const PHASES: Partial<Record<Job['phase'], string>> = { checking: 'Checking every line of it…', copying: 'Storing it…', understanding: sourcesCopy.understanding };
export const takeOverPhase = (job: Job | undefined): string => (job ? PHASES[job.phase] : undefined) ?? 'Opening the export…';

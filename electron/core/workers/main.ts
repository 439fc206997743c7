/** Entry of every worker thread: the table of tasks a worker can be started for. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Spoken } from '../../../shared/language/message.ts';
import { speakAs } from '../../../shared/language/pseudo.ts';
import { classifyTask, differenceTask, wordsTask } from '../enrichment/tasks.ts';
import { taskEntry, type TaskEntry } from '../platform/workers/task-kind.ts';
import { serveTasks } from '../platform/workers/serve-tasks.ts';
import { salvageTask } from '../portability/tasks.ts';
import { columnsTask, inspectTask, parseTask, rowsTask, tryTask } from '../sources/tasks.ts';
import type { ClosedLabel } from '../sources/strike.ts';
import { verifyCopyTask } from '../vault/tasks.ts';

/** Sources do not know enrichment; what they must know of it is handed to them here. */
const closedLabels = async (needed: boolean): Promise<(resourcesDir: string) => ClosedLabel> => (needed ? (await import('../enrichment/closed-label.ts')).createClosedLabel : () => () => null);

// A thread runs one task and loads that one only: starting is most of what a small task costs.
const TASKS: readonly TaskEntry[] = [
  taskEntry(inspectTask, async (...given) => (await import('../sources/inspect-task.ts')).inspect(...given)),
  taskEntry(parseTask, async (...given) => (await import('../sources/parse-task.ts')).parse(...given, await closedLabels(given[0].leaveOut?.sensitive === true))),
  taskEntry(rowsTask, async (...given) => (await import('../sources/rows-task.ts')).rows(...given, await closedLabels(true))),
  taskEntry(columnsTask, async (...given) => (await import('../sources/own-task.ts')).columns(...given)),
  taskEntry(tryTask, async (...given) => (await import('../sources/own-task.ts')).tryOut(...given)),
  taskEntry(classifyTask, async (...given) => (await import('../enrichment/classify-task.ts')).classify(...given)),
  taskEntry(differenceTask, async (input) => (await import('../enrichment/difference-task.ts')).difference(input)),
  taskEntry(wordsTask, async (input) => (await import('../enrichment/words-task.ts')).words(input)),
  taskEntry(salvageTask, async (...given) => (await import('../portability/salvage-task.ts')).salvage(...given)),
  taskEntry(verifyCopyTask, async (...given) => (await import('../vault/verify-copy.ts')).verifyCopy(...given)),
];

if (workerData !== null) speakAs(workerData as Spoken);
if (parentPort) serveTasks(parentPort, TASKS);

/** Entry of every worker thread: the table of tasks a worker can be started for. */
import { parentPort } from 'node:worker_threads';
import { classifyTask } from '../enrichment/tasks.ts';
import { taskEntry, type TaskEntry } from '../platform/workers/task-kind.ts';
import { serveTasks } from '../platform/workers/serve-tasks.ts';
import { inspectTask, parseTask } from '../sources/tasks.ts';
import { verifyCopyTask } from '../vault/tasks.ts';

// A thread runs one task and loads that one only: starting is most of what a small task costs.
const TASKS: readonly TaskEntry[] = [
  taskEntry(inspectTask, async (...given) => (await import('../sources/inspect-task.ts')).inspect(...given)),
  taskEntry(parseTask, async (...given) => (await import('../sources/parse-task.ts')).parse(...given)),
  taskEntry(classifyTask, async (...given) => (await import('../enrichment/classify-task.ts')).classify(...given)),
  taskEntry(verifyCopyTask, async (...given) => (await import('../vault/verify-copy.ts')).verifyCopy(...given)),
];

if (parentPort) serveTasks(parentPort, TASKS);

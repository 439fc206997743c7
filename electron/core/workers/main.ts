/** Entry of every worker thread: the table of tasks a worker can be started for. */
import { parentPort } from 'node:worker_threads';
import { classify } from '../enrichment/classify-task.ts';
import { classifyTask } from '../enrichment/tasks.ts';
import { taskEntry, type TaskEntry } from '../platform/workers/task-kind.ts';
import { serveTasks } from '../platform/workers/serve-tasks.ts';
import { inspect } from '../sources/inspect-task.ts';
import { parse } from '../sources/parse-task.ts';
import { inspectTask, parseTask } from '../sources/tasks.ts';
import { verifyCopyTask } from '../vault/tasks.ts';
import { verifyCopy } from '../vault/verify-copy.ts';

const TASKS: readonly TaskEntry[] = [
  taskEntry(inspectTask, inspect),
  taskEntry(parseTask, parse),
  taskEntry(classifyTask, classify),
  taskEntry(verifyCopyTask, verifyCopy),
];

if (parentPort) serveTasks(parentPort, TASKS);

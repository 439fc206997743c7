/** Rows of what the person said about room to breathe, and of what was answered on a day. No policy. */
import { breathingRules } from '../../../shared/api/breathing.contract.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import { NO_RULES, type BreathingRules } from './breathing.ts';

export function getRules(db: ReadableDb): BreathingRules {
  const row = db.query<{ rules: string }>('SELECT rules FROM breathing WHERE id = 1').get();
  return row === undefined ? NO_RULES : breathingRules.parse({ ...NO_RULES, ...JSON.parse(row.rules) as object });
}

export function setRules(db: WritableDb, rules: BreathingRules): void {
  db.command('INSERT INTO breathing (id, rules) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET rules = excluded.rules').run(JSON.stringify(rules));
}

/** By recipient. */
export const answersOn = (db: ReadableDb, day: number): Map<string, number> =>
  new Map(db.query<{ id: string; answers: number }>('SELECT recipient_id AS id, answers FROM answers_given WHERE day = ?').all(day).map(({ id, answers }) => [id, answers]));

/** By node. */
export const areasOn = (db: ReadableDb, day: number): Map<string, number> =>
  new Map(db.query<{ node: string; answers: number }>('SELECT node, answers FROM areas_answered WHERE day = ?').all(day).map(({ node, answers }) => [node, answers]));

export function countAnswer(db: WritableDb, day: number, recipientId: string, nodes: readonly string[]): void {
  db.command('INSERT INTO answers_given (day, recipient_id, answers) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET answers = answers + 1').run(day, recipientId);
  for (const node of nodes) db.command('INSERT INTO areas_answered (day, node, answers) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET answers = answers + 1').run(day, node);
}

/** What was counted on other days than this one and the day before it. */
export function forgetCounts(db: WritableDb, day: number): void {
  db.command('DELETE FROM answers_given WHERE day NOT IN (?, ?)').run(day - 1, day);
  db.command('DELETE FROM areas_answered WHERE day NOT IN (?, ?)').run(day - 1, day);
}

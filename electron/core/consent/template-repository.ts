/** Rows of the person's own templates. No policy. */
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';

export interface TemplateRow { readonly template_id: string; readonly name: string; readonly body: string }

export const listTemplates = (db: ReadableDb): TemplateRow[] => db.query<TemplateRow>('SELECT template_id, name, body FROM templates ORDER BY name COLLATE NOCASE, template_id').all();
export function putTemplate(db: WritableDb, templateId: string, name: string, body: string): void {
  db.command('INSERT INTO templates (template_id, name, body) VALUES (?, ?, ?) ON CONFLICT (template_id) DO UPDATE SET body = excluded.body').run(templateId, name, body);
}
/** @returns whether there was one */
export const deleteTemplate = (db: WritableDb, templateId: string): boolean => db.command('DELETE FROM templates WHERE template_id = ?').run(templateId).changes > 0;

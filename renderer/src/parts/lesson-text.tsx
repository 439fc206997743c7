/** One lesson, and the tick that it was read. */
import { call } from '../bridge/client.ts';
import { leading } from '../../../shared/language/format.ts';
import { learnCopy, type Lesson } from '../copy/learn.ts';
import { useResource } from '../state/resource.ts';
import { settingsResource } from '../state/resources.ts';
import { Checkbox } from '../ui/fields.tsx';
import { ErrorNote } from './error-note.tsx';
import { useTask } from './use-task.ts';

export function LessonText({ lesson }: { readonly lesson: Lesson }) {
  const { data } = useResource(settingsResource);
  const task = useTask();
  const read = new Set(data?.lessonsRead);
  const mark = (ticked: boolean) => {
    task.run(async () => {
      await call('settings.set', { lessonsRead: ticked ? [...read, lesson.id] : [...read].filter((other) => other !== lesson.id) });
      await settingsResource.getState().load();
    });
  };
  return (
    <>
      {lesson.paragraphs.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
      {lesson.example === undefined ? null : <p className="lesson-example"><strong>{leading(learnCopy.exampleTitle)}</strong> {lesson.example}</p>}
      <Checkbox label={learnCopy.read} checked={read.has(lesson.id)} disabled={task.busy || data === null} onChange={mark} />
      {task.error ? <ErrorNote error={task.error} /> : null}
    </>
  );
}

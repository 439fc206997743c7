/** A lesson where it is needed: opened over the screen, so that nothing that was chosen there is lost. */
import { useState } from 'react';
import { learnCopy } from '../copy/learn.ts';
import { href } from '../state/route.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { controls } from '../copy/controls.ts';
import { LessonText } from './lesson-text.tsx';

export type LessonId = (typeof learnCopy.lessons)[number]['id'];

export function LessonLink({ id, label }: { readonly id: LessonId; /** The lesson's title when left out. */ readonly label?: string }) {
  const [open, setOpen] = useState(false);
  const lesson = learnCopy.lessons.find((one) => one.id === id);
  if (!lesson) return null;
  return (
    <>
      <Button small variant="quiet" onClick={() => { setOpen(true); }}>{label ?? lesson.title}</Button>
      {open ? (
        <Dialog title={lesson.title} shape="wide" onClose={() => { setOpen(false); }} actions={<><a href={href('learn', [id])}>{learnCopy.all}</a><Button variant="primary" onClick={() => { setOpen(false); }}>{controls.close}</Button></>}>
          <LessonText lesson={lesson} />
        </Dialog>
      ) : null}
    </>
  );
}

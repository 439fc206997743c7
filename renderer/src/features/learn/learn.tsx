/** Short lessons in plain words. */
import { learnCopy } from '../../copy/learn.ts';
import { firstStepsCopy } from '../../copy/first-steps.ts';
import { showFirstSteps } from '../../parts/through.ts';
import { LessonText } from '../../parts/lesson-text.tsx';
import { PracticeShop } from '../../parts/practice-shop.tsx';
import { useResource } from '../../state/resource.ts';
import { settingsResource } from '../../state/resources.ts';
import { CheckIcon } from '../../ui/icons.ts';
import { href, navigate, useRoute } from '../../state/route.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Page } from '../../ui/surfaces.tsx';
import { useEffect } from 'react';
import './learn.css';

export function Learn() {
  const { parts } = useRoute();
  const wanted = parts[0];
  useEffect(() => {
    if (wanted !== undefined) document.getElementById(`lesson-${wanted}`)?.scrollIntoView({ block: 'start' });
  }, [wanted]);
  const { data } = useResource(settingsResource);
  const read = new Set(data?.lessonsRead);
  return (
    <Page title={learnCopy.title} lead={learnCopy.lead}>
      <div className="learn">
        <nav aria-label={learnCopy.contents} className="learn-contents">
          <ol>{learnCopy.lessons.map((lesson) => <li key={lesson.id}><a href={href('learn', [lesson.id])}>{lesson.title}</a>{read.has(lesson.id) ? <span className="faint"> <CheckIcon size={14} aria-hidden /><span className="hidden-visually">{learnCopy.isRead}</span></span> : null}</li>)}</ol>
          <p className="faint numbers" role="status">{learnCopy.progress(learnCopy.lessons.filter(({ id }) => read.has(id)).length, learnCopy.lessons.length)}</p>
          <p><Button small variant="quiet" onClick={() => { showFirstSteps().then(() => { navigate(href('home')); }, () => undefined).catch(() => undefined); }}>{firstStepsCopy.show}</Button></p>
        </nav>
        <div className="stack-wide">
          <PracticeShop />
          {learnCopy.lessons.map((lesson) => (
            <article key={lesson.id} id={`lesson-${lesson.id}`} className="lesson">
              <Card>
                <div className="stack">
                  <h2>{lesson.title}</h2>
                  <LessonText lesson={lesson} />
                </div>
              </Card>
            </article>
          ))}
        </div>
      </div>
    </Page>
  );
}

/** Short lessons in plain words. */
import { learnCopy } from '../../copy/learn.ts';
import { href, useRoute } from '../../state/route.ts';
import { Card, Page } from '../../ui/surfaces.tsx';
import { useEffect } from 'react';
import './learn.css';

export function Learn() {
  const { parts } = useRoute();
  const wanted = parts[0];
  useEffect(() => {
    if (wanted !== undefined) document.getElementById(`lesson-${wanted}`)?.scrollIntoView({ block: 'start' });
  }, [wanted]);
  return (
    <Page title={learnCopy.title} lead={learnCopy.lead}>
      <div className="learn">
        <nav aria-label={learnCopy.contents} className="learn-contents">
          <ol>{learnCopy.lessons.map((lesson) => <li key={lesson.id}><a href={href('learn', [lesson.id])}>{lesson.title}</a></li>)}</ol>
        </nav>
        <div className="stack-wide">
          {learnCopy.lessons.map((lesson) => (
            <article key={lesson.id} id={`lesson-${lesson.id}`} className="lesson">
              <Card>
                <div className="stack">
                  <h2>{lesson.title}</h2>
                  {lesson.paragraphs.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
                  {lesson.example === undefined ? null : <p className="lesson-example"><strong>{learnCopy.exampleTitle}</strong> {lesson.example}</p>}
                </div>
              </Card>
            </article>
          ))}
        </div>
      </div>
    </Page>
  );
}

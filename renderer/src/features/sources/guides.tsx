/** How to get a file out of each service. */
import { SOURCE_GUIDES, SOURCES, sourcesCopy } from '../../copy/sources.ts';
import { Disclosure } from '../../ui/surfaces.tsx';
import './sources.css';

export function Guides() {
  return (
    <div className="guides">
      {SOURCES.map((source) => {
        const guide = SOURCE_GUIDES[source];
        return (
          <Disclosure key={source} summary={<><strong>{guide.name}</strong><span className="soft guide-what">{guide.what}</span></>}>
            <ol className="guide-steps">{guide.steps.map((step) => <li key={step}>{step}</li>)}</ol>
            {guide.quick === undefined ? null : <p>{guide.quick}</p>}
            <dl className="facts">
              <div><dt>{sourcesCopy.wait}</dt><dd>{guide.wait}</dd></div>
              <div><dt>{sourcesCopy.fileName}</dt><dd>{guide.file}</dd></div>
            </dl>
          </Disclosure>
        );
      })}
    </div>
  );
}

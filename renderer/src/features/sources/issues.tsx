/** What was skipped or unsure in a file, with where. */
import type { Output } from '../../../../shared/api/contract.ts';
import { issueName, sourcesCopy } from '../../copy/sources.ts';
import { Disclosure } from '../../ui/surfaces.tsx';

type Issue = Output<'sources.imports'>['imports'][number]['issues'][number];

const MOST_POSITIONS = 5;

/** Positions end in "#row=3" (a row of a table, as spreadsheets count) or "#/3" (an entry of a list, counted from 0). */
function whereWords(positions: readonly string[]): string {
  const found = positions.map((position) => /#(?:row=(\d+)|\/(\d+))$/u.exec(position));
  const rows = found.flatMap((match) => (match?.[1] === undefined ? [] : [Number(match[1])]));
  const entries = found.flatMap((match) => (match?.[2] === undefined ? [] : [Number(match[2]) + 1]));
  if (rows.length === positions.length) return sourcesCopy.issueAt('row', rows);
  return entries.length === positions.length ? sourcesCopy.issueAt('entry', entries) : sourcesCopy.issueIn(positions);
}

export function Issues({ issues, open = false }: { readonly issues: readonly Issue[]; readonly open?: boolean }) {
  if (issues.length === 0) return null;
  const byCode = new Map<string, Issue[]>();
  for (const issue of issues) byCode.set(issue.code, [...(byCode.get(issue.code) ?? []), issue]);
  return (
    <Disclosure summary={sourcesCopy.issues} open={open}>
      <ul className="plain stack-tight">
        {[...byCode].map(([code, list]) => (
          <li key={code}>
            <strong>{issueName(code)}</strong>, {sourcesCopy.issueTimes(list.reduce((sum, issue) => sum + issue.count, 0))}
            <br /><span className="faint break-anywhere">{whereWords(list.slice(0, MOST_POSITIONS).map((issue) => issue.position))}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

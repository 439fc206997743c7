/** Why rows were skipped, with where. */
import type { Output } from '../../../../shared/api/contract.ts';
import { issueName, sourcesCopy } from '../../copy/sources.ts';
import { Disclosure } from '../../ui/surfaces.tsx';

type Issue = Output<'sources.imports'>['imports'][number]['issues'][number];

const MOST_POSITIONS = 5;

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
            <br /><span className="faint break-anywhere">{sourcesCopy.issuePosition} {list.slice(0, MOST_POSITIONS).map((issue) => issue.position).join('; ')}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

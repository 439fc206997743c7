/** Long lists, a part at a time: the rest is one press away, and the page stays light. */
import { labelled } from '../../../shared/language/format.ts';
import { useState, type ReactNode } from 'react';
import { controls } from '../copy/controls.ts';
import { Button } from './button.tsx';

const FEW = 4;

/** The first `step` rows, with what shows as many more. `what`: names the list to those who hear the button alone. */
export function useMore<T>(rows: readonly T[], step: number, what: string): { readonly shown: readonly T[]; readonly more: ReactNode } {
  const [presses, setPresses] = useState(0);
  // A handful more is no longer list, and one press less.
  const upTo = step * (presses + 1), shown = rows.length - upTo <= FEW ? rows : rows.slice(0, upTo);
  const more = shown.length === rows.length ? null : (
    <div className="row-between more">
      <span className="faint numbers" role="status">{controls.shownOf(shown.length, rows.length)}</span>
      <Button small aria-label={labelled(controls.showMore, what)} onClick={() => { setPresses(presses + 1); }}>{controls.showMore}</Button>
    </div>
  );
  return { shown, more };
}

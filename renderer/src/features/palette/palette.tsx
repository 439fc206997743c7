/** The palette: a few letters lead to every screen, act, company, taste and thing. A combobox with a list (WAI-ARIA 1.2, "Combobox"). */
import { useEffect, useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { Output } from '../../../../shared/api/contract.ts';
import { asAppError, call } from '../../bridge/client.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { paletteCopy } from '../../copy/palette.ts';
import { sourceName } from '../../copy/sources.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useBreathing } from '../../parts/use-breathing.ts';
import { useNow } from '../../parts/use-now.ts';
import { useResource } from '../../state/resource.ts';
import { companiesResource, profileResource, requestsResource } from '../../state/resources.ts';
import { href, navigate } from '../../state/route.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SearchIcon } from '../../ui/icons.ts';
import { commandsFor, type Command } from './commands.ts';
import { findAmong, grouped } from './find.ts';
import { BareInput } from '../../ui/bare.tsx';
import './palette.css';

const MOST_OF_A_GROUP = 6;
/** Before anything is typed: where one can go and what one can do, not all that the vault holds. */
const AT_FIRST: ReadonlySet<Command['group']> = new Set(['todo', 'go', 'act']);
const atFirst = (all: readonly Command[]): Command[] => { let waiting = 0; return all.filter(({ group }) => AT_FIRST.has(group) && (group !== 'todo' || ++waiting <= MOST_WAITING)); };
const PAUSE_MS = 120;
const LETTERS = 2;
/** Of what waits, before anything is typed: the rest would push all else out of sight. */
const MOST_WAITING = 3;

interface Things { readonly text: string; readonly total: number; readonly items: Output<'records.find'>['items'] }

/** Things kept, by their words, a moment after the last letter. */
function useThings(text: string): Things | null {
  const [things, setThings] = useState<Things | null>(null);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted.length < LETTERS) return;
    let current = true;
    const timer = setTimeout(() => {
      // What is found among the others is right without them.
      call('records.find', { search: { text: wanted }, limit: MOST_OF_A_GROUP - 1 }).then(({ total, items }) => { if (current) setThings({ text: wanted, total, items }); }, () => undefined);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  return things?.text === wanted ? things : null;
}

const thingCommands = ({ text, total, items }: Things): Command[] => (total === 0 ? [] : [
  ...items.map(({ id, title, creator, source }): Command => ({ group: 'things', id: `thing ${id}`, label: title, detail: [creator, sourceName(source)].filter(Boolean).join(', '), run: () => { navigate(href('records', [], { q: text, item: String(id) })); } })),
  { group: 'things', id: 'things', label: paletteCopy.allThings(total, text), run: () => { navigate(href('records', [], { q: text })); } },
]);

export function Palette({ onClose, onHelp }: { readonly onClose: () => void; readonly onHelp: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [failure, setFailure] = useState<AppError | null>(null);
  const { data: requests } = useResource(requestsResource), { data: companies } = useResource(companiesResource), { data: profile } = useResource(profileResource);
  const { data: breathing } = useBreathing();
  const nowMs = useNow(), id = useId(), things = useThings(text);
  const all = useMemo(
    () => commandsFor({ requests: requests?.requests ?? [], companies: companies?.companies ?? [], preferences: profile?.preferences ?? [], isOnBreak: breathing?.pause != null, nowMs }, onHelp),
    [requests, companies, profile, breathing, nowMs, onHelp],
  );
  const groups = grouped([...findAmong(text.trim() === '' ? atFirst(all) : all, text, text.trim() === '' ? all.length : MOST_OF_A_GROUP), ...(things === null ? [] : thingCommands(things))]);
  const found = groups.flatMap((group) => group.found);
  const chosen = found[Math.min(at, found.length - 1)];
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    const begun = command.run();
    if (begun === undefined) onClose();
    else begun.then(onClose, (thrown: unknown) => { setFailure(asAppError(thrown)); });
  };
  const onKey = (event: KeyboardEvent) => {
    const step = ({ ArrowDown: 1, ArrowUp: -1 } as Partial<Record<string, number>>)[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      const next = (Math.min(at, found.length - 1) + step + found.length) % found.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(chosen);
    }
  };
  return (
    <Dialog title={paletteCopy.title} shape="wide" onClose={onClose}>
      <div className="palette">
        <div className="input-search">
          <SearchIcon size={18} aria-hidden />
          <BareInput
            data-first type="text" className="input" role="combobox" aria-label={paletteCopy.placeholder} placeholder={paletteCopy.placeholder} autoComplete="off" spellCheck={false} maxLength={200} value={text}
            aria-expanded={found.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list" aria-activedescendant={chosen === undefined ? undefined : `${id}-${found.indexOf(chosen)}`}
            onChange={(event) => { setText(event.target.value); setAt(0); setFailure(null); }} onKeyDown={onKey}
          />
        </div>
        <p className="hidden-visually" role="status">{found.length === 0 ? paletteCopy.none : paletteCopy.count(found.length)}</p>
        {failure ? <ErrorNote error={failure} /> : null}
        {found.length === 0 ? <p className="soft" aria-hidden>{paletteCopy.none}</p> : null}
        <div id={`${id}-list`} role="listbox" aria-label={paletteCopy.results} className="palette-list">
          {groups.map(({ group, found: own }) => (
            <div key={group} role="group" aria-label={paletteCopy.groups[group]}>
              <p className="palette-group faint" aria-hidden>{paletteCopy.groups[group]}</p>
              {own.map((command) => {
                const place = found.indexOf(command);
                return (
                  <div key={command.id} id={`${id}-${place}`} role="option" aria-selected={command === chosen} className="palette-option" onPointerMove={() => { setAt(place); }} onClick={() => { run(command); }}>
                    <span className="palette-label">{command.label}{command.detail === undefined ? null : <span className="faint"> {command.detail}</span>}</span>
                    {command.keys === undefined ? null : <kbd>{command.keys}</kbd>}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

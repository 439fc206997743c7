/** Screens whose code comes when they are first shown: the page begins with what every screen needs. */
import { useEffect, useReducer, useState, type ComponentType } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import { onConnection } from '../bridge/client.ts';
import { appCopy } from '../copy/app.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { wordsOf } from '../state/language.ts';
import { restart, whenNothingIsHeld } from '../state/shown-once.ts';
import { Page } from '../ui/surfaces.tsx';

/** A browser asks once for a module; where that failed, only a page that starts anew asks again. */
const startAnew = (): void => { whenNothingIsHeld('code', restart); };

/** The code did not come: nobody answers. */
function Missing() {
  useEffect(() => {
    // Only when the connection comes back: while it stands, starting anew would change nothing.
    let wasLost = false;
    return onConnection((connection) => {
      if (connection === 'lost') wasLost = true;
      else if (connection === 'open' && wasLost) startAnew();
    });
  }, []);
  return <Page title={appCopy.name}><ErrorNote error={new AppError('ERR_CORE_GONE', 'The code of this screen could not be loaded.')} onRetry={startAnew} /></Page>;
}

export type Later<P> = ComponentType<P> & { /** Has it come before it is shown: the person is about to. */ readonly fetch: () => void };

/** `feature`: whose words it is made of. `load`: imports the module and names what of it is shown. */
export function later<P extends object>(feature: string, load: () => Promise<ComponentType<P>>): Later<P> {
  let Found: ComponentType<P> | null = null;
  let coming: Promise<void> | null = null;
  const come = (): Promise<void> => (coming ??= wordsOf(feature).then(load).then((component) => { Found = component; }, (error: unknown) => { coming = null; throw error; }));
  function Screen(props: P) {
    const [, show] = useReducer((count: number) => count + 1, 0);
    const [isMissing, setMissing] = useState(false);
    useEffect(() => {
      // It may have come between being drawn without it and now.
      if (Found !== null) { show(); return; }
      let wanted = true;
      come().then(() => { if (wanted) show(); }, () => { if (wanted) setMissing(true); });
      return () => { wanted = false; };
    }, []);
    return Found !== null ? <Found {...props} /> : isMissing ? <Missing /> : null;
  }
  return Object.assign(Screen, { fetch: () => { come().catch(() => undefined); } });
}

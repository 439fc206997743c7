/** Everything the palette reaches: screens, acts, and what the vault holds by name. */
import type { Output } from '../../../../shared/api/contract.ts';
import { call } from '../../bridge/client.ts';
import { appCopy } from '../../copy/app.ts';
import { breathingCopy } from '../../copy/breathing.ts';
import { firstStepsCopy } from '../../copy/first-steps.ts';
import { claimName } from '../../copy/claims.ts';
import { learnCopy } from '../../copy/learn.ts';
import { paletteCopy } from '../../copy/palette.ts';
import { showFirstSteps } from '../../parts/through.ts';
import { isWaiting } from '../../parts/waiting.ts';
import { breathingResource, settingsResource } from '../../state/resources.ts';
import { href, navigate } from '../../state/route.ts';
import { applyTheme, type Theme } from '../../state/theme.ts';
import { showToast } from '../../state/toasts.ts';
import { useVault } from '../../state/vault.ts';
import type { Findable } from './find.ts';

export type Group = keyof typeof paletteCopy.groups;
export interface Command extends Findable<Group> { readonly run: () => void | Promise<void> }

interface Known {
  readonly requests: Output<'requests.list'>['requests']; readonly companies: Output<'companies.list'>['companies']; readonly preferences: Output<'profile.list'>['preferences'];
  readonly isOnBreak: boolean; readonly nowMs: number;
}

const goTo = (screen: string, parts: readonly string[] = [], query: Readonly<Record<string, string>> = {}) => (): void => { navigate(href(screen, parts, query)); };
const KEYS: Partial<Readonly<Record<keyof typeof appCopy.nav, string>>> = { home: 'G H', profile: 'G P', sources: 'G S', companies: 'G C', breathing: 'G B', activity: 'G A', learn: 'G L' };
const setTheme = (theme: Theme) => async (): Promise<void> => {
  applyTheme(theme);
  await call('settings.set', { theme });
  await settingsResource.getState().load();
};

export function commandsFor({ requests, companies, preferences, isOnBreak, nowMs }: Known, onHelp: () => void): Command[] {
  const { words } = paletteCopy;
  return [
    ...requests.filter((request) => isWaiting(request, nowMs)).map(({ requestId, company }): Command => ({ group: 'todo', id: `request ${requestId}`, label: paletteCopy.decide(company.name), detail: company.domain, run: goTo('requests', [requestId]) })),
    ...(Object.keys(appCopy.nav) as (keyof typeof appCopy.nav)[]).map((screen): Command => ({ group: 'go', id: `go ${screen}`, label: appCopy.nav[screen], ...(KEYS[screen] === undefined ? {} : { keys: KEYS[screen] }), run: goTo(screen) })),
    ...(['permissions', 'requests', 'known', 'patterns', 'opinions', 'records'] as const).map((screen): Command => ({
      group: 'go', id: `go ${screen}`, label: paletteCopy[screen === 'known' ? 'balance' : screen], detail: appCopy.nav[screen === 'permissions' || screen === 'requests' || screen === 'known' ? 'companies' : 'profile'], ...(screen === 'records' ? { keys: '/' } : {}), run: goTo(screen),
    })),
    { group: 'act', id: 'lock', label: paletteCopy.lock, words: words.lock, keys: 'Ctrl L', run: () => useVault.getState().lock() },
    {
      group: 'act', id: 'pause', label: isOnBreak ? paletteCopy.endPause : paletteCopy.pause, words: words.pause, run: async () => {
        await call('breathing.set', { pause: isOnBreak ? null : { untilMs: null } });
        await breathingResource.getState().load();
        // Ending it may ask for the passphrase again; beginning it never does.
        if (isOnBreak) showToast(breathingCopy.ended);
        else showToast(paletteCopy.paused, () => { call('breathing.set', { pause: null }).then(() => breathingResource.getState().load(), () => undefined).catch(() => undefined); });
      },
    },
    { group: 'act', id: 'import', label: paletteCopy.import, words: words.import, run: goTo('sources') },
    { group: 'act', id: 'request', label: paletteCopy.request, words: words.request, run: goTo('requests') },
    { group: 'act', id: 'add', label: paletteCopy.add, words: words.add, run: goTo('profile', [], { add: 'interest' }) },
    { group: 'act', id: 'backup', label: paletteCopy.backup, words: words.backup, run: goTo('security') },
    { group: 'act', id: 'check', label: paletteCopy.check, words: words.check, run: goTo('security') },
    { group: 'act', id: 'passphrase', label: paletteCopy.passphrase, words: words.passphrase, run: goTo('security') },
    { group: 'act', id: 'recovery', label: paletteCopy.recovery, words: words.recovery, run: goTo('security', ['recovery']) },
    { group: 'act', id: 'export', label: paletteCopy.export, words: words.export, run: goTo('security') },
    { group: 'act', id: 'forget', label: paletteCopy.forget, words: words.forget, run: goTo('activity') },
    { group: 'act', id: 'language', label: paletteCopy.language, words: words.language, run: goTo('settings') },
    { group: 'act', id: 'practice', label: paletteCopy.practice, words: words.practice, run: goTo('learn') },
    ...(['system', 'light', 'dark'] as const).map((theme): Command => ({ group: 'act', id: `theme ${theme}`, label: paletteCopy.theme[theme], words: words.theme, run: setTheme(theme) })),
    { group: 'act', id: 'steps', label: firstStepsCopy.show, words: words.steps, run: async () => { await showFirstSteps(); navigate(href('home')); showToast(firstStepsCopy.shown); } },
    { group: 'act', id: 'keys', label: paletteCopy.keys, words: words.keys, keys: '?', run: onHelp },
    ...companies.map(({ company }): Command => ({ group: 'companies', id: `company ${company.companyId}`, label: company.name, detail: company.domain, run: goTo('companies', [company.companyId]) })),
    ...preferences.map((one): Command => ({ group: 'profile', id: `preference ${one.id}`, label: one.label, detail: [claimName(one.claim), ...one.path.slice(0, -1)].join(' › '), run: goTo('profile', [], { item: one.id }) })),
    ...learnCopy.lessons.map(({ id, title }): Command => ({ group: 'lessons', id: `lesson ${id}`, label: title, run: goTo('learn', [id]) })),
  ];
}

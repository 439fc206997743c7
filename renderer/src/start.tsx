/** The page itself: listeners and the app, once its language is settled. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { Boundary } from './app/boundary.tsx';
import { watchFirstRun } from './state/first-run.ts';
import { watchJobs } from './state/jobs.ts';
import { watchLinks } from './state/link.ts';
import { watchPresence } from './state/presence.ts';
import { watchRecovery } from './state/recovery.ts';
import { watchRescue } from './state/rescue.ts';
import { watchToasts } from './state/toasts.ts';
import { watchPlaces } from './ui/page-place.ts';
import { watchUnlockAgain } from './state/unlock-again.ts';
import { watchVault } from './state/vault.ts';

watchVault();
watchJobs();
watchRecovery();
watchRescue();
watchLinks();
watchFirstRun();
watchToasts();
watchPlaces();
watchPresence();
watchUnlockAgain();

// A file dropped beside a drop zone must not make the browser leave the page and open it.
for (const kind of ['dragover', 'drop'] as const) window.addEventListener(kind, (event) => { event.preventDefault(); });

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Boundary><App /></Boundary></StrictMode>);

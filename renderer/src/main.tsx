/** Starts the page: fonts, styles, the language, then all that has words. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/surfaces.css';
import './ui/wheel/wheel.css';
import './parts/parts.css';
import './app/app.css';
import { startLanguage } from './state/language.ts';
import { applyRememberedTheme } from './state/theme.ts';

applyRememberedTheme();
await startLanguage();
await import('./start.tsx');

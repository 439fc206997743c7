/** Rebuilds the page whenever its source changes (npm run dev); the window shows it after a reload. */
import { join } from 'node:path';
import { build } from 'vite';
import config from '../../electron.vite.config.ts';
import { projectDir } from './build.ts';

/** @returns its own undo */
export async function watchPage(): Promise<() => Promise<void>> {
  const { root = 'renderer', plugins = [], build: options = {} } = config.renderer ?? {};
  const watcher = await build({
    configFile: false, root: join(projectDir, root), base: './', plugins, logLevel: 'warn',
    build: { ...options, outDir: join(projectDir, 'out/renderer'), emptyOutDir: true, minify: false, rolldownOptions: { input: join(projectDir, 'renderer/index.html') }, watch: {} },
  });
  return async () => { if ('close' in watcher) await watcher.close(); };
}

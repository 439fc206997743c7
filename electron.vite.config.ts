/** Builds every program: what runs in Node (shell, web host, command line, core, worker), the sandboxed preload, and the page. */
import { relative, sep } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { COMMON, pageParts, START } from './scripts/support/page-parts.ts';
import { bundledLicences } from './scripts/support/bundled-licences.ts';

const parts = pageParts(import.meta.dirname);
/** The entry waits for what it loads: in one file with it, both would wait for ever. */
const ENTRY = 'renderer/src/main.tsx';
const isOf = (part: string) => (id: string): boolean => {
  const file = relative(import.meta.dirname, id).replaceAll(sep, '/');
  return file !== ENTRY && parts.get(file) === part;
};

export default defineConfig({
  // Packages in `dependencies` stay outside the bundle: native ones cannot be in it.
  main: {
    plugins: [bundledLicences('LICENCES.txt')],
    build: {
      outDir: 'out/main',
      target: 'node24',
      rolldownOptions: {
        input: {
          main: 'electron/shell/main.ts',
          'web-host': 'electron/web-host/main.ts',
          'host-process': 'electron/web-host/host-process.ts',
          cli: 'electron/cli/main.ts',
          core: 'electron/core/process/main.ts',
          worker: 'electron/core/workers/main.ts',
          'practice-shop': 'sdk/demo-shop/thread.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  // A sandboxed preload script is loaded as CommonJS and may require nothing but electron.
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: { input: { preload: 'electron/shell/preload.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), bundledLicences('LICENCES.txt')],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // An inlined font or script would need a policy that allows inline data.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: 'renderer/index.html',
        output: {
          codeSplitting: {
            groups: [
              // What every screen looks like; by itself, or it would bring the code along that uses it.
              { name: 'styles', test: /renderer[\\/]src[\\/](?:ui|parts|app)[\\/].*\.css$/u, priority: 3 },
              // What has no words: it is there before the language is settled, and must bring nothing along that has.
              { name: 'base', test: /node_modules|shared[\\/]language[\\/](?:message|format)|renderer[\\/]src[\\/]state[\\/](?:language|theme|shown-once)/u, priority: 2 },
              // What every screen needs, and what several use: one file each, for a dozen small ones take longer to come. Their words come in the same pieces.
              { name: 'start', test: isOf(START), priority: 1 },
              { name: 'parts', test: isOf(COMMON), priority: 1 },
            ],
          },
        },
      },
    },
  },
});

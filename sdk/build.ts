/** Builds what is published: one module and one command line with the shared protocol inside, and their types. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';

const here = import.meta.dirname;
const out = join(here, 'dist');
rmSync(out, { recursive: true, force: true });

await build({
  configFile: false, root: here, logLevel: 'warn',
  build: {
    outDir: out, emptyOutDir: false, minify: false, target: 'es2022', ssr: true,
    rolldownOptions: {
      input: { index: join(here, 'src/index.ts'), cli: join(here, 'cli/main.ts') },
      external: ['jose', 'zod', ...builtinModules, /^node:/u],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true },
});

const types = join(out, 'types');
const project = join(out, 'tsconfig.json');
writeFileSync(project, JSON.stringify({
  extends: '../../tsconfig.sdk.json', include: ['../src/**/*.ts'], references: [],
  compilerOptions: { rootDir: '../..', outDir: types, composite: false, declaration: true, declarationMap: false, emitDeclarationOnly: true, tsBuildInfoFile: null },
}));
execFileSync(process.execPath, [join(here, '../node_modules/typescript/bin/tsc'), '-p', project], { stdio: 'inherit' });
rmSync(project);

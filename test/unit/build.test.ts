/** When a build is good to use: it is there, whole, and newer than what it is made of. */
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { isBuildStale } from '../../scripts/support/build.ts';
import { electronBinary } from '../../scripts/support/electron-binary.ts';
import { temporaryFolder } from '../support/database.ts';

function put(root: string, path: string, atSecond: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
  utimesSync(join(root, path), atSecond, atSecond);
  utimesSync(dirname(join(root, path)), 1, 1);
}

test('a build is stale when a part is missing or a source is newer', () => {
  const root = temporaryFolder();
  for (const path of ['electron/core/core.ts', 'renderer/src/main.tsx', 'shared/api/wire.ts', 'electron.vite.config.ts', 'package-lock.json']) put(root, path, 100);
  for (const folder of ['electron', 'renderer', 'shared']) utimesSync(join(root, folder), 1, 1);
  expect(isBuildStale(root)).toBe(true);
  const products = ['out/main/main.js', 'out/main/web-host.js', 'out/main/host-process.js', 'out/main/core.js', 'out/main/practice-shop.js', 'out/main/cli.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];
  for (const path of products) put(root, path, 200);
  expect(isBuildStale(root)).toBe(false);
  put(root, 'electron/core/core.ts', 300);
  expect(isBuildStale(root)).toBe(true);
  put(root, 'electron/core/core.ts', 100);
  put(root, 'electron/cli/node_modules/x.js', 300);
  for (const folder of ['electron', 'electron/cli']) utimesSync(join(root, folder), 1, 1);
  expect(isBuildStale(root)).toBe(false);
  rmSync(join(root, 'out/main/cli.js'));
  expect(isBuildStale(root)).toBe(true);
});

test('Electron’s binary is there only when both its name and the file are', () => {
  const root = temporaryFolder();
  expect(electronBinary(root)).toBeNull();
  mkdirSync(join(root, 'node_modules/electron/dist'), { recursive: true });
  writeFileSync(join(root, 'node_modules/electron/path.txt'), 'electron');
  expect(electronBinary(root)).toBeNull();
  writeFileSync(join(root, 'node_modules/electron/dist/electron'), '');
  expect(electronBinary(root)).toBe(join(root, 'node_modules/electron/dist/electron'));
});

test('Electron’s binary may be kept elsewhere, and is there without a name fetched here', () => {
  const root = temporaryFolder();
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', join(root, 'elsewhere'));
  try {
    expect(electronBinary(root)).toBeNull();
    mkdirSync(join(root, 'elsewhere/Electron.app/Contents/MacOS'), { recursive: true });
    for (const name of ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron']) writeFileSync(join(root, 'elsewhere', name), '');
    expect(electronBinary(root)?.startsWith(join(root, 'elsewhere'))).toBe(true);
  } finally {
    vi.unstubAllEnvs();
  }
});

/** One end-to-end suite for both hosts; the Electron project exists only where its binary does. */
import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/support/chromium.ts';
import { electronBinary } from './scripts/support/electron-binary.ts';
import type { HostOptions } from './test/e2e/support/launch.ts';

const browser = findChromium();
const asRoot = process.getuid?.() === 0;
const screenshots = process.env['PENCHANT_SCREENSHOTS'] !== undefined;

export default defineConfig<object, HostOptions>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  ...(screenshots ? {} : { grepInvert: /@screenshots/u }),
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // Where the page does not even start, every test would wait its two minutes for it.
  maxFailures: 12,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    // Chromium refuses its own sandbox to root.
    launchOptions: { ...(browser === null ? {} : { executablePath: browser }), args: asRoot ? ['--no-sandbox'] : [] },
    trace: process.env['PENCHANT_TRACE'] === undefined ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'web', use: { hostKind: 'web' } },
    ...(electronBinary() === null ? [] : [{ name: 'electron', use: { hostKind: 'electron' as const }, testIgnore: /(web-host|start|shell|recovery-kit|package)(-\w+)?\.spec/u }]),
  ],
});

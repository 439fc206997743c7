/** Runs the end-to-end suite: finds or fetches a browser, builds what is stale, then hands over to Playwright. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, projectDir } from './support/build.ts';
import { findChromium, installChromium } from './support/chromium.ts';
import { electronBinary } from './support/electron-binary.ts';
import { MADE_VAULTS } from '../test/e2e/support/made-vaults.ts';

const say = (line: string): void => { process.stdout.write(`${line}\n`); };
const screenshots = process.argv.includes('--screenshots');
const passedOn = process.argv.slice(2).filter((argument) => argument !== '--screenshots');

/** Every picture beside the same in the other theme, where there is one. */
function writeContactSheet(): void {
  const folder = join(projectDir, 'docs/screenshots');
  const pictures = readdirSync(folder).filter((name) => name.endsWith('.png')).sort(), shown = new Set<string>();
  const rows = pictures.flatMap((name) => {
    if (shown.has(name)) return [];
    const pair = [name, name.replace(/(light|dark)\.png$/u, (ending) => (ending === 'light.png' ? 'dark.png' : 'light.png'))].filter((one, at, all) => pictures.includes(one) && all.indexOf(one) === at);
    for (const one of pair) shown.add(one);
    return [`| ${name.replace(/(?:-light|-dark)?\.png$/u, '')} | ${pair.map((one) => `[<img src="${one}" width="420" alt="${one.replace('.png', '')}">](${one})`).join(' | ')}${pair.length === 1 ? ' | ' : ''} |`];
  });
  const states = readdirSync(join(folder, 'states')).sort().map((name) => `### ${name.replace('.jpg', '').replaceAll('-', ' ')}\n\n![${name.replace('.jpg', '')}](states/${name})\n`);
  writeFileSync(join(folder, 'README.md'), `# Every screen\n\nMade by \`npm run screenshots\`, which also writes this sheet. [Every state](#every-state-in-both-themes-and-at-both-widths) follows the screens.\n\n| | | |\n| --- | --- | --- |\n${rows.join('\n')}\n\n## Every state, in both themes and at both widths\n\n${states.join('\n')}`);
}

function run(): number {
  const browser = findChromium() ?? installChromium(say);
  if (browser === null) {
    say('The end-to-end tests need Chromium and none was found. Install the package "chromium" (or Google Chrome), or set PENCHANT_CHROMIUM to its path.');
    return 69;
  }
  if (!ensureBuilt(say)) return 70;
  say(`Browser: ${browser}. Hosts: web${electronBinary() === null ? ' (no Electron binary here)' : ' and electron'}.`);
  const madeVaults = mkdtempSync(join(tmpdir(), 'penchant-made-'));
  try {
    const runSuite = (...selection: readonly string[]): number => spawnSync(process.execPath, [join(projectDir, 'node_modules/@playwright/test/cli.js'), 'test', ...selection, ...passedOn], {
      cwd: projectDir, stdio: 'inherit', env: { ...process.env, PENCHANT_CHROMIUM: browser, [MADE_VAULTS]: madeVaults, ...(screenshots ? { PENCHANT_SCREENSHOTS: join(projectDir, 'docs/screenshots') } : {}) },
    }).status ?? 70;
    if (!screenshots) return runSuite();
    rmSync(join(projectDir, 'docs/screenshots/states'), { recursive: true, force: true });
    // Wherever a test looks at a state in both themes, it is a picture too.
    const specs = readdirSync(join(projectDir, 'test/e2e')).filter((name) => name.endsWith('.spec.ts') && readFileSync(join(projectDir, 'test/e2e', name), 'utf8').includes('expectAccessibleEverywhere('));
    const status = runSuite('--grep', '@screenshots|@walk', '--workers', '1') || runSuite(...specs.map((name) => `test/e2e/${name}`));
    writeContactSheet();
    return status;
  } finally {
    rmSync(madeVaults, { recursive: true, force: true });
  }
}

process.exitCode = run();

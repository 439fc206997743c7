/**
 * Draws every icon of the packages from the one SVG (renderer/src/app/icon.svg), with the Chromium the tests use:
 * PNGs by size for Linux, one file each for Windows and macOS, the window's and the tray's. `node scripts/icons.ts`
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from './support/chromium.ts';
import { icnsOf, icoOf, ICNS_SIZES, ICO_SIZES } from './support/icon-files.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'resources/icons');
export const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512] as const;

async function draw(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  return page.screenshot({ omitBackground: true, type: 'png', scale: 'css' });
}

const executablePath = findChromium();
if (executablePath === null) throw new Error('Drawing the icons needs Chromium, and none was found.');
const svg = readFileSync(join(root, 'renderer/src/app/icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage();
const drawn = new Map<number, Buffer>();
for (const size of new Set([...LINUX_SIZES, ...ICO_SIZES, ...ICNS_SIZES])) drawn.set(size, await draw(page, svg, size));
await browser.close();
const png = (size: number): Buffer => drawn.get(size) ?? Buffer.alloc(0);

mkdirSync(join(folder, 'linux'), { recursive: true });
for (const size of LINUX_SIZES) writeFileSync(join(folder, 'linux', `${size}x${size}.png`), png(size));
writeFileSync(join(folder, 'penchant.png'), png(256));
writeFileSync(join(folder, 'tray.png'), png(32));
writeFileSync(join(folder, 'penchant.ico'), icoOf(ICO_SIZES.map((size) => ({ size, png: png(size) }))));
writeFileSync(join(folder, 'penchant.icns'), icnsOf(ICNS_SIZES.map((size) => ({ size, png: png(size) }))));
// By which a test knows that the icons are of this very drawing.
writeFileSync(join(folder, 'drawn-from.sha256'), `${createHash('sha256').update(svg).digest('hex')}\n`);

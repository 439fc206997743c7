/** What the packages say of the program is what the program says of itself, and every icon is of the one drawing. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programOf } from '../../scripts/after-pack.ts';
import { ICNS_SIZES, ICO_SIZES } from '../../scripts/support/icon-files.ts';
import { LINK_SCHEME } from '../../electron/shell/deep-links.ts';
import { REQUEST_EXTENSION } from '../../electron/shell/request-files.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): Buffer => readFileSync(join(root, path));
const config = read('electron-builder.yml').toString();

/** Sides of a PNG: big-endian, after its signature and the head of its first chunk. */
const sidesOf = (png: Buffer): [number, number] => {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

test('every icon is drawn from the one SVG, at the size it is for', () => {
  expect(read('resources/icons/drawn-from.sha256').toString().trim(), 'draw them anew: node scripts/icons.ts').toBe(createHash('sha256').update(read('renderer/src/app/icon.svg')).digest('hex'));
  const linux = readdirSync(join(root, 'resources/icons/linux'));
  expect(linux).toContain('512x512.png');
  for (const name of linux) expect(sidesOf(read(`resources/icons/linux/${name}`)).join('x')).toBe(name.replace('.png', ''));
  expect(sidesOf(read('resources/icons/penchant.png'))).toEqual([256, 256]);
  expect(sidesOf(read('resources/icons/tray.png'))).toEqual([32, 32]);

  const ico = read('resources/icons/penchant.ico');
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, ICO_SIZES.length]);
  expect(ICO_SIZES.map((_, nth) => sidesOf(ico.subarray(ico.readUInt32LE(6 + 16 * nth + 12)))[0])).toEqual([...ICO_SIZES]);

  const icns = read('resources/icons/penchant.icns'), found: number[] = [];
  expect([icns.subarray(0, 4).toString(), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) found.push(sidesOf(icns.subarray(at + 8))[0]);
  expect(found).toEqual([...ICNS_SIZES]);
});

test('links, request files and what is asked of the systems agree with the program', () => {
  expect(config).toContain(`schemes: [${LINK_SCHEME}]`);
  expect(config).toContain(`ext: ${REQUEST_EXTENSION.slice(1)}`);
  expect(config).toMatch(/^publish: null$/mu);
  expect(config).toMatch(/^asar: true$/mu);
  expect(config).toMatch(/hardenedRuntime: true/u);
  expect(config).toMatch(/deleteAppDataOnUninstall: false/u);
  // What of ours says that there is a newer version installs none.
  expect(JSON.stringify(Object.keys((JSON.parse(read('package.json').toString()) as { dependencies: object }).dependencies))).not.toMatch(/updater/u);
  const entitlements = [...read('resources/icons/entitlements.mac.plist').toString().matchAll(/<key>([^<]+)<\/key>/gu)].map(([, key]) => key);
  expect(entitlements).toEqual(['com.apple.security.cs.allow-jit']);
});

test('fuses are set in the program itself, where each system has it', () => {
  const packed = (electronPlatformName: string, executableName?: string) => programOf({ arch: 1, appOutDir: '/out', electronPlatformName, packager: { appInfo: { productFilename: 'Penchant' }, ...(executableName === undefined ? {} : { executableName }) } });
  expect([packed('linux', 'penchant'), packed('darwin'), packed('win32')]).toEqual(['/out/penchant', '/out/Penchant.app', '/out/Penchant.exe']);
  const workflow = read('.github/workflows/packages.yml').toString();
  for (const program of ['linux-unpacked/penchant', 'mac-arm64/Penchant.app', 'mac/Penchant.app', 'win-unpacked/Penchant.exe']) expect(workflow).toContain(program);
});

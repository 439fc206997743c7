/** A plugin of the build: the licences of all packages that went into a bundle, in one file beside it, for the packages themselves are not shipped with the program. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Chunk { readonly type: string; readonly moduleIds?: readonly string[] }
interface Context { emitFile(file: { readonly type: 'asset'; readonly fileName: string; readonly source: string }): unknown }

/** The folder of the package a module lies in; null for one of ours, or of the bundler's own. */
function packageOf(moduleId: string): string | null {
  const path = moduleId.replace(/^\0/u, '').replace(/[?#].*$/u, ''), at = path.lastIndexOf('/node_modules/');
  if (at === -1) return null;
  const [first = '', second = ''] = path.slice(at + '/node_modules/'.length).split('/');
  return `${path.slice(0, at)}/node_modules/${first.startsWith('@') ? `${first}/${second}` : first}`;
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly name: string; readonly version: string; readonly license?: string };
  const texts = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/iu.test(file)).sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version}${license === undefined ? '' : `, ${license}`}`, ...texts].join('\n\n');
}

/** @param fileName where in the output it goes */
export const bundledLicences = (fileName: string) => ({
  name: 'bundled-licences',
  generateBundle(this: Context, _options: unknown, bundle: Readonly<Record<string, unknown>>) {
    const folders = new Set(Object.values(bundle as Readonly<Record<string, Chunk>>).flatMap(({ moduleIds = [] }) => moduleIds.flatMap((id) => packageOf(id) ?? [])));
    const found = [...folders].filter((folder) => existsSync(join(folder, 'package.json')) && dirname(folder) !== folder).sort();
    this.emitFile({ type: 'asset', fileName, source: `${found.map(licenceOf).join(`\n\n${'-'.repeat(80)}\n\n`)}\n` });
  },
});

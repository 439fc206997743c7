/** Runs the built desktop program over the stand-in for Electron, uses it as its page would, and prints what happened as JSON. */
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { HostBridge, Outcome, WireEvent } from '../../../../shared/api/wire.ts';

const fakeUrl = new URL('./electron.ts', import.meta.url).href;
registerHooks({ resolve: (specifier, context, next) => (specifier === 'electron' ? { url: fakeUrl, shortCircuit: true } : next(specifier, context)) });
const fake = await import('./electron.ts');
const projectDir = join(import.meta.dirname, '../../../..');

const until = async (reached: () => boolean, what: string): Promise<void> => {
  const giveUpAt = performance.now() + 20_000;
  while (!reached()) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
};

await import(pathToFileURL(join(projectDir, 'out/main/main.js')).href);
await until(() => fake.windows[0]?.loaded != null, 'the page');
const load = createRequire(import.meta.url);
const preload = join(projectDir, 'out/preload/preload.cjs');
const events: WireEvent[] = [];
/** What Electron does for each load of the page. */
const openPage = (): HostBridge<File & { readonly path?: string }> => {
  load(preload);
  Reflect.deleteProperty(load.cache, preload);
  const opened = fake.exposed['penchantHost'] as HostBridge<File & { readonly path?: string }>;
  opened.subscribe((event) => { events.push(event); });
  return opened;
};
const times = (what: string): number => fake.did.filter((done) => done === what).length;

const MARKER = 'marker of the page alone';
let bridge = openPage();
const first = await bridge.invoke('vault.status', undefined);
const created = await bridge.invoke('vault.create', { passphrase: `seven calm otters, ${MARKER}` });
const declared = await bridge.invoke('profile.declare', { claim: 'brand', value: MARKER });
const listed = JSON.stringify(await bridge.invoke('profile.list', undefined));
const foreign = await fake.invokeFrom({ url: 'https://shop.example/', parent: null }, 'penchant:connect') as Outcome;
const offered = await bridge.offerFile({ name: 'package.json', size: 1, path: join(projectDir, 'package.json') } as File & { readonly path: string });
const madeUp = await bridge.offerFile({ name: 'x', size: 1 } as File & { readonly path?: string }).then(() => 'accepted', (error: unknown) => error);
await bridge.copySecret('abandon ability');
fake.app.emit('second-instance', {}, ['penchant', '--flag', 'penchant://request?request=abc']);
fake.app.emit('open-url', { preventDefault: () => undefined }, 'penchant://request?request=def');
const clearedBefore = times('history cleared');
fake.powerMonitor.emit('lock-screen');
await until(() => times('history cleared') > clearedBefore, 'the page in a new process');
bridge = openPage();
const locked = await bridge.invoke('settings.get', undefined);
await until(() => fake.tips.at(-1)?.includes('locked') === true, 'the tray');

process.on('exit', () => {
  process.stdout.write(`${JSON.stringify({
    did: fake.did, tips: fake.tips, windows: fake.windows.map(({ options, loaded }) => ({ webPreferences: options['webPreferences'], loaded })), members: Object.keys(bridge),
    copied: fake.copied, first, created: created.ok, declared, listed: listed.includes(MARKER), passedBy: fake.passed.filter((text) => text.includes(MARKER)), passed: fake.passed.length, foreign, offered, madeUp, locked, links: events.filter(({ topic }) => topic === 'link.opened').map(({ payload }) => payload), topics: [...new Set(events.map(({ topic }) => topic))],
  })}\n`);
});
fake.app.quit();

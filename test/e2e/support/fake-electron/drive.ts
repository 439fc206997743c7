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
createRequire(import.meta.url)(join(projectDir, 'out/preload/preload.cjs'));
const bridge = fake.exposed['penchantHost'] as HostBridge<File & { readonly path?: string }>;

const events: WireEvent[] = [];
bridge.subscribe((event) => { events.push(event); });
const topics = (): string[] => events.map(({ topic }) => topic);

const first = await bridge.invoke('vault.status', undefined);
const created = await bridge.invoke('vault.create', { passphrase: 'seven calm otters read by lamplight' });
const foreign = await fake.invokeFrom({ url: 'https://shop.example/', parent: null }, 'penchant:invoke', 'vault.status') as Outcome;
const offered = await bridge.offerFile({ name: 'package.json', size: 1, path: join(projectDir, 'package.json') } as File & { readonly path: string });
const madeUp = await bridge.offerFile({ name: 'x', size: 1 } as File & { readonly path?: string }).then(() => 'accepted', (error: unknown) => error);
await bridge.copySecret('abandon ability');
fake.app.emit('second-instance', {}, ['penchant', '--flag', 'penchant://request?request=abc']);
fake.app.emit('open-url', { preventDefault: () => undefined }, 'penchant://request?request=def');
fake.powerMonitor.emit('lock-screen');
await until(() => topics().includes('core.ended'), 'the lock');
const locked = await bridge.invoke('settings.get', undefined);
await until(() => fake.tips.at(-1)?.includes('locked') === true, 'the tray');

process.on('exit', () => {
  process.stdout.write(`${JSON.stringify({
    did: fake.did, tips: fake.tips, windows: fake.windows.map(({ options, loaded }) => ({ webPreferences: options['webPreferences'], loaded })), members: Object.keys(bridge),
    copied: fake.copied, first, created: created.ok, foreign, offered, madeUp, locked, links: events.filter(({ topic }) => topic === 'link.opened').map(({ payload }) => payload), topics: [...new Set(topics())],
  })}\n`);
});
fake.app.quit();

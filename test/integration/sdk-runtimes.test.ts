/** The built SDK in Node, Deno and workerd, against a real vault over loopback. No Node compatibility is switched on in the latter two. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { beforeAll, expect, onTestFinished, test, type TestContext } from 'vitest';
import { z } from 'zod';
import { consentVault } from '../support/consent-vault.ts';
import { temporaryFolder } from '../support/database.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const PROGRAMS = join(ROOT, 'test/fixtures/runtimes');
const SDK = join(ROOT, 'sdk/dist/index.js');

beforeAll(() => {
  execFileSync(process.execPath, ['sdk/build.ts'], { cwd: ROOT });
}, 120_000);

/** The program inside whichever platform package of `name` npm found fit for this machine. */
function binaryOf(name: 'deno' | 'workerd', path: string, { skip }: TestContext): string {
  const modules = join(ROOT, 'node_modules');
  const manifest = join(modules, name, 'package.json');
  const packages = existsSync(manifest) ? z.object({ optionalDependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(manifest, 'utf8'))).optionalDependencies : {};
  const found = Object.keys(packages).map((each) => join(modules, each, path)).find((each) => existsSync(each));
  if (found !== undefined) return found;
  const where = `${process.platform} ${process.arch}`;
  if (where === 'linux x64') throw new Error(`${name} is not installed: run npm ci with optional packages.`);
  return skip(`not run: npm has no ${name} for ${where}`);
}

/** Both steps with the person's decision in between; `take` runs one of them inside the runtime. */
async function journey(take: (at: string, step: Readonly<Record<string, unknown>>) => Promise<unknown>) {
  const vault = await consentVault();
  // The runtimes go by their own clocks.
  vault.clock.set(Date.now());
  const asked = z.looseObject({ keys: z.unknown(), handle: z.string(), collected: z.unknown() }).parse(await take(vault.base, { step: 'ask' }));
  expect(asked.collected).toMatchObject({ status: 'pending' });
  const [view] = vault.consent.requests();
  vault.consent.grant(view?.requestId ?? '', { claims: [{ claim: 'interest', precision: 1 }, { claim: 'price_band', precision: 1 }] });
  const outcome = await take(vault.base, { step: 'use', keys: asked.keys, handle: asked.handle });
  expect(vault.consent.grants().map(({ state }) => state)).toEqual(['returned']);
  expect(vault.types()).toEqual(['request.received', 'request.granted', 'redemption.allowed', 'redemption.refused', 'introspection', 'grant.returned', 'redemption.refused', 'introspection']);
  return outcome;
}

const OUTCOME = {
  claims: { interest: [{ node: 'food', label: 'Food & drink', iab: '210', strength: 'strong' }, { node: 'travel', label: 'Travel', iab: '653', strength: 'some' }], price_band: [{ department: 'books', band: 'middle' }] },
  sameIssuer: true, active: true,
  refused: { audience: 'ERR_ANSWER_AUDIENCE', time: 'ERR_ANSWER_EXPIRED', signature: 'ERR_ANSWER_SIGNATURE', scope: 'ERR_REFUSED_SCOPE' },
  ended: { redeem: 'ERR_REFUSED_TOKEN', introspect: { active: false }, status: 'ERR_STATUS_REVOKED' },
};

test('in Node, as the installed package', async () => {
  const take = async (at: string, step: object): Promise<unknown> => JSON.parse((await run(process.execPath, [join(PROGRAMS, 'node.ts'), JSON.stringify({ ...step, at })])).stdout);
  expect(await journey(take)).toEqual({ runtime: `Node.js/${process.versions.node.split('.')[0] ?? ''}`, ...OUTCOME });
});

test('in Deno, allowed nothing but that one address', async (context) => {
  const deno = binaryOf('deno', process.platform === 'win32' ? 'deno.exe' : 'deno', context);
  const map = join(temporaryFolder(), 'imports.json');
  const url = (path: string): string => pathToFileURL(join(ROOT, path)).href;
  writeFileSync(map, JSON.stringify({ imports: { '@penchant/sdk': pathToFileURL(SDK).href, jose: url('node_modules/jose/dist/webapi/index.js'), zod: url('node_modules/zod/index.js') } }));
  const take = async (at: string, step: object): Promise<unknown> => {
    const { stdout } = await run(deno, [
      'run', '--quiet', '--no-prompt', '--no-config', '--no-lock', '--no-npm', '--no-remote', '--cached-only', `--import-map=${map}`, `--allow-net=${new URL(at).host}`,
      join(PROGRAMS, 'deno.ts'), JSON.stringify({ ...step, at }),
    ], { env: { DENO_DIR: temporaryFolder(), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' } });
    return JSON.parse(stdout);
  };
  expect(await journey(take)).toEqual({ runtime: expect.stringMatching(/^Deno\//) as unknown, ...OUTCOME });
});

test('in workerd, in one module as a worker is deployed', async (context) => {
  const workerd = binaryOf('workerd', process.platform === 'win32' ? 'bin/workerd.exe' : 'bin/workerd', context);
  const folder = temporaryFolder();
  await build({
    configFile: false, logLevel: 'silent', root: PROGRAMS, resolve: { alias: { '@penchant/sdk': SDK } },
    build: { outDir: folder, emptyOutDir: false, minify: false, lib: { entry: 'worker.ts', formats: ['es'], fileName: () => 'worker.js' } },
  });
  writeFileSync(join(folder, 'config.capnp'), `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        (name = "main", worker = (modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "2026-11-01")),
        (name = "internet", network = (allow = ["127.0.0.1/32"])),
      ],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
    );`);
  // Says on file descriptor 3 which port it got.
  const child = spawn(workerd, ['serve', join(folder, 'config.capnp'), '--control-fd=3'], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  onTestFinished(() => { child.kill(); });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => { reject(new Error(`workerd ended with ${code ?? 'a signal'}`)); });
    createInterface(child.stdio[3] as Readable).once('line', (line) => { resolve(z.object({ event: z.literal('listen'), port: z.number() }).parse(JSON.parse(line)).port); });
  });
  const take = async (at: string, step: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify({ ...step, at }) });
    return response.ok ? response.json() : Promise.reject(new Error(await response.text()));
  };
  expect(await journey(take)).toEqual({ runtime: 'Cloudflare-Workers', ...OUTCOME });
});

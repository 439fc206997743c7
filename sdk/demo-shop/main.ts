/** Starts the demo shop: `node sdk/demo-shop/main.ts [--port N] [--vault URL] [--dir DIR]`. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_PORT } from '../../shared/protocol/names.ts';
import { generateCompanyKeys, parseCompanyKeys, type CompanyKeys } from '../src/index.ts';
import { startShop } from './server.ts';

const HELP = `The demo shop: the same catalogue before and after a redemption.

  --port N     where the shop listens (default 47820, 0 picks a free one)
  --vault URL  where the vault listens (default http://127.0.0.1:${DEFAULT_PORT})
  --dir DIR    keeps the shop's keys there (default: fresh keys in a new temporary folder)
`;

/** The shop's keys: made on the first run, kept readable by this user only. */
async function readKeys(folder: string): Promise<CompanyKeys> {
  const file = join(folder, 'keys.json');
  if (existsSync(file)) return parseCompanyKeys(JSON.parse(await readFile(file, 'utf8')));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keys = await generateCompanyKeys();
  await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return keys;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '47820' }, vault: { type: 'string', default: `http://127.0.0.1:${DEFAULT_PORT}` }, dir: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
  if (!(port <= 65_535)) throw new TypeError(`--port takes a number up to 65535, not "${values.port}".`);
  if (!URL.canParse(values.vault)) throw new TypeError(`--vault takes an address such as http://127.0.0.1:${DEFAULT_PORT}, not "${values.vault}".`);
  const keys = await readKeys(values.dir ?? await mkdtemp(join(tmpdir(), 'penchant-demo-shop-')));
  const shop = await startShop({ port, keys, vaultUrl: new URL(values.vault).origin, now: Date.now });
  process.stdout.write(`The shop is open at ${shop.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void shop.close(); });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`demo-shop: ${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = error instanceof TypeError ? 64 : 69;
}

/** What the web host was asked for on its command line and in its environment. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors/app-error.ts';
import { DEFAULT_PORT } from '../../shared/protocol/names.ts';
import { defaultVaultFolder } from '../core/platform/files/vault-folder.ts';

export interface WebHostOptions {
  /** Absolute folder of the vault. */
  readonly vaultDir: string;
  /** Port of the page; 0 picks a free one. */
  readonly port: number;
  /** Port of the redemption API; 0 picks a free one. */
  readonly redemptionPort: number;
  readonly json: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** @throws {AppError} ERR_USAGE */
export function parseOptions(argv: readonly string[], env: Env, platform: NodeJS.Platform, home: string): WebHostOptions {
  let values: { readonly vault?: string | undefined; readonly port?: string | undefined; readonly json?: boolean | undefined };
  try {
    ({ values } = parseArgs({ args: [...argv], options: { vault: { type: 'string' }, port: { type: 'string' }, json: { type: 'boolean' } }, strict: true }));
  } catch (error) {
    throw new AppError('ERR_USAGE', `${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''} Usage: web-host [--vault DIR] [--port N] [--json]`.trim(), { cause: error });
  }
  return {
    vaultDir: resolve(values.vault ?? defaultVaultFolder(env, platform, home)),
    port: parsePort(values.port ?? env['PENCHANT_PORT'] ?? '0'),
    redemptionPort: parsePort(env['PENCHANT_REDEMPTION_PORT'] ?? String(DEFAULT_PORT)),
    json: values.json ?? false,
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/u.test(text) || port > 65_535) throw new AppError('ERR_USAGE', `"${text}" is not a port. Ports go from 0 to 65535.`);
  return port;
}

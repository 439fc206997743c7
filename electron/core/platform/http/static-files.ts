/** The built page's files by address: a list of what is there, so that no path is ever made from what a caller sent. */
import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error.ts';

export interface StaticFile {
  /** Absolute path on disk. */
  readonly path: string;
  readonly contentType: string;
  /** True when its name carries a hash of its content, so that it may be kept for ever. */
  readonly immutable: boolean;
}

export interface StaticFiles {
  /** The file at exactly this address path ("/" is the page itself), or null. The path is compared as sent: nothing is decoded or resolved. */
  find(pathname: string): StaticFile | null;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.webp': 'image/webp',
};

/** @throws {AppError} ERR_FILE_MISSING when there is no built page in `root`. */
export function createStaticFiles(root: string): StaticFiles {
  const index = join(root, 'index.html');
  const indexTime = (): number => statSync(index, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  let builtAtMs = indexTime();
  if (builtAtMs === 0) throw new AppError('ERR_FILE_MISSING', 'The app’s pages have not been built yet. Run npm run build, then start again.');
  let files = listFiles(root);

  return Object.freeze({
    find(pathname: string) {
      const changedAtMs = pathname === '/' ? indexTime() : builtAtMs;
      if (changedAtMs !== builtAtMs) {
        // Built again while running (npm run dev): the list of then is no longer the list of now.
        builtAtMs = changedAtMs;
        files = listFiles(root);
      }
      return files.get(pathname) ?? null;
    },
  } satisfies StaticFiles);
}

function listFiles(root: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  const walk = (folder: string, address: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) walk(join(folder, entry.name), `${address}${entry.name}/`);
      // Links are left out: they could point anywhere.
      if (!entry.isFile()) continue;
      const contentType = CONTENT_TYPES[extname(entry.name)];
      if (contentType === undefined) continue;
      files.set(`${address}${entry.name}`, { path: join(folder, entry.name), contentType, immutable: address === '/assets/' });
    }
  };
  walk(root, '/');
  const page = files.get('/index.html');
  if (page) files.set('/', page);
  return files;
}

/** Files of the command line: a company's folder, tokens and answers handed over as text, file or JSON. */
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createCompany, generateCompanyKeys, parseCompanyKeys, signDocument, verifyDocument, type Company, type CompanyKeys, type DocumentInput, type SignedDocument } from '../src/index.ts';
import { flattenedJws } from '../../shared/protocol/schemas.ts';
import { parseStrictJson } from '../../shared/protocol/strict-json.ts';
import { CliError, asUsage } from './cli-error.ts';

const KEYS_FILE = 'keys.json';
const DOCUMENT_FILE = 'preference-client.json';
/** Generous: the largest message of the protocol is 64 KiB. */
const MAX_FILE_BYTES = 1_048_576;

const errnoOf = (error: unknown): string => error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** A small text file. @throws {CliError} ERR_FILE_MISSING, ERR_FILE_UNREADABLE, ERR_FILE_INVALID over a megabyte. */
export async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_BYTES) throw new CliError('ERR_FILE_INVALID', `${path} is too large for what it should be.`);
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const missing = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errnoOf(cause));
    throw new CliError(missing ? 'ERR_FILE_MISSING' : 'ERR_FILE_UNREADABLE', missing ? `There is no file ${path.length > 200 ? 'of that name' : path}.${/keys\.json$|document/u.test(path) ? ' `penchant-company init` makes it.' : ''}` : `The file ${path} cannot be read.`, cause);
  }
}

async function readStdin(): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MAX_FILE_BYTES) throw new CliError('ERR_FILE_INVALID', 'The input is too large for what it should be.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Creates a file that must not exist yet. @throws {CliError} ERR_FILE_EXISTS, ERR_FILE_UNWRITABLE. */
async function createFile(path: string, text: string, mode: number): Promise<void> {
  try {
    const file = await open(path, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST') throw new CliError('ERR_FILE_EXISTS', `${path} exists already. Nothing was changed.`, cause);
    throw new CliError('ERR_FILE_UNWRITABLE', `${path} cannot be written.`, cause);
  }
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

/** Makes a company's folder: fresh keys (readable by this user only) and the signed document. Writes both or neither. */
export async function createCompanyFolder(folder: string, input: DocumentInput): Promise<{ readonly keysFile: string; readonly documentFile: string; readonly keys: CompanyKeys; readonly document: SignedDocument }> {
  const keysFile = join(folder, KEYS_FILE);
  const documentFile = join(folder, DOCUMENT_FILE);
  for (const path of [keysFile, documentFile]) if (await exists(path)) throw new CliError('ERR_FILE_EXISTS', `${path} exists already. Nothing was changed.`);
  const keys = await generateCompanyKeys();
  const document = await signDocument(input, keys);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new CliError('ERR_FILE_UNWRITABLE', `The folder ${folder} cannot be made.`, cause);
  }
  await createFile(keysFile, `${JSON.stringify(keys, null, 2)}\n`, 0o600);
  try {
    await createFile(documentFile, `${JSON.stringify(document.flattened, null, 2)}\n`, 0o644);
  } catch (error) {
    await rm(keysFile, { force: true });
    throw error;
  }
  return { keysFile, documentFile, keys, document };
}

/** A company's folder, read and checked, ready to use. */
export async function openCompanyFolder(folder: string): Promise<Company> {
  const keys = parseCompanyKeys(parseJsonFile(await readText(join(folder, KEYS_FILE)), KEYS_FILE));
  const flattened = flattenedJws.safeParse(parseJsonFile(await readText(join(folder, DOCUMENT_FILE)), DOCUMENT_FILE));
  if (!flattened.success) throw new CliError('ERR_FILE_INVALID', `${DOCUMENT_FILE} is not a signed company document.`, flattened.error);
  const { compact, payload } = await verifyDocument(flattened.data);
  return createCompany({ domain: payload.domain, keys, document: compact });
}

function parseJsonFile(text: string, name: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    throw new CliError('ERR_FILE_INVALID', `${name} is not JSON.`, cause);
  }
}

/**
 * What was handed over as text itself, as "-" for standard input, or as a file; bare, or as one member of a JSON document such as the owner's
 * command line and this one print.
 *
 * @param looksLike - How bare text begins when it is given directly instead of as a path.
 */
export async function readHandedOver(given: string, member: string, looksLike: RegExp): Promise<string> {
  const text = (await (given === '-' ? readStdin() : looksLike.test(given) || given.trimStart().startsWith('{') ? Promise.resolve(given) : readText(given))).trim();
  if (!text.startsWith('{')) return text;
  const value = parseJsonFile(text, 'What was handed over');
  const found = typeof value === 'object' && value !== null && Object.hasOwn(value, member) ? (value as Readonly<Record<string, unknown>>)[member] : undefined;
  if (typeof found !== 'string') throw new CliError('ERR_FILE_INVALID', `The JSON holds no "${member}".`);
  return found;
}

/** Writes a request for handing over. An older request in that place is replaced at once and whole; any other file is left alone. */
export async function writeRequestFile(path: string, request: string): Promise<void> {
  if (!await exists(path)) return createFile(path, `${request}\n`, 0o644);
  if (!/^eyJ[\w-]+\.[\w-]+\.[\w-]+\s*$/.test(await readText(path))) throw new CliError('ERR_FILE_EXISTS', `${path} exists and is no request. Nothing was changed.`);
  const beside = `${path}.${process.pid}.new`;
  await createFile(beside, `${request}\n`, 0o644);
  await rename(beside, path);
}

/** An origin the user typed. */
export const readOrigin = (text: string): URL => asUsage(() => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new TypeError(`--at takes an address such as http://127.0.0.1:47816, not "${text}".`);
  return new URL(text);
});

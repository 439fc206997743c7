/** RFC 9901 §7.1: from a signed payload and its disclosures back to claims. Knows nothing of preferences; every rule of the section, no extras. */
import { parseStrictJson } from '../../shared/protocol/strict-json.ts';
import { decodeUtf8, fromBase64url, sha256Base64url } from './encoding.ts';
import { PenchantError } from './errors.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

interface Disclosure {
  readonly index: number;
  /** Null for an array element. */
  readonly name: string | null;
  readonly value: Json;
}

/** A claim disclosed at the top level. `value` is as it stands in the disclosure, digests inside it not yet replaced. */
export interface TopLevelDisclosure { readonly index: number; readonly name: string; readonly value: Json }

/** A payload put together again. */
export interface ProcessedSdJwt { readonly payload: JsonObject; readonly disclosed: readonly TopLevelDisclosure[] }

/** Parts of a compact SD-JWT without key binding: `<jws>~<disclosure>~…~`. */
export interface SdJwtParts { readonly jws: string; readonly disclosures: readonly string[] }

/**
 * Splits a compact SD-JWT (§4). Null when it is none: no closing tilde (a key-binding JWT, §4.3, included) or an empty disclosure.
 */
export function splitSdJwt(text: string): SdJwtParts | null {
  const [jws = '', ...rest] = text.split('~');
  const last = rest.pop();
  return last !== '' || rest.includes('') ? null : { jws, disclosures: rest };
}

/**
 * Puts disclosed claims back where their digests stand and takes digests and decoys out.
 *
 * @returns The processed payload, and the disclosures that stood at its top level.
 * @throws {PenchantError} ERR_ANSWER_DISCLOSURE: malformed (not strict base64url, UTF-8, JSON, or not 2 or 3 elements), named `_sd` or `...`,
 * colliding with a claim beside it, referenced by no digest, or a digest that occurs twice anywhere.
 */
export async function processSdJwt(payload: JsonObject, encoded: readonly string[]): Promise<ProcessedSdJwt> {
  const byDigest = new Map<string, Disclosure>();
  for (const [index, text] of encoded.entries()) {
    const digest = await sha256Base64url(text);
    if (byDigest.has(digest)) throw bad(index, 'The same disclosure was sent twice.');
    byDigest.set(digest, readDisclosure(text, index));
  }
  const state: State = { byDigest, seen: new Set(), used: new Set(), disclosed: [] };
  const processed = processObject(payload, state, true);
  for (const { index } of byDigest.values()) if (!state.used.has(index)) throw bad(index, 'A disclosure belongs to no digest of the signed payload.');
  const { _sd_alg: _, ...claims } = processed;
  return { payload: claims, disclosed: state.disclosed };
}

interface State {
  readonly byDigest: ReadonlyMap<string, Disclosure>;
  /** Every digest met, decoys included: none may occur twice (§7.1 step 4). */
  readonly seen: Set<string>;
  readonly used: Set<number>;
  readonly disclosed: TopLevelDisclosure[];
}

const bad = (index: number, message: string, cause?: unknown) => new PenchantError('ERR_ANSWER_DISCLOSURE', message, { index }, cause);

function readDisclosure(text: string, index: number): Disclosure {
  const parts = parseDisclosure(text, index);
  const [salt, second, third] = parts;
  if (typeof salt !== 'string' || salt === '') throw bad(index, 'A disclosure has no salt.');
  if (parts.length === 2 && second !== undefined) return { index, name: null, value: second };
  if (parts.length !== 3 || typeof second !== 'string' || third === undefined) throw bad(index, 'A disclosure is not [salt, name, value].');
  if (second === '_sd' || second === '...') throw bad(index, 'A disclosure uses a reserved name.');
  return { index, name: second, value: third };
}

function parseDisclosure(text: string, index: number): readonly Json[] {
  let value: unknown;
  try {
    value = parseStrictJson(decodeUtf8(fromBase64url(text)));
  } catch (cause) {
    throw bad(index, 'A disclosure is not JSON in canonical base64url.', cause);
  }
  if (!Array.isArray(value)) throw bad(index, 'A disclosure is not an array.');
  return value as readonly Json[];
}

/** The disclosure a digest stands for, of the wanted kind; undefined for a decoy or one that was held back. */
function take(digest: Json, kind: 'member' | 'element', state: State): Disclosure | undefined {
  if (typeof digest !== 'string') throw bad(-1, 'A digest is not text.');
  if (state.seen.has(digest)) throw bad(state.byDigest.get(digest)?.index ?? -1, 'A digest occurs twice.');
  state.seen.add(digest);
  const found = state.byDigest.get(digest);
  if (found === undefined) return undefined;
  if ((found.name === null) !== (kind === 'element')) throw bad(found.index, 'A disclosure stands in the wrong kind of place.');
  state.used.add(found.index);
  return found;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

function processValue(value: Json, state: State): Json {
  if (isArray(value)) return processArray(value, state);
  return isObject(value) ? processObject(value, state, false) : value;
}

function processArray(list: readonly Json[], state: State): readonly Json[] {
  return list.flatMap((element): readonly Json[] => {
    if (!isObject(element) || !Object.hasOwn(element, '...')) return [processValue(element, state)];
    if (Object.keys(element).length !== 1) throw bad(-1, 'An array digest has company.');
    const found = take(element['...'] ?? null, 'element', state);
    return found === undefined ? [] : [processValue(found.value, state)];
  });
}

function processObject(object: JsonObject, state: State, top: boolean): JsonObject {
  const out = new Map<string, Json>();
  for (const [name, value] of Object.entries(object)) {
    if (name === '...') throw bad(-1, 'A reserved name is used in the payload.');
    if (name === '_sd_alg' && !top) throw bad(-1, 'The hash algorithm is named in the wrong place.');
    if (name !== '_sd') out.set(name, processValue(value, state));
  }
  for (const digest of digestsOf(object)) {
    const found = take(digest, 'member', state);
    if (found?.name == null) continue;
    if (Object.hasOwn(object, found.name) || out.has(found.name)) throw bad(found.index, 'A disclosed claim collides with another.');
    out.set(found.name, processValue(found.value, state));
    if (top) state.disclosed.push({ index: found.index, name: found.name, value: found.value });
  }
  // fromEntries defines members: a claim called "__proto__" stays data.
  return Object.fromEntries(out);
}

function digestsOf(object: JsonObject): readonly Json[] {
  if (!Object.hasOwn(object, '_sd')) return [];
  const digests = object['_sd'] ?? null;
  if (!isArray(digests)) throw bad(-1, 'The digests are not a list.');
  return digests;
}

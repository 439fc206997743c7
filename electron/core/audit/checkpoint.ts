/** Checkpoints of the log: signed notes (C2SP signed-note, tlog-checkpoint) under an Ed25519 key of the vault. */
import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';
import { HASH_BYTES } from './merkle.ts';

/** What a checkpoint says: so many entries, under this root. */
export interface TreeHead { readonly size: number; readonly root: Buffer }

/** What verifies the notes of one key (C2SP signed-note, "Verifier keys"). */
export interface NoteKey { readonly name: string; readonly id: Buffer; readonly publicKey: KeyObject }

export interface Signer extends NoteKey {
  /** `<name>+<hash>+<key>`: what others verify with. */
  readonly verifierKey: string;
  readonly privateKey: KeyObject;
}

/** Longest note read; ours have about 250 bytes. */
export const MAX_NOTE_BYTES = 4_096;

const ED25519 = 1;
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 and SPKI (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Key id: the first four bytes of SHA-256 over name, newline, type and public key. */
const keyId = (name: string, bare: Buffer): Buffer => hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), bare]), 'buffer').subarray(0, 4);

/** `seed`: 32 secret bytes (RFC 8032 §5.1.5). `name` must hold no space and no plus. */
export function createSigner(name: string, seed: Buffer): Signer {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const bare = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  const id = keyId(name, bare);
  return { name, id, publicKey, privateKey, verifierKey: `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(ED25519), bare]).toString('base64')}` };
}

/** The key of a verifier key; null when it is not one of an Ed25519 key. */
export function parseVerifierKey(text: string): NoteKey | null {
  const [, name = '', hex = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(text) ?? [];
  const bytes = strictBase64(encoded);
  if (bytes?.[0] !== ED25519 || bytes.length !== 33) return null;
  const bare = bytes.subarray(1);
  const id = keyId(name, bare);
  return id.toString('hex') === hex ? { name, id, publicKey: createPublicKey({ key: Buffer.concat([SPKI, bare]), format: 'der', type: 'spki' }) } : null;
}

/** `text` must end in a newline. */
export function signNote(signer: Signer, text: string): string {
  return `${text}\n— ${signer.name} ${Buffer.concat([signer.id, sign(null, Buffer.from(text), signer.privateKey)]).toString('base64')}\n`;
}

/** The text of a note that this key signed; null for any other. Signatures of other keys are passed over, as the format asks. */
export function openNote(key: NoteKey, note: string): string | null {
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0 || note.length > MAX_NOTE_BYTES || !note.endsWith('\n') || Buffer.from(note).some((byte) => byte < 32 && byte !== 10)) return null;
  const text = note.slice(0, cut + 1);
  let signed = false;
  for (const line of note.slice(cut + 2, -1).split('\n')) {
    const [, name, encoded = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? [];
    const bytes = strictBase64(encoded);
    if (name === undefined || bytes === null || bytes.length < 5) return null;
    if (name !== key.name || !bytes.subarray(0, 4).equals(key.id)) continue;
    if (!verify(null, Buffer.from(text), key.publicKey, bytes.subarray(4))) return null;
    signed = true;
  }
  return signed ? text : null;
}

/** The origin is the name of the key. */
export const signCheckpoint = (signer: Signer, head: TreeHead): string => signNote(signer, `${signer.name}\n${head.size}\n${head.root.toString('base64')}\n`);

/** What a checkpoint of this key says; null when it is none, another log's, or was altered. */
export function openCheckpoint(key: NoteKey, note: string): TreeHead | null {
  const [origin, size = '', encoded = '', ...more] = (openNote(key, note) ?? '').split('\n');
  const root = strictBase64(encoded);
  if (origin !== key.name || !/^(?:0|[1-9]\d{0,14})$/u.test(size) || root?.length !== HASH_BYTES || more.at(-1) !== '') return null;
  return { size: Number(size), root };
}

/** Standard base64 with its padding, in the one way it can be written; null for any other text. */
function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : null;
}

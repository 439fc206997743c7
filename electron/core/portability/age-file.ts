/** Locks and opens files of the age format (age-encryption.org/v1) as streams. The passphrase's scrypt runs off this thread, which the library's does not. */
import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Decrypter, Encrypter, Stanza, type Identity, type Recipient } from 'age-encryption';
import { AppError } from '../../../shared/errors/app-error.ts';

/** Who can open it: holders of these public keys (`age1…`), or whoever knows the passphrase. The format allows no mixture. */
export type AgeLock = { readonly recipients: readonly string[] } | { readonly passphrase: string };
/** Secret keys (`AGE-SECRET-KEY-1…`), or the passphrase. */
export type AgeKey = { readonly identities: readonly string[] } | { readonly passphrase: string };

const LABEL = 'age-encryption.org/v1/scrypt';
const SALT_BYTES = 16, FILE_KEY_BYTES = 16, TAG_BYTES = 16;
/** 2^18, as the reference implementation: 256 MiB and about a second. */
const WORK = 18;
/** Above this a file would take the machine down before its passphrase is even tried. */
const MAX_WORK = 20;

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
const keyFor = (passphrase: string, salt: Uint8Array, work: number): Promise<Buffer> =>
  derive(passphrase, Buffer.concat([Buffer.from(LABEL), salt]), 32, { N: 2 ** work, r: 8, p: 1, maxmem: 2 ** work * 1024 + 2 ** 25 });
const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/u, '');

const passphraseRecipient = (passphrase: string, salt: Buffer, work: number): Recipient => ({
  async wrapFileKey(fileKey) {
    const key = await keyFor(passphrase, salt, work);
    return [new Stanza(['scrypt', unpadded(salt), String(work)], chacha20poly1305(key, new Uint8Array(12)).encrypt(fileKey))];
  },
});

const passphraseIdentity = (passphrase: string): Identity => ({
  async unwrapFileKey(stanzas) {
    const stanza = stanzas.find(({ args }) => args[0] === 'scrypt');
    if (!stanza) return null;
    const [, saltText = '', workText = ''] = stanza.args;
    const salt = Buffer.from(saltText, 'base64');
    if (stanzas.length !== 1 || stanza.args.length !== 3 || salt.length !== SALT_BYTES || unpadded(salt) !== saltText || !/^[1-9]\d?$/u.test(workText) || stanza.body.length !== FILE_KEY_BYTES + TAG_BYTES) throw new Error('the scrypt stanza is malformed');
    if (Number(workText) > MAX_WORK) throw new Error('the scrypt stanza asks for too much work');
    const key = await keyFor(passphrase, salt, Number(workText));
    try { return chacha20poly1305(key, new Uint8Array(12)).decrypt(stanza.body); } catch { return null; }
  },
});

/** `work`: exponent of scrypt's cost; that of the reference implementation unless given. */
export interface AgeOptions { readonly randomBytes: (size: number) => Buffer; readonly work?: number | undefined }

/** Keys of the file itself are the library's own. @throws {AppError} ERR_RECIPIENT_INVALID when one of the public keys is none */
export async function encryptAge(source: ReadableStream<Uint8Array>, lock: AgeLock, { randomBytes, work = WORK }: AgeOptions): Promise<ReadableStream<Uint8Array>> {
  const encrypter = new Encrypter();
  if ('passphrase' in lock) encrypter.addRecipient(passphraseRecipient(lock.passphrase, randomBytes(SALT_BYTES), work));
  else {
    assertRecipients(lock.recipients);
    for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  }
  return encrypter.encrypt(source);
}

/** @throws {AppError} ERR_RECIPIENT_INVALID */
export function assertRecipients(recipients: readonly string[]): void {
  for (const recipient of recipients) {
    try { new Encrypter().addRecipient(recipient); } catch (cause) { throw notARecipient(cause); }
  }
  if (recipients.length === 0) throw notARecipient();
}
const notARecipient = (cause?: unknown): AppError => new AppError('ERR_RECIPIENT_INVALID', 'That is not a public key of age; such a key begins with “age1”. Nothing was written.', { cause });

const invalid = (cause: unknown): AppError => new AppError('ERR_EXPORT_INVALID', 'This file is damaged, or it is not an age file. Nothing was taken over.', { cause });
const wrong = (cause?: unknown): AppError => new AppError('ERR_EXPORT_SECRET_WRONG', 'That does not open this file. Nothing was taken over. It opens with the passphrase or key it was locked with, which need not be that of your vault.', { cause });

/**
 * The plain text, chunk by chunk, each authenticated before it is given out. The stream ends in ERR_EXPORT_INVALID when the file was cut or changed.
 *
 * @throws {AppError} ERR_EXPORT_SECRET_WRONG, ERR_EXPORT_INVALID
 */
export async function* decryptAge(source: ReadableStream<Uint8Array>, key: AgeKey): AsyncGenerator<Uint8Array, void> {
  const decrypter = new Decrypter();
  try {
    if ('passphrase' in key) decrypter.addIdentity(passphraseIdentity(key.passphrase));
    else for (const identity of key.identities) decrypter.addIdentity(identity);
  } catch (cause) {
    throw wrong(cause);
  }
  let plain: ReadableStream<Uint8Array>;
  try {
    plain = await decrypter.decrypt(source);
  } catch (cause) {
    throw cause instanceof Error && cause.message.startsWith('no identity matched') ? wrong(cause) : invalid(cause);
  }
  try {
    for await (const chunk of plain) yield chunk;
  } catch (cause) {
    throw invalid(cause);
  }
}

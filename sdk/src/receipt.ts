/** Receipts: what the person's log holds about us, proven entry by entry, checked without the vault and without any network. */
import { inclusionSides } from '../../shared/protocol/merkle-path.ts';
import { THUMBPRINT_URN } from '../../shared/protocol/names.ts';
import { MAX_RECEIPT_CHARS, receiptDocument, receiptHeader, receiptOpening, receiptPayload, type ReceiptDocument } from '../../shared/protocol/receipt.ts';
import { parseStrictJson } from '../../shared/protocol/strict-json.ts';
import type { ScopedClaim } from '../../shared/protocol/schemas.ts';
import { encodeUtf8, fromBase64url } from './encoding.ts';
import { failure, PenchantError } from './errors.ts';
import { readJws, verifyJws } from './jws.ts';
import { thumbprintOf } from './keys.ts';

/** One entry of the person's log that concerns us. */
export interface ReceiptEntry {
  /** Place in our list, from 0. */
  readonly index: number;
  readonly type: 'request.granted' | 'grant.revoked' | 'grant.returned' | 'grant.expired' | 'redemption.allowed' | 'redemption.refused' | 'introspection';
  readonly outcome: 'ok' | 'refused';
  /** The minute it happened, Unix ms. */
  readonly atMs: number;
  readonly claims: readonly ScopedClaim[];
  /** DPV IRIs, separated by spaces; null where there is none. */
  readonly purpose: string | null;
}

/** A checked receipt. */
export interface VerifiedReceipt {
  /** RFC 9278 thumbprint URI of the key that signed it: the issuer of our tokens. */
  readonly issuer: string;
  readonly pseudonym: string;
  /** Random name of the list; a list begun anew has another. */
  readonly list: string;
  /** Entries the list has; those not among `entries` were left out, or their contents were deleted. */
  readonly size: number;
  readonly entries: readonly ReceiptEntry[];
}

export interface ReceiptExpectation {
  /** "https://shop.example": whom it must have been made out to. */
  readonly companyId: string;
  /** Issuer and pseudonym of a token of ours, as {@link parseToken} gives them. Without it anybody may have made the receipt. */
  readonly token?: { readonly issuer: string; readonly pseudonym: string };
}

/**
 * Checks a receipt: shape, ES256 signature of its head by the issuer key, who it is for, and for each entry the Merkle inclusion proof
 * (RFC 9162 §2.1.3.2) that leads from its text to the signed root.
 *
 * @param text - The receipt file.
 * @throws {PenchantError} ERR_RECEIPT_MALFORMED, ERR_RECEIPT_SIGNATURE, ERR_RECEIPT_ISSUER, ERR_RECEIPT_AUDIENCE, ERR_RECEIPT_PROOF.
 */
export async function verifyReceipt(text: string, expected: ReceiptExpectation): Promise<VerifiedReceipt> {
  const receipt = readReceipt(text);
  const { header, payload } = readHead(receipt.head);
  if (!await verifyJws(receipt.head, header.jwk, 'ES256')) throw failure('ERR_RECEIPT_SIGNATURE', 'The signature of the receipt does not fit its key.');
  if (payload.iss !== THUMBPRINT_URN + await thumbprintOf(header.jwk)) throw failure('ERR_RECEIPT_ISSUER', 'The issuer of the receipt is not the key it carries.');
  if (payload.aud !== expected.companyId) throw failure('ERR_RECEIPT_AUDIENCE', 'The receipt was made out to another company.');
  if (expected.token && (payload.iss !== expected.token.issuer || payload.sub !== expected.token.pseudonym)) throw failure('ERR_RECEIPT_ISSUER', 'The receipt is not from the vault that issued the token.');
  const root = fromBase64url(payload.root);
  const entries: ReceiptEntry[] = [];
  for (const { index, opening, proof } of receipt.entries) {
    // In order and each once, so that a copied entry is not counted twice.
    if (index <= (entries.at(-1)?.index ?? -1) || !await leadsTo(root, index, payload.size, opening, proof.map(fromBase64url))) throw new PenchantError('ERR_RECEIPT_PROOF', 'An entry of the receipt is not in the list it names.', { index });
    entries.push({ index, ...readOpening(opening, index) });
  }
  return { issuer: payload.iss, pseudonym: payload.sub, list: payload.list, size: payload.size, entries };
}

function readReceipt(text: string): ReceiptDocument {
  try {
    if (text.length > MAX_RECEIPT_CHARS) throw new RangeError('The receipt is too long.');
    return receiptDocument.parse(parseStrictJson(text));
  } catch (cause) {
    throw failure('ERR_RECEIPT_MALFORMED', 'This is not a receipt.', cause);
  }
}

function readHead(raw: string) {
  try {
    return readJws(raw, 8_192, { header: receiptHeader, payload: receiptPayload });
  } catch (cause) {
    throw failure('ERR_RECEIPT_MALFORMED', 'The head of the receipt does not have the shape of one.', cause);
  }
}

function readOpening(opening: string, index: number): Omit<ReceiptEntry, 'index'> {
  try {
    const [, type, outcome, atS, { claims, purpose }] = receiptOpening.parse(parseStrictJson(opening));
    return { type, outcome, atMs: atS * 1000, claims, purpose };
  } catch (cause) {
    throw new PenchantError('ERR_RECEIPT_PROOF', 'An entry of the receipt does not have the shape of one.', { index }, cause);
  }
}

async function leadsTo(root: Uint8Array, index: number, size: number, leaf: string, proof: readonly Uint8Array[]): Promise<boolean> {
  const sides = inclusionSides(index, size);
  if (sides?.length !== proof.length) return false;
  let node = await sha256(Uint8Array.of(0), encodeUtf8(leaf));
  for (const [i, sibling] of proof.entries()) node = await (sides[i] === 'left' ? sha256(Uint8Array.of(1), sibling, node) : sha256(Uint8Array.of(1), node, sibling));
  return node.every((byte, i) => byte === root[i]) && node.length === root.length;
}

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { joined.set(part, at); at += part.length; }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
}

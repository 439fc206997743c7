/** A receipt: a company's own entries of the person's log, each proven to be in a list that only this company is given the root of. */
import { z } from 'zod';
import { TYP_RECEIPT } from './names.ts';
import { CLAIMS } from './vocabulary.ts';

const hashText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The ES256 key that also signs the tokens and answers of this relation. */
export const receiptHeader = z.strictObject({
  typ: z.literal(TYP_RECEIPT), alg: z.literal('ES256'),
  jwk: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: hashText, y: hashText }),
});

/** Root of the list. No time of issue: the same list always gives the same words. */
export const receiptPayload = z.strictObject({
  iss: z.string().max(200), sub: z.string().max(200), aud: z.string().max(300),
  /** Random name of the list. */
  list: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  size: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER), root: hashText,
});

/** What a company took part in, and so may have proven to it. */
const RECEIPT_TYPES = ['request.granted', 'grant.revoked', 'grant.returned', 'grant.expired', 'redemption.allowed', 'redemption.refused', 'introspection'] as const;

/** Salt, type, outcome, Unix seconds of the minute, claims and purpose. */
export const receiptOpening = z.tuple([
  z.string().regex(/^[A-Za-z0-9_-]{22}$/), z.enum(RECEIPT_TYPES), z.enum(['ok', 'refused']), z.number().int(),
  z.strictObject({ claims: z.array(z.strictObject({ claim: z.enum(CLAIMS), precision: z.number().int() })), purpose: z.string().nullable() }),
]);

/** Most entries one receipt discloses: the newest ones. */
export const MAX_RECEIPT_ENTRIES = 500;
/** Longest receipt read, in characters. */
export const MAX_RECEIPT_CHARS = 1_048_576;

export const receiptDocument = z.strictObject({
  format: z.literal('penchant-receipt'), version: z.literal(1),
  /** Compact JWS of the head. */
  head: z.string().max(8_192),
  entries: z.array(z.strictObject({
    index: z.number().int().min(0),
    /** Data of the leaf (RFC 6962 §2.1), as text. */
    opening: z.string().max(8_192),
    proof: z.array(hashText).max(53),
  })).max(MAX_RECEIPT_ENTRIES),
});
export type ReceiptDocument = z.output<typeof receiptDocument>;

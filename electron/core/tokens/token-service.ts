/** Issues what a company can hold: tokens without values, answers, status lists; under a key and a pseudonym no other company ever sees. */
import { createECDH, createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { DETAILS_TYPE, PATHS, STATUS_TTL_SECONDS, THUMBPRINT_URN, TYP_ANSWER, TYP_RECEIPT, TYP_STATUS, TYP_TOKEN, VCT } from '../../../shared/protocol/names.ts';
import type { AnswerPayload, TokenPayload } from '../../../shared/protocol/schemas.ts';
import { MAX_RECEIPT_ENTRIES, type ReceiptDocument } from '../../../shared/protocol/receipt.ts';
import type { ListedHistory } from '../audit/audit-log.ts';
import type { GrantRecord, IssuedToken, TokenIssuer, TokenOrder } from '../consent/types.ts';
import { hmac } from '../platform/crypto/keys.ts';
import { createRandomPool } from '../platform/crypto/random-pool.ts';
import { encodePart, jwkThumbprint, sha256, signEs256 } from '../platform/jws/jws.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { Clock } from '../ports.ts';
import { headerPart, issueSdJwt, type Disclosable } from './sd-jwt.ts';
import { encodeList, LIST_BITS, LIST_CAPACITY, pickFreeIndex, withBit } from './status-list.ts';
import { findKey, findListWithRoom, getKey, getList, insertKey, insertList, updateList, type KeyRow, type ListRow } from './tokens-repository.ts';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const ANSWER_LIFE_S = 86_400;
/** Pseudonym, key and status list turn over with it. */
const EPOCH_MS = 90 * 86_400_000;

export interface AnswerOrder {
  readonly grant: GrantRecord;
  readonly nowMs: number;
  readonly claims: readonly Disclosable[];
  readonly assurance: Readonly<Record<string, 'self-asserted' | 'derived'>>;
  /** How deniable claims were made so; empty where all are said as they are. */
  readonly noise: NonNullable<AnswerPayload['noise']>;
  /** Hash of the audit entry of this redemption. */
  readonly auditHash: string;
}

export interface TokenService extends TokenIssuer {
  /** The receipt of a list, signed by the key its tokens and answers are signed by. Reads only. Entries forgotten since are left out. */
  issueReceipt(grant: Pick<GrantRecord, 'keyId' | 'pseudonym' | 'companyId'>, history: ListedHistory): ReceiptDocument;
  /** A signed answer, valid for a day at most and never longer than the grant. Reads only. */
  issueAnswer(order: AnswerOrder): Promise<string>;
  /** The signed status list at a random path; null when there is none. */
  statusList(listId: string, nowMs: number): string | null;
}

export interface TokenServiceDeps {
  readonly db: WritableDb;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  /** 32 bytes for one purpose, from the vault's master key. */
  readonly deriveKey: (purpose: string) => Buffer;
  /** Where companies on this computer reach any vault, without a trailing slash; the same everywhere, so that it tells nobody apart. */
  readonly endpointBase: string;
}

interface LoadedKey { readonly keyId: number; readonly privateKey: KeyObject; readonly issuer: string; readonly tokenHeader: string; readonly receiptHeader: string }

/** Of a token this vault signed itself. */
const payloadOf = (token: string): TokenPayload => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as TokenPayload;

export function createTokenService(deps: TokenServiceDeps): TokenService {
  const { db, clock, randomBytes, endpointBase } = deps;
  const salts = createRandomPool(randomBytes);
  const pseudonymKey = deps.deriveKey('consent/pseudonym');
  const receiptKey = createSecretKey(deps.deriveKey('consent/receipt'));
  const answerHeader = headerPart(TYP_ANSWER);
  const statusHeader = headerPart(TYP_STATUS);
  const loaded = new Map<number, LoadedKey>();
  const signedLists = new Map<string, { readonly minute: number; readonly bits: Buffer; readonly jwt: string }>();

  const load = (row: KeyRow): LoadedKey => {
    const known = loaded.get(row.key_id);
    if (known) return known;
    const jwk = JSON.parse(row.jwk) as EcJwk;
    const key: LoadedKey = {
      keyId: row.key_id, issuer: THUMBPRINT_URN + row.jkt, tokenHeader: encodePart({ typ: TYP_TOKEN, alg: 'ES256', jwk }), receiptHeader: encodePart({ typ: TYP_RECEIPT, alg: 'ES256', jwk }),
      privateKey: createPrivateKey({ key: { ...jwk, d: row.private_key.toString('base64url') }, format: 'jwk' }),
    };
    loaded.set(row.key_id, key);
    return key;
  };
  const keyById = (keyId: number): LoadedKey => {
    const known = loaded.get(keyId);
    if (known) return known;
    const row = getKey(db, keyId);
    if (!row) throw new Error('a grant names an issuer key that does not exist');
    return load(row);
  };
  const keyFor = (recipientId: string, epoch: number): LoadedKey => {
    const row = findKey(db, recipientId, epoch);
    if (row) return load(row);
    const { d, jwk } = randomP256(randomBytes);
    const fresh = { recipient_id: recipientId, epoch, private_key: d, jwk: JSON.stringify(jwk), jkt: jwkThumbprint(jwk) };
    return load({ ...fresh, key_id: insertKey(db, fresh) });
  };

  const takeIndex = (keyId: number): { readonly listId: string; readonly index: number } => {
    const list: ListRow = findListWithRoom(db, keyId, LIST_CAPACITY) ?? freshList(keyId);
    const index = pickFreeIndex(list.taken, randomBytes);
    updateList(db, { ...list, bits: withBit(list.bits, index, false), taken: withBit(list.taken, index, true), used: list.used + 1 });
    return { listId: list.list_id, index };
  };
  const freshList = (keyId: number): ListRow => {
    const list = { list_id: randomBytes(16).toString('base64url'), key_id: keyId, bits: randomBytes(LIST_BITS / 8), taken: Buffer.alloc(LIST_BITS / 8), used: 0 };
    insertList(db, list);
    return list;
  };
  const listUri = (listId: string): string => `${endpointBase}${PATHS.status}${listId}`;

  // Whole hours: a finer time of issue would be a name two companies could compare.
  const hourNow = (): number => Math.floor(clock.nowMs() / 1000 / HOUR_S) * HOUR_S;
  const signToken = (key: LoadedKey, order: Omit<TokenOrder, 'recipientId'>, place: Pick<IssuedToken, 'pseudonym' | 'statusList' | 'statusIndex'>, iat = hourNow()): Pick<IssuedToken, 'token' | 'tokenHash' | 'iat' | 'exp'> => {
    const exp = Math.ceil(order.expiresAtMs / 1000 / HOUR_S) * HOUR_S;
    const payload: TokenPayload = {
      iss: key.issuer, sub: place.pseudonym, aud: order.companyId, iat, exp, jti: randomBytes(16).toString('base64url'), cnf: { jkt: order.dpopJkt },
      authorization_details: [{ type: DETAILS_TYPE, claims: order.claims.map(({ claim, precision }) => ({ claim, precision })), purposes: [...order.purposes], cadence: { max: order.cadence.max, per: order.cadence.per } }],
      status: { status_list: { idx: place.statusIndex, uri: listUri(place.statusList) } },
      redemption_endpoint: `${endpointBase}${PATHS.redeem}`,
    };
    const token = signEs256(key.privateKey, key.tokenHeader, payload);
    return { token, tokenHash: sha256(token), iat, exp };
  };

  return Object.freeze({
    issue(order: TokenOrder): IssuedToken {
      const nowMs = clock.nowMs();
      const epoch = Math.floor(nowMs / EPOCH_MS);
      const key = keyFor(order.recipientId, epoch);
      const pseudonym = hmac(pseudonymKey, `ppid/v1|${order.recipientId}|${epoch}`).toString('base64url');
      const { listId, index } = takeIndex(key.keyId);
      return { ...signToken(key, order, { pseudonym, statusList: listId, statusIndex: index }), pseudonym, keyId: key.keyId, statusList: listId, statusIndex: index };
    },

    renew(grant) {
      // Otherwise the same as the first: what was narrowed since is nobody's business.
      const { iat, authorization_details: [{ claims, purposes, cadence }] } = payloadOf(grant.token);
      return signToken(keyById(grant.keyId), { ...grant, claims, purposes, cadence }, grant, iat);
    },

    endStatus(listId: string, index: number): void {
      const list = getList(db, listId);
      if (!list) throw new Error('a grant names a status list that does not exist');
      updateList(db, { ...list, bits: withBit(list.bits, index, true) });
    },

    issueAnswer({ grant, nowMs, claims, assurance, auditHash, noise }: AnswerOrder): Promise<string> {
      const key = keyById(grant.keyId);
      const iat = Math.floor(nowMs / 1000 / MINUTE_S) * MINUTE_S;
      // As the token's own end, which is in whole hours: the minute would say when it was given.
      const end = Math.min(iat + ANSWER_LIFE_S, Math.floor(grant.expiresAtMs / 1000 / HOUR_S) * HOUR_S);
      return issueSdJwt(key.privateKey, answerHeader, {
        iss: key.issuer, sub: grant.pseudonym, aud: grant.companyId, iat, exp: Math.max(end, iat + MINUTE_S), vct: VCT, assurance, ...(Object.keys(noise).length === 0 ? {} : { noise }),
        log_receipt: hmac(receiptKey, `receipt/v1|${grant.recipientId}|${auditHash}`).toString('base64url'),
      }, claims, salts);
    },

    issueReceipt({ keyId, pseudonym, companyId }, history): ReceiptDocument {
      const key = keyById(keyId);
      const text = (hash: Buffer): string => hash.toString('base64url');
      return {
        format: 'penchant-receipt', version: 1,
        head: signEs256(key.privateKey, key.receiptHeader, { iss: key.issuer, sub: pseudonym, aud: companyId, list: history.label, size: history.size, root: text(history.root) }),
        entries: history.entries.flatMap(({ index, opening, proof }) => (opening === null ? [] : [{ index, opening, proof: proof.map(text) }])).slice(-MAX_RECEIPT_ENTRIES),
      };
    },

    statusList(listId: string, nowMs: number): string | null {
      const list = getList(db, listId);
      if (!list) return null;
      const minute = Math.floor(nowMs / 1000 / MINUTE_S);
      const cached = signedLists.get(listId);
      // Signed once a minute at most: anyone may ask for a list.
      if (cached?.minute === minute && cached.bits.equals(list.bits)) return cached.jwt;
      const key = keyById(list.key_id);
      const iat = minute * MINUTE_S;
      const jwt = signEs256(key.privateKey, statusHeader, { iss: key.issuer, sub: listUri(listId), iat, exp: iat + ANSWER_LIFE_S, ttl: STATUS_TTL_SECONDS, status_list: { bits: 1, lst: encodeList(list.bits) } });
      signedLists.set(listId, { minute, bits: list.bits, jwt });
      return jwt;
    },
  } satisfies TokenService);
}

interface EcJwk { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }

/** A random P-256 key from the given randomness. */
function randomP256(randomBytes: (size: number) => Buffer): { readonly d: Buffer; readonly jwk: EcJwk } {
  const ecdh = createECDH('prime256v1');
  for (;;) {
    const d = randomBytes(32);
    try {
      ecdh.setPrivateKey(d);
    } catch {
      // Outside 1..n-1, about once in four billion: draw again.
      continue;
    }
    const point = ecdh.getPublicKey();
    return { d, jwk: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } };
  }
}

/** What consent knows of companies, requests and grants, and what it needs from the features above it. */
import type { CompanyDocument, Cadence, RequestPayload, ScopedClaim } from '../../../shared/protocol/schemas.ts';

/** `verified`: the domain serves the key that signed the company's document; `mismatch`: it serves others; `unverified`: not asked or no answer. */
export type Identity = 'verified' | 'unverified' | 'mismatch';

/** A company as one signing key of its document: another key under the same address is another recipient, with another pseudonym. */
export interface CompanyRecord {
  readonly recipientId: string;
  readonly companyId: string;
  /** RFC 7638 thumbprint of the key that signed the document. */
  readonly documentKey: string;
  readonly document: CompanyDocument;
  readonly identity: Identity;
  readonly checkedAtMs: number | null;
  readonly firstSeenMs: number;
}

export interface RequestRecord {
  readonly requestId: string;
  readonly handle: string;
  readonly company: CompanyRecord;
  readonly payload: RequestPayload;
  /** The document as it came with this very request. */
  readonly document: CompanyDocument;
  readonly receivedAtMs: number;
  readonly expiresAtMs: number;
  /** As stored; an open request past its time counts as expired. */
  readonly state: 'open' | 'granted' | 'denied';
  readonly decidedAtMs: number | null;
  /** Put off until then, Unix ms; null when it was not. */
  readonly laterMs: number | null;
  readonly grantId: string | null;
}

export type GrantState = 'active' | 'expired' | 'revoked' | 'returned' | 'suspended';
export interface Purpose { readonly iri: string; readonly text: string }

export interface GrantRecord {
  readonly grantId: string;
  readonly requestId: string;
  readonly recipientId: string;
  readonly companyId: string;
  readonly companyName: string;
  /** As stored; use `grantStateAt` for what holds now. */
  readonly state: GrantState;
  readonly version: number;
  readonly claims: readonly ScopedClaim[];
  /** What the token names: claims left out since are silently not answered, others are refused. */
  readonly tokenClaims: readonly ScopedClaim[];
  readonly purposes: readonly Purpose[];
  readonly brands: readonly string[];
  readonly cadence: Cadence;
  readonly grantedAtMs: number;
  readonly expiresAtMs: number;
  readonly endedAtMs: number | null;
  /** Since when it gives no answers, Unix ms; null while it does. It goes on where it was. */
  readonly pausedMs: number | null;
  /** After every so many answers it says a step less; null: never. */
  readonly fadeEvery: number | null;
  /** Weight of the truth where interests are deniable; null where they are said as they are. */
  readonly noise: number | null;
  /** Answers there had been when it was given or renewed. */
  readonly fadeFrom: number;
  readonly usage: GrantUsage;
  readonly token: string;
  /** Unix seconds as they stand in the token. */
  readonly tokenIat: number;
  readonly tokenExp: number;
  readonly dpopJkt: string;
  readonly pseudonym: string;
  readonly keyId: number;
  readonly statusList: string;
  readonly statusIndex: number;
}

/** What collecting a token goes by. */
export interface Claimable {
  readonly dpopJkt: string;
  /** Null while undecided or denied. */
  readonly grant: Pick<GrantRecord, 'state' | 'expiresAtMs' | 'token'> | null;
}

export interface GrantUsage {
  readonly redemptions: number;
  readonly refused: number;
  readonly lastRedeemedMs: number | null;
  /** Number of the cadence window since the grant began, and redemptions in it. */
  readonly windowIndex: number;
  readonly windowUsed: number;
}

export interface TokenOrder {
  readonly recipientId: string;
  readonly companyId: string;
  readonly claims: readonly ScopedClaim[];
  /** IRIs. */
  readonly purposes: readonly string[];
  readonly cadence: Cadence;
  readonly expiresAtMs: number;
  readonly dpopJkt: string;
}

export interface IssuedToken {
  readonly token: string;
  readonly tokenHash: Buffer;
  readonly pseudonym: string;
  readonly keyId: number;
  readonly statusList: string;
  readonly statusIndex: number;
  readonly iat: number;
  readonly exp: number;
}

/** Filled in by the tokens feature. All must be called inside the transaction of the decision. */
export interface TokenIssuer {
  issue(order: TokenOrder): IssuedToken;
  /** Another token of the same grant, the same but for its `jti` and its later end. */
  renew(grant: Pick<GrantRecord, 'companyId' | 'token' | 'expiresAtMs' | 'dpopJkt' | 'pseudonym' | 'keyId' | 'statusList' | 'statusIndex'>): Pick<IssuedToken, 'token' | 'tokenHash' | 'iat' | 'exp'>;
  /** Sets the token's status bit for good. */
  endStatus(listId: string, index: number): void;
}

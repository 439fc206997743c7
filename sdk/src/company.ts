/** Everything a company does, bound to its identity and keys once: the front door of the SDK. */
import { verifyAnswer, type VerifiedAnswer, type VerifyOptions } from './answer.ts';
import { companyIdOf, verifyDocument } from './document.ts';
import { failure } from './errors.ts';
import type { CallOptions } from './http.ts';
import { parseCompanyKeys, type CompanyKeys } from './keys.ts';
import { createNonceStore } from './proof.ts';
import { introspect, redeem, returnToken, type RedeemOptions, type TokenState } from './redeem.ts';
import { signRequest, type RequestInput, type SignedRequest } from './request.ts';
import { fetchStatusList, type StatusList } from './status.ts';
import { claimToken, submitRequest, type Collected, type RequestReceipt, type SubmitOptions } from './submit.ts';
import { parseToken, type PreferenceToken, type TokenInput, type ClockOptions } from './token.ts';

export interface CompanyInput extends CallOptions {
  /** "shop.example", or "127.0.0.1:8080" for local trials. */
  readonly domain: string;
  readonly keys: CompanyKeys;
  /** The signed company document, compact; needed for {@link Company.request} only. */
  readonly document?: string;
}

/** The functions of this SDK with identity, keys, clock, fetch and nonces filled in. Options given to a call win. */
export interface Company {
  readonly companyId: string;
  readonly request: (input: Omit<RequestInput, 'document'>) => Promise<SignedRequest>;
  readonly submit: (request: string, options?: SubmitOptions) => Promise<RequestReceipt>;
  readonly collect: (handle: string, options?: SubmitOptions) => Promise<Collected>;
  readonly parseToken: (text: string, options?: ClockOptions) => Promise<PreferenceToken>;
  readonly redeem: (token: TokenInput, options?: RedeemOptions) => Promise<VerifiedAnswer>;
  readonly verify: (answer: string, token: TokenInput, options?: VerifyOptions) => Promise<VerifiedAnswer>;
  readonly statusList: (token: TokenInput, options?: CallOptions) => Promise<StatusList>;
  readonly introspect: (token: TokenInput, options?: CallOptions) => Promise<TokenState>;
  readonly giveBack: (token: TokenInput, options?: CallOptions) => Promise<void>;
}

/**
 * Makes the company side ready to use.
 *
 * @throws {TypeError} A domain that is none.
 * @throws {PenchantError} ERR_KEYS_INVALID; from {@link Company.request} also ERR_REQUEST_INVALID for the document of another company.
 * @example
 * const company = createCompany({ domain: 'shop.example', keys, document });
 * const { link } = await company.request({ claims: 'interest:2,price_band:1?', purposes: ['recommendations'], durationDays: 90 });
 * const { claims } = await company.redeem(token, { purpose: 'recommendations' });
 */
export function createCompany(input: CompanyInput): Company {
  const { domain, keys, document, ...given } = input;
  const identity = { companyId: companyIdOf(domain), keys: parseCompanyKeys(keys) };
  const defaults: CallOptions = { ...given, nonces: given.nonces ?? createNonceStore() };
  return Object.freeze<Company>({
    companyId: identity.companyId,
    request: async (request) => {
      if (document === undefined) throw new TypeError('Give `document` to createCompany before asking.');
      const { payload: { iss } } = await verifyDocument(document);
      if (iss !== identity.companyId) throw failure('ERR_REQUEST_INVALID', `The document is one of ${iss}, and this company is ${identity.companyId}.`);
      return signRequest({ ...request, document }, identity.keys, defaults);
    },
    submit: (request, options) => submitRequest(request, { ...defaults, ...options }),
    collect: (handle, options) => claimToken(handle, identity, { ...defaults, ...options }),
    parseToken: (text, options) => parseToken(text, identity, { ...defaults, ...options }),
    redeem: (token, options) => redeem(token, identity, { ...defaults, ...options }),
    verify: (answer, token, options) => verifyAnswer(answer, token, identity, { ...defaults, ...options }),
    statusList: (token, options) => fetchStatusList(token, identity, { ...defaults, ...options }),
    introspect: (token, options) => introspect(token, identity, { ...defaults, ...options }),
    giveBack: (token, options) => returnToken(token, identity, { ...defaults, ...options }),
  });
}

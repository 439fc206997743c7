/** Public surface of `@penchant/sdk`: everything a company may use; nothing else is stable. */
export { createCompany, type Company, type CompanyInput } from './company.ts';
export { companyIdOf, signDocument, verifyDocument, type DocumentInput, type SignedDocument } from './document.ts';
export { PenchantError, isPenchantError, type AnyPenchantError, type PenchantErrorCode, type PenchantErrorDetails } from './errors.ts';
export { estimateHorizon, estimateInterest, type AreaEstimate, type HorizonEstimate, type LevelEstimate } from './estimate.ts';
export type { CallOptions } from './http.ts';
export { generateCompanyKeys, parseCompanyKeys, publicJwk, thumbprintOf, type BareJwk, type CompanyKeys, type PrivateJwk } from './keys.ts';
export { createNonceStore, signProof, type NonceStore, type ProofInput } from './proof.ts';
export { verifyReceipt, type ReceiptEntry, type ReceiptExpectation, type VerifiedReceipt } from './receipt.ts';
export { introspect, redeem, returnToken, type RedeemOptions, type TokenState } from './redeem.ts';
export { requestLink, signRequest, type RequestInput, type SignedRequest } from './request.ts';
export { overAsking, parseClaims, type AskedClaim, type ClaimsInput, type PurposeInput } from './scope.ts';
export { checkStatus, fetchStatusList, parseStatusList, type StatusList } from './status.ts';
export { claimToken, submitRequest, type Collected, type RequestReceipt, type SubmitOptions } from './submit.ts';
export { parseToken, type ClockOptions, type CompanyIdentity, type EndpointOptions, type PreferenceToken, type TokenInput } from './token.ts';
export { verifyAnswer, type VerifiedAnswer, type VerifyOptions } from './answer.ts';
export { WELL_KNOWN_PATH } from '../../shared/protocol/names.ts';
export type { AnswerValues, Cadence, CompanyDocument, FlattenedJws, ScopedClaim } from '../../shared/protocol/schemas.ts';
export type { Claim } from '../../shared/protocol/vocabulary.ts';

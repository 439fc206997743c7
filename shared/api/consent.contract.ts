/** Owner calls about requests, decisions, grants and companies. */
import { z } from 'zod';
import { CLAIMS } from '../protocol/vocabulary.ts';
import { defineContract } from './define.ts';
import { balanceView, closeness, crowd, crowdOfAnswer, floor, noiseBudget } from './exposure.contract.ts';

const id = z.string().max(64);

const cadence = z.object({ max: z.number().int().min(1).max(1000), per: z.enum(['day', 'week', 'month']) });

export const companyIdentity = z.object({
  /** The company's URL identifier, e.g. "https://shop.example"; also the audience of its tokens. */
  companyId: z.string(),
  name: z.string(), domain: z.string(),
  /**
   * `verified`: its domain served this very document. `unverified`: signatures agree with each other, the domain was not asked or did not answer.
   * `mismatch`: the domain serves other keys.
   */
  identity: z.enum(['verified', 'unverified', 'mismatch']),
  checkedAtMs: z.number().int().nullable(),
  contact: z.string(), policyUri: z.string().nullable(),
});

const askedClaim = z.object({
  claim: z.enum(CLAIMS),
  /** Finest ladder step the company asks for; the person may choose 1..precision. */
  precision: z.number().int().min(1), required: z.boolean(),
  /** True when the company's own document does not say it ever needs this, or not this finely. */
  overAsking: z.boolean(),
  /** Number of things the vault could say for this claim today at the asked precision. */
  known: z.number().int(),
});

export const requestView = z.object({
  requestId: z.string(),
  state: z.enum(['open', 'granted', 'denied', 'expired']),
  receivedAtMs: z.number().int(), expiresAtMs: z.number().int(), decidedAtMs: z.number().int().nullable(),
  /** Put off until then, Unix ms; null when it was not. It can be decided all the same. */
  laterMs: z.number().int().nullable(),
  /** Everything this company asks is told no by itself. */
  alwaysRefused: z.boolean(),
  company: companyIdentity,
  asks: z.array(askedClaim),
  purposes: z.array(z.object({ iri: z.string(), label: z.string(), companyWords: z.string() })),
  cadence, durationDays: z.number().int(), retentionDays: z.number().int(),
  /** What the company says the person gets for it; null when it says nothing. */
  benefit: z.string().nullable(),
  /** The three kinds of statement, never mixed: what Penchant enforces, what the offered terms declare, what the company says of itself. */
  enforced: z.array(z.string()), declared: z.array(z.string()), claimed: z.array(z.string()),
  terms: z.object({ code: z.string(), label: z.string(), uri: z.string().nullable() }),
  /** Ids of grants this company already has. */
  activeGrants: z.array(z.string()),
  grantId: z.string().nullable(),
});

/** In a list: who asks for what, and where it stands. The statements are for who looks at it. */
export const requestLine = requestView.omit({ enforced: true, declared: true, claimed: true, purposes: true, terms: true, benefit: true });

const chosenClaim = z.strictObject({ claim: z.enum(CLAIMS), precision: z.number().int().min(1).max(8) });

/** The exact claims of an answer as they would leave right now, each with its plain words. */
export const answerClaim = z.object({
  claim: z.enum(CLAIMS), /** As it would be said; coarser than chosen where too few people would share it. */ precision: z.number().int(),
  /** JSON value exactly as it stands in the disclosure; null when nothing would be said for this claim. */
  value: z.json(),
  words: z.array(z.string()),
  /** How many items were held back, by reason. */
  withheld: z.array(z.object({ reason: z.enum(['closed-category', 'not-approved', 'too-weak', 'too-many', 'nothing-known', 'quiet-area', 'too-few-alike', 'budget-spent']), count: z.number().int() })),
  /** Where it is deniable: of interests the weight of the truth, of as much and 2; of purchases 2, by which each step off is less likely. Null where it is said as it is. */
  noise: z.number().int().nullable(),
});

const preview = z.object({
  claims: z.array(answerClaim), crowd: crowdOfAnswer, budget: noiseBudget,
  /** How close the company would be with it. */
  closeness,
  /** Weight of the truth with which this company is answered already, whatever is chosen here: what is said as it is beside that would undo it. Null where it is not. */
  deniable: z.number().int().nullable(),
  /** What Penchant would enforce with these choices. */
  enforced: z.array(z.string()),
});

export const grantView = z.object({
  grantId: z.string(), requestId: z.string(), company: companyIdentity,
  state: z.enum(['active', 'expired', 'revoked', 'returned', 'suspended']),
  version: z.number().int(),
  claims: z.array(z.object({ claim: z.enum(CLAIMS), precision: z.number().int() })),
  purposes: z.array(z.object({ iri: z.string(), label: z.string() })),
  cadence, grantedAtMs: z.number().int(), expiresAtMs: z.number().int(), endedAtMs: z.number().int().nullable(),
  redemptions: z.number().int(), refused: z.number().int(), lastRedeemedMs: z.number().int().nullable(),
  /** Since when it gives no answers, Unix ms; null while it does. */
  pausedMs: z.number().int().nullable(),
  /** Precision that fades: a step less after `every` answers, `lost` so far, and what is said `now`; null where it does not. */
  fade: z.object({ every: z.number().int(), lost: z.number().int(), now: z.array(z.object({ claim: z.enum(CLAIMS), precision: z.number().int() })) }).nullable(),
  /** Weight of the truth where interests are deniable; null where they are said as they are. */
  noise: z.number().int().nullable(),
  /** Until when it can last at most: as long as the company asked for. */
  longestMs: z.number().int(),
  /** Why it may be worth looking at: ends within a week, nobody asked for a month, less than one answer in two weeks, or what it says hardly helps the company. */
  suggestion: z.enum(['ends-soon', 'unused', 'rarely-used', 'little-use']).nullable(),
  /** Redemptions still allowed in the running cadence window. */
  remaining: z.number().int(),
});

/** Interests are said of whole areas and made deniable: nine in ten, or three in four, are told as they are. */
const noise = z.union([z.literal(18), z.literal(6)]);
const fadeEvery = z.number().int().min(1).max(1000);

/** Choices for a request that are only tried out. */
const tried = z.strictObject({ requestId: id, claims: z.array(chosenClaim).max(32), brands: z.array(z.string().max(100)).max(50).optional(), /** Smallest crowd instead of the one that holds, to see what it would do. */ floor: floor.optional(), noise: noise.optional(), durationDays: z.number().int().min(1).max(90).optional(), cadence: cadence.strict().optional(), fadeEvery: fadeEvery.optional() });

/** A grant from one change to the next. */
export const grantVersion = z.object({
  version: z.number().int(), atMs: z.number().int(), change: z.enum(['given', 'narrowed', 'paused', 'resumed', 'extended', 'renewed']),
  claims: z.array(z.object({ claim: z.enum(CLAIMS), precision: z.number().int() })), purposes: z.array(z.object({ iri: z.string(), label: z.string() })), cadence, expiresAtMs: z.number().int(),
  fadeEvery: z.number().int().nullable(), noise: z.number().int().nullable(),
  /** How many people would have shared what the company knows with its next answer; null where that was not noted then. */
  crowd: crowd.nullable(),
  /** What held from then on, in the sentences of the screen; null where that was not noted then. */
  shown: z.object({ enforced: z.array(z.string()), declared: z.array(z.string()), claimed: z.array(z.string()) }).nullable(),
});

/** Choices that can be made again on another request. */
const templateBody = z.strictObject({
  /** The finest step of each claim it gives; what is not named is not given. */
  claims: z.array(chosenClaim).min(1).max(CLAIMS.length),
  /** At most so long and so often; null: as asked. */
  durationDays: z.number().int().min(1).max(90).nullable(), cadence: cadence.strict().nullable(),
});
export const template = templateBody.extend({ templateId: z.string(), name: z.string(), /** Comes with the app and cannot be deleted. */ shipped: z.boolean() });

export const consentContract = defineContract({
  /** Opens the practice shop, a made-up company on this computer; its address. */
  'practice.open': { access: 'unlocked', input: z.void(), output: z.object({ url: z.url() }), errors: ['ERR_LOOPBACK_OFF', 'ERR_PORT_IN_USE'] },
  /** Verifies a signed request given as compact text, a `penchant://request?…` link or an offered file, and keeps it for deciding. Opening the same request twice gives the same id. */
  'requests.open': {
    access: 'unlocked', input: z.union([z.strictObject({ text: z.string().min(1).max(65_536) }), z.strictObject({ fileId: id })]),
    output: requestView, errors: ['ERR_REQUEST_INVALID', 'ERR_REQUEST_SIGNATURE', 'ERR_REQUEST_EXPIRED', 'ERR_FILE_MISSING', 'ERR_FILE_TOO_LARGE', 'ERR_FILE_UNREADABLE', 'ERR_COMPANY_UNREACHABLE'],
  },
  /** For whoever shows that something waits without showing what. `tell`: false where the person wants no notices, keeps quiet hours or is on a break. */
  'requests.waiting': { access: 'unlocked', input: z.void(), output: z.object({ count: z.number().int(), tell: z.boolean() }), errors: [] },
  'requests.list': { access: 'unlocked', input: z.void(), output: z.object({ requests: z.array(requestLine) }), errors: [] },
  'requests.get': { access: 'unlocked', input: z.strictObject({ requestId: id }), output: requestView, errors: ['ERR_REQUEST_UNKNOWN'] },
  /** Asks the company's domain for its document, because the person pressed the button; the domain learns that someone looked. */
  'requests.checkIdentity': { access: 'unlocked', input: z.strictObject({ requestId: id }), output: requestView, errors: ['ERR_REQUEST_UNKNOWN', 'ERR_COMPANY_UNREACHABLE'] },
  /** The exact answer that would leave now for these choices. Stores nothing. */
  'requests.preview': {
    access: 'unlocked', input: tried,
    output: preview, errors: ['ERR_REQUEST_UNKNOWN', 'ERR_CLAIM_NOT_ASKED', 'ERR_PRECISION_INVALID'],
  },
  /** What these choices are worth to the company, and what each smallest crowd would leave of that. Stores nothing. */
  'requests.balance': { access: 'unlocked', input: tried, output: balanceView, errors: ['ERR_REQUEST_UNKNOWN', 'ERR_CLAIM_NOT_ASKED', 'ERR_PRECISION_INVALID'] },
  'requests.grant': {
    access: 'fresh',
    input: z.strictObject({
      requestId: id, claims: z.array(chosenClaim).min(1).max(32),
      /** IRIs of the purposes kept; omitted means all asked. */
      purposes: z.array(z.string().max(200)).min(1).max(16).optional(),
      /** Unix ms; at most the asked duration from now, at most 90 days. Omitted means the asked duration. */
      expiresAtMs: z.number().int().optional(),
      /** At most the asked cadence. */
      cadence: cadence.strict().optional(),
      /** Brand names the person approved one by one for this company; without any, no brand leaves. */
      brands: z.array(z.string().max(100)).max(50).optional(),
      /** After every so many answers each claim is said one step coarser, until the person renews it. */
      fadeEvery: fadeEvery.optional(),
      noise: noise.optional(),
      /** From now on at least so many people must fit what this company knows; omitted leaves it as it is. */
      floor: floor.optional(),
    }),
    output: z.object({ grantId: z.string(), token: z.string(), grant: grantView }),
    errors: ['ERR_REQUEST_UNKNOWN', 'ERR_REQUEST_DECIDED', 'ERR_REQUEST_EXPIRED', 'ERR_CLAIM_REQUIRED', 'ERR_CLAIM_NOT_ASKED', 'ERR_PRECISION_INVALID', 'ERR_DURATION_INVALID', 'ERR_GRANT_EMPTY', 'ERR_GRANT_WIDENS'],
  },
  /** `remember`: everything the company asks is told no from now on, without being shown. The company cannot tell any of it from silence. */
  'requests.deny': { access: 'unlocked', input: z.strictObject({ requestId: id, remember: z.boolean().optional() }), output: requestView, errors: ['ERR_REQUEST_UNKNOWN', 'ERR_REQUEST_DECIDED'] },
  /** Takes a no back while the request has not run out; then it can be decided again. */
  'requests.reconsider': { access: 'unlocked', input: z.strictObject({ requestId: id }), output: requestView, errors: ['ERR_REQUEST_UNKNOWN', 'ERR_REQUEST_DECIDED', 'ERR_REQUEST_EXPIRED'] },
  /** Puts a request off until then; null brings it back now. */
  'requests.later': { access: 'unlocked', input: z.strictObject({ requestId: id, untilMs: z.number().int().nullable() }), output: requestView, errors: ['ERR_REQUEST_UNKNOWN', 'ERR_REQUEST_DECIDED', 'ERR_REQUEST_EXPIRED'] },
  /** Tells a company no to everything it asks, or hears it again. Permissions it has stay as they are. */
  'companies.refuse': { access: 'unlocked', input: z.strictObject({ companyId: z.string().min(1).max(300), always: z.boolean() }), output: z.object({}), errors: ['ERR_COMPANY_UNKNOWN'] },
  'grants.list': { access: 'unlocked', input: z.void(), output: z.object({ grants: z.array(grantView) }), errors: [] },
  /** The token of an active grant, to hand over again. */
  'grants.token': { access: 'unlocked', input: z.strictObject({ grantId: id }), output: z.object({ token: z.string() }), errors: ['ERR_GRANT_UNKNOWN', 'ERR_GRANT_ENDED'] },
  /** The exact answer a redemption of this grant would give now, or with another smallest crowd. */
  'grants.preview': { access: 'unlocked', input: z.strictObject({ grantId: id, floor: floor.optional() }), output: preview, errors: ['ERR_GRANT_UNKNOWN'] },
  /** The same for a permission there is. */
  'grants.balance': { access: 'unlocked', input: z.strictObject({ grantId: id }), output: balanceView, errors: ['ERR_GRANT_UNKNOWN'] },
  /** Leaves out claims, coarsens, shortens, slows down. Bites at the next redemption. Never widens. */
  'grants.narrow': {
    access: 'unlocked',
    input: z.strictObject({ grantId: id, claims: z.array(chosenClaim).min(1).max(32).optional(), /** IRIs kept. */ purposes: z.array(z.string().max(200)).min(1).max(16).optional(), expiresAtMs: z.number().int().optional(), cadence: cadence.strict().optional(), fadeEvery: fadeEvery.optional() }),
    output: grantView, errors: ['ERR_GRANT_UNKNOWN', 'ERR_GRANT_ENDED', 'ERR_GRANT_WIDENS', 'ERR_GRANT_EMPTY', 'ERR_PRECISION_INVALID', 'ERR_DURATION_INVALID'],
  },
  /** No answers until it is resumed; time, claims and token stay. The company is told to come again later, whatever the cause. */
  'grants.pause': { access: 'unlocked', input: z.strictObject({ grantId: id }), output: grantView, errors: ['ERR_GRANT_UNKNOWN', 'ERR_GRANT_ENDED'] },
  'grants.resume': { access: 'fresh', input: z.strictObject({ grantId: id }), output: grantView, errors: ['ERR_GRANT_UNKNOWN', 'ERR_GRANT_ENDED'] },
  /** Lets it last longer, at most as long as the company asked for. */
  'grants.extend': { access: 'fresh', input: z.strictObject({ grantId: id, expiresAtMs: z.number().int() }), output: grantView, errors: ['ERR_GRANT_UNKNOWN', 'ERR_GRANT_ENDED', 'ERR_GRANT_WIDENS', 'ERR_DURATION_INVALID'] },
  /** A permission that fades says again all it may. */
  'grants.renew': { access: 'fresh', input: z.strictObject({ grantId: id }), output: grantView, errors: ['ERR_GRANT_UNKNOWN', 'ERR_GRANT_ENDED'] },
  /** Oldest first. */
  'grants.versions': { access: 'unlocked', input: z.strictObject({ grantId: id }), output: z.object({ versions: z.array(grantVersion) }), errors: ['ERR_GRANT_UNKNOWN'] },
  'templates.list': { access: 'unlocked', input: z.void(), output: z.object({ templates: z.array(template) }), errors: [] },
  /** Under a name that is taken it replaces what was there. */
  'templates.save': { access: 'unlocked', input: templateBody.extend({ name: z.string().trim().min(1).max(60) }), output: z.object({ templates: z.array(template) }), errors: ['ERR_TEMPLATE_INVALID'] },
  'templates.delete': { access: 'unlocked', input: z.strictObject({ templateId: id }), output: z.object({ templates: z.array(template) }), errors: ['ERR_TEMPLATE_INVALID'] },
  'grants.revoke': { access: 'unlocked', input: z.strictObject({ grantId: id }), output: grantView, errors: ['ERR_GRANT_UNKNOWN'] },
  'companies.list': {
    access: 'unlocked', input: z.void(),
    output: z.object({ companies: z.array(z.object({ company: companyIdentity, activeGrants: z.number().int(), grants: z.number().int(), openRequests: z.number().int(), redemptions: z.number().int(), lastRedeemedMs: z.number().int().nullable(), claimsEver: z.array(z.object({ claim: z.enum(CLAIMS), precision: z.number().int() })), refusedMs: z.number().int().nullable() })) }),
    errors: [],
  },
  /** Where programs on this computer reach the vault, and whether it listens now. */
  'redemption.status': { access: 'unlocked', input: z.void(), output: z.object({ listening: z.boolean(), url: z.string().nullable() }), errors: [] },
});

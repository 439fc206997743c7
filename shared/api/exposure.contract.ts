/** Owner calls about what companies know by now, and how many people share it. */
import { z } from 'zod';
import { CLAIMS } from '../protocol/vocabulary.ts';
import { defineContract } from './define.ts';

/** Adults who share something with the person: at least `fewest`, hardly more than `most`. */
export const crowd = z.object({ fewest: z.number().int().min(0), most: z.number().int().min(0) });

/** What an answer would do to the crowd. */
export const crowdOfAnswer = z.object({
  /** How many people must share what this company knows. */
  floor: z.number().int(),
  /** Everybody, before anything is known. */
  everybody: crowd,
  /** By all this company was ever told. */
  before: crowd,
  /** With each claim of the answer added to the ones above it; the last is what the company would know. */
  steps: z.array(z.object({ claim: z.enum(CLAIMS), after: crowd })),
  /** If all companies told each other everything they were ever told, with this answer. */
  pooled: crowd,
});

/** ε of deniable answers: what one company has learnt with so far and may at most, and the same of all together. */
export const noiseBudget = z.object({ spent: z.number(), company: z.number(), spentByAll: z.number(), total: z.number() });

/** How near a company has come, 0 to 3 each: how few share what it knows, how often it got an answer, for how long. */
export const closeness = z.object({ specific: z.number().int(), often: z.number().int(), long: z.number().int(), level: z.enum(['distant', 'acquainted', 'close', 'very-close']) });

const share = z.number().min(-1).max(1).nullable();

/** What an answer is worth to the company, by a trial on a built-in catalogue: 0 no better than chance, 1 as good as with all the vault could say; null where nothing in the catalogue is about it. */
export const balanceView = z.object({
  usefulness: share,
  /** What each claim adds to it; below 0 where leaving it out would make room to say the rest more exactly. */
  worth: z.array(z.object({ claim: z.enum(CLAIMS), adds: share })),
  /** For one smallest crowd after another, from none on. */
  curve: z.array(z.object({ floor: z.number().int(), crowd, usefulness: share })),
});

/** One thing that would leave more people alike: ending a permission, saying its things as coarsely as can be, or asking the crowd that is asked of everybody of this company too. `before` and `after`: people who would share all that all companies know after their next answers. */
export const exposureStep = z.object({ kind: z.enum(['end', 'coarser', 'floor']), companyId: z.string(), name: z.string(), grantId: z.string(), before: z.number().int(), after: z.number().int() });

export const floor = z.number().int().min(0).max(10_000_000);

const toldClaim = z.object({ claim: z.enum(CLAIMS), words: z.array(z.string()), /** Unix ms. */ firstMs: z.number().int() });

export const exposureView = z.object({
  floor,
  /** ISO 3166-1 country the crowd is reckoned for, as the person said it; null: not said, and one of the smaller ones is assumed. */
  home: z.string().nullable(),
  everybody: crowd,
  /** If all companies told each other everything. */
  pooled: crowd,
  /** The same at the end of each day on which somebody was told something new, the newest last. */
  history: z.array(z.object({ atMs: z.number().int(), crowd })),
  companies: z.array(z.object({
    companyId: z.string(), name: z.string(),
    /** Of its own; null: the one for all. */
    floor: floor.nullable(),
    crowd,
    told: z.array(toldClaim),
    closeness,
    /** As the one of all, for this company alone. */
    history: z.array(z.object({ atMs: z.number().int(), crowd })),
    answers: z.number().int(), /** Unix ms of its first permission; null when it never had one. */ sinceMs: z.number().int().nullable(),
  })),
});

export const exposureContract = defineContract({
  /** How well each company with a running permission could choose for the person with all its permissions say today: 0 no better than chance, 1 as with all the vault could say of what it asked; null where that cannot be tried. */
  'exposure.use': { access: 'unlocked', input: z.void(), output: z.object({ companies: z.array(z.object({ companyId: z.string(), usefulness: share })) }), errors: [] },
  /** What would help most against being known, best first, at most three; each reckoned with everything else as it is. */
  'exposure.steps': { access: 'unlocked', input: z.void(), output: z.object({ steps: z.array(exposureStep) }), errors: [] },
  'exposure.get': { access: 'unlocked', input: z.void(), output: exposureView, errors: [] },
  /**
   * How many people must share what a company knows; 0: any number. Without `companyId` for every company that has no floor of its own, where null is the
   * shipped one; with it for that company, where null is the one for all. Bites at the next redemption.
   */
  'exposure.setFloor': { access: 'fresh', input: z.strictObject({ companyId: z.string().min(1).max(300).nullable(), floor: floor.nullable() }), output: exposureView, errors: ['ERR_COMPANY_UNKNOWN'] },
});

/** Owner calls about the profile: what is known, why, and putting it right. */
import { z } from 'zod';
import { MANNERS, NOT_ME_SCOPES, ORIGINS } from '../domain/preference.ts';
import { DIRECTIONS, PATTERN_KINDS, TREND_MONTHS } from '../domain/patterns.ts';
import { ACTS, ITEM_KINDS, SOURCES } from '../domain/records.ts';
import { CLAIMS } from '../protocol/vocabulary.ts';
import { defineContract } from './define.ts';
import { proof } from './vault.contract.ts';

const preference = z.object({
  id: z.string(), claim: z.enum(CLAIMS), value: z.string(), label: z.string(), path: z.array(z.string()).readonly(), iab: z.string().nullable(),
  strength: z.number().min(0).max(1), confidence: z.number().min(0).max(1), origin: z.enum(ORIGINS), manner: z.enum(MANNERS).nullable(), sensitive: z.boolean(),
  evidence: z.number().int(), horizonWeeks: z.number().int().nullable(), lastSeenMs: z.number().int(),
});

const evidenceExample = z.object({ itemId: z.number().int(), title: z.string(), creator: z.string().nullable(), collection: z.string().nullable(), act: z.enum(ACTS), source: z.enum(SOURCES), importId: z.string(), count: z.number().int(), lastAtMs: z.number().int() });

const preferenceWhy = z.object({
  preference, summary: z.array(z.string()).readonly(), changes: z.array(z.string()).readonly(), disowned: z.number().int(),
  rules: z.array(z.object({ rule: z.string(), says: z.string(), records: z.number().int(), examples: z.array(evidenceExample).readonly() })).readonly(),
  months: z.array(z.object({ month: z.string(), count: z.number().int() })).readonly(),
});

/** A node of the curated taxonomy, for pickers and the wheel. */
const taxonomyNode = z.object({
  id: z.string(), parent: z.string().nullable(), label: z.string(), level: z.number().int().min(1).max(3), kind: z.enum(['interest', 'genre', 'department']),
  iab: z.string().nullable(), closed: z.boolean(),
});

const rejection = z.object({ id: z.string(), claim: z.enum(CLAIMS), value: z.string(), label: z.string(), path: z.array(z.string()).readonly(), rejectedAtMs: z.number().int() });

/** Records that say nothing about the person: of one thing, of everything by somebody, or of everything in a series or album, all of one source. */
export const notMe = z.object({ id: z.string(), scope: z.enum(NOT_ME_SCOPES), source: z.enum(SOURCES), kind: z.enum(ITEM_KINDS), name: z.string(), maker: z.string().nullable(), saidAtMs: z.number().int() });

export const profileContract = defineContract({
  'profile.list': { access: 'unlocked', input: z.void(), output: z.object({
    preferences: z.array(preference), records: z.number().int(), updatedAtMs: z.number().int().nullable(),
    /** Newer rules would say something else and wait for the person to agree: ask `profile.ruleChange`. */
    rulesWait: z.boolean(),
    /** Things and statements kept in the closed part, and until when it is open (Unix ms; null: shut). */
    closed: z.object({ count: z.number().int(), openUntilMs: z.number().int().nullable() }),
  }), errors: [] },
  /**
   * Which words of these things each rule goes by, as the export wrote them: the fewest with which it still says the same. With `id` only what speaks for that preference. `label` is what it says the thing is about.
   * A thread reads the rules for it, which takes some tenths of a second. Things that are gone or closed are left out.
   */
  'profile.words': {
    access: 'unlocked', input: z.strictObject({ itemIds: z.array(z.number().int().min(1)).min(1).max(100), id: z.string().max(64).optional() }),
    output: z.object({ found: z.array(z.object({ itemId: z.number().int(), rule: z.string(), label: z.string(), words: z.array(z.object({ field: z.enum(['title', 'creator', 'collection', 'category']), words: z.string() })).readonly() })) }), errors: ['ERR_PREFERENCE_UNKNOWN'],
  },
  'profile.why': { access: 'unlocked', input: z.strictObject({ id: z.string().max(64) }), output: preferenceWhy, errors: ['ERR_PREFERENCE_UNKNOWN'] },
  /** What companies say of the person, from the files in which they say so, beside what the profile says. `hidden`: what lies in the closed part while that is shut. */
  'profile.claimed': {
    access: 'unlocked', input: z.void(),
    output: z.object({
      claims: z.array(z.object({
        id: z.number().int(), source: z.enum(SOURCES), kind: z.enum(ITEM_KINDS), title: z.string(), category: z.string().nullable(),
        /** Unix ms; 0 where no export gives a time. */
        firstAtMs: z.number().int(), lastAtMs: z.number().int(), sensitive: z.boolean(),
        /** The vault's own word for it; null where it has none. */
        word: z.object({ claim: z.enum(CLAIMS), value: z.string(), label: z.string() }).nullable(),
        /** What the profile says about the same or something finer; null when it says nothing. */
        yours: z.object({ id: z.string(), label: z.string(), strength: z.number().min(0).max(1) }).nullable(),
      })),
      hidden: z.number().int(),
    }),
    errors: [],
  },
  /** What the records say besides interests, worked out at this moment and, but for seasons, not kept. Some of it lies in the closed part and is there only while that is open. */
  'profile.patterns': {
    access: 'unlocked', input: z.void(),
    output: z.object({
      patterns: z.array(z.object({
        id: z.string(), kind: z.enum(PATTERN_KINDS), title: z.string(), reason: z.string(), count: z.number().int(),
        examples: z.array(z.object({ itemId: z.number().int(), title: z.string(), creator: z.string().nullable(), source: z.enum(SOURCES), kind: z.enum(ITEM_KINDS), count: z.number().int() })),
        /** For what may be somebody else's: all of its things. */
        itemIds: z.array(z.number().int()),
        /** For a size: the value to declare it by. */
        size: z.string().nullable(),
        sensitive: z.boolean(),
      })),
      records: z.number().int(), closed: z.object({ count: z.number().int(), openUntilMs: z.number().int().nullable() }),
    }),
    errors: [],
  },
  /** How each interest, genre and area went over the last {@link TREND_MONTHS} months, by days with something about it; the month we are in last. Worked out at this moment and not kept. */
  'profile.trends': {
    access: 'unlocked', input: z.void(),
    output: z.object({
      trends: z.array(z.object({
        /** Of the node. */
        id: z.string(), /** Where records of it were forgotten only the weeks are known, and weeks are counted instead of days. */ unit: z.enum(['day', 'week']), days: z.array(z.number().int()).length(TREND_MONTHS), direction: z.enum(DIRECTIONS).nullable(),
        /** Days in the newest half year of records, and in the half year that is compared with it. */
        recent: z.number().int(), before: z.number().int(),
      })),
    }),
    errors: [],
  },
  /** Adds something the person says about themselves; declaring what is already inferred makes it declared. */
  'profile.declare': {
    access: 'unlocked', input: z.strictObject({ claim: z.string().max(40), value: z.string().min(1).max(200), horizonWeeks: z.number().int().min(1).max(52).optional() }),
    output: preference, errors: ['ERR_CLAIM_UNKNOWN', 'ERR_CLAIM_VALUE_INVALID', 'ERR_IMPORT_BUSY'],
  },
  /** Replaces value or strength of one item; it then counts as the person's own word and outlives re-imports. */
  'profile.correct': {
    access: 'unlocked', input: z.strictObject({ id: z.string().max(64), value: z.string().min(1).max(200).optional(), strength: z.number().min(0).max(1).optional() }),
    output: preference, errors: ['ERR_PREFERENCE_UNKNOWN', 'ERR_CLAIM_VALUE_INVALID', 'ERR_IMPORT_BUSY'],
  },
  /** What the newest rules would say otherwise; they apply once the person agrees. `before`, `after`: 0..1, null where it is not in the profile. */
  'profile.ruleChange': {
    access: 'unlocked', input: z.void(),
    output: z.object({
      state: z.enum(['none', 'reading', 'ready']), same: z.number().int(),
      changes: z.array(z.object({ id: z.string(), claim: z.enum(CLAIMS), label: z.string(), path: z.array(z.string()).readonly(), before: z.number().nullable(), after: z.number().nullable() })).readonly(),
    }),
    errors: [],
  },
  'profile.applyRules': { access: 'unlocked', input: z.void(), output: z.object({ added: z.number().int(), removed: z.number().int() }), errors: ['ERR_IMPORT_BUSY'] },
  /** Keeps what was concluded as strong as it is now. */
  'profile.pin': { access: 'unlocked', input: z.strictObject({ id: z.string().max(64) }), output: preference, errors: ['ERR_PREFERENCE_UNKNOWN', 'ERR_IMPORT_BUSY'] },
  /** Lets what was concluded count half of what the records say. */
  'profile.weaken': { access: 'unlocked', input: z.strictObject({ id: z.string().max(64) }), output: preference, errors: ['ERR_PREFERENCE_UNKNOWN', 'ERR_CLAIM_VALUE_INVALID', 'ERR_IMPORT_BUSY'] },
  /** "That was not me": these things, or everything by their creators or of their collections, stop counting, now and after every later import. */
  'profile.notMe': {
    access: 'unlocked', input: z.strictObject({ itemIds: z.array(z.number().int().min(1)).min(1).max(1_000), scope: z.enum(NOT_ME_SCOPES).default('thing') }),
    output: z.object({ said: z.array(notMe) }), errors: ['ERR_ITEM_UNKNOWN', 'ERR_IMPORT_BUSY'],
  },
  'profile.disowned': { access: 'unlocked', input: z.void(), output: z.object({ said: z.array(notMe) }), errors: [] },
  /** Takes a "that was not me" back. */
  'profile.wasMe': { access: 'unlocked', input: z.strictObject({ ids: z.array(z.string().max(64)).min(1).max(1_000) }), output: z.object({ owned: z.literal(true) }), errors: ['ERR_PREFERENCE_UNKNOWN', 'ERR_IMPORT_BUSY'] },
  /** "Never infer this": removes it now and keeps every rule from concluding it (or anything below it) again. */
  'profile.reject': { access: 'unlocked', input: z.strictObject({ id: z.string().max(64) }), output: rejection, errors: ['ERR_PREFERENCE_UNKNOWN', 'ERR_IMPORT_BUSY'] },
  'profile.rejections': { access: 'unlocked', input: z.void(), output: z.object({ rejections: z.array(rejection) }), errors: [] },
  /** Takes a "never infer this" back; the item returns if the records still say so. */
  'profile.restore': { access: 'unlocked', input: z.strictObject({ id: z.string().max(64) }), output: z.object({ restored: z.literal(true) }), errors: ['ERR_PREFERENCE_UNKNOWN', 'ERR_IMPORT_BUSY'] },
  /** Deletes a declared or corrected item (an inferred one comes back with the next import unless rejected). */
  'profile.delete': { access: 'unlocked', input: z.strictObject({ id: z.string().max(64) }), output: z.object({ deleted: z.literal(true) }), errors: ['ERR_PREFERENCE_UNKNOWN', 'ERR_IMPORT_BUSY'] },
  /** Opens the closed part for ten minutes; unlocking alone does not. */
  'profile.openClosed': {
    access: 'proven', input: z.strictObject({ proof }), output: z.object({ openUntilMs: z.number().int() }), errors: ['ERR_CLOSED_KEY_MISSING', 'ERR_IMPORT_BUSY'],
  },
  'profile.shutClosed': { access: 'unlocked', input: z.void(), output: z.object({ shut: z.literal(true) }), errors: [] },
  /** First-level regions of a country by ISO 3166-2, to choose from; none for a country that has none. */
  'profile.parts': { access: 'unlocked', input: z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/u) }), output: z.object({ parts: z.array(z.object({ code: z.string(), name: z.string() })).readonly() }), errors: [] },
  'profile.taxonomy': { access: 'unlocked', input: z.void(), output: z.object({ nodes: z.array(taxonomyNode) }), errors: [] },
});

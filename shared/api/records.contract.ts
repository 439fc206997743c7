/** Owner calls for looking through what is in the vault. What lies in the closed part is never among it, and beside it only while that is open. */
import { z } from 'zod';
import { ACTS, ITEM_KINDS, SOURCES } from '../domain/records.ts';
import { CLAIMS } from '../protocol/vocabulary.ts';
import { defineContract } from './define.ts';
import { notMe } from './profile.contract.ts';

const search = z.strictObject({
  /** Every word must occur in a thing's name, maker, collection or category; the last may go on. Case and accents do not matter. */
  text: z.string().max(200).default(''),
  sources: z.array(z.enum(SOURCES)).max(SOURCES.length).optional(), kinds: z.array(z.enum(ITEM_KINDS)).max(ITEM_KINDS.length).optional(), acts: z.array(z.enum(ACTS)).max(ACTS.length).optional(),
  /** Id of a node of the taxonomy. */
  area: z.string().max(100).optional(),
  /** Unix ms: things with a record from here up to, not including, there. */
  fromMs: z.number().int().optional(), toMs: z.number().int().optional(),
  order: z.enum(['newest', 'oldest', 'most']).default('newest'),
});

/** A thing: what was used, bought, kept or searched for. Times are Unix ms, 0 where no export gives one. */
const foundItem = z.object({
  id: z.number().int(), source: z.enum(SOURCES), kind: z.enum(ITEM_KINDS), act: z.enum(ACTS), title: z.string(), creator: z.string().nullable(), collection: z.string().nullable(), category: z.string().nullable(),
  records: z.number().int(), firstMs: z.number().int(), lastMs: z.number().int(),
});

export const recordsContract = defineContract({
  /** Things that fit, a page at a time, and the parts of the profile that hold the same words. */
  'records.find': {
    access: 'unlocked',
    input: z.strictObject({ search, offset: z.number().int().min(0).max(100_000_000).default(0), limit: z.number().int().min(1).max(500).default(100) }),
    output: z.object({
      total: z.number().int(), items: z.array(foundItem),
      conclusions: z.array(z.object({ id: z.string(), label: z.string(), path: z.array(z.string()).readonly(), claim: z.enum(CLAIMS), strength: z.number() })),
      /** Things in the closed part, which are not found among these. */
      closed: z.number().int(),
      /** What of the closed part fits, at most 100 of them, and when it shuts (Unix ms); null while it is shut. An area is of the open part: with one, nothing is. */
      opened: z.object({ total: z.number().int(), items: z.array(foundItem), untilMs: z.number().int() }).nullable(),
    }),
    errors: [],
  },
  /** One thing: its newest records, at most 300, how all of them lie in time, and what it speaks for. */
  'records.item': {
    access: 'unlocked', input: z.strictObject({ id: z.number().int().min(1) }),
    output: z.object({
      item: foundItem,
      records: z.array(z.object({ atMs: z.number().int(), durationMs: z.number().nullable(), quantity: z.number().nullable(), amountMinor: z.number().nullable(), currency: z.string().nullable(), importId: z.string(), file: z.string(), /** It went on by itself for hours, and counts less. */ background: z.boolean() })),
      months: z.array(z.object({ month: z.string(), count: z.number().int() })),
      about: z.array(z.object({ rule: z.string(), label: z.string(), path: z.array(z.string()).readonly(), says: z.string(), yours: z.object({ id: z.string(), label: z.string(), strength: z.number() }).nullable() })),
      /** What the person said of it that keeps it from counting. */
      notMe: z.array(notMe),
    }),
    errors: ['ERR_ITEM_UNKNOWN'],
  },
  /** A part of a file with every record of the chosen things; ask again with `next` until it is null, and put the parts together. */
  'records.export': {
    access: 'fresh',
    input: z.strictObject({ selection: z.union([z.strictObject({ ids: z.array(z.number().int().min(1)).min(1).max(100_000) }), z.strictObject({ search })]), format: z.enum(['csv', 'json']), from: z.number().int().min(0).default(0) }),
    output: z.object({ text: z.string(), things: z.number().int(), next: z.number().int().nullable() }),
    errors: ['ERR_ITEM_UNKNOWN'],
  },
});

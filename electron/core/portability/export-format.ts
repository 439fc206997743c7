/** The export format: what stands in each file of the archive, as schemas from which `docs/export-format.schema.json` is made. */
import { z } from 'zod';
import { auditEntry } from '../../../shared/api/audit.contract.ts';
import { savedMapping } from '../../../shared/api/mapping.ts';
import { breathingRules } from '../../../shared/api/breathing.contract.ts';
import { settings } from '../../../shared/api/settings.contract.ts';
import { MANNERS, NOT_ME_SCOPES, ORIGINS } from '../../../shared/domain/preference.ts';
import { ACTS, ITEM_KINDS, SOURCES } from '../../../shared/domain/records.ts';
import { CLAIMS } from '../../../shared/protocol/vocabulary.ts';
import { maskOf, monthOf, MONTHS_COUNTED, PACKED_WEEKS } from '../records/weeks.ts';

/** Years −271821 to 275760, which is what a date can be. */
const atMs = z.number().int().min(-8.64e15).max(8.64e15);
const count = z.number().int().min(0);
const id = z.string().min(1).max(64);
const text = z.string().max(1_000);
const value = z.string().min(1).max(300);
const share = z.number().min(0).max(1);
const sourceId = z.enum(SOURCES);
/** Not in exports of before there were any: everything was used. */
const act = z.enum(ACTS).default('used');
/** Written by another party and kept as it was; not interpreted here. */
const foreign = z.unknown();

const scopedClaim = z.object({ claim: z.enum(CLAIMS), precision: z.number().int() }).loose();

const preference = z.strictObject({
  id, claim: z.enum(CLAIMS), value, label: text, path: z.array(text).max(50), iab: z.string().max(40).nullable(), strength: share, confidence: share, origin: z.enum(ORIGINS), manner: z.enum(MANNERS).nullable().default(null),
  evidence: count, horizonWeeks: count.nullable(), lastSeenMs: atMs,
  summary: z.array(z.string()),
  rules: z.array(z.strictObject({
    rule: z.string().max(100), says: z.string(), records: count,
    examples: z.array(z.strictObject({ title: text, creator: text.nullable(), act, source: z.string().max(40), importId: id, count, lastAtMs: atMs })),
  })),
});

const statement = z.strictObject({ id, claim: z.enum(CLAIMS), value, origin: z.enum(['declared', 'corrected']), strength: share, horizonWeeks: z.number().int().min(0).max(1_000).nullable(), replaces: z.array(id).max(1_000), saidAtMs: atMs, manner: z.enum(MANNERS).default('said') });
const rejection = z.strictObject({ id, claim: z.enum(CLAIMS), value, rejectedAtMs: atMs });

const notMe = z.strictObject({ id, scope: z.enum(NOT_ME_SCOPES), source: sourceId, kind: z.enum(ITEM_KINDS), name: text.min(1), maker: text.nullable(), saidAtMs: atMs });

const importedFile = z.strictObject({
  id, source: sourceId, format: z.string().min(1).max(100), file: text, sample: z.boolean(), state: z.enum(['done', 'cancelled', 'failed', 'undone']),
  read: count, added: count, duplicate: count, skipped: count,
  issues: z.array(z.strictObject({ code: z.string().max(64), position: z.string().max(2_000), count })).max(10_000),
  startedAtMs: atMs, finishedAtMs: atMs.nullable(), firstRecordMs: atMs.nullable(), lastRecordMs: atMs.nullable(),
  /** When its records were forgotten; not in exports of before that could be. */
  forgottenAtMs: atMs.nullable().default(null),
});

/** Months of UTC from January 1995, times 32, with a bit for each week: days 1 to 7, 8 to 14, 15 to 21, 22 to 28, the rest. Not in exports of before seasons counted. */
const weeks = z.array(z.number().int().min(1).max(PACKED_WEEKS - 1)).max(MONTHS_COUNTED).refine((packed) => packed.every((one) => maskOf(one) > 0) && new Set(packed.map(monthOf)).size === packed.length).default([]);

/** What is left of records that were forgotten: what they say of what, and which stretches of time they covered. Only known targets and rules count. */
const keptEvidence = z.strictObject({
  import: id, kind: z.enum(ITEM_KINDS), act: z.enum(ACTS), matches: z.array(z.tuple([z.string().min(1).max(200), z.string().min(1).max(100), share])).min(1).max(200), asOfMs: atMs,
  items: count, records: count, support: z.number().min(0).max(1e12), lastAtMs: atMs, prices: z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]), priced: count, weeks,
});
const forgottenSpan = z.strictObject({ import: id, kind: z.enum(ITEM_KINDS), act: z.enum(ACTS), fromMs: atMs, toMs: atMs, weeks });

/** What the person said about files of their own. `saved`: null once it was forgotten. */
const ownSource = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/u), name: z.string().min(1).max(80), saved: savedMapping.nullable() });

const company = z.strictObject({ companyId: z.string().max(300), documentKey: z.string().max(100), identity: z.enum(['verified', 'unverified', 'mismatch']), firstSeenMs: atMs, checkedAtMs: atMs.nullable(), document: foreign });
const request = z.strictObject({ requestId: id, companyId: z.string().max(300), state: z.enum(['open', 'granted', 'denied']), receivedAtMs: atMs, expiresAtMs: atMs, decidedAtMs: atMs.nullable(), grantId: id.nullable(), payload: foreign });
const grant = z.strictObject({
  grantId: id, requestId: id, companyId: z.string().max(300), companyName: z.string().max(300), state: z.enum(['active', 'expired', 'revoked', 'returned', 'suspended']), version: count,
  claims: z.array(scopedClaim), purposes: foreign, brands: z.array(z.string()), cadence: z.strictObject({ max: count, per: z.enum(['day', 'week', 'month']) }),
  grantedAtMs: atMs, expiresAtMs: atMs, endedAtMs: atMs.nullable(), redemptions: count, refused: count, lastRedeemedMs: atMs.nullable(),
  /** Each version as it was decided, and the sentences that stood on the screen. */
  versions: z.array(z.strictObject({ version: count, atMs, decision: foreign, shown: foreign })),
});

/** `profile.json`: everything but the three long lists. */
export const profileFile = z.strictObject({
  format: z.literal('penchant-export'), version: z.literal(1), exportedAtMs: atMs,
  counts: z.strictObject({ items: count, records: count, log: count }),
  /** What lies in the closed part of the profile, and so is in none of the files: things, what happened with them, and what the person said or ruled out there. */
  leftOut: z.strictObject({ items: count, records: count, words: count }),
  settings: settings.partial(),
  preferences: z.array(preference), statements: z.array(statement).max(100_000), rejections: z.array(rejection).max(100_000), imports: z.array(importedFile).max(100_000),
  /** Not in exports of before there were any. */
  mappings: z.array(ownSource).max(10_000).default([]),
  /** What the person said is not about them. Not in exports of before that could be said. */
  notMe: z.array(notMe).max(100_000).default([]),
  /** Not in exports of before records could be forgotten. */
  keptEvidence: z.array(keptEvidence).max(1_000_000).default([]), forgottenSpans: z.array(forgottenSpan).max(100_000).default([]), conclusionsOnly: z.array(sourceId).max(SOURCES.length).default([]),
  /** Breaks, quiet hours, limits and quiet areas. Not taken over, as what they are about is not. Not in exports of before there were any. */
  breathing: breathingRules.nullable().default(null),
  /** How many people must fit what companies know; the one for all has no `company`. Not taken over. Not in exports of before there were any. */
  crowdFloors: z.array(z.strictObject({ company: text.nullable(), floor: z.number().int().min(0) })).max(100_000).default([]),
  /** What companies were told, each thing once, when it was told first. Not taken over. Not in exports of before it was kept. */
  told: z.array(z.strictObject({ company: text, claim: z.enum(CLAIMS), value: z.json(), firstMs: z.number().int() })).max(1_000_000).default([]),
  /** Companies that are always told no, and the person's own templates. Not taken over. Not in exports of before there were any. */
  refusedCompanies: z.array(z.strictObject({ company: text, sinceMs: atMs })).max(100_000).default([]),
  templates: z.array(z.looseObject({ name: text, claims: z.array(scopedClaim) })).max(1_000).default([]),
  companies: z.array(company), requests: z.array(request), grants: z.array(grant),
});

/** A line of `items.jsonl`: a work or product, once. `fingerprint`: what makes it the same one, base64url. */
export const itemLine = z.strictObject({
  id: z.number().int().min(1), source: sourceId, kind: z.enum(ITEM_KINDS), act, title: text.min(1), creator: text.nullable(), collection: text.nullable(), category: text.nullable(),
  fingerprint: z.string().regex(/^[A-Za-z0-9_-]{22}$/u),
});
/** A line of `records.jsonl`: something that happened with an item of `items.jsonl`, brought by an import of `profile.json`. */
export const recordLine = z.strictObject({
  atMs, item: z.number().int().min(1), variant: z.number().int(), import: id, grainMs: z.number().int().min(1), durationMs: count.nullable(), quantity: z.number().int().nullable(), amountMinor: z.number().int().nullable(), currency: z.string().regex(/^[A-Z]{3}$/u).nullable(),
  /** It went on by itself for hours; not in exports of before that was known. */
  background: z.boolean().default(false),
});
/** A line of `log.jsonl`. */
export const logLine = auditEntry;

export type ProfileFile = z.output<typeof profileFile>;
export type ItemLine = z.output<typeof itemLine>;
export type RecordLine = z.output<typeof recordLine>;

/** Names in the archive. */
export const FILES = {
  readme: 'README.txt', schema: 'schema.json', profile: 'profile.json', items: 'items.jsonl', records: 'records.jsonl', log: 'log.jsonl',
  recordsCsv: 'csv/records.csv', preferencesCsv: 'csv/preferences.csv', grantsCsv: 'csv/grants.csv', logCsv: 'csv/log.csv',
} as const;

/** The JSON Schema (2020-12) of every file, by name. */
export function exportSchema(): Readonly<Record<string, unknown>> {
  const schemaOf = (schema: z.ZodType): unknown => {
    const { $schema: _same, ...rest } = z.toJSONSchema(schema, { io: 'input' });
    return rest;
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Penchant export, version 1',
    description: 'profile.json is one document; items.jsonl, records.jsonl and log.jsonl have one document a line, in UTF-8.',
    $defs: { [FILES.profile]: schemaOf(profileFile), [FILES.items]: schemaOf(itemLine), [FILES.records]: schemaOf(recordLine), [FILES.log]: schemaOf(logLine) },
  };
}

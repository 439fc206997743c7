/** Owner calls about the audit log. */
import { z } from 'zod';
import { CLAIMS } from '../protocol/vocabulary.ts';
import { defineContract } from './define.ts';

export const AUDIT_TYPES = [
  'vault.created', 'vault.unlocked', 'vault.locked', 'vault.passphrase-changed', 'vault.recovery-renewed', 'vault.recovery-confirmed', 'vault.backed-up', 'vault.restored', 'vault.recovered', 'vault.exported', 'vault.taken-over',
  'vault.slot-added', 'vault.slot-removed', 'vault.slot-renewed', 'vault.rotation-started', 'vault.rotation-undone', 'vault.rotated',
  'import.finished', 'import.cancelled', 'import.failed', 'import.undone', 'import.forgotten', 'source.kept', 'source.reduced', 'source.described', 'source.forgotten',
  'profile.declared', 'profile.corrected', 'profile.rejected', 'profile.restored', 'profile.deleted', 'profile.pinned', 'profile.weakened', 'profile.disowned', 'profile.owned', 'profile.rules-applied', 'profile.closed-opened', 'profile.closed-shut', 'records.exported',
  'request.received', 'request.granted', 'request.denied', 'request.reconsidered', 'company.checked', 'company.refused', 'company.heard',
  'grant.narrowed', 'grant.paused', 'grant.resumed', 'grant.extended', 'grant.renewed', 'grant.revoked', 'grant.returned', 'grant.expired',
  'breathing.paused', 'breathing.resumed', 'breathing.held', 'breathing.released', 'breathing.changed', 'exposure.floor',
  'redemption.allowed', 'redemption.refused', 'introspection',
  'audit.accepted', 'audit.carried', 'audit.forgotten',
  'settings.changed',
] as const;

/** `rolled-back`: the log is older than the mark kept outside the database; `unanchored`: that mark is gone. */
export const auditProblem = z.enum(['none', 'altered', 'missing', 'rolled-back', 'unanchored']);

/** One line of the log. Never holds a preference value: names, counts and codes only. */
export const auditEntry = z.object({
  seq: z.number().int(), atMs: z.number().int(), type: z.enum(AUDIT_TYPES),
  outcome: z.enum(['ok', 'refused']),
  /** Stable code why it was refused. */
  reason: z.string().nullable(),
  companyId: z.string().nullable(), companyName: z.string().nullable(),
  requestId: z.string().nullable(), grantId: z.string().nullable(), importId: z.string().nullable(),
  claims: z.array(z.object({ claim: z.enum(CLAIMS), precision: z.number().int() })),
  purpose: z.string().nullable(),
  /** Names and numbers only, e.g. {"added": 120}. */
  counts: z.record(z.string(), z.number()),
  hash: z.string(),
});

/** Everything from before a moment (Unix ms), or everything about one company. */
const forgetting = z.union([z.strictObject({ beforeMs: z.number().int().min(0).max(8_640_000_000_000_000) }), z.strictObject({ companyId: z.string().min(1).max(300) })]);

export const auditContract = defineContract({
  /** Newest first. `before` is the `seq` to go on from. */
  'audit.list': {
    access: 'unlocked',
    input: z.strictObject({
      before: z.number().int().optional(), limit: z.number().int().min(1).max(500).default(100), companyId: z.string().max(300).optional(),
      group: z.enum(['companies', 'imports', 'profile', 'vault']).optional(),
      /** Unix ms: from here up to, not including, there. */
      fromMs: z.number().int().optional(), toMs: z.number().int().optional(),
    }),
    output: z.object({ entries: z.array(auditEntry), total: z.number().int(), nextBefore: z.number().int().nullable() }), errors: [],
  },
  /** How many entries there are when, at most 60 spans of the same length: an hour, six, a day, a week, four weeks or 52. Without a range over all there is. `counts` by span, then by kind as in `kinds`. */
  'audit.timeline': {
    access: 'unlocked', input: z.strictObject({ companyId: z.string().max(300).optional(), fromMs: z.number().int().min(0).max(8_640_000_000_000_000).optional(), toMs: z.number().int().min(0).max(8_640_000_000_000_000).optional() }),
    output: z.object({ fromMs: z.number().int(), toMs: z.number().int(), bucketMs: z.number().int(), kinds: z.array(z.enum(['asked', 'answered', 'refused', 'own'])), counts: z.array(z.array(z.number().int())) }), errors: [],
  },
  /** Recomputes the whole tree and holds it against the checkpoint kept outside the database. Runs as a job of kind `verify`, so that it can be watched and stopped. */
  'audit.verify': {
    access: 'unlocked', input: z.void(),
    output: z.object({
      ok: z.boolean(), entries: z.number().int(),
      /** Root of the tree, base64. */
      head: z.string(),
      /** Entries whose contents were deleted, each covered by an entry that says so. */
      forgotten: z.number().int(),
      brokenAt: z.number().int().nullable(), problem: auditProblem,
    }),
    errors: ['ERR_CANCELLED', 'ERR_VAULT_CORRUPT'],
  },
  /** The log as it is now, as a signed note (C2SP tlog-checkpoint), and the key that verifies it. */
  'audit.checkpoint': { access: 'unlocked', input: z.void(), output: z.object({ checkpoint: z.string(), verifierKey: z.string(), size: z.number().int() }), errors: ['ERR_AUDIT_BROKEN'] },
  /** Whether the log extends an older checkpoint of it, with the consistency proof (RFC 9162 §2.1.4) in base64. */
  'audit.compare': {
    access: 'unlocked', input: z.strictObject({ checkpoint: z.string().max(4096) }),
    output: z.object({ extends: z.boolean(), olderSize: z.number().int(), size: z.number().int(), proof: z.array(z.string()), checkpoint: z.string() }), errors: ['ERR_CHECKPOINT_INVALID', 'ERR_AUDIT_BROKEN'],
  },
  /** That one entry is in the log, with its inclusion proof (RFC 9162 §2.1.3) in base64. For the person: it shows how large the log is. */
  'audit.prove': {
    access: 'unlocked', input: z.strictObject({ seq: z.number().int() }),
    output: z.object({ index: z.number().int(), leaf: z.string(), proof: z.array(z.string()), checkpoint: z.string() }), errors: ['ERR_ENTRY_UNKNOWN', 'ERR_AUDIT_BROKEN'],
  },
  /** How many entries `audit.forget` would delete the contents of. */
  'audit.forgettable': { access: 'unlocked', input: forgetting, output: z.object({ entries: z.number().int() }), errors: [] },
  /** Deletes the contents of entries for good. What stays of each: its number, its month, its hash; and one entry that says when, why and how many. */
  'audit.forget': { access: 'fresh', input: forgetting, output: z.object({ entries: z.number().int() }), errors: ['ERR_STORAGE_FULL', 'ERR_AUDIT_BROKEN'] },
  /** What one company may be given: its own entries under one of its names for the person, each proven, and nothing of anybody else's. Without `grantId`: the newest permission's name. */
  'audit.receipt': {
    access: 'fresh', input: z.strictObject({ companyId: z.string().max(300), grantId: z.string().max(64).optional() }),
    output: z.object({
      /** Suggested name of the file. */
      name: z.string(),
      /** The file itself, JSON. */
      receipt: z.string(),
      entries: z.number().int(),
    }),
    errors: ['ERR_COMPANY_UNKNOWN', 'ERR_GRANT_UNKNOWN', 'ERR_RECEIPT_EMPTY', 'ERR_AUDIT_BROKEN'],
  },
  /** Takes the log as it is now for good, after the person was told what is wrong with it. Noted in the log; harmless when nothing is. */
  'audit.accept': { access: 'unlocked', input: z.void(), output: z.object({ accepted: z.boolean() }), errors: ['ERR_CANCELLED', 'ERR_VAULT_CORRUPT'] },
});

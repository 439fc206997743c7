/** Owner calls about the audit log. */
import { z } from 'zod';
import { CLAIMS } from '../protocol/vocabulary.ts';
import { defineContract } from './define.ts';

export const AUDIT_TYPES = [
  'vault.created', 'vault.unlocked', 'vault.locked', 'vault.passphrase-changed', 'vault.recovery-renewed', 'vault.recovery-confirmed', 'vault.backed-up', 'vault.restored',
  'vault.slot-added', 'vault.slot-removed', 'vault.slot-renewed', 'vault.rotation-started', 'vault.rotation-undone', 'vault.rotated',
  'import.finished', 'import.cancelled', 'import.failed', 'import.undone',
  'profile.declared', 'profile.corrected', 'profile.rejected', 'profile.restored', 'profile.deleted', 'profile.closed-opened', 'profile.closed-shut',
  'request.received', 'request.granted', 'request.denied', 'company.checked',
  'grant.narrowed', 'grant.revoked', 'grant.returned', 'grant.expired',
  'redemption.allowed', 'redemption.refused', 'introspection',
  'audit.accepted',
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

export const auditContract = defineContract({
  /** Newest first. `before` is the `seq` to go on from. */
  'audit.list': {
    access: 'unlocked',
    input: z.strictObject({
      before: z.number().int().optional(), limit: z.number().int().min(1).max(500).default(100), companyId: z.string().max(300).optional(), grantId: z.string().max(64).optional(),
      group: z.enum(['companies', 'imports', 'profile', 'vault']).optional(),
    }),
    output: z.object({ entries: z.array(auditEntry), total: z.number().int(), nextBefore: z.number().int().nullable() }), errors: [],
  },
  /** Recomputes the whole chain and compares its head with the anchor kept outside the database. */
  'audit.verify': {
    access: 'unlocked', input: z.void(),
    output: z.object({ ok: z.boolean(), entries: z.number().int(), head: z.string(), brokenAt: z.number().int().nullable(), problem: auditProblem }), errors: [],
  },
  /** Takes the log as it is now for good, after the person was told what is wrong with it. Noted in the log; harmless when nothing is. */
  'audit.accept': { access: 'unlocked', input: z.void(), output: z.object({ accepted: z.boolean() }), errors: [] },
});

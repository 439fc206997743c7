/** Every reason the core can log for a company reads as a sentence. */
import { expect, test } from 'vitest';
import type { BreathingReason } from '../../electron/core/consent/breathing.ts';
import type { RefusalReason } from '../../electron/core/redemption/decide-redemption.ts';
import { entrySentence, type AuditEntry } from '../../renderer/src/copy/activity.ts';

const REASONS: Readonly<Record<RefusalReason | BreathingReason | 'permission-paused', true>> = {
  'proof-invalid': true, 'key-mismatch': true, expired: true, revoked: true, returned: true, suspended: true, 'purpose-not-granted': true, 'claim-not-granted': true, 'too-often': true,
  'on-a-break': true, 'company-on-hold': true, 'quiet-hours': true, 'enough-today': true, 'company-enough-today': true, 'permission-paused': true,
};

test('refused redemptions say why in words', () => {
  for (const reason of Object.keys(REASONS)) {
    const entry: AuditEntry = {
      seq: 1, atMs: 0, type: 'redemption.refused', outcome: 'refused', reason, companyId: 'https://shop.example', companyName: 'Shop', requestId: null, grantId: null, importId: null, claims: [], purpose: null, counts: {}, hash: '',
    };
    expect(entrySentence(entry)).not.toContain('-');
    expect(entrySentence(entry)).toMatch(/because \w+ \w+ /u);
  }
});

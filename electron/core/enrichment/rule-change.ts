/** What the newest rules would say otherwise, and letting them apply. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import { highestItemId } from '../records/records.ts';
import { ADD_UP_ITEMS, type Concluding } from './concluding.ts';
import { applyNext, distrustFrom, endNext, listConclusions, readState, type StoredConclusion } from './enrichment-repository.ts';
import type { Preferences } from './preferences.ts';
import type { Reading } from './reading.ts';
import { forever } from './stopping.ts';

/** A conclusion as it is and as it would be; null where it is not there. */
export interface Change { readonly id: string; readonly claim: Claim; readonly label: string; readonly path: readonly string[]; readonly before: number | null; readonly after: number | null }
export interface RuleChange { readonly state: 'none' | 'reading' | 'ready'; readonly changes: readonly Change[]; /** Conclusions that stay about as strong as they are. */ readonly same: number }

export interface RuleChanges {
  /**
   * What the newest rules would say otherwise. Until the person agrees, what was read before counts as it was read; only what came in since is read by the newest rules, and what they call closed is sealed at once.
   *
   * `none`: those that apply are the newest; `reading`: not everything is read by them yet.
   */
  ruleChange(): Promise<RuleChange>;
  /** Lets the newest rules apply; nothing happens when they do. Audited as `profile.rules-applied`. @throws {AppError} ERR_IMPORT_BUSY */
  applyRules(): Promise<{ readonly added: number; readonly removed: number }>;
}

export interface RuleChangesDeps {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly preferences: Pick<Preferences, 'layOver'>;
  readonly reading: Pick<Reading, 'classifyNew' | 'readTo'>;
  readonly concluding: Concluding;
  /** @throws {AppError} ERR_IMPORT_BUSY */
  readonly refuseWhileFilled: () => void;
}

/** A smaller difference in strength is none to a person. */
const NOTICEABLE = 0.05;

export function createRuleChanges({ db, audit, preferences: { layOver }, reading: { classifyNew, readTo }, concluding: { addUp, inTurn, refresh }, refuseWhileFilled }: RuleChangesDeps): RuleChanges {
  async function ruleChange(): Promise<RuleChange> {
    if (readState(db).nextLexicon === null) return { state: 'none', changes: [], same: 0 };
    if (readTo() < highestItemId(db)) return { state: 'reading', changes: [], same: 0 };
    return { state: 'ready', ...await inTurn(async () => compare((await addUp('next_matches', forever(), () => undefined)).conclusions)) };
  }

  /** The profile as it is beside what it would be with these conclusions. */
  function compare(conclusions: readonly StoredConclusion[]): Omit<RuleChange, 'state'> {
    const isOpen = ({ sensitive }: { readonly sensitive: boolean }): boolean => !sensitive;
    const before = new Map(layOver(listConclusions(db)).filter(isOpen).map((one) => [one.id, one])), after = new Map(layOver(conclusions.filter(isOpen)).filter(isOpen).map((one) => [one.id, one]));
    const changes: Change[] = [];
    for (const [id, { claim, label, path }] of new Map([...before, ...after])) {
      const change = { id, claim, label, path, before: before.get(id)?.strength ?? null, after: after.get(id)?.strength ?? null };
      if (change.before === null || change.after === null || Math.abs(change.before - change.after) >= NOTICEABLE) changes.push(change);
    }
    return { changes: changes.sort((a, b) => Math.abs((b.after ?? 0) - (b.before ?? 0)) - Math.abs((a.after ?? 0) - (a.before ?? 0)) || (a.label < b.label ? -1 : 1)), same: after.size - changes.filter(({ after: then }) => then !== null).length };
  }

  return Object.freeze({
    ruleChange,
    async applyRules() {
      refuseWhileFilled();
      const { changes } = await ruleChange();
      // One after the other with what refreshes.
      const counts = await inTurn(async () => {
        if (readState(db).nextLexicon === null) return null;
        await classifyNew(forever(), () => undefined);
        const counts = { added: changes.filter(({ before }) => before === null).length, removed: changes.filter(({ after }) => after === null).length };
        db.transaction(() => {
          audit.append({ type: 'profile.rules-applied', counts });
          // From here on what applies is a mixture: whoever finds it after a stop must not take it for what the old lists say.
          distrustFrom(db, 1);
        });
        const lastId = highestItemId(db);
        for (let afterId = 0; afterId < lastId; afterId += ADD_UP_ITEMS) {
          db.transaction(() => { applyNext(db, afterId, Math.min(lastId, afterId + ADD_UP_ITEMS)); });
          await nextTurn();
        }
        db.transaction(() => { endNext(db); });
        return counts;
      });
      await refresh(forever());
      return counts ?? { added: 0, removed: 0 };
    },
  } satisfies RuleChanges);
}

/** What the person says about the profile: adding to it, putting it right, ruling out, and what is not about them. */
import type { NotMe, Preference } from '../../../shared/domain/preference.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { AuditLog, AuditType } from '../audit/audit-log.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { CorePorts } from '../ports.ts';
import { itemsById, type Item } from '../records/records.ts';
import { isSaidOnce, parseClaimValue, wordsForValue } from './claim-values.ts';
import type { ClosedPart } from './closed-part.ts';
import { ruledOutBy } from './conclude.ts';
import type { Concluding } from './concluding.ts';
import { deleteConclusions, deleteNotMe, deleteStatement, listConclusions, listStatements, putNotMe, type Statement } from './enrichment-repository.ts';
import { normalise } from './normalise.ts';
import { covers, notMeAbout, type NotMeScope } from './not-me.ts';
import { preferenceId, unknownPreference, type Preferences } from './preferences.ts';
import { forever } from './stopping.ts';
import type { Taxonomy } from './taxonomy.ts';

export interface Rejection { readonly id: string; readonly claim: Claim; readonly value: string; readonly label: string; readonly path: string[]; readonly rejectedAtMs: number }

export interface Corrections {
  /** Audited as `profile.declared`. @throws {AppError} ERR_CLAIM_UNKNOWN, ERR_CLAIM_VALUE_INVALID, ERR_IMPORT_BUSY */
  declare(input: { readonly claim: string; readonly value: string; readonly horizonWeeks?: number | undefined }): Preference;
  /** Audited as `profile.corrected`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_CLAIM_VALUE_INVALID, ERR_IMPORT_BUSY */
  correct(input: { readonly id: string; readonly value?: string | undefined; readonly strength?: number | undefined }): Preference;
  /** Keeps what was concluded as strong as it is now, whatever comes or fades. Audited as `profile.pinned`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  pin(id: string): Preference;
  /** Lets what was concluded count half of what the records say; again, half of that. Audited as `profile.weakened`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_CLAIM_VALUE_INVALID for what only the person said, ERR_IMPORT_BUSY */
  weaken(id: string): Preference;
  /**
   * These things, or everything by their creators or of their collections, say nothing about the person: now, after another import and under other rules. What rested on them is concluded anew before it resolves. Audited as `profile.disowned`.
   *
   * @returns what was said, once each. @throws {AppError} ERR_ITEM_UNKNOWN, also for a thing without a creator or collection; ERR_IMPORT_BUSY
   */
  notMe(itemIds: readonly number[], scope: NotMeScope): Promise<NotMe[]>;
  /** The newest first; about closed things only while the person has the closed part open. */
  disowned(): NotMe[];
  /** What of it is about this thing. */
  disownedBy(item: Pick<Item, 'source' | 'kind' | 'title' | 'creator' | 'collection'>): NotMe[];
  /** Takes it back. Audited as `profile.owned`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  wasMe(ids: readonly string[]): Promise<void>;
  /** At once; what lies above is added up again before it resolves. Audited as `profile.rejected`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  reject(id: string): Promise<Rejection>;
  rejections(): Rejection[];
  /** Audited as `profile.restored`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  restore(id: string): Promise<void>;
  /** Deletes a statement of the person; a conclusion only until the next refresh. Audited as `profile.deleted`. @throws {AppError} ERR_PREFERENCE_UNKNOWN, ERR_IMPORT_BUSY */
  delete(id: string): void;
}

export interface CorrectionsDeps {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly ports: Pick<CorePorts, 'clock'>;
  readonly taxonomy: Taxonomy;
  /** How a known brand is spelt, by its normalised name. */
  readonly brandNames: ReadonlyMap<string, string>;
  readonly closedPart: ClosedPart;
  readonly preferences: Preferences;
  readonly concluding: Pick<Concluding, 'refresh'>;
  readonly changed: () => void;
  /** @throws {AppError} ERR_IMPORT_BUSY */
  readonly refuseWhileFilled: () => void;
}

const DECLARED_INTENT_WEEKS = 8;

export function createCorrections({ db, audit, ports: { clock }, taxonomy, brandNames, closedPart, preferences, concluding: { refresh }, changed, refuseWhileFilled }: CorrectionsDeps): Corrections {
  const { find, fromStatement, concludedIds, statements, rejected, notMe, liesClosed, keepStatement, keepRejection, dropStatement, dropRejection } = preferences;
  const note = (type: AuditType, claim: Claim): void => { audit.append({ type, claims: [{ claim, precision: 1 }] }); };
  const toRejection = (row: { readonly id: string; readonly claim: Claim; readonly value: string; readonly rejectedAtMs: number }): Rejection => {
    const words = wordsForValue(row.claim, row.value, taxonomy);
    return { id: row.id, claim: row.claim, value: row.value, label: words.label, path: [...words.path], rejectedAtMs: row.rejectedAtMs };
  };
  /** The person's word that what was concluded stays, or counts less. */
  function hold(id: string, manner: 'pinned' | 'weakened', strengthOf: (before: Preference, said: Statement | undefined) => number): Preference {
    refuseWhileFilled();
    const before = find(id), said = statements().find((statement) => statement.id === id);
    db.transaction(() => {
      keepStatement({
        id, claim: before.claim, value: before.value, origin: said?.origin ?? 'corrected', strength: strengthOf(before, said), horizonWeeks: before.horizonWeeks, manner, replaces: said?.replaces ?? [], saidAtMs: clock.nowMs(),
      });
      note(`profile.${manner}`, before.claim);
    });
    changed();
    return find(id);
  }

  function forgetOthers(claim: Claim, id: string): void {
    for (const other of listStatements(db)) if (other.claim === claim && other.id !== id) deleteStatement(db, other.id);
  }

  return Object.freeze({
    declare({ claim: named, value: written, horizonWeeks }) {
      refuseWhileFilled();
      const { claim, value } = parseClaimValue(named, written, taxonomy, (name) => brandNames.get(normalise(name)));
      const id = preferenceId(claim, value);
      const statement: Statement = {
        id, claim, value, origin: 'declared', strength: 1, horizonWeeks: claim === 'intent' ? horizonWeeks ?? DECLARED_INTENT_WEEKS : null, manner: 'said',
        replaces: statements().find((said) => said.id === id)?.replaces ?? [], saidAtMs: clock.nowMs(),
      };
      db.transaction(() => {
        if (isSaidOnce(claim)) forgetOthers(claim, id);
        keepStatement(statement);
        // Saying it takes "never infer this" back for exactly this; what lies above stays ruled out for the rules.
        dropRejection(id);
        note('profile.declared', claim);
      });
      changed();
      // Something closed is not in the list while the closed part is shut, but the person who just said it is shown it.
      return preferences.list().find((preference) => preference.id === id) ?? fromStatement(statement, undefined);
    },
    correct({ id, value: written, strength }) {
      refuseWhileFilled();
      const before = find(id);
      const value = written === undefined ? before.value : parseClaimValue(before.claim, written, taxonomy, (name) => brandNames.get(normalise(name))).value;
      if (liesClosed(before.claim, value) !== liesClosed(before.claim, before.value)) {
        throw new AppError('ERR_CLAIM_VALUE_INVALID', 'One of the two lies in the closed part of the profile and the other does not. Add the new one by hand, and reject or delete the old one. Nothing was changed.');
      }
      const nextId = preferenceId(before.claim, value);
      db.transaction(() => {
        const said = statements().find((statement) => statement.id === id);
        const moved = nextId !== id;
        // A statement of the person's own that changes its value leaves nothing behind; a conclusion stays hidden behind the new one.
        if (said && moved) dropStatement(id);
        const isConcluded = concludedIds().has(id);
        const origin = said?.origin === 'declared' && !isConcluded ? 'declared' : 'corrected';
        const replaces = [...(said?.replaces ?? []), ...(moved && isConcluded ? [id] : [])].filter((other) => other !== nextId);
        keepStatement({
          id: nextId, claim: before.claim, value, origin, strength: strength ?? (moved ? 1 : before.strength), horizonWeeks: before.horizonWeeks, manner: 'said',
          replaces, saidAtMs: clock.nowMs(),
        });
        dropRejection(nextId);
        note('profile.corrected', before.claim);
      });
      changed();
      return find(nextId);
    },
    pin: (id) => hold(id, 'pinned', ({ strength }) => strength),
    weaken(id) {
      if (!concludedIds().has(id)) throw new AppError('ERR_CLAIM_VALUE_INVALID', 'Only what was concluded from records can count less than they say. This is your own word; put it right instead. Nothing was changed.');
      return hold(id, 'weakened', (_before, said) => (said?.manner === 'weakened' ? said.strength : 1) / 2);
    },
    async notMe(itemIds, scope) {
      refuseWhileFilled();
      const open = new Map(itemsById(db, itemIds).map((item) => [item.id, item]));
      const said = new Map<string, { readonly words: NotMe; readonly closed: boolean }>();
      for (const id of itemIds) {
        const item = open.get(id) ?? closedPart.item(id);
        const words = item && notMeAbout(item, scope, clock.nowMs());
        if (!words) throw new AppError('ERR_ITEM_UNKNOWN', item ? 'This thing names nobody who made it and nothing it belongs to. Choose only the thing itself. Nothing was changed.' : 'This is not in the vault any more. Nothing was changed.');
        // What is said about anything in the open is said in the open.
        said.set(words.id, { words, closed: !open.has(id) && said.get(words.id)?.closed !== false });
      }
      db.transaction(() => {
        for (const { words, closed } of said.values()) if (closed) closedPart.putNotMe(words); else putNotMe(db, words);
        audit.append({ type: 'profile.disowned', counts: { said: said.size } });
      });
      await refresh(forever());
      return [...said.values()].map(({ words }) => words);
    },
    disowned: () => notMe().sort((a, b) => b.saidAtMs - a.saidAtMs || (a.name < b.name ? -1 : 1)),
    disownedBy: (item) => notMe().filter((one) => covers(one, item)),
    async wasMe(ids) {
      refuseWhileFilled();
      const known = new Set(notMe().map(({ id }) => id));
      if (ids.some((id) => !known.has(id))) throw unknownPreference();
      db.transaction(() => {
        for (const id of ids) { deleteNotMe(db, id); closedPart.deleteNotMe(id); }
        audit.append({ type: 'profile.owned', counts: { said: ids.length } });
      });
      await refresh(forever());
    },
    async reject(id) {
      refuseWhileFilled();
      const { claim, value } = find(id);
      const rejectedAtMs = clock.nowMs();
      db.transaction(() => {
        keepRejection({ id, claim, value, rejectedAtMs });
        dropStatement(id);
        const isRuledOut = ruledOutBy([{ claim, value }], taxonomy);
        deleteConclusions(db, listConclusions(db).filter((conclusion) => isRuledOut(conclusion.claim, conclusion.value)).map((conclusion) => conclusion.id));
        note('profile.rejected', claim);
      });
      changed();
      await refresh(forever());
      return toRejection({ id, claim, value, rejectedAtMs });
    },
    rejections: () => rejected().map(toRejection),
    async restore(id) {
      refuseWhileFilled();
      const row = rejected().find((rejection) => rejection.id === id);
      if (!row) throw unknownPreference();
      db.transaction(() => {
        dropRejection(id);
        note('profile.restored', row.claim);
      });
      changed();
      await refresh(forever());
    },
    delete(id) {
      refuseWhileFilled();
      const { claim } = find(id);
      db.transaction(() => {
        if (dropStatement(id)) { /* its conclusion counts again */ } else {
          deleteConclusions(db, [id]);
          closedPart.conclude(closedPart.conclusions().filter((conclusion) => conclusion.id !== id));
        }
        note('profile.deleted', claim);
      });
      changed();
    },
  } satisfies Corrections);
}

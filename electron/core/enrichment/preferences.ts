/** What was concluded, in the open and in the closed part, with the person's own words laid over it. */
import { createHash } from 'node:crypto';
import type { NotMe, Preference } from '../../../shared/domain/preference.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import { wordsForValue } from './claim-values.ts';
import type { ClosedPart } from './closed-part.ts';
import { ruledOutBy, type RuledOut } from './conclude.ts';
import { deleteRejection, deleteStatement, listConclusions, listNotMe, listRejections, listStatements, putRejection, putStatement, type Statement, type StoredConclusion, type StoredRejection } from './enrichment-repository.ts';
import { rounded } from './scoring.ts';
import type { Taxonomy } from './taxonomy.ts';

export interface Preferences {
  /** With what is closed only while the person has the closed part open; so everything here. */
  readonly list: () => Preference[];
  /** @throws {AppError} ERR_PREFERENCE_UNKNOWN */
  readonly find: (id: string) => Preference;
  /** The person's own words over these conclusions. */
  readonly layOver: (conclusions: readonly StoredConclusion[]) => Preference[];
  readonly fromStatement: (statement: Statement, known: StoredConclusion | undefined) => Preference;
  /** Without the person's own words. */
  readonly concluded: () => readonly StoredConclusion[];
  readonly concludedIds: () => Set<string>;
  readonly statements: () => Statement[];
  readonly rejected: () => StoredRejection[];
  readonly ruledOut: () => RuledOut[];
  readonly notMe: () => NotMe[];
  /** Changes with what the person said that decides which evidence counts. */
  readonly wordsNow: () => string;
  readonly liesClosed: (claim: Claim, value: string) => boolean;
  /** Sealed where it lies in the closed part. */
  readonly keepStatement: (statement: Statement) => void;
  readonly keepRejection: (rejection: StoredRejection) => void;
  /** @returns false when there is none of this id that can be seen */
  readonly dropStatement: (id: string) => boolean;
  readonly dropRejection: (id: string) => boolean;
}

/** The same value always has the same id, in every vault: it names a statement, not a person. */
export const preferenceId = (claim: Claim, value: string): string => createHash('sha256').update(`${claim}|${value}`).digest('base64url').slice(0, 16);

export const unknownPreference = (): AppError => new AppError('ERR_PREFERENCE_UNKNOWN', 'This is not in the profile any more. Nothing was changed.');

export function createPreferences({ db, taxonomy, closedPart, saysClosed }: { readonly db: WritableDb; readonly taxonomy: Taxonomy; readonly closedPart: ClosedPart; /** Whether words of the person's own name something closed. */ readonly saysClosed: (text: string) => boolean }): Preferences {
  const notMe = (): NotMe[] => [...listNotMe(db), ...closedPart.notMe()];
  const statements = (): Statement[] => [...listStatements(db), ...closedPart.statements()];
  const rejected = (): StoredRejection[] => [...listRejections(db), ...closedPart.rejections()];
  const ruledOut = (): RuledOut[] => rejected();
  const liesClosed = (claim: Claim, value: string): boolean => wordsForValue(claim, value, taxonomy).closed || ((claim === 'brand' || claim === 'size') && saysClosed(value.slice(value.indexOf(':') + 1)));
  const keepStatement = (statement: Statement): void => { if (liesClosed(statement.claim, statement.value)) closedPart.putStatement(statement); else putStatement(db, statement); };
  const keepRejection = (rejection: StoredRejection): void => { if (liesClosed(rejection.claim, rejection.value)) closedPart.putRejection(rejection); else putRejection(db, rejection); };
  const dropStatement = (id: string): boolean => deleteStatement(db, id) || closedPart.deleteStatement(id);
  const dropRejection = (id: string): boolean => deleteRejection(db, id) || closedPart.deleteRejection(id);
  const toPreference = (from: Omit<StoredConclusion, 'season'>, origin: Preference['origin'], manner: Preference['manner']): Preference => {
    const words = wordsForValue(from.claim, from.value, taxonomy);
    return {
      id: from.id, claim: from.claim, value: from.value, label: words.label, path: words.path, iab: words.iab, strength: from.strength, confidence: from.confidence, origin, manner,
      sensitive: from.sensitive || liesClosed(from.claim, from.value), evidence: from.evidence, horizonWeeks: from.horizonWeeks, lastSeenMs: from.lastSeenMs,
    };
  };

  const fromStatement = (statement: Statement, known: StoredConclusion | undefined): Preference => toPreference({
    ...statement, confidence: 1, sensitive: known?.sensitive ?? false, evidence: known?.evidence ?? 0, lastSeenMs: Math.max(statement.saidAtMs, known?.lastSeenMs ?? 0),
  }, statement.origin, statement.manner);

  const concluded = (): StoredConclusion[] => [...listConclusions(db), ...closedPart.conclusions()];
  const preferences = (): Preference[] => layOver(concluded());

  /** The person's own words over what was concluded. */
  function layOver(conclusions: readonly StoredConclusion[]): Preference[] {
    const said = new Map(statements().map((statement) => [statement.id, statement]));
    const replaced = new Set([...said.values()].flatMap((statement) => statement.replaces));
    const isRuledOut = ruledOutBy(ruledOut(), taxonomy);
    const concluded = new Map(conclusions.filter(({ id, claim, value }) => !replaced.has(id) && !isRuledOut(claim, value)).map((conclusion) => [conclusion.id, conclusion]));
    const own = [...said.values()].flatMap((statement) => {
      const known = concluded.get(statement.id);
      concluded.delete(statement.id);
      if (statement.manner !== 'weakened') return [fromStatement(statement, known)];
      return known ? [toPreference({ ...known, strength: rounded(known.strength * statement.strength) }, statement.origin, statement.manner)] : [];
    });
    return [...own, ...[...concluded.values()].map((conclusion) => toPreference(conclusion, 'inferred', null))]
      .sort((a, b) => (a.claim < b.claim ? -1 : a.claim > b.claim ? 1 : b.strength - a.strength || (a.value < b.value ? -1 : 1)));
  }

  return Object.freeze({
    list: preferences, layOver, fromStatement, statements, rejected, ruledOut, notMe, liesClosed, keepStatement, keepRejection, dropStatement, dropRejection,
    find(id) {
      const found = preferences().find((preference) => preference.id === id);
      if (!found) throw unknownPreference();
      return found;
    },
    concluded,
    concludedIds: () => new Set(concluded().map((conclusion) => conclusion.id)),
    wordsNow: () => JSON.stringify([keyOf(ruledOut()), notMe().map(({ id }) => id).sort()]),
  } satisfies Preferences);
}

const keyOf = (list: readonly RuledOut[]): string => list.map(({ claim, value }) => `${claim}|${value}`).sort().join('\n');

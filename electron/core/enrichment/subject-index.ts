/** Which subjects each thing speaks for, as columns by item id: of what was used, is open, and was the person. Reads only. */
import { ITEM_KINDS } from '../../../shared/domain/records.ts';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import { highestItemId, usedKinds } from '../records/records.ts';
import { keysFor, ruledOutBy, type RuledOut } from './conclude.ts';
import { disownedItems, matchNames, targetsOfItems } from './enrichment-repository.ts';
import type { Taxonomy } from './taxonomy.ts';

export interface Subject { readonly id: string; /** Its place in the counts. */ readonly at: number }

export interface SubjectIndex {
  /** The highest item id that is looked at; 0 without any. */
  readonly highestId: number;
  /** By item id: one more than the place in ITEM_KINDS; 0 for what is left out. */
  readonly kinds: Uint8Array;
  /** Subjects of item `id`: `subjects` from `subjectsFrom[id]` up to, not including, `subjectsFrom[id + 1]`. */
  readonly subjectsFrom: Int32Array;
  readonly subjects: Int32Array;
  readonly list: readonly Subject[];
  /** Places of the subjects that each of `names` speaks for. */
  readonly named: ReadonlyMap<string, readonly number[]>;
}

export interface SubjectIndexDeps {
  readonly db: ReadableDb;
  readonly taxonomy: Taxonomy;
  readonly ruledOut: readonly RuledOut[];
  /** Up to which item the newest lists have said what is closed: what no list was asked about yet may be. */
  readonly readTo: number;
  /** Targets of matches that no item has any more. */
  readonly names?: readonly string[];
  readonly pause: () => Promise<void>;
}

const SLICE_ITEMS = 8_000;

/** A subject is an interest or a genre, or what lies above one, up to the area. */
export async function indexSubjects({ db, taxonomy, ruledOut, readTo, names: also = [], pause }: SubjectIndexDeps): Promise<SubjectIndex> {
  const highestId = Math.min(highestItemId(db), readTo);
  const names = matchNames(db);
  const isRuledOut = ruledOutBy(ruledOut, taxonomy);
  const byId = new Map<string, Subject>();
  const ofTarget = new Map<string, readonly number[]>();
  const subjectsOf = (target: string): readonly number[] => {
    let known = ofTarget.get(target);
    if (!known) {
      const ids = keysFor(target, taxonomy, isRuledOut).filter((key) => !key.startsWith('brand|')).map((key) => key.slice(key.indexOf('|') + 1));
      const root = ids.length > 0 ? taxonomy.lineage(ids[0] ?? '').at(-1)?.id : undefined;
      if (root !== undefined && !ids.includes(root)) ids.push(root);
      known = ids.map((id) => {
        const subject = byId.get(id) ?? { id, at: byId.size };
        byId.set(id, subject);
        return subject.at;
      });
      ofTarget.set(target, known);
    }
    return known;
  };

  const kinds = new Uint8Array(highestId + 1), subjectsFrom = new Int32Array(highestId + 2), subjects: number[] = [];
  for (let afterId = 0; afterId < highestId; afterId += SLICE_ITEMS) {
    const toId = Math.min(highestId, afterId + SLICE_ITEMS);
    const disowned = disownedItems(db, afterId, toId);
    for (const { id, kind } of usedKinds(db, afterId, toId)) if (!disowned.has(id)) kinds[id] = ITEM_KINDS.indexOf(kind) + 1;
    const { itemIds, targetIds } = targetsOfItems(db, afterId, toId);
    for (let id = afterId + 1, at = 0; id <= toId; id++) {
      subjectsFrom[id] = subjects.length;
      for (; itemIds[at] === id; at++) if (kinds[id] !== 0) subjects.push(...subjectsOf(names.get(targetIds[at] ?? 0) ?? ''));
    }
    await pause();
  }
  subjectsFrom[highestId + 1] = subjects.length;
  const named = new Map(also.map((name) => [name, subjectsOf(name)]));
  return { highestId, kinds, subjectsFrom, subjects: Int32Array.from(subjects), list: [...byId.values()], named };
}

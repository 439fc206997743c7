/** Recomputes the whole log from its rows, in slices, and holds it against its seal and its anchor. */
import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import type { TreeHead } from './checkpoint.ts';
import { digestIn, leafText, openingText, type Row } from './entry.ts';
import { addForgotten } from './forgetting.ts';
import { grow, HASH_BYTES, leafHash, rootOf, type Frontier } from './merkle.ts';

export interface AuditVerdict {
  readonly ok: boolean;
  readonly entries: number;
  /** Root of the tree, base64. */
  readonly head: string;
  /** Entries whose contents were deleted, each covered by an entry that says so. */
  readonly forgotten: number;
  /** First entry that is wrong or missing; null when there is none. */
  readonly brokenAt: number | null;
  /** `altered`: an entry does not fit; `missing`: a gap; `rolled-back`: the log is older than its anchor; `unanchored`: the anchor is gone. */
  readonly problem: 'none' | 'altered' | 'missing' | 'rolled-back' | 'unanchored';
}

export interface VerifyOptions {
  /** The log as it was last seen outside the database. */
  readonly anchor?: TreeHead | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

// Without the seals: only the last one counts, and every blob costs as much as a hash.
const READ = 'SELECT seq, at_ms, type, outcome, company_id, grant_id, body, said, salt, tree, list, list_pos, list_tree, forgotten_by FROM audit WHERE seq > ? ORDER BY seq LIMIT ?';

/** Rows between two pauses: a few milliseconds. */
const SLICE = 500;

type ReadRow = Omit<Row, 'mac'>;

/** `seal`: the keyed seal of the tree after an entry. */
export async function verifyLog(deps: { readonly db: ReadableDb; readonly seal: (seq: number, frontier: Frontier) => Buffer }, options: VerifyOptions): Promise<AuditVerdict> {
  const { db } = deps;
  const anchor = options.anchor ?? null;
  const total = db.query<{ n: number | null }>('SELECT max(seq) AS n FROM audit').get()?.n ?? 0;
  let frontier: Frontier = [];
  let done = 0;
  let forgotten = 0;
  const chain: { unexplained: number | null } = { unexplained: null };
  const lists = new Map<number, { readonly size: number; readonly frontier: Frontier }>();
  /** What awaits the entry that says it was forgotten, by that entry's position. */
  const awaited = new Map<number, { readonly digest: Hash; readonly first: number }>();

  const verdict = (problem: AuditVerdict['problem'], brokenAt: number | null): AuditVerdict =>
    ({ ok: problem === 'none', entries: done, head: rootOf(frontier).toString('base64'), forgotten, brokenAt, problem });

  /** Whether the row is what its place in the tree says; grows the trees by it. */
  const fits = (row: ReadRow): boolean => {
    const gone = row.forgotten_by !== null;
    if (gone) {
      if (row.forgotten_by <= row.seq) return false;
      const group = awaited.get(row.forgotten_by) ?? { digest: createHash('sha256'), first: row.seq };
      addForgotten(group.digest, row);
      awaited.set(row.forgotten_by, group);
      forgotten += 1;
    }
    if (row.list !== null && row.list_tree !== null) {
      const list = lists.get(row.list) ?? { size: 0, frontier: [] };
      const grown = grow(list.frontier, list.size, gone ? row.list_tree.subarray(0, HASH_BYTES) : leafHash(openingText(row)));
      if (row.list_pos !== list.size + 1 || !sameNodes(grown.completed, row.list_tree)) return false;
      lists.set(row.list, { size: row.list_pos, frontier: grown.frontier });
    }
    const grown = grow(frontier, done, gone ? row.tree.subarray(0, HASH_BYTES) : leafHash(leafText(row)));
    if (!sameNodes(grown.completed, row.tree)) return false;
    frontier = grown.frontier;
    if (row.type === 'audit.forgotten') {
      const told = awaited.get(row.seq);
      awaited.delete(row.seq);
      // One that was carried over covers nothing any more.
      return (told?.digest.digest('base64url') ?? null) === digestIn(row.body);
    }
    // The chain of before the tree did not add up, and nobody has said since that they know why.
    if (row.type === 'audit.carried' && row.outcome === 'refused') chain.unexplained = row.seq;
    else if (row.type === 'audit.accepted') chain.unexplained = null;
    return true;
  };

  for (;;) {
    if (options.signal?.aborted === true) throw new AppError('ERR_CANCELLED', 'Checking the log was stopped. Nothing was changed.');
    const rows = db.query<ReadRow>(READ).all(done, SLICE);
    for (const row of rows) {
      if (row.seq !== done + 1) return verdict('missing', done + 1);
      if (!fits(row)) return verdict('altered', row.seq);
      done += 1;
      if (anchor?.size === done && !rootOf(frontier).equals(anchor.root)) return verdict('altered', done);
    }
    if (rows.length < SLICE) break;
    options.onProgress?.(done, Math.max(total, done));
    await nextTurn();
  }
  const untold = [...awaited.values()].map(({ first }) => first).sort((a, b) => a - b)[0];
  if (untold !== undefined) return verdict('altered', untold);
  const sealed = db.query<Pick<Row, 'mac'>>('SELECT mac FROM audit WHERE seq = ?').get(done);
  if (sealed && !deps.seal(done, frontier).equals(sealed.mac)) return verdict('altered', done);
  if (chain.unexplained !== null) return verdict('altered', chain.unexplained);
  return anchor !== null && anchor.size > done ? verdict('rolled-back', done + 1) : verdict('none', null);
}

function sameNodes(computed: readonly Buffer[], stored: Buffer): boolean {
  return stored.length === computed.length * HASH_BYTES && computed.every((node, i) => stored.compare(node, 0, HASH_BYTES, i * HASH_BYTES, (i + 1) * HASH_BYTES) === 0);
}

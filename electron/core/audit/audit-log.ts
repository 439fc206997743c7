/** The append-only log: a Merkle tree over salted entries, sealed under a key at every step, with a smaller tree of its own for each company. */
import { createHmac, createSecretKey } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import { hkdf32, sameBytes } from '../platform/crypto/keys.ts';
import { createRandomPool } from '../platform/crypto/random-pool.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { Clock } from '../ports.ts';
import { createSigner, openCheckpoint, signCheckpoint, type TreeHead } from './checkpoint.ts';
import { bodyOf, leafText, openingText, SALT_BYTES, saidOf, toEntry, type AuditEntry, type AuditInput, type Row } from './entry.ts';
import { decideForgetting, ENTRIES_OF_COMPANY, forgottenDigest, type Forgetting, type ForgottenRow } from './forgetting.ts';
import { timelineOf, type LogTimeline, type TimelineQuery } from './log-timeline.ts';
import { consistencyProof, frontierAt, grow, HASH_BYTES, inclusionProof, leafHash, rootOf, type Frontier, type PerfectNode } from './merkle.ts';
import { verifyLog, type AuditVerdict, type VerifyOptions } from './verify-log.ts';

export type { AuditEntry, AuditInput, AuditType } from './entry.ts';
export type { AuditVerdict } from './verify-log.ts';

/** One entry of a company's list: its leaf data, or null once forgotten, and its way up to the root of the list. */
export interface ListedEntry { readonly index: number; readonly opening: string | null; readonly leaf: Buffer; readonly proof: readonly Buffer[] }
export interface ListedHistory {
  /** Names the list outside the vault; random. */
  readonly label: string;
  readonly size: number;
  readonly root: Buffer;
  /** Oldest first. */
  readonly entries: readonly ListedEntry[];
}

export interface AuditLog {
  /** Appends one entry. Call it inside the transaction of the act it records, so that both or neither are kept. */
  append(input: AuditInput): Pick<AuditEntry, 'seq' | 'hash'>;
  /** Living entries only: what was forgotten is told by the entry about it. */
  list(query: { readonly before?: number | undefined; readonly limit: number; readonly companyId?: string | undefined; readonly group?: 'companies' | 'imports' | 'profile' | 'vault' | undefined; /** Unix ms, from here up to, not including, there. */ readonly fromMs?: number | undefined; readonly toMs?: number | undefined }): { readonly entries: AuditEntry[]; readonly total: number; readonly nextBefore: number | null };
  /** How many there are when; see {@link timelineOf}. */
  timeline(query: TimelineQuery): Promise<LogTimeline>;
  /** Number of entries ever written, which is the position of the newest. */
  size(): number;
  /** The log as it is now, as a signed note (C2SP tlog-checkpoint). */
  checkpoint(): string;
  /** What verifies this log's checkpoints (C2SP signed-note). */
  readonly verifierKey: string;
  /** What a checkpoint of this log says; null for any other text. */
  openCheckpoint(note: string): TreeHead | null;
  /** A look at a few rows: whether the log still begins with this older state, and its newest entry is sealed. */
  glance(head: TreeHead | null): 'none' | 'altered' | 'rolled-back';
  /** Whether a log of the time before the tree had this hash (base64url) at this place; null when there is no such entry. */
  chainHashFits(seq: number, hash: string): boolean | null;
  /** Recomputes everything, in slices that let others work between them. @throws {AppError} ERR_CANCELLED when `signal` fires */
  verify(options?: VerifyOptions): Promise<AuditVerdict>;
  /** That an entry is in the log as it is now. @throws {AppError} ERR_ENTRY_UNKNOWN */
  prove(seq: number): { readonly index: number; readonly size: number; readonly leaf: Buffer; readonly root: Buffer; readonly proof: readonly Buffer[] };
  /** That the log extends an older state of it; null when it does not. */
  extend(older: TreeHead): { readonly size: number; readonly root: Buffer; readonly proof: readonly Buffer[] } | null;
  /** Takes the log as it is: one entry that names the problem the person was told of; own transaction. */
  accept(problem: AuditVerdict['problem']): void;
  /** How many entries {@link AuditLog.forget} would delete the contents of. */
  forgettable(what: Forgetting): number;
  /** Deletes the contents of entries for good and notes that; own transaction. Leaf hashes stay, and every proof with them. @returns how many */
  forget(what: Forgetting): number;
  /** The newest entries of a list with their proofs; null when nothing was ever put in it. */
  history(list: string, limit: number): ListedHistory | null;
}

/** Entries by the beginning of their type. */
const GROUPS = {
  companies: ['request.', 'company.', 'grant.', 'breathing.', 'exposure.', 'redemption.', 'introspection'],
  imports: ['import.'],
  profile: ['profile.'],
  vault: ['vault.', 'settings.', 'audit.'],
} as const;

/** The tree as it stands after an entry; `mac` tells whether the database still does, for a transaction can be taken back. */
interface Tip { readonly seq: number; readonly mac: Buffer; readonly frontier: Frontier }

export interface AuditLogDeps {
  readonly db: WritableDb;
  /** 32 bytes derived from the vault's master key; without it nobody can write an entry that fits, or sign a checkpoint. */
  readonly key: Buffer;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  readonly onAppend?: (seq: number) => void;
}

export function createAuditLog(deps: AuditLogDeps): AuditLog {
  const { db, clock } = deps;
  // As a key object: handing over raw bytes costs five times as much, for every entry.
  const sealKey = createSecretKey(hkdf32(deps.key, 'seal'));
  // Random to everyone else, and the same for as long as the vault lives. Never the name of a machine or a person.
  const signer = createSigner(`log.penchant.invalid/${hkdf32(deps.key, 'origin').toString('base64url', 0, 16)}`, hkdf32(deps.key, 'checkpoint'));

  let tip: Tip | null = null;
  const lists = new Map<string, { readonly id: number; readonly size: number; readonly frontier: Frontier }>();
  /** Counts forgettings: a verification under way has to begin anew. */
  let forgettings = 0;

  const takeSalt = createRandomPool(deps.randomBytes);
  const seal = (seq: number, frontier: Frontier): Buffer => {
    const mac = createHmac('sha256', sealKey).update(`${seq}\n`);
    for (const node of frontier) mac.update(node);
    return mac.digest();
  };
  const newest = (): Pick<Row, 'seq' | 'mac'> | undefined => db.query<Pick<Row, 'seq' | 'mac'>>('SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1').get();
  const size = (): number => newest()?.seq ?? 0;

  const stored = (node: Buffer | undefined): Buffer => {
    if (node?.length !== HASH_BYTES) throw new AppError('ERR_AUDIT_BROKEN', 'The log is not whole: a part of it is missing. Nothing was changed. Check the log, or restore a backup.');
    return node;
  };
  const perfect: PerfectNode = (height, end) => stored(db.query<{ node: Buffer }>('SELECT substr(tree, ?, ?) AS node FROM audit WHERE seq = ?').get(height * HASH_BYTES + 1, HASH_BYTES, end)?.node);
  const perfectOf = (list: number): PerfectNode => (height, end) =>
    stored(db.query<{ node: Buffer }>('SELECT substr(list_tree, ?, ?) AS node FROM audit WHERE list = ? AND list_pos = ?').get(height * HASH_BYTES + 1, HASH_BYTES, list, end)?.node);

  /** Where the tree stands, remembered for as long as the database agrees. */
  const current = (): Tip => {
    const last = newest();
    if (tip && tip.seq === (last?.seq ?? 0) && (last === undefined || tip.mac.equals(last.mac))) return tip;
    lists.clear();
    tip = { seq: last?.seq ?? 0, mac: last?.mac ?? Buffer.alloc(0), frontier: frontierAt(last?.seq ?? 0, perfect) };
    return tip;
  };
  const listOf = (name: string, companyId: string | null) => {
    const known = lists.get(name);
    if (known) return known;
    const found = db.query<{ list: number }>('SELECT list FROM audit_lists WHERE name = ?').get(name)?.list;
    const id = found ?? db.command('INSERT INTO audit_lists (name, label, company_id) VALUES (?, ?, ?)').run(name, deps.randomBytes(16).toString('base64url'), companyId).lastInsertRowid;
    const length = db.query<{ n: number | null }>('SELECT max(list_pos) AS n FROM audit WHERE list = ?').get(id)?.n ?? 0;
    return { id, size: length, frontier: frontierAt(length, perfectOf(id)) };
  };

  /** Root of the first `length` entries. */
  const rootAt = (length: number): Buffer => rootOf(frontierAt(length, perfect));

  const log: AuditLog = Object.freeze({
    append(input: AuditInput): Pick<AuditEntry, 'seq' | 'hash'> {
      const before = current();
      const list = input.list === undefined ? null : listOf(input.list, input.companyId ?? null);
      const said = saidOf(input);
      const plain = {
        seq: before.seq + 1, at_ms: clock.nowMs(), type: input.type, outcome: input.outcome ?? 'ok', company_id: input.companyId ?? null, grant_id: input.grantId ?? null,
        body: bodyOf(input), said, salt: takeSalt(list === null ? SALT_BYTES : 2 * SALT_BYTES), list: null, list_pos: null, list_tree: null,
      } as const;
      const listed = list === null ? null : grow(list.frontier, list.size, leafHash(openingText(plain)));
      const row = list === null || listed === null ? plain : { ...plain, list: list.id, list_pos: list.size + 1, list_tree: Buffer.concat(listed.completed) };
      const { frontier, completed } = grow(before.frontier, before.seq, leafHash(leafText(row)));
      const tree = Buffer.concat(completed);
      const mac = seal(row.seq, frontier);
      db.command('INSERT INTO audit (seq, at_ms, type, outcome, company_id, grant_id, body, said, salt, tree, mac, list, list_pos, list_tree) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
        .run(row.seq, row.at_ms, row.type, row.outcome, row.company_id, row.grant_id, row.body, row.said, row.salt, tree, mac, row.list, row.list_pos, row.list_tree);
      tip = { seq: row.seq, mac, frontier };
      if (input.list !== undefined && list !== null && listed !== null) lists.set(input.list, { id: list.id, size: list.size + 1, frontier: listed.frontier });
      deps.onAppend?.(row.seq);
      return { seq: row.seq, hash: tree.toString('base64url', 0, HASH_BYTES) };
    },

    list(query) {
      const where = ['forgotten_by IS NULL'];
      const params: (string | number)[] = [];
      if (query.companyId !== undefined) { where.push(ENTRIES_OF_COMPANY); params.push(query.companyId, query.companyId); }
      if (query.group !== undefined) {
        where.push(`(${GROUPS[query.group].map(() => 'substr(type, 1, ?) = ?').join(' OR ')})`);
        for (const prefix of GROUPS[query.group]) params.push(prefix.length, prefix);
      }
      if (query.fromMs !== undefined) { where.push('at_ms >= ?'); params.push(query.fromMs); }
      if (query.toMs !== undefined) { where.push('at_ms < ?'); params.push(query.toMs); }
      const total = db.query<{ n: number }>(`SELECT count(*) AS n FROM audit WHERE ${where.join(' AND ')}`).get(...params)?.n ?? 0;
      if (query.before !== undefined) { where.push('seq < ?'); params.push(query.before); }
      const rows = db.query<Row>(`SELECT * FROM audit WHERE ${where.join(' AND ')} ORDER BY seq DESC LIMIT ?`).all(...params, query.limit + 1);
      const page = rows.slice(0, query.limit);
      return { entries: page.map(toEntry), total, nextBefore: rows.length > query.limit ? (page.at(-1)?.seq ?? null) : null };
    },

    // The person's own day: where this computer is.
    timeline: (query) => timelineOf(db, query, (ms) => new Date(ms).setHours(0, 0, 0, 0)),
    size,
    checkpoint() {
      const { seq, frontier } = current();
      return signCheckpoint(signer, { size: seq, root: rootOf(frontier) });
    },
    verifierKey: signer.verifierKey,
    openCheckpoint: (note) => openCheckpoint(signer, note),

    glance(head) {
      const last = newest();
      if (last && !sameBytes(seal(last.seq, frontierAt(last.seq, perfect)), last.mac)) return 'altered';
      if (head === null) return 'none';
      if (head.size > (last?.seq ?? 0)) return 'rolled-back';
      return rootAt(head.size).equals(head.root) ? 'none' : 'altered';
    },
    chainHashFits(seq, hash) {
      const row = db.query<Pick<Row, 'mac'>>('SELECT mac FROM audit WHERE seq = ?').get(seq);
      return row ? row.mac.toString('base64url') === hash : null;
    },

    async verify(options = {}) {
      for (;;) {
        const begun = forgettings;
        const verdict = await verifyLog({ db, seal }, options);
        // What was forgotten meanwhile was read half before and half after.
        if (begun === forgettings) return verdict;
      }
    },

    prove(seq) {
      const length = size();
      if (!Number.isSafeInteger(seq) || seq < 1 || seq > length) throw new AppError('ERR_ENTRY_UNKNOWN', 'There is no entry of that number in the log. The newest number stands at the top of the list.');
      return { index: seq - 1, size: length, leaf: perfect(0, seq), root: rootAt(length), proof: inclusionProof(seq - 1, length, perfect) };
    },
    extend(older) {
      const length = size();
      if (older.size > length || !rootAt(older.size).equals(older.root)) return null;
      return { size: length, root: rootAt(length), proof: older.size === 0 ? [] : consistencyProof(older.size, length, perfect) };
    },

    accept(problem) {
      db.transaction(() => {
        log.append({ type: 'audit.accepted', reason: problem });
        db.command("DELETE FROM meta WHERE key = 'audit.unexplained'").run();
      });
    },

    forgettable(what) {
      const { where, params } = decideForgetting(what);
      return db.query<{ n: number }>(`SELECT count(*) AS n FROM audit WHERE ${where}`).get(...params)?.n ?? 0;
    },
    forget(what) {
      const { where, params, note } = decideForgetting(what);
      return db.transaction(() => {
        const rows = db.query<ForgottenRow>(`SELECT seq, at_ms, list, list_pos, list_tree FROM audit WHERE ${where} ORDER BY seq`).all(...params);
        const last = rows.at(-1);
        if (!last) return 0;
        const { seq } = log.append({ ...note, type: 'audit.forgotten', counts: { ...note.counts, entries: rows.length }, digest: forgottenDigest(rows) });
        db.command(`UPDATE audit SET at_ms = CAST(strftime('%s', at_ms / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000, type = 'forgotten', outcome = 'ok',
          company_id = NULL, grant_id = NULL, body = '', said = '', salt = x'', forgotten_by = ? WHERE seq <= ? AND ${where}`).run(seq, last.seq, ...params);
        // A company forgotten whole begins a new list: what is left of the old one is nobody's.
        if ('companyId' in what) {
          for (const list of new Set(rows.map((row) => row.list))) if (list !== null) db.command('UPDATE audit_lists SET name = NULL, company_id = NULL WHERE list = ?').run(list);
          lists.clear();
        }
        forgettings += 1;
        return rows.length;
      });
    },

    history(name, limit) {
      const list = db.query<{ list: number; label: string }>('SELECT list, label FROM audit_lists WHERE name = ?').get(name);
      if (!list) return null;
      const nodes = perfectOf(list.list);
      const rows = db.query<Row>('SELECT * FROM audit WHERE list = ? ORDER BY list_pos DESC LIMIT ?').all(list.list, limit).reverse();
      const length = rows.at(-1)?.list_pos ?? 0;
      return {
        label: list.label, size: length, root: rootOf(frontierAt(length, nodes)),
        entries: rows.map((row) => {
          const index = (row.list_pos ?? 1) - 1;
          return { index, opening: row.forgotten_by === null ? openingText(row) : null, leaf: nodes(0, index + 1), proof: inclusionProof(index, length, nodes) };
        }),
      };
    },
  } satisfies AuditLog);
  return log;
}

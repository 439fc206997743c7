/** The closed part of the profile: words sealed for a key that unlocking alone does not give, and what they say while the person has it open. */
import type { NotMe } from '../../../shared/domain/preference.ts';
import { hpkeOpen, hpkeSeal } from '../platform/crypto/hpke.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { CorePorts } from '../ports.ts';
import { forgetWords, rememberWords } from '../records/finding.ts';
import { countSealedItems, hasItemsOf, itemsById, listSealedItems, sealItem, unsealItem, type Item, type ItemWords } from '../records/records.ts';
import { countSealedWords, deleteNotMe, deleteSealedWords, listNotMe, listSealedWords, putNotMe, putSealedWord, type SealedWord, type Statement, type StoredConclusion, type StoredRejection } from './enrichment-repository.ts';
import type { Match } from './matcher.ts';
import { normalise } from './normalise.ts';
import { covers } from './not-me.ts';

/** What is known while it is open. Lives in memory only. */
interface View {
  readonly openUntilMs: number;
  readonly items: Map<number, { readonly item: Item; readonly matches: readonly Match[] }>;
  /** By the id of the sealed row. */
  readonly statements: Map<string, Statement>;
  readonly rejections: Map<string, StoredRejection>;
  readonly notMe: Map<string, NotMe>;
  conclusions: readonly StoredConclusion[];
}

export interface ClosedPart {
  /** Takes the words of these items out of the database. Inside the caller's transaction. */
  sealItems(matches: ReadonlyMap<number, readonly Match[]>): void;
  putStatement(statement: Statement): void;
  putRejection(rejection: StoredRejection): void;
  putNotMe(said: NotMe): void;
  /** @returns false when there is none of this id, or the part is shut. */
  deleteStatement(id: string): boolean;
  deleteRejection(id: string): boolean;
  deleteNotMe(id: string): boolean;
  /** Empty while shut. */
  statements(): readonly Statement[];
  rejections(): readonly StoredRejection[];
  notMe(): readonly NotMe[];
  conclusions(): readonly StoredConclusion[];
  conclude(conclusions: readonly StoredConclusion[]): void;
  items(): Iterable<{ readonly item: Item; readonly matches: readonly Match[] }>;
  item(id: number): Item | undefined;
  /** Sealed things and statements, whether open or not. */
  count(): number;
  /** Unix ms at which it shuts by itself; null while shut. */
  openUntilMs(): number | null;
  shut(): void;
  /**
   * Reads everything sealed; `match` says what the items are evidence of. `privateKey` is the caller's to overwrite.
   *
   * @returns the items that are not closed any more by today's lists and were put back
   */
  open(privateKey: Buffer, untilMs: number, match: (items: readonly Item[]) => Promise<ReadonlyMap<number, readonly Match[]>>): Promise<ReadonlySet<number>>;
}

export interface ClosedPartDeps {
  readonly db: WritableDb;
  readonly ports: Pick<CorePorts, 'clock' | 'randomBytes'>;
  /** X25519, 32 bytes: anyone with the open vault can seal, nobody can read. */
  readonly publicKey: Buffer;
  readonly isClosed: (target: string) => boolean;
}

const INFO = 'penchant/closed/v1';
/** A box is bound to its row, so that two cannot be exchanged. */
const placeOfItem = (itemId: number): string => `item/${itemId}`;
const placeOfWord = ({ kind, wordId }: Pick<SealedWord, 'kind' | 'wordId'>): string => `${kind}/${wordId}`;

export function createClosedPart(deps: ClosedPartDeps): ClosedPart {
  const { db, ports } = deps;
  let view: View | null = null;

  const seal = (place: string, value: unknown): Buffer => {
    const plain = Buffer.from(JSON.stringify(value), 'utf8');
    try { return hpkeSeal(deps.publicKey, INFO, place, plain, ports.randomBytes(32)); } finally { plain.fill(0); }
  };
  /** Written by this module only, and authenticated: what opens has the form it was sealed in, so the callers may say which. */
  const unseal = (privateKey: Buffer, place: string, box: Buffer): unknown => {
    const plain = hpkeOpen(privateKey, INFO, place, box);
    if (!plain) throw new Error('something in the closed part does not open with its key');
    try { return JSON.parse(plain.toString('utf8')); } finally { plain.fill(0); }
  };
  const seen = (): View | null => {
    if (view && ports.clock.nowMs() >= view.openUntilMs) view = null;
    return view;
  };
  const putWord = (kind: SealedWord['kind'], value: Statement | StoredRejection | NotMe): string => {
    const wordId = ports.randomBytes(12).toString('base64url');
    putSealedWord(db, { wordId, kind, box: seal(placeOfWord({ kind, wordId }), value) });
    return wordId;
  };
  const wordIds = (words: ReadonlyMap<string, { readonly id: string }>, id: string): string[] => [...words].filter(([, word]) => word.id === id).map(([wordId]) => wordId);
  const forget = (words: Map<string, { readonly id: string }> | undefined, id: string): boolean => {
    const gone = words ? wordIds(words, id) : [];
    deleteSealedWords(db, gone);
    for (const wordId of gone) words?.delete(wordId);
    return gone.length > 0;
  };

  function sealNotMe(said: NotMe): void {
    forget(seen()?.notMe, said.id);
    const wordId = putWord('not-me', said);
    seen()?.notMe.set(wordId, said);
  }

  return Object.freeze({
    sealItems(matches) {
      const open = seen();
      const saidOfOpen = new Set(listNotMe(db));
      forgetWords(db, [...matches.keys()]);
      for (const item of itemsById(db, [...matches.keys()])) {
        sealItem(db, item.id, seal(placeOfItem(item.id), { title: item.title, creator: item.creator, collection: item.collection, category: item.category } satisfies ItemWords));
        open?.items.set(item.id, { item, matches: matches.get(item.id) ?? [] });
        // What was said about it names it as well.
        for (const said of saidOfOpen) {
          if (!covers(said, item) || (said.scope !== 'thing' && hasItemsOf(db, said.source, said.scope, said.name))) continue;
          saidOfOpen.delete(said);
          deleteNotMe(db, said.id);
          sealNotMe(said);
        }
      }
    },
    putStatement(statement) {
      forget(seen()?.statements, statement.id);
      const wordId = putWord('statement', statement);
      seen()?.statements.set(wordId, statement);
    },
    putRejection(rejection) {
      forget(seen()?.rejections, rejection.id);
      const wordId = putWord('rejection', rejection);
      seen()?.rejections.set(wordId, rejection);
    },
    putNotMe: sealNotMe,
    deleteStatement: (id) => forget(seen()?.statements, id),
    deleteRejection: (id) => forget(seen()?.rejections, id),
    deleteNotMe: (id) => forget(seen()?.notMe, id),
    statements: () => [...(seen()?.statements.values() ?? [])],
    rejections: () => [...(seen()?.rejections.values() ?? [])],
    notMe: () => [...(seen()?.notMe.values() ?? [])],
    conclusions: () => seen()?.conclusions ?? [],
    conclude(conclusions) { const open = seen(); if (open) open.conclusions = conclusions; },
    items: () => seen()?.items.values() ?? [],
    item: (id) => seen()?.items.get(id)?.item,
    count: () => countSealedItems(db) + countSealedWords(db),
    openUntilMs: () => seen()?.openUntilMs ?? null,
    shut() { view = null; },

    async open(privateKey, untilMs, match) {
      const items = listSealedItems(db).map(({ id, source, kind, act, box }): Item => ({ id, source, kind, act, ...unseal(privateKey, placeOfItem(id), box) as ItemWords }));
      const matches = await match(items);
      const closed = items.filter(({ id }) => matches.get(id)?.some(({ target }) => deps.isClosed(target)) ?? false);
      const reopened = items.filter((item) => !closed.includes(item));
      db.transaction(() => { for (const item of reopened) { unsealItem(db, item.id, item); rememberWords(db, item, normalise); } });
      const words = listSealedWords(db).map((word) => ({ ...word, value: unseal(privateKey, placeOfWord(word), word.box) as Statement | StoredRejection | NotMe }));
      view = {
        openUntilMs: untilMs, conclusions: [],
        items: new Map(closed.map((item) => [item.id, { item, matches: matches.get(item.id) ?? [] }])),
        statements: newest(words.filter(({ kind }) => kind === 'statement').map(({ wordId, value }) => [wordId, { manner: 'said', ...value as Omit<Statement, 'manner'> & Partial<Statement> }] as const), ({ saidAtMs }) => saidAtMs),
        rejections: newest(words.filter(({ kind }) => kind === 'rejection').map(({ wordId, value }) => [wordId, value as StoredRejection] as const), ({ rejectedAtMs }) => rejectedAtMs),
        notMe: newest(words.filter(({ kind }) => kind === 'not-me').map(({ wordId, value }) => [wordId, value as NotMe] as const), ({ saidAtMs }) => saidAtMs),
      };
      // What is not closed any more is said in the open again.
      for (const said of new Set(reopened.flatMap((item) => [...view?.notMe.values() ?? []].filter((other) => covers(other, item))))) {
        db.transaction(() => { putNotMe(db, said); forget(view?.notMe, said.id); });
      }
      return new Set(reopened.map(({ id }) => id));
    },
  } satisfies ClosedPart);
}

/** Said while the part was shut, the same thing may stand there twice: the newer comes last, and counts. */
function newest<T extends { readonly id: string }>(words: readonly (readonly [string, T])[], atMs: (word: T) => number): Map<string, T> {
  return new Map([...words].sort(([, a], [, b]) => atMs(a) - atMs(b)));
}

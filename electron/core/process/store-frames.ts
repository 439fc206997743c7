/** The host's keychain seen from the core process, over frames: the core asks, the host answers, and nothing of either is kept. */
import type { SecretStore } from '../ports.ts';

export type StoreQuestion = { readonly op: 'backend' } | { readonly op: 'seal' | 'open'; readonly bytes: Uint8Array };
/** Null: the keychain refused or is not there. */
export type StoreAnswer = { readonly backend: string | null } | { readonly bytes: Uint8Array; readonly stale: boolean } | null;

export interface StoreAsker {
  readonly store: SecretStore;
  /** An answer arrived; one to a question nobody asked is dropped. */
  answered(id: number, answer: StoreAnswer): void;
}

/** The core's side. `ask` posts one question to the host. */
export function createStoreAsker(ask: (id: number, question: StoreQuestion) => void): StoreAsker {
  const waiting = new Map<number, (answer: StoreAnswer) => void>();
  let nextId = 1;
  const put = (question: StoreQuestion): Promise<NonNullable<StoreAnswer>> => new Promise((resolve, reject) => {
    const id = nextId++;
    waiting.set(id, (answer) => { if (answer) resolve(answer); else reject(new Error('the keychain refused')); });
    ask(id, question);
  });
  const bytesOf = (answer: NonNullable<StoreAnswer>): { readonly bytes: Buffer; readonly stale: boolean } => {
    if (!('bytes' in answer)) throw new Error('the host answered another question');
    return { bytes: Buffer.from(answer.bytes), stale: answer.stale };
  };
  return Object.freeze({
    store: {
      async backend() {
        const answer = await put({ op: 'backend' });
        return 'backend' in answer ? answer.backend : null;
      },
      seal: async (secret: Buffer) => bytesOf(await put({ op: 'seal', bytes: secret })).bytes,
      async open(sealed: Buffer) {
        const { bytes: secret, stale } = bytesOf(await put({ op: 'open', bytes: sealed }));
        return { secret, stale };
      },
    },
    answered(id: number, answer: StoreAnswer) {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  } satisfies StoreAsker);
}

/** The host's side; never rejects. */
export async function answerStore(store: SecretStore | null, question: StoreQuestion): Promise<StoreAnswer> {
  if (!store) return null;
  try {
    if (question.op === 'backend') return { backend: await store.backend() };
    const bytes = Buffer.from(question.bytes);
    if (question.op === 'seal') return { bytes: await store.seal(bytes), stale: false };
    const { secret, stale } = await store.open(bytes);
    return { bytes: secret, stale };
  } catch {
    return null;
  }
}

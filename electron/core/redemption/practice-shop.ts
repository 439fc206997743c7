/** The practice shop: a made-up company for a first try. It runs in a thread of its own, speaks to the vault over HTTP as any company does, and is given nothing but the vault's address. */
import { Worker } from 'node:worker_threads';

export interface PracticeShop {
  /** Opens it, or finds it open. @returns its address, e.g. "http://127.0.0.1:40123" */
  open(vaultUrl: string): Promise<string>;
  /** Its keys and what it was told go with it. */
  close(): Promise<void>;
}

/** Where its thread starts: built it lies beside the other threads, from source with the SDK. */
const threadBeside = (workerUrl: URL): URL => new URL(workerUrl.href.endsWith('.ts') ? '../../../sdk/demo-shop/thread.ts' : './practice-shop.js', workerUrl);

/** `workerUrl` is the module worker threads start from. */
export function createPracticeShop(workerUrl: URL): PracticeShop {
  let running: { readonly thread: Worker; readonly url: Promise<string> } | null = null;
  const start = (vaultUrl: string): NonNullable<typeof running> => {
    const thread = new Worker(threadBeside(workerUrl), { workerData: { vaultUrl }, stdout: false, stderr: false });
    const url = new Promise<string>((resolve, reject) => {
      thread.once('message', (message: { readonly url: string }) => { resolve(message.url); });
      thread.once('error', reject);
      thread.once('exit', () => {
        if (running?.thread === thread) running = null;
        reject(new Error('the practice shop ended'));
      });
    });
    return { thread, url };
  };
  return Object.freeze({
    open(vaultUrl: string) {
      running ??= start(vaultUrl);
      return running.url;
    },
    async close() {
      await running?.thread.terminate();
    },
  } satisfies PracticeShop);
}

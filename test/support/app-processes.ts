/** The processes of a running program and what is in their memory. Linux only. */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/** `root` and everything it started, and so on, that lives now. */
export function processesOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    try {
      // The name in parentheses may hold anything; the parent is the second field after it.
      parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]));
    } catch { continue; }
  }
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

const CHUNK_BYTES = 4 * 2 ** 20;

/** Which of `needles` lie anywhere in the memory of a process that it may read. */
export function inMemory(pid: number, needles: Readonly<Record<string, Buffer>>): string[] {
  const wanted = new Set(Object.keys(needles));
  const overlap = Math.max(...Object.values(needles).map(({ length }) => length)) - 1;
  const found: string[] = [];
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [range = '', rights = ''] = line.split(' ');
      if (!rights.startsWith('r')) continue;
      const [from = 0, to = 0] = range.split('-').map((hex) => Number.parseInt(hex, 16));
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      for (let at = from; at < to; at += CHUNK_BYTES - overlap) {
        let size: number;
        // Pages that were given back meanwhile cannot be read.
        try { size = readSync(memory, buffer, 0, Math.min(CHUNK_BYTES, to - at), at); } catch { continue; }
        const bytes = buffer.subarray(0, size);
        for (const name of wanted) {
          const needle = needles[name];
          if (needle === undefined || !bytes.includes(needle)) continue;
          found.push(name);
          wanted.delete(name);
        }
      }
      buffer.fill(0);
    }
  } finally {
    closeSync(memory);
  }
  return found;
}

/** What a disk may hold after the power went: a recorded life, cut anywhere, with everything unsynced lost, kept, reordered or torn. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Line } from './life.ts';

type Op =
  | { readonly op: 'C' | 'S' | 'D' | 'U' | 'M'; readonly path: string }
  | { readonly op: 'W'; readonly path: string; readonly at: number; readonly bytes: Buffer }
  | { readonly op: 'T'; readonly path: string; readonly size: number }
  | { readonly op: 'R'; readonly path: string; readonly to: string }
  | { readonly op: 'A'; readonly lines: readonly Line[] };

/** Builds the recorder. @returns its path, or why it cannot be used here */
export function buildRecorder(folder: string): { readonly library: string } | { readonly why: string } {
  if (process.platform !== 'linux') return { why: 'LD_PRELOAD is of Linux' };
  const library = join(folder, 'record.so');
  const run = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, join(import.meta.dirname, 'record.c'), '-ldl', '-lpthread'], { encoding: 'utf8' });
  if (run.error) return { why: 'there is no C compiler (cc)' };
  if (run.status !== 0) throw new Error(run.stderr);
  return { library };
}

/** Reads a trace; paths become relative to `root`. A line that was written in pieces comes with its last piece. */
export function readTrace(trace: string, root: string): Op[] {
  const bytes = readFileSync(trace);
  const ops: Op[] = [];
  let said = '';
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const [, op = '', first = '', second = '', paths = ''] = /^(\S) (\d+) (\d+) (.*)$/su.exec(bytes.toString('utf8', at, end)) ?? [];
    const [path = '', to = ''] = paths.split('\t').map((name) => relative(root, name));
    at = end + 1;
    const size = op === 'W' || op === 'A' ? Number(second) : 0;
    const data = bytes.subarray(at, at + size);
    at += size;
    // The reserve holds nothing: it may be there, half there or gone.
    if (path === 'reserve') continue;
    if (op === 'W') ops.push({ op, path, at: Number(first), bytes: data });
    else if (op === 'T') ops.push({ op, path, size: Number(first) });
    else if (op === 'R') ops.push({ op, path, to });
    else if (op === 'A') {
      said += data.toString('utf8');
      const whole = said.lastIndexOf('\n') + 1;
      ops.push({ op, lines: said.slice(0, whole).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line) });
      said = said.slice(whole);
    } else if (op === 'C' || op === 'S' || op === 'D' || op === 'U' || op === 'M') ops.push({ op, path });
    else throw new Error(`a record that is none: ${op}`);
  }
  return ops;
}

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly size: number };
interface Inode { durable: Buffer; pending: Change[] }
type NameChange = { readonly name: string; readonly inode: Inode | null };

const SECTOR = 512;

function applied(content: Buffer, change: Change): Buffer {
  if ('size' in change) {
    const next = Buffer.alloc(change.size);
    content.copy(next, 0, 0, Math.min(content.length, change.size));
    return next;
  }
  const next = Buffer.alloc(Math.max(content.length, change.at + change.bytes.length));
  content.copy(next);
  change.bytes.copy(next, change.at);
  return next;
}

/** How the unsynced part of a disk fares. */
export type Fate = 'lost' | 'kept' | 'some' | 'torn';
export const FATES: readonly Fate[] = ['lost', 'kept', 'some', 'torn'];

/**
 * A disk that remembers what is certain and what is not. A file's bytes are certain after it was synced; that a name means a file
 * (created, renamed, removed) is certain after its folder was. Names change in order, as in the journals of file systems; bytes do not.
 */
export class Disk {
  readonly #names = new Map<string, Inode>();
  readonly #certain = new Map<string, Inode>();
  /** By folder, in order. */
  readonly #pending = new Map<string, NameChange[]>();
  readonly #folders = new Set<string>();

  /** Everything in `files` is there for certain. */
  constructor(files: ReadonlyMap<string, Buffer>) {
    for (const [name, bytes] of files) {
      const inode = { durable: bytes, pending: [] };
      this.#names.set(name, inode);
      this.#certain.set(name, inode);
      this.#folders.add(dirname(name));
    }
  }

  apply(op: Op): void {
    switch (op.op) {
      case 'C': {
        const there = this.#names.get(op.path);
        if (there) there.pending.push({ size: 0 });
        else this.#name(op.path, { durable: Buffer.alloc(0), pending: [] });
        break;
      }
      case 'W': this.#names.get(op.path)?.pending.push({ at: op.at, bytes: op.bytes }); break;
      case 'T': this.#names.get(op.path)?.pending.push({ size: op.size }); break;
      case 'S': {
        const inode = this.#names.get(op.path);
        if (!inode) break;
        inode.durable = inode.pending.reduce(applied, inode.durable);
        inode.pending = [];
        break;
      }
      case 'D': {
        const folder = op.path === '' ? '.' : op.path;
        for (const { name, inode } of this.#pending.get(folder) ?? []) set(this.#certain, name, inode);
        this.#pending.delete(folder);
        break;
      }
      case 'R': {
        const inode = this.#names.get(op.path);
        if (!inode) break;
        this.#name(op.to, inode);
        this.#name(op.path, null);
        break;
      }
      case 'U': this.#name(op.path, null); break;
      case 'M': this.#folders.add(op.path); break;
      case 'A': break;
    }
  }

  /** Changes that a cut now could lose. */
  uncertain(): number {
    let changes = 0;
    for (const { pending } of new Set([...this.#names.values(), ...this.#certain.values()])) changes += pending.length;
    for (const names of this.#pending.values()) changes += names.length;
    return changes;
  }

  /** Lays what is left into an empty folder. `random`: 0 to 1. */
  lay(folder: string, fate: Fate, random: () => number): void {
    const names = new Map(this.#certain);
    for (const changes of this.#pending.values()) {
      const kept = fate === 'lost' ? 0 : fate === 'kept' ? changes.length : Math.floor(random() * (changes.length + 1));
      for (const { name, inode } of changes.slice(0, kept)) set(names, name, inode);
    }
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    for (const name of this.#folders) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
    for (const [name, inode] of names) writeFileSync(join(folder, name), this.#bytes(inode, fate, random), { mode: 0o600 });
  }

  #bytes({ durable, pending }: Inode, fate: Fate, random: () => number): Buffer {
    if (fate === 'lost') return durable;
    if (fate === 'kept') return pending.reduce(applied, durable);
    // A subset out of order is what reordering leaves: later writes there, earlier ones not.
    const survivors = fate === 'some' ? pending.filter(() => random() < 0.5) : pending.slice(0, Math.ceil(random() * pending.length));
    const last = survivors.at(-1);
    if (fate === 'some' || !last || 'size' in last) return survivors.reduce(applied, durable);
    const sectors = Math.floor(random() * Math.ceil(last.bytes.length / SECTOR));
    return [...survivors.slice(0, -1), { at: last.at, bytes: last.bytes.subarray(0, sectors * SECTOR) }].reduce(applied, durable);
  }

  #name(name: string, inode: Inode | null): void {
    set(this.#names, name, inode);
    const folder = dirname(name).split(sep).join('/');
    const changes = this.#pending.get(folder) ?? [];
    changes.push({ name, inode });
    this.#pending.set(folder, changes);
  }
}

function set(names: Map<string, Inode>, name: string, inode: Inode | null): void {
  if (inode) names.set(name, inode);
  else names.delete(name);
}

/** Numbers of things as columns indexed by item id, kept in the database in blocks of ids. Little-endian, as every machine this runs on. */

/** Things in one block. */
export const BLOCK_THINGS = 4_096;

const MAKERS = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array } as const;
type Form = keyof typeof MAKERS;
export type Columns<Shape extends Readonly<Record<string, Form>>> = { readonly [Name in keyof Shape]: InstanceType<(typeof MAKERS)[Shape[Name]]> };

/** How one group of columns is made and goes to blocks and back. The order of `shape` is the order in a block. */
export interface Layout<Shape extends Readonly<Record<string, Form>>> {
  /** All 0, for ids from 0 up to the end of the last block. */
  make(blocks: number): Columns<Shape>;
  read(into: Columns<Shape>, block: number, from: Uint8Array): void;
  write(from: Columns<Shape>, block: number): Buffer;
  /** Sets all columns of this thing to 0. */
  clear(of: Columns<Shape>, itemId: number): void;
}

export function layoutOf<const Shape extends Readonly<Record<string, Form>>>(shape: Shape): Layout<Shape> {
  const names = Object.keys(shape) as (keyof Shape & string)[];
  const bytesOf = (columns: Columns<Shape>, block: number): Uint8Array[] => names.map((name) => {
    const { buffer, BYTES_PER_ELEMENT } = columns[name] as Float64Array;
    return new Uint8Array(buffer, block * BLOCK_THINGS * BYTES_PER_ELEMENT, BLOCK_THINGS * BYTES_PER_ELEMENT);
  });
  return Object.freeze({
    make: (blocks) => Object.fromEntries(names.map((name) => [name, new MAKERS[shape[name] as Form](blocks * BLOCK_THINGS)])) as Columns<Shape>,
    read(into, block, from) {
      let at = 0;
      for (const bytes of bytesOf(into, block)) {
        if (at + bytes.length > from.length) throw new Error('a block of totals is too short');
        bytes.set(from.subarray(at, at + bytes.length));
        at += bytes.length;
      }
    },
    write: (from, block) => Buffer.concat(bytesOf(from, block)),
    clear(of, itemId) { for (const name of names) (of[name] as Float64Array)[itemId] = 0; },
  } satisfies Layout<Shape>);
}

export const blockOf = (itemId: number): number => Math.floor(itemId / BLOCK_THINGS);

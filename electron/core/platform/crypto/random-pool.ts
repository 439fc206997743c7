/** Randomness for salts and nonces, drawn many at a time: one call for each costs more than hashing what it salts. */

const POOL_BYTES = 8_192;

/** The same as `randomBytes`, in slices of larger draws, none given twice. For what may be seen or stored; keys are drawn by themselves, so that no other slice keeps them in memory. */
export function createRandomPool(randomBytes: (size: number) => Buffer): (size: number) => Buffer {
  let pool: Buffer = Buffer.alloc(0);
  return (size) => {
    if (pool.length < size) pool = randomBytes(Math.max(size, POOL_BYTES));
    const slice = pool.subarray(0, size);
    pool = pool.subarray(size);
    return slice;
  };
}

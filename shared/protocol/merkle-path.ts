/** Which way an inclusion proof climbs (RFC 9162 §2.1.3.2), without hashing, so that vault and company count the same steps. */

/** On which side of the path each element of the proof stands, from the leaf up. */
type Side = 'left' | 'right';

/** Null when there is no such leaf: the index must be a whole number below the size. */
export function inclusionSides(index: number, size: number): Side[] | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  const sides: Side[] = [];
  // Arithmetic, not bit operators: those end at 32 bits.
  for (let at = index, last = size - 1; last > 0; at = Math.floor(at / 2), last = Math.floor(last / 2)) {
    if (at % 2 === 1) sides.push('left');
    else if (at < last) sides.push('right');
    // Otherwise the node has no sibling at this height and rises unchanged.
  }
  return sides;
}

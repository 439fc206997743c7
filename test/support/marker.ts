/** Stands in every field of made-up exports that must never be stored. */
export const MARKER = 'MARKER-9f3c71';

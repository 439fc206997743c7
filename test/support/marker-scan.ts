/** Where on disk a text lies, in either of the encodings programs keep text in. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Lying { readonly path: string; readonly marker: string }

/** Every regular file below `folder`. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Looks for each marker in the contents and names of all files below `folder`. */
export function markersIn(folder: string, markers: readonly string[]): Lying[] {
  return filesBelow(folder).flatMap((path) => {
    // As bytes: a marker of plain letters looks the same in latin1 and UTF-8.
    const bytes = readFileSync(path);
    return markers.filter((marker) => path.includes(marker) || bytes.includes(marker) || bytes.includes(Buffer.from(marker, 'utf16le'))).map((marker) => ({ path, marker }));
  });
}

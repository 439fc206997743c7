/** The containers in which Windows and macOS take icons, made of PNGs. */

export interface Picture { readonly size: number; readonly png: Buffer }

export const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256] as const;
/** By their four letters in an icon family; 64 and 1024 stand for twice 32 and 512. */
const ICNS_TYPES = { 16: 'icp4', 32: 'icp5', 64: 'icp6', 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' } as const;
export const ICNS_SIZES = [16, 32, 64, 128, 256, 512, 1024] as const satisfies readonly (keyof typeof ICNS_TYPES)[];

/** ICO: a header of 6 bytes, 16 for each picture, then the pictures. A side of 256 is written as 0. */
export function icoOf(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let at = 6 + 16 * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(at, 12);
    at += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)]);
}

/** ICNS: `icns` and the length of all, then type, length and picture of each; lengths are big-endian and count their own eight bytes. */
export function icnsOf(pictures: readonly { readonly size: keyof typeof ICNS_TYPES; readonly png: Buffer }[]): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'latin1');
    head.writeUInt32BE(content.length + 8, 4);
    return Buffer.concat([head, content]);
  };
  return chunk('icns', Buffer.concat(pictures.map(({ size, png }) => chunk(ICNS_TYPES[size], png))));
}

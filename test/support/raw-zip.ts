/** Writes zip archives no honest program would: any name, size, attribute, offset or byte. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface RawEntry {
  readonly name: string;
  readonly content?: Buffer;
  /** What the directory claims instead of the truth. */
  readonly declaredSize?: number;
  readonly declaredCrc?: number;
  readonly declaredPacked?: number;
  /** Name in the entry's own header, when it is to differ. */
  readonly localName?: string;
  /** Unix mode in the upper half of the external attributes. */
  readonly mode?: number;
  readonly isEncrypted?: boolean;
  /** Shares the bytes of the entry before it. */
  readonly overlaps?: boolean;
}

/** As programs write that do not know an entry's sizes before its bytes are out: they follow behind it. */
export const followedZip = (entries: readonly RawEntry[]): Buffer => rawZip(entries, true);

export function rawZip(entries: readonly RawEntry[], follow: unknown = false): Buffer {
  const bodies: Buffer[] = [], directory: Buffer[] = [];
  let offset = 0, previousOffset = 0;
  for (const entry of entries) {
    const content = entry.content ?? Buffer.from('x');
    const packed = deflateRawSync(content);
    const flags = 0x800 | (entry.isEncrypted ? 1 : 0) | (follow === true ? 8 : 0);
    const size = entry.declaredSize ?? content.length, crc = entry.declaredCrc ?? crc32(content);
    const at = entry.overlaps ? previousOffset : offset;
    if (!entry.overlaps) {
      const localName = Buffer.from(entry.localName ?? entry.name);
      const local = Buffer.alloc(30);
      local.writeUInt32LE(0x04034b50, 0); local.writeUInt16LE(20, 4); local.writeUInt16LE(flags, 6); local.writeUInt16LE(8, 8);
      local.writeUInt32LE(crc, 14); local.writeUInt32LE(packed.length, 18); local.writeUInt32LE(size, 22); local.writeUInt16LE(localName.length, 26);
      const descriptor = Buffer.alloc(follow === true ? 16 : 0);
      if (follow === true) {
        local.fill(0, 14, 26);
        descriptor.writeUInt32LE(0x08074b50, 0); descriptor.writeUInt32LE(crc, 4); descriptor.writeUInt32LE(packed.length, 8); descriptor.writeUInt32LE(size, 12);
      }
      bodies.push(local, localName, packed, descriptor);
      previousOffset = offset;
      offset += local.length + localName.length + packed.length + descriptor.length;
    }
    const name = Buffer.from(entry.name);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0); central.writeUInt16LE(0x0314, 4); central.writeUInt16LE(20, 6); central.writeUInt16LE(flags, 8); central.writeUInt16LE(8, 10);
    central.writeUInt32LE(crc, 16); central.writeUInt32LE(entry.declaredPacked ?? packed.length, 20); central.writeUInt32LE(size, 24); central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38); central.writeUInt32LE(at, 42);
    directory.push(central, name);
  }
  const directorySize = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(entries.length, 8); end.writeUInt16LE(entries.length, 10); end.writeUInt32LE(directorySize, 12); end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

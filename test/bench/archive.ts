/** A Takeout archive far larger than anybody's disk wants to hold twice: zip64, mostly videos, which are holes in the file; what is to be read lies among and behind them. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { seededRandom } from './generate.ts';

const MAX_32 = 0xffff_ffff;
const PICTURES = 20_000, PICTURE_BYTES = 100_000;
const HISTORY = 'Takeout/YouTube and YouTube Music/history/watch-history.json';

/** CRC-32 of so many zero bytes. */
function crcOfZeros(size: number): number {
  const block = Buffer.alloc(2 ** 22);
  let crc = 0;
  for (let left = size; left > 0; left -= block.length) crc = crc32(left < block.length ? block.subarray(0, left) : block, crc);
  return crc;
}

/** Watch history as Takeout writes it, of so many videos. */
function historyOf(records: number): Buffer {
  const random = seededRandom(5);
  const seen = Array.from({ length: records }, (_, i) => ({
    header: 'YouTube', title: `Watched Building a garden shed, part ${i % 5_000}`, titleUrl: `https://www.youtube.com/watch?v=${(i % 5_000).toString(36).padStart(11, 'a')}`,
    subtitles: [{ name: `Workshop ${Math.floor(random() * 200)}`, url: 'https://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa' }],
    time: new Date(Date.UTC(2016, 0, 1) + i * 1_500_000).toISOString(), products: ['YouTube'], activityControls: ['YouTube watch history'],
  }));
  return Buffer.from(JSON.stringify(seen));
}

/** @returns the archive; on disk it takes what is not a hole */
export async function generateTakeout({ folder, gigabytes, records }: { readonly folder: string; readonly gigabytes: number; readonly records: number }): Promise<string> {
  const path = join(folder, 'takeout-20260101T000000Z-001.zip');
  const file = await open(path, 'w');
  const video = 2 ** 30, crc = crcOfZeros(video), pictureCrc = crcOfZeros(PICTURE_BYTES);
  const directory: Buffer[] = [];
  let offset = 0;
  const put = async (name: string, method: 0 | 8, of: { readonly crc: number; readonly size: number; readonly packed: Buffer | number }): Promise<void> => {
    const label = Buffer.from(name), packedSize = typeof of.packed === 'number' ? of.packed : of.packed.length;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0); local.writeUInt16LE(45, 4); local.writeUInt16LE(0x800, 6); local.writeUInt16LE(method, 8);
    local.writeUInt32LE(of.crc, 14); local.writeUInt32LE(packedSize, 18); local.writeUInt32LE(of.size, 22); local.writeUInt16LE(label.length, 26);
    await file.write(Buffer.concat([local, label]), 0, undefined, offset);
    if (typeof of.packed !== 'number') await file.write(of.packed, 0, undefined, offset + local.length + label.length);
    // Where it begins does not fit into 32 bits for most of them: APPNOTE 4.5.3.
    const extra = Buffer.alloc(12);
    extra.writeUInt16LE(1, 0); extra.writeUInt16LE(8, 2); extra.writeBigUInt64LE(BigInt(offset), 4);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0); central.writeUInt16LE(0x032d, 4); central.writeUInt16LE(45, 6); central.writeUInt16LE(0x800, 8); central.writeUInt16LE(method, 10);
    central.writeUInt32LE(of.crc, 16); central.writeUInt32LE(packedSize, 20); central.writeUInt32LE(of.size, 24); central.writeUInt16LE(label.length, 28); central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE((0o100644 << 16) >>> 0, 38); central.writeUInt32LE(MAX_32, 42);
    directory.push(central, label, extra);
    offset += local.length + label.length + packedSize;
  };
  // Each picture has a file beside it, as thousands of them have.
  for (let i = 0; i < PICTURES; i++) {
    const name = `Takeout/Google Photos/Photos from ${2000 + (i % 26)}/IMG_${String(i).padStart(5, '0')}.jpg`, about = Buffer.from(JSON.stringify({ title: `IMG_${i}.jpg`, photoTakenTime: { timestamp: String(1_200_000_000 + i * 9_000) } }));
    await put(name, 0, { crc: pictureCrc, size: PICTURE_BYTES, packed: PICTURE_BYTES });
    await put(`${name}.supplemental-metadata.json`, 0, { crc: crc32(about), size: about.length, packed: about });
  }
  for (let i = 0; i < gigabytes; i++) {
    await put(`Takeout/Google Photos/Photos from ${2000 + (i % 26)}/VID_${String(i).padStart(4, '0')}.mp4`, 0, { crc, size: video, packed: video });
  }
  const history = historyOf(records);
  await put(HISTORY, 8, { crc: crc32(history), size: history.length, packed: deflateRawSync(history) });
  const listed = Buffer.concat(directory), entries = BigInt(directory.length / 3);
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0); end64.writeBigUInt64LE(44n, 4); end64.writeUInt16LE(0x032d, 12); end64.writeUInt16LE(45, 14);
  end64.writeBigUInt64LE(entries, 24); end64.writeBigUInt64LE(entries, 32); end64.writeBigUInt64LE(BigInt(listed.length), 40); end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0); locator.writeBigUInt64LE(BigInt(offset + listed.length), 8); locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(0xffff, 8); end.writeUInt16LE(0xffff, 10); end.writeUInt32LE(MAX_32, 12); end.writeUInt32LE(MAX_32, 16);
  await file.write(Buffer.concat([listed, end64, locator, end]), 0, undefined, offset);
  await file.close();
  return path;
}

/** ZIP archives (PKWARE APPNOTE 6.3.10), as much of them as a bill needs: deflated files, no time, no encryption. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZippedFile {
  /** In any encoding: nothing in the archive says which. */
  readonly name: Uint8Array;
  readonly content: Uint8Array;
}

const VERSION = 20;
const DEFLATED = 8;
/** 1 January 1980, the first day that there is. */
const DATE = 0x21;

export function zipOf(files: readonly ZippedFile[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const packed = deflateRawSync(content);
    const sizes = numbers([crc32(content), 4], [packed.length, 4], [content.length, 4], [name.length, 2], [0, 2]);
    const about = Buffer.concat([numbers([VERSION, 2], [0, 2], [DEFLATED, 2], [0, 2], [DATE, 2]), sizes]);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, name, packed]);
    locals.push(local);
    const place = numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), numbers([VERSION, 2]), about, place, name]));
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const count = files.length;
  const end = numbers([0, 2], [0, 2], [count, 2], [count, 2], [directory.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

/** Numbers of two or four bytes each, the lowest byte first. */
const numbers = (...given: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer =>
  Buffer.concat(
    given.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );

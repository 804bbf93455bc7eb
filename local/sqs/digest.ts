import { createHash, hash } from 'node:crypto';
import type { JsonObject } from '../contracts.ts';

/** MD5 of the body, in hex; SDK clients refuse an answer whose digest differs. */
export const digestOfBody = (body: string): string => hash('md5', body);

/**
 * MD5 of message attributes, in hex, by the algorithm of the SQS developer guide: sorted by name; each name, type
 * and value preceded by its length (4 bytes, big endian), the value also by 1 for text or 2 for binary.
 */
export function digestOfAttributes(attributes: JsonObject): string {
  const md5 = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    md5.update(length).update(bytes);
  };
  for (const name of Object.keys(attributes).sort()) {
    const { DataType, StringValue, BinaryValue } = attributes[name] as {
      DataType: string;
      StringValue?: string;
      BinaryValue?: string;
    };
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    md5.update(Buffer.of(BinaryValue === undefined ? 1 : 2));
    add(BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64'));
  }
  return md5.digest('hex');
}

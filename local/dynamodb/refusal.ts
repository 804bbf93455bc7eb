import { AwsError, type JsonObject } from '../contracts.ts';
import { text } from '../properties.ts';
import { fullDisk, isFull } from '../storage-failure.ts';

/**
 * What an engine refused, as AWS's clients know it.
 * @param content the engine's answer, with a type such as `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException`
 * @param dir the folder with the engine's data, which the message names when the disk is full. Absent: in memory
 */
export function refusalOf(status: number, content: JsonObject, dir: string | undefined): AwsError {
  const { __type: type, message: small, Message: large, ...details } = content;
  const code = (text(type) ?? 'InternalServerError').split('#').at(-1)!;
  const message = text(small) ?? text(large) ?? code;
  const noRoom = status >= 500 && dir !== undefined && isFull(dir, message);
  return new AwsError(code, noRoom ? fullDisk(dir, message) : message, status, details);
}

import type { IncomingMessage } from 'node:http';
import { AwsError } from '../contracts.ts';

/** The largest request of any service here: Lambda's payload of 6 MB, with room for its envelope; DynamoDB's is 16 MB. */
const MAX_BYTES = 17 * 1024 * 1024;

/** The body as text. @throws AwsError `RequestEntityTooLarge` */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BYTES) chunks.push(chunk);
      else reject(new AwsError('RequestEntityTooLarge', `The request has more than ${MAX_BYTES} bytes.`, 413));
    });
    request.on('end', () => resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString()));
    request.on('error', reject);
  });
}

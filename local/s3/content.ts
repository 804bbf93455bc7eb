import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError, type EndpointRequest } from '../contracts.ts';
import { headerOf } from '../request-header.ts';

/**
 * The content in a PutObject, without the frames of `aws-chunked`.
 * @throws AwsError `BadDigest` when it is not what its checksum says, `NotImplemented` for content that is no text
 */
export function contentOf(request: EndpointRequest): string {
  const framed = headerOf(request, 'x-amz-content-sha256')?.startsWith('STREAMING-') === true;
  const content = framed ? unframed(Buffer.from(request.body)).toString() : request.body;
  // The endpoint reads a request as text; where that was no text, it put this character.
  if (content.includes('\uFFFD')) {
    throw new AwsError('NotImplemented', 'This S3 keeps text in UTF-8 only; the object is something else.', 501);
  }
  checkDigest(request, 'content-md5', () => createHash('md5').update(content).digest('base64'));
  checkDigest(request, 'x-amz-checksum-crc32', () => crc32Of(content));
  return content;
}

/** The chunks of a body in the form `<bytes in hex>[;signature]\r\n<bytes>\r\n`; the last has none, and trailers may follow. */
function unframed(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(size)) {
      throw new AwsError('IncompleteBody', 'The body is no sequence of chunks, as its headers say it is.');
    }
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

/** As S3 gives it, in Base64. */
export function crc32Of(content: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(content));
  return bytes.toString('base64');
}

function checkDigest(request: EndpointRequest, header: string, digest: () => string): void {
  const given = headerOf(request, header);
  if (given === undefined || given === digest()) return;
  throw new AwsError('BadDigest', `The ${header} you specified did not match what we received.`);
}

import type { AwsError, EndpointAnswer } from '../contracts.ts';
import type { ObjectHead } from './objects.ts';
import { type Elements, errorDocument, xmlDocument } from './xml.ts';

export const xmlAnswer = (root: string, content: Elements): EndpointAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: xmlDocument(root, content),
});

export const emptyAnswer = (status: number, headers: EndpointAnswer['headers'] = {}): EndpointAnswer => ({
  status,
  headers,
  body: '',
});

export const errorAnswer = ({ code, message, status, details }: AwsError): EndpointAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  // As S3 alone among the services names it.
  body: errorDocument({
    Code: code === 'AccessDeniedException' ? 'AccessDenied' : code,
    Message: message,
    ...(details as Elements),
  }),
});

export const objectHeaders = ({ etag, modifiedAt, headers }: ObjectHead): EndpointAnswer['headers'] => ({
  'content-type': 'binary/octet-stream',
  ...headers,
  etag,
  'last-modified': new Date(modifiedAt).toUTCString(),
});

/** An object in a list. */
export const listed = ({ key, modifiedAt, etag, size }: ObjectHead, encode: (key: string) => string): Elements => ({
  Key: encode(key),
  LastModified: new Date(modifiedAt).toISOString(),
  ETag: etag,
  Size: size,
  StorageClass: 'STANDARD',
});

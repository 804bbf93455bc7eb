import { AwsError, type EndpointAnswer, type EndpointRequest, type JsonObject } from '../contracts.ts';
import { headerOf } from '../request-header.ts';

/** @throws AwsError `SerializationException` */
export function parseInput(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Answered below, like any other value that is no object.
  }
  throw new AwsError('SerializationException', 'The request is no JSON object.');
}

/** An answer in the version of the protocol that the request is in: EventBridge's is 1.1, the others' 1.0. */
export const jsonAnswer = (status: number, content: JsonObject, contentType = 'application/json'): EndpointAnswer => ({
  status,
  headers: { 'content-type': contentType },
  body: JSON.stringify(content),
});

/**
 * An error as SDK clients read it: its code in the body and in a header.
 * @param ownHeaders what clients of the service expect besides
 */
export function errorAnswer(
  { code, message, status, details }: AwsError,
  request: EndpointRequest,
  ownHeaders: Readonly<Record<string, string>> = {},
): EndpointAnswer {
  const content = { __type: code, message, ...details };
  const { headers, body } = jsonAnswer(status, content, headerOf(request, 'content-type'));
  return { status, headers: { ...headers, 'x-amzn-errortype': code, ...ownHeaders }, body };
}

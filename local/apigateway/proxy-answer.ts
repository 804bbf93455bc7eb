import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Json, JsonObject } from '../contracts.ts';
import type { HttpAnswer } from './http-answer.ts';

/** A function answered something that API Gateway does not take for an answer; the message says what. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

const KNOWN_FIELDS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

/**
 * Reads what a proxy integration's function answered.
 * @param decodes whether the client accepts the API's binary media types, so that a base64 body is decoded
 * @throws MalformedAnswer
 */
export function parseAnswer(payload: string, decodes: boolean): HttpAnswer {
  const answer = parseObject(payload);
  const unknown = Object.keys(answer).filter((field) => !KNOWN_FIELDS.includes(field));
  if (unknown.length > 0) {
    throw new MalformedAnswer(`it has fields that API Gateway does not know: ${unknown.join(', ')}`);
  }
  const { body = null, isBase64Encoded = false } = answer;
  if (body !== null && typeof body !== 'string') throw new MalformedAnswer('its body is no string');
  if (typeof isBase64Encoded !== 'boolean') throw new MalformedAnswer('its isBase64Encoded is no boolean');
  return {
    status: statusOf(answer['statusCode']),
    headers: { 'content-type': ['application/json'], ...headersOf(answer) },
    body: Buffer.from(body ?? '', isBase64Encoded && decodes ? 'base64' : 'utf8'),
  };
}

function parseObject(payload: string): JsonObject {
  const answer = JSON.parse(payload) as Json;
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    throw new MalformedAnswer('it is no object');
  }
  return answer;
}

function statusOf(value: Json | undefined): number {
  const status = typeof value === 'string' ? Number(value) : value;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new MalformedAnswer(`its statusCode is ${JSON.stringify(value)}`);
}

/** A name in both maps has the values of `multiValueHeaders`. */
function headersOf({ headers, multiValueHeaders }: JsonObject): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [name, value] of entriesOf(headers)) found[name] = [headerValue(name, value)];
  for (const [name, values] of entriesOf(multiValueHeaders)) {
    if (!Array.isArray(values)) throw new MalformedAnswer(`its multiValueHeaders has no list for ${name}`);
    found[name] = values.map((value) => headerValue(name, value));
  }
  return found;
}

function entriesOf(headers: Json | undefined): [string, Json][] {
  if (headers === undefined || headers === null) return [];
  if (typeof headers !== 'object' || Array.isArray(headers)) throw new MalformedAnswer('its headers are no object');
  return Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
}

function headerValue(name: string, value: Json): string {
  if (typeof value === 'object') throw new MalformedAnswer(`its header ${name} is no string`);
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
  } catch {
    throw new MalformedAnswer(`its header ${JSON.stringify(name)} cannot be sent`);
  }
  return String(value);
}

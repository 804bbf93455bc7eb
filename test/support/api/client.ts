/** A client of the API that checks every answer against the API document. */

import { apiDocument } from '../../../functions/api-docs/http/document/document.ts';
import type {
  Response as Documented,
  Operation,
  Reference,
} from '../../../functions/api-docs/http/document/document-types.ts';
import { CONTRACTS } from '../../../functions/published/contracts.ts';
import { PROBLEMS } from '../../../functions/published/problems.ts';
import { CLIENTS } from '../platform/target.ts';
import { Turns } from '../run/turns.ts';
import { faultsOf, validatorsOf } from './schemas.ts';

const turns = new Turns(CLIENTS);
const document = apiDocument(CONTRACTS, PROBLEMS);
const validators = validatorsOf(document, { closed: true });
const { components } = document;
const PROBLEM = 'application/problem+json';
const ANY_PROBLEM = { $ref: '#/components/schemas/Problem' };

/** API Gateway's own answers to unknown paths or methods, and to bodies that are too large. */
const OUTSIDE: Readonly<Record<number, readonly string[]>> = {
  404: ['no-such-resource'],
  405: ['method-not-allowed'],
  413: ['body-too-large'],
};

const ROUTES = Object.entries(document.paths)
  .flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      // As in API Gateway's routing, a word goes before a parameter, and a slash at the end does not count.
      pattern: new RegExp(`^${route.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
      parameters: route.split('{').length - 1,
      operation,
    })),
  )
  .sort((one, other) => one.parameters - other.parameters);

/** The operation that the document has for a request, if any. */
export const operationFor = (method: string, path: string): Operation | undefined =>
  ROUTES.find((route) => route.method === method && route.pattern.test(path))?.operation;

/**
 * Sends a request to a path below `/api/v1`. @throws Error when the answer is not what the document promises: its status,
 * its media type, its form, the type of its problem, and the headers that are always there
 */
export async function callApi(base: string, path: string, init: RequestInit = {}): Promise<Response> {
  const { answer, text } = await turns.take(async () => {
    const sent = await fetch(`${base}/api/v1${path}`, init);
    return { answer: sent, text: await sent.clone().text() };
  });
  const method = init.method ?? 'GET';
  const faults = faultsOfAnswer(method, new URL(`/api/v1${path}`, base).pathname, {
    status: answer.status,
    headers: answer.headers,
    text,
  });
  if (faults.length > 0) {
    throw new Error(
      `${method} ${path} answered what is not documented: ${faults.join('; ')}\n${answer.status} ${text.slice(0, 2_000)}`,
    );
  }
  return answer;
}

/** Deviations from the document, as text; none when the answer is as documented. */
export function faultsOfAnswer(
  method: string,
  path: string,
  answer: { readonly status: number; readonly headers: Headers; readonly text: string },
): string[] {
  const { status, headers, text } = answer;
  const correlation = headers.get('x-correlation-id') ? [] : ['it has no X-Correlation-Id'];
  const operation = operationFor(method, path);
  if (!operation || OUTSIDE[status]?.some((kind) => text.includes(`"urn:waybill:problem:${kind}"`))) {
    const allowed = (OUTSIDE[status] ?? []).map((kind) => `urn:waybill:problem:${kind}`);
    return [...correlation, ...faultsOfBody(ANY_PROBLEM, PROBLEM, headers, text), ...faultsOfType(allowed, text)];
  }
  const entry = operation.responses[status];
  if (!entry) {
    return [...correlation, `the status ${status} is not among ${Object.keys(operation.responses).join(', ')}`];
  }
  const response = resolved(entry);
  const missing = Object.values(response.headers ?? {})
    .map(({ $ref }) => $ref.split('/').at(-1)!)
    .filter((name) => (components.headers[name] as { required?: true }).required && !headers.has(name));
  const [[type, { schema }] = [undefined, { schema: {} }]] = Object.entries(response.content ?? {});
  const body = type === undefined ? (text === '' ? [] : ['it has a body']) : faultsOfBody(schema, type, headers, text);
  return [...correlation, ...missing.map((name) => `it has no ${name}`), ...faultsOfHeaders(headers, text), ...body];
}

/** An answer that asks for a retry names the time, and rate-limit headers are complete or absent. */
function faultsOfHeaders(headers: Headers, text: string): string[] {
  const kind = /"type":"urn:waybill:problem:([\w-]+)"/.exec(text)?.[1];
  const own = Object.keys((kind && components.responses[kind]?.headers) ?? {});
  const limits = Object.keys(components.headers).filter((name) => name.startsWith('RateLimit-'));
  const told = limits.filter((name) => headers.has(name));
  return [
    ...(own.includes('Retry-After') && !/^[1-9]\d*$/.test(headers.get('retry-after') ?? '')
      ? ['it has no time to retry after']
      : []),
    ...(told.length !== 0 && !limits.every((name) => /^\d+$/.test(headers.get(name) ?? ''))
      ? [`of its rate limit it has only ${told.join(', ')}`]
      : []),
  ];
}

function faultsOfBody(schema: object, type: string, headers: Headers, text: string): string[] {
  const sent = headers.get('content-type') ?? '';
  if (sent.split(';')[0] !== type) return [`its Content-Type is ${sent}, not ${type}`];
  const validate = validators(schema as { [keyword: string]: unknown });
  return validate(type.endsWith('json') ? JSON.parse(text) : text) ? [] : faultsOf(validate);
}

function faultsOfType(allowed: readonly string[], text: string): string[] {
  const { type } = JSON.parse(text) as { type: string };
  return allowed.includes(type) ? [] : [`its type is ${type}`];
}

const resolved = (entry: Documented | Reference): Documented =>
  '$ref' in entry ? components.responses[entry.$ref.split('/').at(-1)!]! : entry;

/** Headers and parameters that a request can have once, or not at all. Of two, programs on the way may go by different ones. */

import type { APIGatewayProxyEvent } from 'aws-lambda';
import { invalidQuery, unknownParameter } from '../http/invalid-request.ts';
import { Problem } from '../http/problem.ts';
import { INVALID_REQUEST } from '../http/problems.ts';

const SINGLE_HEADERS = [
  'authorization',
  'content-encoding',
  'content-type',
  'idempotency-key',
  'if-match',
  'x-correlation-id',
];

type Values = Readonly<Record<string, readonly string[] | undefined>>;

/** @throws Problem when a header that has one value is given several times, in whatever case of its name */
export function checkSingleHeaders({ multiValueHeaders }: Pick<APIGatewayProxyEvent, 'multiValueHeaders'>): void {
  const names = entriesOf(multiValueHeaders).flatMap(([name, values]) => values.map(() => name.toLowerCase()));
  const twice = SINGLE_HEADERS.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice.length > 0) {
    throw new Problem(INVALID_REQUEST, `${twice.join(', ')}: the header is given more than once; expected once.`);
  }
}

/** @throws Problem when a parameter of the query is given several times */
export function checkSingleParameters({
  multiValueQueryStringParameters,
}: Pick<APIGatewayProxyEvent, 'multiValueQueryStringParameters'>): void {
  const errors = entriesOf(multiValueQueryStringParameters)
    .filter(([, values]) => values.length > 1)
    .map(([parameter]) => ({ parameter, detail: 'This parameter is given more than once; expected once.' }));
  if (errors.length > 0) throw invalidQuery(errors);
}

/** @throws Problem when a request has parameters though its route has none: one at the wrong place must not pass as none */
export function checkNoParameters({
  queryStringParameters,
}: Pick<APIGatewayProxyEvent, 'queryStringParameters'>): void {
  const unknown = Object.keys(queryStringParameters ?? {});
  if (unknown.length > 0) throw invalidQuery(unknown.map(unknownParameter));
}

const entriesOf = (values: Values | null): [name: string, values: readonly string[]][] =>
  Object.entries(values ?? {}).map(([name, given = []]) => [name, given]);

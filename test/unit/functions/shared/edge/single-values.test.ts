import '../../../../support/platform/function-environment.ts';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint } from '../../../../../functions/shared/edge/endpoint.ts';
import { apiEvent, bodyOf, lambdaContext } from '../../../../support/api/invocations.ts';
import { TEST_ROUTE } from '../../../../support/api/routes.ts';

const searched = { ...TEST_ROUTE, query: z.strictObject({ q: z.string().optional() }) };
const ask = async (over: Partial<APIGatewayProxyEvent>, route: typeof TEST_ROUTE | typeof searched = TEST_ROUTE) =>
  endpoint(route, async () => ({ status: 200, body: {} }))({ ...apiEvent({}), ...over }, lambdaContext());

describe('A header that a request can have once', () => {
  test.each(['Authorization', 'Content-Encoding', 'Content-Type', 'Idempotency-Key', 'If-Match', 'X-Correlation-Id'])(
    'is refused when it is given twice: %s',
    async (name) => {
      for (const multiValueHeaders of [
        { [name]: ['a', 'b'] },
        { [name]: ['a', 'a'] },
        { [name]: ['a'], [name.toLowerCase()]: ['b'] },
      ]) {
        const answer = await ask({ multiValueHeaders });
        expect(bodyOf(answer)).toMatchObject({
          status: 400,
          type: 'urn:waybill:problem:invalid-request',
          detail: `${name.toLowerCase()}: the header is given more than once; expected once.`,
        });
        expect(answer.headers).toHaveProperty('X-Correlation-Id');
      }
    },
  );

  test('is taken when it is given once', async () => {
    const multiValueHeaders = { Authorization: ['a'], 'Content-Type': ['b'], Accept: ['c', 'd'], Via: ['e', 'f'] };
    expect((await ask({ multiValueHeaders })).statusCode).toBe(200);
  });
});

describe('A parameter of the query', () => {
  test('is refused when it is given twice', async () => {
    const answer = await ask({ multiValueQueryStringParameters: { q: ['a', 'b'], x: ['1'] } }, searched);
    expect(bodyOf(answer)).toMatchObject({
      status: 400,
      errors: [{ parameter: 'q', detail: 'This parameter is given more than once; expected once.' }],
    });
  });

  test('is refused where the route has none: a cancellation with ?dryRun=true must not cancel', async () => {
    const errors = [{ parameter: 'dryRun', detail: 'This parameter is not known.' }];
    const answer = await ask({ queryStringParameters: { dryRun: 'true' } });
    expect(bodyOf(answer)).toMatchObject({ status: 400, detail: 'dryRun: This parameter is not known.', errors });
    expect(bodyOf(await ask({ queryStringParameters: { dryRun: '' } }))).toMatchObject({ status: 400, errors });
    expect((await ask({ queryStringParameters: null })).statusCode).toBe(200);
  });
});

test('A body in base64 that is no UTF-8 is told from one that is', async () => {
  const handler = endpoint(TEST_ROUTE, async ({ body }) => ({ status: 200, body: { body } }));
  const sent = (bytes: Buffer) =>
    handler({ ...apiEvent({}), body: bytes.toString('base64'), isBase64Encoded: true }, lambdaContext());
  expect(bodyOf(await sent(Buffer.from('"Zoë"')))).toEqual({ body: '"Zoë"' });
  expect(bodyOf(await sent(Buffer.from('"Zo\u00eb"', 'latin1')))).toEqual({ body: '"Zo\ufffd"' });
});

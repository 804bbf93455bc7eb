import { FORBIDDEN } from '../../../../../functions/shared/http/problems.ts';
import '../../../../support/platform/function-environment.ts';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { endpoint } from '../../../../../functions/shared/edge/endpoint.ts';
import { Problem } from '../../../../../functions/shared/http/problem.ts';
import { apiEvent, bodyOf, lambdaContext, operator } from '../../../../support/api/invocations.ts';
import { routeFor, TEST_ROUTE } from '../../../../support/api/routes.ts';
import { loggedLines } from '../../../../support/edge/logged-lines.ts';

const unauthorised = (): APIGatewayProxyEvent => ({
  ...apiEvent({}),
  requestContext: {} as APIGatewayProxyEvent['requestContext'],
});

test('A handler behind the authoriser knows who calls', async () => {
  const handler = endpoint(routeFor({ operators: 'orders:refund' }), async ({ caller }) => ({
    status: 200,
    body: caller,
  }));
  expect(bodyOf(await handler(apiEvent({ caller: operator('orders:refund') }), lambdaContext()))).toEqual({
    type: 'operator',
    id: 'O1',
    scopes: ['orders:refund'],
  });
});

test('A request that came past the authoriser reaches no handler that needs a caller', async () => {
  let reached = false;
  const handler = endpoint(TEST_ROUTE, async () => {
    reached = true;
    return { status: 200, body: {} };
  });
  const answer = await handler(unauthorised(), lambdaContext());
  expect([answer.statusCode, reached]).toEqual([500, false]);
  expect(bodyOf(answer).type).toBe('urn:waybill:problem:internal-error');
});

test.each([{}, { path: '/health' }, { requestContext: {} }, null])(
  'Whoever invokes the function with %j, which is no request, is told what it takes',
  async (event) => {
    const handler = endpoint(routeFor('anyone'), async () => ({ status: 200, body: {} }));
    await expect(handler(event as unknown as APIGatewayProxyEvent, lambdaContext())).rejects.toThrow(
      /as API Gateway hands it over; the event has no path and no request context\. Send the request to the API\.$/,
    );
  },
);

test('What is open to all needs no caller', async () => {
  const handler = endpoint(routeFor('anyone'), async (request) => ({ status: 200, body: { caller: request.caller } }));
  const answer = await handler(unauthorised(), lambdaContext());
  expect(answer.statusCode).toBe(200);
  expect(bodyOf(answer)).not.toHaveProperty('caller');
});

describe('No cache keeps', () => {
  const kept = ({ headers }: { readonly headers?: object | undefined }) => headers;
  const PRIVATE = {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': 'sandbox',
    'Referrer-Policy': 'no-referrer',
    'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };

  test('an answer', async () => {
    expect(
      kept(await endpoint(TEST_ROUTE, async () => ({ status: 200, body: {} }))(apiEvent({}), lambdaContext())),
    ).toMatchObject(PRIVATE);
  });

  test('a problem', async () => {
    expect(
      kept(
        await endpoint(TEST_ROUTE, async () => {
          throw new Problem(FORBIDDEN, 'No.');
        })(apiEvent({}), lambdaContext()),
      ),
    ).toMatchObject(PRIVATE);
  });

  test('anything of which its handler does not say so', async () => {
    const handler = endpoint(routeFor('anyone'), async () => ({
      status: 200,
      headers: { 'Cache-Control': 'public' },
      text: '',
    }));
    expect(kept(await handler(unauthorised(), lambdaContext()))).toMatchObject({
      ...PRIVATE,
      'Cache-Control': 'public',
    });
  });
});

describe('The log of the API', () => {
  afterEach(() => void vi.restoreAllMocks());
  const ORDER_ID = '0190f3a0-0000-7000-8000-000000000001';
  const command = { ...routeFor('anyone'), method: 'POST', operationId: 'tryIt' } as const;
  const event = { ...unauthorised(), pathParameters: { orderId: ORDER_ID.toUpperCase() } };
  const line = { level: 'INFO', message: 'A command is answered.', operation: 'tryIt', orderId: ORDER_ID };

  test('has a line about each answer to a command, also about a refusal, with the order that the path names', async () => {
    const lines = loggedLines();
    const { headers } = await endpoint(command, async () => ({ status: 202, body: {} }))(event, lambdaContext());
    await endpoint(command, async () => {
      throw new Problem(FORBIDDEN, 'No.');
    })(event, lambdaContext());
    expect(lines).toEqual([
      { ...line, status: 202, correlationId: headers?.['X-Correlation-Id'] },
      { ...line, status: 403, correlationId: expect.any(String) },
    ]);
  });

  test('counts an answer that the platform owes an excuse for, by its route, and no other one', async () => {
    const lines = loggedLines();
    const answers: (() => Promise<never>)[] = [
      async () => {
        throw new TypeError('a defect');
      },
      async () => {
        throw new Problem(FORBIDDEN, 'No.');
      },
    ];
    for (const answer of answers) await endpoint(command, answer)(event, lambdaContext());
    const counted = lines.filter((logged) => '_aws' in logged);
    expect(counted).toEqual([
      {
        Route: 'tryIt',
        RequestsFailed: 1,
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            { Namespace: 'Waybill', Dimensions: [['Route']], Metrics: [{ Name: 'RequestsFailed', Unit: 'Count' }] },
          ],
        },
      },
    ]);
  });

  test('has none about a question, nor the order of an earlier request', async () => {
    const lines = loggedLines();
    const answer = async () => ({ status: 200, body: {} });
    await endpoint(TEST_ROUTE, answer)(apiEvent({}), lambdaContext());
    await endpoint(command, answer)(unauthorised(), lambdaContext());
    expect(lines).toEqual([expect.not.objectContaining({ orderId: expect.anything() })]);
  });
});

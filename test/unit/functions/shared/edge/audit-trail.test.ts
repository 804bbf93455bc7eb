import '../../../../support/platform/function-environment.ts';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { withoutAddress } from '../../../../../functions/shared/edge/audit-trail.ts';
import { endpoint } from '../../../../../functions/shared/edge/endpoint.ts';
import { logger } from '../../../../../functions/shared/edge/logger.ts';
import { Problem } from '../../../../../functions/shared/http/problem.ts';
import { NO_SUCH_RESOURCE } from '../../../../../functions/shared/http/problems.ts';
import { apiEvent, customer, lambdaContext, operator } from '../../../../support/api/invocations.ts';
import { routeFor } from '../../../../support/api/routes.ts';
import { loggedLines } from '../../../../support/edge/logged-lines.ts';

const ORDER_ID = '0190f3a0-0000-7000-8000-000000000001';
const route = {
  ...routeFor({ customers: true, operators: 'orders:read' }),
  operationId: 'lookUp',
  query: z.strictObject({ email: z.string() }).partial(),
} as const;
const caller = operator('orders:read');
const ok = async () => ({ status: 200, body: {} });

describe('The audit trail', () => {
  test('has a line about each question of an operator: who, what, about whom, how it ended, and by which request', async () => {
    const lines = loggedLines();
    const event = apiEvent({ caller, orderId: ORDER_ID });
    event.requestContext.requestId = 'request-7';
    await endpoint(route, ok)(event, lambdaContext());
    expect(lines).toEqual([
      {
        level: 'INFO',
        message: 'A question is answered.',
        orderId: ORDER_ID,
        operation: 'lookUp',
        status: 200,
        operator: 'O1',
        request: 'request-7',
        about: { orderId: ORDER_ID },
        correlationId: expect.any(String),
      },
    ]);
  });

  test('has what was searched by, and not what for', async () => {
    const lines = loggedLines();
    await endpoint(route, ok)(apiEvent({ caller, query: { email: 'li@example.com' } }), lambdaContext());
    expect(lines).toEqual([expect.objectContaining({ operation: 'lookUp', by: ['email'] })]);
    expect(JSON.stringify(lines)).not.toContain('example.com');
  });

  test.each([
    ['in the path', { pathParameters: { customerId: 'Li Wei, 88 Nanjing Road' } }],
    ['as a customer’s id', { pathParameters: { customerId: 'li.wei@nanjing.example' } }],
    ['as names of parameters', { query: { 'Li Wei': '1' } }],
  ])('has nothing of what somebody writes %s, other than ids', async (_, given) => {
    const lines = loggedLines();
    const refuse = async () => {
      throw new Problem(NO_SUCH_RESOURCE, 'Nobody.');
    };
    await endpoint(route, refuse)(apiEvent({ caller, ...given }), lambdaContext());
    expect(lines).toEqual([expect.objectContaining({ operator: 'O1', operation: 'lookUp' })]);
    expect(JSON.stringify(lines)).not.toMatch(/li.?wei|nanjing/i);
  });

  test('tells whether an address was asked for that is the id of a customer, without having it', () => {
    expect(withoutAddress('li.wei@nanjing.example')).toBe('sha256:1a914f829ebacfb2');
    expect(withoutAddress('C1')).toBe('C1');
  });

  test('has refusals, too', async () => {
    const lines = loggedLines();
    await endpoint(route, ok)(apiEvent({ caller: operator('orders:refund') }), lambdaContext());
    expect(lines).toEqual([expect.objectContaining({ operator: 'O1', status: 403 })]);
  });

  test('is written whatever the level of the log is, which stays as it is', async () => {
    const lines = loggedLines();
    logger.setLogLevel('ERROR');
    await endpoint(route, ok)(apiEvent({ caller }), lambdaContext());
    expect([lines.length, logger.getLevelName()]).toEqual([1, 'ERROR']);
  });

  test('has nothing of customers', async () => {
    const lines = loggedLines();
    await endpoint(route, ok)(apiEvent({ caller: customer() }), lambdaContext());
    expect(lines).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../../functions/published/contracts.ts';
import { tokenFrom } from '../../../launch/clients/tokens.ts';
import { callApi } from '../../support/api/client.ts';
import { orderBody, place, post } from '../../support/api/order-requests.ts';
import { asCustomer } from '../../support/api/tokens.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { type Callers, CUSTOMER } from './callers.ts';

export function customers(platform: SuitePlatform, callers: Callers): void {
  describe('Customers', () => {
    test('see their own orders, and for orders of others the answer for orders that do not exist', async () => {
      for (const route of [`orders/${callers.orderId}`, `orders/${callers.orderId}/history`]) {
        expect((await callers.get(route, await asCustomer(platform.instance.url, 'C1'))).status).toBe(200);
        const others = await callers.get(route, await asCustomer(platform.instance.url, 'C2'));
        expect(others.status).toBe(404);
        expect(await others.json()).toMatchObject({ type: 'urn:waybill:problem:order-not-found' });
      }
    });

    const ofTheirOwn = CONTRACTS.filter(
      ({ callers: allowed, path: route }) => allowed !== 'anyone' && allowed.customers && route.includes('{'),
    );
    test.each(ofTheirOwn.map((contract) => [contract.operationId, contract] as const))(
      'get the same answer for orders of others as for orders that do not exist: %s',
      async (_, { method, path: route, examples }) => {
        const body = examples.find((example) => example.body !== undefined && example.answer.status < 300)?.body;
        const asC2 = async (order: string, customerId: string) => {
          const filled = route.replace('{orderId}', order).replace('{customerId}', customerId);
          const answer = await callApi(platform.instance.url, filled, {
            method,
            headers: {
              ...(await asCustomer(platform.instance.url, 'C2')),
              ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          });
          return {
            status: answer.status,
            body: (await answer.text()).replaceAll(order, 'ORDER').replaceAll(customerId, 'CUSTOMER'),
          };
        };
        const order = async () =>
          (await callers.withToken(await tokenFrom(platform.instance.issuerUrl, CUSTOMER))).json();
        const before = await order();
        const others = await asC2(callers.orderId, 'C1');
        expect(others).toEqual({ ...(await asC2(randomUUID(), 'C-NOBODY')), status: 404 });
        expect(await order()).toEqual(before);
      },
    );

    test('order for themselves only', async () => {
      const answer = await post(
        platform.instance.url,
        orderBody({ customerId: 'C1' }),
        await asCustomer(platform.instance.url, 'C2'),
      );
      expect([answer.status, await answer.json()]).toEqual([
        403,
        expect.objectContaining({ type: 'urn:waybill:problem:forbidden' }),
      ]);
    });

    test('do not share their Idempotency-Keys', async () => {
      const key = { 'idempotency-key': `shared-${Date.now()}` };
      expect(await place(platform.instance.url, { customerId: 'C1' }, key)).not.toBe(
        await place(platform.instance.url, { customerId: 'C2' }, key),
      );
    });
  });
}

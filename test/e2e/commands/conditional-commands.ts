import { beforeAll, describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { send } from '../../support/api/command-requests.ts';
import { getOrder, orderBody } from '../../support/api/order-requests.ts';
import { problem, problemOf } from '../../support/api/problems.ts';
import { asCustomer } from '../../support/api/tokens.ts';
import { placeHeld } from '../../support/orders/held.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

/** Commands with `If-Match`. */
export function conditionalCommands(platform: SuitePlatform): void {
  let url: string;
  beforeAll(() => {
    ({ url } = platform.instance);
  });

  describe('A change that depends on the version that its sender knows', () => {
    const etagOf = async (orderId: string): Promise<string> => {
      const answer = await callApi(url, `/orders/${orderId}`, { headers: await asCustomer(url) });
      return answer.headers.get('etag')!;
    };

    test('is made with the latest ETag, from a read or from an answer, and with no older one', async () => {
      const orderId = await placeHeld(url);
      const owner = await asCustomer(url);
      const moveTo = (postalCode: string, etag: string) =>
        send(
          url,
          orderId,
          'shipping-address',
          { shippingAddress: orderBody({ postalCode }).shippingAddress },
          { method: 'PUT', headers: { ...owner, 'if-match': etag } },
        );
      const read = await etagOf(orderId);
      const first = await moveTo('100000', read);
      expect(first.status).toBe(202);
      expect(first.headers.get('etag')).toBe(await etagOf(orderId));
      expect(await problemOf(await moveTo('300000', read))).toMatchObject({
        ...problem(412, 'precondition-failed'),
        detail: expect.stringContaining('version 2'),
      });
      expect(await getOrder(url, orderId)).toMatchObject({ version: 2, shippingAddress: { postalCode: '100000' } });
      expect((await moveTo('300000', first.headers.get('etag')!)).status).toBe(202);
      expect(await problemOf(await send(url, orderId, 'approve', {}, { headers: { 'if-match': read } }))).toMatchObject(
        problem(412, 'precondition-failed'),
      );
      expect(await getOrder(url, orderId)).toMatchObject({ status: 'held', version: 3 });
    });

    test('is made by only one of two senders that have seen the same version', async () => {
      const orderId = await placeHeld(url);
      const etag = await etagOf(orderId);
      const answers = await Promise.all(
        [1, 2].map((n) =>
          send(
            url,
            orderId,
            'shipping-address',
            { shippingAddress: orderBody({ postalCode: `10000${n}` }).shippingAddress },
            { method: 'PUT', headers: { 'if-match': etag } },
          ),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 412]);
      expect((await getOrder(url, orderId)).version).toBe(2);
    });
  });
}

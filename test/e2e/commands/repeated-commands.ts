import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { command, send } from '../../support/api/command-requests.ts';
import { confirmedOrder, historyTypes, orderBody } from '../../support/api/order-requests.ts';
import { problem, problemOf } from '../../support/api/problems.ts';
import { asCustomer } from '../../support/api/tokens.ts';
import { placeHeld } from '../../support/orders/held.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

/** Commands with an `Idempotency-Key`. */
export function repeatedCommands(platform: SuitePlatform): void {
  let url: string;
  beforeAll(() => {
    ({ url } = platform.instance);
  });

  describe('A command with an Idempotency-Key', () => {
    const key = () => ({ 'idempotency-key': randomUUID() });

    test('has one effect and one answer, which is marked when it is repeated', async () => {
      const orderId = await placeHeld(url);
      const headers = key();
      const first = await send(url, orderId, 'reject', { comment: 'No.' }, { headers });
      const again = await send(url, orderId, 'reject', { comment: 'No.' }, { headers });
      expect([first.status, again.status]).toEqual([202, 202]);
      expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
        null,
        'true',
      ]);
      expect(await again.json()).toEqual(await first.json());
      expect(await problemOf(await send(url, orderId, 'reject', { comment: 'Never.' }, { headers }))).toMatchObject(
        problem(422, 'idempotency-key-reused'),
      );
      expect(await historyTypes(url, orderId)).toEqual(['OrderCreated', 'OrderCancelled']);
    });

    test('sent many times at once is answered or refused with a time to retry, and carried out once', async () => {
      const orderId = await placeHeld(url);
      const headers = key();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => send(url, orderId, 'approve', {}, { headers })),
      );
      for (const answer of answers.filter(({ status }) => status !== 202)) {
        expect(answer.headers.get('retry-after')).toBe('1');
        expect(await problemOf(answer)).toMatchObject(problem(409, 'idempotency-key-in-use'));
      }
      expect(answers.some(({ status }) => status === 202)).toBe(true);
      expect((await historyTypes(url, orderId)).filter((type) => type === 'OrderApproved')).toHaveLength(1);
    });

    test('that was refused is decided again when it is repeated', async () => {
      const { orderId } = await confirmedOrder(url);
      const headers = key();
      expect((await send(url, orderId, 'deliver', {}, { headers })).status).toBe(409);
      await command(url, orderId, 'ship', {});
      expect((await send(url, orderId, 'deliver', {}, { headers })).status).toBe(202);
    });

    test('is independent of other callers, orders and operations with the same key', async () => {
      const headers = key();
      const [one, two] = [await placeHeld(url), await placeHeld(url)];
      const owner = await asCustomer(url);
      const shippingAddress = { shippingAddress: orderBody({ postalCode: '100000' }).shippingAddress };
      await command(url, one, 'shipping-address', shippingAddress, { method: 'PUT', headers });
      await command(url, one, 'shipping-address', shippingAddress, {
        method: 'PUT',
        headers: { ...owner, ...headers },
      });
      await command(url, two, 'shipping-address', shippingAddress, { method: 'PUT', headers });
      await command(url, one, 'reject', {}, { headers });
      expect([await historyTypes(url, one), await historyTypes(url, two)]).toEqual([
        ['OrderCreated', 'AddressChanged', 'AddressChanged', 'OrderCancelled'],
        ['OrderCreated', 'AddressChanged'],
      ]);
    });
  });
}

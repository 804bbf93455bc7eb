import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { send } from '../../support/api/command-requests.ts';
import { finalOrder, orderBody, place, post } from '../../support/api/order-requests.ts';
import { asCustomer } from '../../support/api/tokens.ts';
import { readLedger } from '../../support/platform/partners.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

export function repeatedRequests(platform: SuitePlatform): void {
  describe('A repeated request', () => {
    test('with one Idempotency-Key makes one order and one charge, however often and however concurrently it comes', async () => {
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          post(platform.instance.url, orderBody({ customerId: 'C-REPEAT' }), { 'idempotency-key': key }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
      expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
      const replay = await post(platform.instance.url, orderBody({ customerId: 'C-REPEAT' }), {
        'idempotency-key': key,
      });
      expect(replay.status).toBe(202);
      const { orderId } = (await replay.json()) as { orderId: string };
      const accepted = await Promise.all(answers.map((answer) => answer.json() as Promise<{ orderId: string }>));
      for (const answer of accepted) expect(answer.orderId).toBe(orderId);
      await finalOrder(platform.instance.url, orderId);
      const payments = await readLedger(platform.instance.gatewayUrl, orderId);
      expect(payments.filter(({ kind }) => kind === 'authorisation')).toHaveLength(1);
      expect(payments.filter(({ kind }) => kind === 'capture')).toHaveLength(1);
    });

    test('with the same key and another body is refused', async () => {
      const key = randomUUID();
      await place(platform.instance.url, { customerId: 'C-OTHER' }, { 'idempotency-key': key });
      const answer = await post(
        platform.instance.url,
        orderBody({ customerId: 'C-OTHER', items: [{ sku: 'TSHIRT', quantity: 3 }] }),
        { 'idempotency-key': key },
      );
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ type: 'urn:waybill:problem:idempotency-key-reused' });
    });

    test('is marked as a repetition', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const again = () => post(platform.instance.url, orderBody({ customerId: 'C-FLIGHT' }), key);
      const orderId = await place(platform.instance.url, { customerId: 'C-FLIGHT' }, key);
      const replay = await again();
      expect([replay.status, replay.headers.get('idempotency-replayed'), await replay.json()]).toEqual([
        202,
        'true',
        expect.objectContaining({ orderId }),
      ]);
    });

    test('is a repetition for the same caller and the same operation only', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const [mine, other] = [
        await place(platform.instance.url, { customerId: 'C-SCOPE-1' }, key),
        await place(platform.instance.url, { customerId: 'C-SCOPE-2' }, key),
      ];
      expect(other).not.toBe(mine);
      const cancelled = await send(
        platform.instance.url,
        mine,
        'cancel',
        {},
        { headers: { ...key, ...(await asCustomer(platform.instance.url, 'C-SCOPE-1')) } },
      );
      expect([cancelled.status, cancelled.headers.get('idempotency-replayed')]).toEqual([202, null]);
      const repeated = await send(
        platform.instance.url,
        mine,
        'cancel',
        {},
        { headers: { ...key, ...(await asCustomer(platform.instance.url, 'C-SCOPE-1')) } },
      );
      expect([repeated.status, repeated.headers.get('idempotency-replayed'), await repeated.json()]).toEqual([
        202,
        'true',
        await cancelled.json(),
      ]);
      const otherBody = await send(
        platform.instance.url,
        mine,
        'cancel',
        { comment: 'Too late.' },
        { headers: { ...key, ...(await asCustomer(platform.instance.url, 'C-SCOPE-1')) } },
      );
      expect(otherBody.status).toBe(422);
    });

    test('of a request that was refused is decided again', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const orderId = await place(platform.instance.url, { items: [{ sku: 'TSHIRT', quantity: 100 }] });
      const refused = await send(platform.instance.url, orderId, 'ship', {}, { headers: key });
      expect(refused.status).toBe(409);
      const again = await send(platform.instance.url, orderId, 'ship', {}, { headers: key });
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([409, null]);
      const corrected = { items: [{ sku: 'TSHIRT', quantity: 2 }] };
      expect(
        (await post(platform.instance.url, orderBody({ items: [{ sku: 'NO-SUCH', quantity: 1 }] }), key)).status,
      ).toBe(422);
      expect((await post(platform.instance.url, orderBody(corrected), key)).status).toBe(202);
    });
  });
}

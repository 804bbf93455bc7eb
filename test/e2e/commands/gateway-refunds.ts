/** Refunds of which only the gateway knows: somebody has made them there, or they have failed and nobody has told. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce, send } from '../../support/api/command-requests.ts';
import { confirmedOrder, finalOrder, getOrder, type OrderAnswer } from '../../support/api/order-requests.ts';
import { asTaskOperator, findTask, type TaskAnswer } from '../../support/api/task-requests.ts';
import { asOperator } from '../../support/api/tokens.ts';
import { movements, readLedger } from '../../support/platform/partners.ts';
import { runFunction } from '../../support/platform/run-function.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually, until } from '../../support/run/eventually.ts';
import { cny } from './units.ts';

/** Of one T-shirt, in minor units. */
const PRICE = 12_900;
const DAY_MS = 86_400_000;

export function gatewayRefunds(platform: SuitePlatform): void {
  const url = () => platform.instance.url;
  const gateway = async (path: string, body: object, method = 'POST') => {
    const answer = await fetch(`${platform.instance.gatewayUrl}${path}`, { method, body: JSON.stringify(body) });
    expect({ path, ok: answer.ok }).toEqual({ path, ok: true });
  };
  const openTask = (orderId: string) =>
    eventually(`an open task of ${orderId}`, async () => {
      const answer = await callApi(url(), '/tasks?kind=refund', { headers: await asTaskOperator(url()) });
      return ((await answer.json()) as { items: TaskAnswer[] }).items.find((task) => task.orderId === orderId);
    });
  const untilResolved = (orderId: string, { taskId }: TaskAnswer) =>
    until(`the end of task ${taskId}`, async () => (await findTask(url(), orderId, taskId))?.status === 'resolved');
  const resume = async (orderId: string, { taskId }: TaskAnswer) => {
    const headers = await asTaskOperator(url());
    const { status } = await send(url(), orderId, `tasks/${taskId}/resume`, { comment: 'Seen.' }, { headers });
    expect(status).toBe(202);
  };
  const orderWith = (orderId: string, name: string, is: (order: OrderAnswer) => boolean) =>
    orderOnce(url(), orderId, name, is);
  const findingsOf = async (orderId: string) => {
    const answer = await callApi(url(), `/ledger/orders/${orderId}`, {
      headers: await asOperator(url(), 'ledger:read'),
    });
    return ((await answer.json()) as { findings: readonly { rule: string }[] }).findings.map(({ rule }) => rule);
  };

  describe('A refund that somebody makes at the gateway itself', () => {
    test('is on record once with a task for a person, and the rest goes back when the order is cancelled', async () => {
      const { orderId } = await confirmedOrder(url(), {});
      await gateway(`/v1/payments/${orderId}/refund`, { amount: 300 });
      const task = await openTask(orderId);
      expect(task.error).toBe('made_at_channel');
      expect(await getOrder(url(), orderId)).toMatchObject({
        status: 'processing',
        payment: { status: 'captured', refunded: cny(300) },
      });
      const refused = await send(url(), orderId, 'refunds', { type: 'amount', amount: cny(PRICE - 299) });
      expect(refused.status).toBe(422);

      await resume(orderId, task);
      await untilResolved(orderId, task);
      await command(url(), orderId, 'cancel', {});
      expect(await finalOrder(url(), orderId)).toMatchObject({ status: 'cancelled', parked: false });
      expect((await movements(platform.instance.gatewayUrl, orderId)).slice(2)).toEqual([
        ['refund', 300],
        ['refund', PRICE - 300],
      ]);
      await until('books without a finding', async () => (await findingsOf(orderId)).length === 0);
    });
  });

  describe('A refund of which the gateway tells nothing', () => {
    afterEach(() => gateway('/v1/notifications', { mode: 'deliver' }, 'PUT'));

    /** The order is looked at as so many days after its refund. */
    async function lookAfter(orderId: string, days: number) {
      const { BankTransfersTableName: TableName } = await platform.instance.outputs();
      const key = { key: `refunds#${orderId}` };
      const watched = () => platform.instance.db().send(new GetCommand({ TableName, Key: key, ConsistentRead: true }));
      const { Item } = await eventually('an order that is watched', async () => {
        const found = await watched();
        return found.Item ? found : undefined;
      });
      const since = Date.now() - days * DAY_MS;
      const due = { ...Item, readAt: new Date(since).toISOString(), details: { since } };
      await platform.instance.db().send(new PutCommand({ TableName, Item: due }));
      await runFunction(platform.instance.endpointUrl, 'payments/look-after-refunds');
      return (await watched()).Item?.['readAt'] as string | undefined;
    }

    test('is found to have failed days later, and is made anew when a person wants it', async () => {
      await gateway('/v1/notifications', { mode: 'hold' }, 'PUT');
      const { orderId } = await confirmedOrder(url(), {});
      await command(url(), orderId, 'refunds', { type: 'amount', amount: cny(500) });
      await orderWith(orderId, 'has made the refund', ({ refunds }) => refunds[0]?.status === 'refunded');
      const made = (await readLedger(platform.instance.gatewayUrl, orderId)).find(({ kind }) => kind === 'refund');
      await gateway(`/v1/refunds/${made!.refundId}/end`, { status: 'failed' });

      // That the refund was made may be told to the watch only now: it is looked at again, a day later each time.
      const order = await eventually(`order ${orderId} has a failed refund`, async () => {
        expect(Date.parse((await lookAfter(orderId, 2))!)).toBeGreaterThan(Date.now());
        const found = await getOrder(url(), orderId);
        return found.refunds[0]?.status === 'failed' ? found : undefined;
      });
      expect(order.payment).toMatchObject({ status: 'captured', refunded: cny(0) });
      const task = await openTask(orderId);

      await resume(orderId, task);
      await orderWith(orderId, 'has made the refund', ({ refunds }) => refunds[0]?.status === 'refunded');
      await untilResolved(orderId, task);
      expect((await movements(platform.instance.gatewayUrl, orderId)).slice(2)).toEqual([
        ['refund', 500],
        ['refund-failed', 500],
        ['refund', 500],
      ]);
      expect(await findingsOf(orderId)).toEqual([]);
      expect(await lookAfter(orderId, 31)).toBeUndefined();
    });
  });
}

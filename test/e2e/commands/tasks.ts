/** What the platform cannot finish alone: a person finishes it. */
import { describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command } from '../../support/api/command-requests.ts';
import { getOrder, historyTypes, place } from '../../support/api/order-requests.ts';
import {
  asTaskOperator,
  commandTask,
  findTask,
  orderWithLockedPayment,
  reviewOf,
  undoTaskOf,
} from '../../support/api/task-requests.ts';
import { asCustomer } from '../../support/api/tokens.ts';
import { movements } from '../../support/platform/partners.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

const HELD = [{ sku: 'TSHIRT', quantity: 80 }];
const PRICE = 12_900;

export function tasks(platform: SuitePlatform): void {
  const url = () => platform.instance.url;
  const unlock = (orderId: string) =>
    fetch(`${platform.instance.gatewayUrl}/v1/payments/${orderId}/unlock`, { method: 'POST' });
  const resolved = (orderId: string) =>
    eventually(`the end of the task of ${orderId}`, async () => {
      const task = await findTask(url(), orderId);
      return task?.status === 'resolved' ? task : undefined;
    });
  const list = async (query: string) => {
    const answer = await callApi(url(), `/tasks?${query}`, { headers: await asTaskOperator(url()) });
    return ((await answer.json()) as { items: { orderId: string; status: string }[] }).items;
  };

  describe('An undo that the gateway refuses', () => {
    test('becomes a task at once; a person asks, calls the gateway and resumes, and the platform finishes it', async () => {
      const orderId = await orderWithLockedPayment(url());
      expect(await getOrder(url(), orderId)).toMatchObject({ status: 'cancelled', parked: true });
      expect(await findTask(url(), orderId)).toMatchObject({
        status: 'open',
        error: 'PaymentRequestRefused',
        known: expect.arrayContaining([expect.objectContaining({ type: 'PaymentCaptured' })]),
        runbook: 'parked-orders',
      });
      expect((await commandTask(url(), orderId, 'claim')).status).toBe(202);
      const asked = await callApi(url(), `/orders/${orderId}/payment/at-gateway`, {
        headers: await asTaskOperator(url()),
      });
      expect(await asked.json()).toMatchObject({ payment: { status: 'captured', refunds: [] } });

      // Nothing has changed at the gateway: the undo is tried, and the task stays.
      expect((await commandTask(url(), orderId, 'resume', { comment: 'Trying.' })).status).toBe(202);
      await unlock(orderId);
      expect((await commandTask(url(), orderId, 'resume', { comment: 'The gateway has unlocked it.' })).status).toBe(
        202,
      );

      expect(await resolved(orderId)).toMatchObject({
        resolution: 'completed',
        history: expect.arrayContaining([
          expect.objectContaining({ type: 'TaskClaimed', actor: { type: 'operator', id: 'O1' } }),
          expect.objectContaining({ type: 'TaskResumed', comment: 'The gateway has unlocked it.' }),
          expect.objectContaining({ type: 'TaskResolved', actor: expect.objectContaining({ type: 'system' }) }),
        ]),
      });
      expect(await getOrder(url(), orderId)).toMatchObject({ status: 'cancelled', parked: false });
      expect(await movements(platform.instance.gatewayUrl, orderId)).toEqual([
        ['authorisation', PRICE],
        ['capture', PRICE],
        ['refund', PRICE],
      ]);
    });

    test('is settled when a person did it outside, with the evidence in the order’s history for operators only', async () => {
      const orderId = await orderWithLockedPayment(url());
      const evidence = 'Bank transfer 4711 to the customer.';
      expect((await commandTask(url(), orderId, 'done-outside', { evidence })).status).toBe(202);
      expect(await resolved(orderId)).toMatchObject({
        resolution: 'done_outside',
        history: expect.arrayContaining([expect.objectContaining({ evidence })]),
      });
      expect((await commandTask(url(), orderId, 'resume')).status).toBe(409);
      const history = await callApi(url(), `/orders/${orderId}/history`, { headers: await asCustomer(url()) });
      const text = await history.text();
      expect(text).toContain('TaskResolved');
      expect(text).not.toContain('4711');
      expect(
        await eventually('the order without what is open', async () => {
          const { parked } = await getOrder(url(), orderId);
          return parked ? undefined : true;
        }),
      ).toBe(true);
    });

    test('is written off by two people, never by one', async () => {
      const orderId = await orderWithLockedPayment(url());
      expect((await commandTask(url(), orderId, 'write-off', { comment: 'A voucher instead.' })).status).toBe(202);
      expect((await commandTask(url(), orderId, 'approve-write-off', {}, { by: 'O1' })).status).toBe(403);
      expect(
        (await commandTask(url(), orderId, 'approve-write-off', { comment: 'Agreed.' }, { by: 'O2' })).status,
      ).toBe(202);
      const { history } = await resolved(orderId);
      expect(history.slice(-2)).toMatchObject([
        { type: 'WriteOffProposed', actor: { id: 'O1' }, comment: 'A voucher instead.' },
        { type: 'TaskResolved', actor: { id: 'O2' }, comment: 'Agreed.' },
      ]);
    });
  });

  describe('All tasks of one cause', () => {
    test('are resumed together, first as a dry run', async () => {
      const ids = [await orderWithLockedPayment(url()), await orderWithLockedPayment(url())];
      const cause = { kind: 'compensation', step: 'VoidPayment', error: 'PaymentRequestRefused' };
      const resume = async (dryRun: boolean) => {
        const answer = await callApi(url(), '/tasks/resume', {
          method: 'POST',
          headers: { ...(await asTaskOperator(url())), 'content-type': 'application/json' },
          body: JSON.stringify({ cause, dryRun }),
        });
        return ((await answer.json()) as { results: { orderId: string; outcome: string }[] }).results;
      };
      await eventually('both in the list', async () => {
        const listed = (await list('kind=compensation')).map(({ orderId }) => orderId);
        return ids.every((id) => listed.includes(id)) ? true : undefined;
      });
      const dry = await resume(true);
      expect(dry.map(({ orderId, outcome }) => [orderId, outcome])).toEqual(
        expect.arrayContaining(ids.map((id) => [id, 'would_resume'])),
      );
      for (const id of ids) expect(await historyTypes(url(), id)).not.toContain('TaskResumed');
      // Only now: the platform may look at an unlocked payment itself, and would be done before the dry run.
      await Promise.all(ids.map(unlock));
      await resume(false);
      for (const id of ids) expect(await resolved(id)).toMatchObject({ resolution: 'completed' });
    });
  });

  describe('A held order', () => {
    test('is a task until it is approved', async () => {
      const orderId = await place(url(), { items: HELD });
      expect(await findTask(url(), orderId, reviewOf(orderId))).toMatchObject({
        status: 'open',
        commands: ['claim', 'release', 'escalate'],
      });
      await eventually('it is listed', async () =>
        (await list('kind=review')).some((task) => task.orderId === orderId) ? true : undefined,
      );
      await command(url(), orderId, 'approve', {});
      await eventually('it is not listed any more', async () =>
        (await list('kind=review')).some((task) => task.orderId === orderId) ? undefined : true,
      );
      expect(await findTask(url(), orderId, reviewOf(orderId))).toMatchObject({
        status: 'resolved',
        resolution: 'completed',
      });
    });
  });

  describe('Tasks are for operators', () => {
    test('and no customer sees or changes one, not even of their own order', async () => {
      const orderId = await place(url(), { items: HELD });
      const path = `/orders/${orderId}/tasks/${undoTaskOf(orderId)}`;
      const headers = await asCustomer(url());
      expect((await callApi(url(), path, { headers })).status).toBe(403);
      expect((await callApi(url(), '/tasks', { headers })).status).toBe(403);
      expect((await callApi(url(), `${path}/claim`, { method: 'POST', headers })).status).toBe(403);
    });
  });
}

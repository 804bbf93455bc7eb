/** The carrier tells how far parcels are, in its own time and order. */
import { afterEach, describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { confirmedOrder, getOrder, historyTypes } from '../../support/api/order-requests.ts';
import { problem, problemOf } from '../../support/api/problems.ts';
import { asTaskOperator, findTask, type TaskAnswer } from '../../support/api/task-requests.ts';
import { noticesOf } from '../../support/platform/notices.ts';
import { runFunction } from '../../support/platform/run-function.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually, until } from '../../support/run/eventually.ts';

export function trackedParcels(platform: SuitePlatform): void {
  const url = () => platform.instance.url;
  const notices = () => noticesOf(platform.instance.carrierUrl);
  /** A scanner of the carrier has seen the parcel. */
  async function seen(shipmentId: string, status: string, at?: string): Promise<void> {
    const { ok } = await fetch(`${platform.instance.carrierUrl}/v1/shipments/${shipmentId}/tracking`, {
      method: 'POST',
      body: JSON.stringify({ status, at }),
    });
    expect({ status, ok }).toEqual({ status, ok: true });
  }
  const once = (orderId: string, wanted: string) =>
    orderOnce(url(), orderId, `is ${wanted}`, ({ status }) => status === wanted);
  const afterConfirmation = async (orderId: string) => {
    const types = await historyTypes(url(), orderId);
    return types.slice(types.indexOf('OrderConfirmed') + 1);
  };
  const count = async (orderId: string, type: string) =>
    (await historyTypes(url(), orderId)).filter((each) => each === type).length;

  describe('A parcel of which the carrier tells', () => {
    afterEach(() => notices().setMode('deliver'));

    test('takes its order to delivered, without any operator', async () => {
      const { orderId } = await confirmedOrder(url());
      await seen(orderId, 'handed_over');
      expect((await once(orderId, 'shipped')).shipments).toMatchObject([{ status: 'handed_over' }]);
      await seen(orderId, 'in_transit');
      await seen(orderId, 'out_for_delivery');
      await orderOnce(url(), orderId, 'is close', ({ shipments }) => shipments[0]?.status === 'out_for_delivery');
      expect(await getOrder(url(), orderId)).toMatchObject({ status: 'shipped' });
      await seen(orderId, 'delivered');
      expect((await once(orderId, 'delivered')).shipments).toMatchObject([{ status: 'delivered' }]);
      const types = await afterConfirmation(orderId);
      const moments = [
        'ShipmentHandedOver',
        'OrderShipped',
        'ReservationConfirmed',
        'ShipmentDelivered',
        'OrderDelivered',
      ];
      for (const type of moments) expect(types.filter((each) => each === type)).toEqual([type]);
      expect(types.filter((type) => type === 'ShipmentTracked')).toHaveLength(4);
    });

    test('is delivered once, whatever comes twice, in the wrong order and contradicts that', async () => {
      await notices().setMode('hold');
      const { orderId } = await confirmedOrder(url());
      for (const status of ['handed_over', 'delivered', 'lost']) await seen(orderId, status);
      expect(await notices().send(orderId, { index: 1 })).toMatch(/^204/);
      await once(orderId, 'delivered');
      for (const index of [1, 2, 0, 2]) expect(await notices().send(orderId, { index })).toMatch(/^204/);
      await until('all that was told is stored', async () => (await count(orderId, 'ShipmentTracked')) === 3);
      expect(await getOrder(url(), orderId)).toMatchObject({
        status: 'delivered',
        shipments: [{ status: 'delivered' }],
      });
      for (const type of ['ShipmentHandedOver', 'OrderShipped', 'ShipmentDelivered', 'OrderDelivered']) {
        expect([type, await count(orderId, type)]).toEqual([type, 1]);
      }
    });

    test('is not moved by what somebody else has signed, nor by what has no signature', async () => {
      await notices().setMode('hold');
      const { orderId, version } = await confirmedOrder(url());
      await seen(orderId, 'delivered');
      expect(await notices().send(orderId, { forged: true })).toMatch(/^401 /);
      const unsigned = await callApi(url(), '/shipping/notifications/carrier', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: 'trk_1', key: orderId, status: 'delivered', at: new Date().toISOString() }),
      });
      expect(await problemOf(unsigned)).toMatchObject(problem(401, 'notification-not-verified'));
      expect(await getOrder(url(), orderId)).toMatchObject({ status: 'processing', version });
      expect(await notices().send(orderId)).toMatch(/^204/);
      await once(orderId, 'delivered');
    });

    test('is a task for a person when it is lost, which ends by itself when it is delivered after all', async () => {
      const { orderId } = await confirmedOrder(url());
      await seen(orderId, 'lost');
      const task = await eventually('a task about the parcel', async () => {
        const answer = await callApi(url(), '/tasks?kind=parcel', { headers: await asTaskOperator(url()) });
        return ((await answer.json()) as { items: TaskAnswer[] }).items.find((each) => each.orderId === orderId);
      });
      expect(task).toMatchObject({ kind: 'parcel', error: 'lost', partner: 'carrier', status: 'open' });
      expect(await getOrder(url(), orderId)).toMatchObject({ status: 'shipped', shipments: [{ status: 'lost' }] });
      await seen(orderId, 'delivered');
      await once(orderId, 'delivered');
      await until(
        'the end of the task',
        async () => (await findTask(url(), orderId, task.taskId))?.status === 'resolved',
      );
    });

    test('of which it tells nothing is asked for, and delivers its order nevertheless', async () => {
      await notices().setMode('hold');
      const { orderId } = await confirmedOrder(url());
      await command(url(), orderId, 'ship', {});
      await seen(orderId, 'delivered');
      await until('the carrier was asked', async () => {
        await runFunction(platform.instance.endpointUrl, 'shipping/look-after-parcels');
        return (await getOrder(url(), orderId)).status === 'delivered';
      });
      expect(await notices().send(orderId)).toMatch(/^204/);
      expect(await count(orderId, 'ShipmentTracked')).toBe(1);
    });

    test('is nobody’s when another carrier tells of it', async () => {
      const answer = await callApi(url(), '/shipping/notifications/pigeon', { method: 'POST', body: '{}' });
      expect(await problemOf(answer)).toMatchObject(problem(404, 'carrier-not-found'));
    });

    test('can be delivered by an operator as well, and what the carrier tells afterwards changes nothing', async () => {
      const { orderId } = await confirmedOrder(url());
      for (const name of ['ship', 'deliver']) await command(url(), orderId, name, {});
      for (const status of ['handed_over', 'delivered']) await seen(orderId, status);
      await until('all that was told is stored', async () => (await count(orderId, 'ShipmentTracked')) === 2);
      await until('its notices are accepted', async () =>
        (await notices().about(orderId)).every(({ accepted }) => accepted),
      );
      for (const type of ['ShipmentHandedOver', 'OrderShipped', 'ShipmentDelivered', 'OrderDelivered']) {
        expect([type, await count(orderId, type)]).toEqual([type, 1]);
      }
    });
  });
}

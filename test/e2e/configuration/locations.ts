import { randomUUID } from 'node:crypto';
import {
  EventBridgeClient,
  ListEventBusesCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, test } from 'vitest';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { finalOrder, getOrder, type OrderAnswer, place } from '../../support/api/order-requests.ts';
import { asOperator } from '../../support/api/tokens.ts';
import { testWith } from '../../support/platform/capabilities.ts';
import { readLedger } from '../../support/platform/partners.ts';
import { runFunction } from '../../support/platform/run-function.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

/** Not one that other tests order. */
const SKU = 'GRINDER';

interface LocationStock {
  readonly location: string;
  readonly available: number;
  readonly reserved: number;
}

/** A shop with a second warehouse, in the country of its customer. `config` is `npm run config` with these arguments. */
export function locations(platform: SuitePlatform, config: (...args: string[]) => Promise<unknown>): void {
  const url = () => platform.instance.url;
  async function ask<Answer>(path: string, scope: string, request: { method: string; body: object } | undefined) {
    const answer = await callApi(url(), path, {
      headers: {
        ...(await asOperator(url(), scope)),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      ...(request ? { method: request.method, body: JSON.stringify(request.body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Answer };
  }
  const move = (body: object) => ask<object>(`/stock/${SKU}/movements`, 'stock:write', { method: 'POST', body });
  const limit = (body: object) => ask<object>(`/stock/${SKU}/limits`, 'stock:write', { method: 'PUT', body });
  const units = async () => {
    const { body } = await ask<{ locations: readonly LocationStock[] }>(`/stock/${SKU}`, 'stock:read', undefined);
    return body.locations.map(({ location, available, reserved }) => [location, available, reserved]);
  };

  describe('A shop with a second location', () => {
    beforeAll(async () => {
      const north = 'inventory.locations.north={"country":"CN","priority":200}';
      await config('set', north, 'inventory.allocation=nearest-country', '--reason', 'A warehouse opens.');
      await eventually('goods arrive there', async () => {
        const { status } = await move({ type: 'receipt', quantity: 2, location: 'north' });
        return status === 201 ? status : undefined;
      });
    });

    let orderId: string;

    test('sends goods from where the customer is, and from elsewhere what is missing there', async () => {
      expect(await units()).toEqual([
        ['main', 1, 0],
        ['north', 2, 0],
      ]);
      /** Settings take effect within their second: an order of before knows one location, and is cancelled for the next one. */
      orderId = await eventually('an order gets goods from both', async () => {
        const id = await place(url(), { items: [{ sku: SKU, quantity: 3 }] });
        const { status, items } = await finalOrder(url(), id);
        if (status === 'processing' && items[0]!.quantity === 3) return id;
        if (status === 'processing') await command(url(), id, 'cancel', {});
        await orderOnce(url(), id, 'is cancelled', (order) => order.status === 'cancelled');
        return undefined;
      });
      expect(await units()).toEqual([
        ['main', 0, 1],
        ['north', 0, 2],
      ]);
      const { body } = await ask<{ events: readonly { type: string; data: unknown }[] }>(
        `/orders/${orderId}/history`,
        'orders:read',
        undefined,
      );
      expect(body.events.find(({ type }) => type === 'InventoryReserved')!.data).toMatchObject({
        lines: [
          { sku: SKU, quantity: 2, location: 'north' },
          { sku: SKU, quantity: 1, location: 'main' },
        ],
      });
    });

    test('sends them in a parcel from each, of which the first to leave ships the order and the last to arrive delivers it', async () => {
      const parcels = async () => (await getOrder(url(), orderId)).shipments;
      const [near, far] = await parcels();
      expect([near, far]).toMatchObject([
        { shipmentId: orderId, status: 'booked', location: 'north', items: [{ sku: SKU, quantity: 2 }] },
        { shipmentId: `${orderId}_2`, status: 'booked', location: 'main', items: [{ sku: SKU, quantity: 1 }] },
      ]);
      expect(near!.trackingNumber).not.toBe(far!.trackingNumber);
      for (const { shipmentId } of [near!, far!]) {
        expect(await readLedger(platform.instance.carrierUrl, shipmentId)).toMatchObject([{ kind: 'booking' }]);
      }

      const of = ({ shipmentId }: { readonly shipmentId: string }, action: string) =>
        `shipments/${shipmentId}/${action}`;
      await command(url(), orderId, of(far!, 'hand-over'), {});
      const left = await orderOnce(url(), orderId, 'is shipped', ({ status }) => status === 'shipped');
      expect(left.shipments).toMatchObject([{ status: 'booked' }, { status: 'handed_over' }]);
      await eventually('the sale of what has left, and of nothing else', async () => {
        const counts = await units();
        expect(counts).toContainEqual(['north', 0, 2]);
        return counts.some(([location, , reserved]) => location === 'main' && reserved === 0) || undefined;
      });

      await command(url(), orderId, of(near!, 'hand-over'), {});
      await command(url(), orderId, of(near!, 'deliver'), {});
      await orderOnce(
        url(),
        orderId,
        'has delivered a parcel',
        ({ shipments }) => shipments[0]?.status === 'delivered',
      );
      expect(await getOrder(url(), orderId)).toMatchObject({ status: 'shipped' });
      await command(url(), orderId, of(far!, 'deliver'), {});
      await orderOnce(url(), orderId, 'is delivered', ({ status }) => status === 'delivered');
      await eventually('the sale of all', async () => {
        const counts = await units();
        return counts.every(([, , reserved]) => reserved === 0) || undefined;
      });
    });

    testWith('what follows a change of the configuration')(
      'gives goods to an order that waits for them as soon as their location is active',
      async () => {
        const south = (active: boolean) => `inventory.locations.south={"priority":300,"active":${active}}`;
        await config('set', south(false), 'inventory.whenShort=backorder', '--reason', 'It opens next week.');
        await eventually('goods arrive there', async () => {
          const { status } = await move({ type: 'receipt', quantity: 4, location: 'south' });
          return status === 201 ? status : undefined;
        });
        /** The settings take effect within their second: an order of before is cancelled. */
        const orderId = await eventually('an order waits for goods', async () => {
          const id = await place(url(), { items: [{ sku: SKU, quantity: 4 }] });
          const isDecided = ({ status }: OrderAnswer) => status === 'backordered' || status === 'cancelled';
          const { status } = await orderOnce(url(), id, 'is decided', isDecided);
          return status === 'backordered' ? id : undefined;
        });
        await config('set', south(true), '--reason', 'It opens.');
        expect(await finalOrder(url(), orderId)).toMatchObject({ status: 'processing' });
        expect(await units()).toContainEqual(['south', 0, 4]);
        await config('set', 'inventory.whenShort=refuse', '--reason', 'As before.');
      },
    );

    test('tells on the bus, and in the list, when there is little of an article at all locations together', async () => {
      await move({ type: 'receipt', quantity: 3, location: 'north' });
      expect(await limit({ safetyStock: 1, location: 'north', reason: 'A fair.' })).toMatchObject({ status: 200 });
      const told = await stockEvents(platform.instance.endpointUrl);
      expect(await limit({ safetyStock: 0, lowStockThreshold: 2, reason: 'A fair.' })).toMatchObject({
        body: { forSale: 2, safetyStock: 1 },
      });
      await runFunction(platform.instance.endpointUrl, 'inventory/check-low-stock');
      expect(await told()).toMatchObject({ type: 'StockLow', sku: SKU, data: { available: 2, threshold: 2 } });
      const { body } = await ask<{ items: readonly object[] }>('/stock?low=true', 'stock:read', undefined);
      expect(body.items).toMatchObject([{ sku: SKU, forSale: 2, low: true }]);
    });
  });
}

/** Resolves to what waits for the next event of an article that is published. */
async function stockEvents(endpointUrl: string): Promise<() => Promise<unknown>> {
  const aws = operatorClientConfig(endpointUrl);
  const [events, sqs] = [new EventBridgeClient(aws), new SQSClient(aws)];
  const { EventBuses = [] } = await events.send(new ListEventBusesCommand({}));
  const bus = { EventBusName: EventBuses.find(({ Name }) => Name !== 'default')!.Name };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'low-stock' }));
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const pattern = JSON.stringify({ 'detail-type': ['StockLow'] });
  await events.send(new PutRuleCommand({ ...bus, Name: 'low-stock', EventPattern: pattern }));
  const target = { Id: 'q', Arn: Attributes.QueueArn, InputPath: '$.detail' };
  await events.send(new PutTargetsCommand({ ...bus, Rule: 'low-stock', Targets: [target] }));
  return () =>
    eventually('StockLow is published', async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      return Messages[0]?.Body === undefined ? undefined : (JSON.parse(Messages[0].Body) as unknown);
    });
}

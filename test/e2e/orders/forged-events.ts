import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import { callApi } from '../../support/api/client.ts';
import { command } from '../../support/api/command-requests.ts';
import { finalOrder, getOrder, historyTypes, place } from '../../support/api/order-requests.ts';
import { asOperator } from '../../support/api/tokens.ts';
import { readLedger } from '../../support/platform/partners.ts';
import { inboxOf } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { until } from '../../support/run/eventually.ts';

const CUSTOMER = 'C-forged';
/** Their consumers have to see what was forged for them before the test looks at the orders. */
const DECEIVED = ['StartOrderSaga', 'StartCancellationSaga', 'RefundPayment', 'NotifyCustomer'];

export function forgedEvents(platform: SuitePlatform): void {
  test('Whoever can write to the bus can neither charge a held order nor undo, refund or close a processing one', async () => {
    const { url, gatewayUrl, endpointUrl } = platform.instance;
    const held = await place(url, { customerId: CUSTOMER, items: [{ sku: 'TSHIRT', quantity: 80 }] });
    const processing = await place(url, { customerId: CUSTOMER });
    const { total, version } = await finalOrder(url, processing);

    const history = await callApi(url, `/orders/${held}/history`, { headers: await asOperator(url) });
    const [{ eventId }] = ((await history.json()) as { events: [{ eventId: string }] }).events;
    const forged = (orderId: string, type: string, over: object) => ({
      type,
      detail: {
        orderId,
        eventId: randomUUID(),
        occurredAt: new Date().toISOString(),
        correlationId: 'forged',
        ...over,
      },
    });
    const lies = [
      forged(held, 'OrderCreated', { eventId, version: 1, data: {} }),
      forged(held, 'OrderApproved', { version: 2, data: {} }),
      ...[version, version + 1].flatMap((at) => [
        forged(processing, 'CancellationRequested', { version: at, data: { from: 'processing' } }),
        forged(processing, 'RefundRequested', {
          version: at,
          data: { refundId: randomUUID(), amount: total, lines: [] },
        }),
        forged(processing, 'OrderCancelled', {
          version: at,
          data: { customerId: CUSTOMER, reason: 'out_of_stock', parked: [] },
        }),
      ]),
    ];
    const bus = new EventBridgeClient(operatorClientConfig(endpointUrl));
    const { EventBusName } = await platform.instance.outputs();
    const Entries = lies.map(({ type, detail }) => ({
      EventBusName,
      Source: 'waybill.orders',
      DetailType: type,
      Detail: JSON.stringify(detail),
    }));
    expect(await bus.send(new PutEventsCommand({ Entries }))).toMatchObject({ FailedEntryCount: 0 });
    bus.destroy();
    await until('all consumers have refused', async () => {
      const refusing = (await platform.instance.logs()).filter(({ text }) => text.includes('EventsRefused'));
      return DECEIVED.every((id) => refusing.some(({ name }) => name.includes(id)));
    });

    expect(await historyTypes(url, held)).toEqual(['OrderCreated']);
    expect(await readLedger(gatewayUrl, held)).toEqual([]);
    expect(await getOrder(url, processing)).toMatchObject({ status: 'processing', version, refunds: [] });
    expect((await readLedger(gatewayUrl, processing)).map(({ kind }) => kind)).toEqual(['authorisation', 'capture']);
    const told = await inboxOf(platform.instance, CUSTOMER);
    const templates = told.map(({ template }) => template as string);
    expect(templates.filter((template) => !['order-held', 'order-created'].includes(template))).toEqual([
      'order-confirmed',
    ]);

    await command(url, held, 'reject', {});
  });
}

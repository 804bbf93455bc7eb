import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import type { ExportTraceServiceRequest } from '../../../launch/trace/otlp.ts';
import { finalOrder, orderBody, post } from '../../support/api/order-requests.ts';
import { testWith } from '../../support/platform/capabilities.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';
import { faultsIn } from '../../support/trace/collector.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../../../launch/trace/trace.ts');
const CLIENT_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
/** What an order that ends well consists of: after what, what. */
const WAY = [
  ['createOrder', undefined],
  ['publish OrderCreated', 'createOrder'],
  ['start-order-saga OrderCreated', 'publish OrderCreated'],
  ['OrderSaga', 'start-order-saga OrderCreated'],
  ...['ReserveInventory', 'AuthorisePayment', 'CreateShipment', 'CapturePayment', 'ConfirmOrder'].flatMap((state) => {
    const step = state.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    return [
      [state, 'OrderSaga'],
      [step, state],
    ];
  }),
  ['payment-gateway authorise', 'authorise-payment'],
  ['carrier book', 'create-shipment'],
  ['payment-gateway capture', 'capture-payment'],
  ['publish InventoryReserved', 'reserve-inventory'],
  ['publish OrderConfirmed', 'confirm-order'],
  ['notify-customer OrderConfirmed', 'publish OrderConfirmed'],
  ['project-order-view OrderConfirmed', 'publish OrderConfirmed'],
];

export function traces(platform: SuitePlatform): void {
  const printed = async (orderId: string, ...args: readonly string[]) => {
    const env = { ...process.env, NODE_OPTIONS: '', WAYBILL_DATA: platform.embedded.dataDir };
    return (await promisify(execFile)(process.execPath, [PROGRAM, '--order', orderId, ...args], { env })).stdout;
  };

  describe('npm run trace', () => {
    testWith('the output and the files of npm start')(
      'shows the one trace of an order, from the request over the bus and its saga to partners and consumers',
      async () => {
        const { url } = platform.instance;
        const traceparent = `00-${CLIENT_TRACE}-00f067aa0ba902b7-01`;
        const answer = await post(url, orderBody(), { traceparent });
        const { orderId } = (await answer.json()) as { orderId: string };
        await finalOrder(url, orderId);
        const spans = await eventually('spans of the whole way', async () => {
          // Lines are in the files some moments after they were written: until then there is no trace.
          const text = await printed(orderId, '--otlp').catch(() => undefined);
          if (text === undefined) return undefined;
          const request = JSON.parse(text) as ExportTraceServiceRequest;
          expect(faultsIn(request)).toEqual([]);
          const found = request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
          return WAY.every(([name]) => found.some((span) => span.name === name)) ? found : undefined;
        });
        const parentOf = (name: string | undefined) => {
          const parent = spans.find((span) => span.name === name)!.parentSpanId;
          return spans.find(({ spanId }) => spanId === parent)?.name;
        };
        expect(WAY.map(([name]) => [name, parentOf(name)])).toEqual(WAY);
        expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([orderId.replaceAll('-', '')]));
        expect(spans.find(({ name }) => name === 'createOrder')!.links).toMatchObject([{ traceId: CLIENT_TRACE }]);
        expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
        expect(await printed(orderId)).toMatch(/ms {2}│? +│? +│? +└ authorise-payment +payments/);
      },
    );
  });
}

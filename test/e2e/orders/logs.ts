import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { finalOrder, place } from '../../support/api/order-requests.ts';
import { testWith } from '../../support/platform/capabilities.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../../../launch/logs/logs.ts');
/** Every function that has to do with an order that ends well. */
const FUNCTIONS = [
  'authorise-payment',
  'capture-payment',
  'confirm-order',
  'create-order',
  'create-shipment',
  'notify-customer',
  'project-order-view',
  'relay-order-events',
  'reserve-inventory',
  'start-order-saga',
];

export function logs(platform: SuitePlatform): void {
  const shown = async (orderId: string) => {
    const env = { ...process.env, NODE_OPTIONS: '', WAYBILL_DATA: platform.embedded.dataDir };
    const program = promisify(execFile)(process.execPath, [PROGRAM, '--order', orderId], { env });
    return (await program).stdout.split('\n').filter((line) => line !== '');
  };

  testWith('the output and the files of npm start')(
    'npm run logs follows an order through every function, in the order of time',
    async () => {
      const [orderId, other] = [await place(platform.instance.url), await place(platform.instance.url)];
      await Promise.all([finalOrder(platform.instance.url, orderId), finalOrder(platform.instance.url, other)]);
      const lines = await eventually('lines of all functions', async () => {
        // Lines are in the files some moments after they were written: until then the program finds no order.
        const found = await shown(orderId).catch((): string[] => []);
        return FUNCTIONS.every((name) => found.some((line) => line.includes(` ${name} `))) ? found : undefined;
      });
      expect(lines.map((line) => line.slice(0, 23))).toEqual(lines.map((line) => line.slice(0, 23)).sort());
      expect(lines[0]).toMatch(/create-order +A command is answered\. {2}operation createOrder · status 202$/);
      expect(lines.filter((line) => /relay-order-events .* type OrderConfirmed/.test(line))).toHaveLength(1);
      expect(lines.filter((line) => / [✗!] /.test(line))).toEqual([]);
    },
  );

  test('Every line about an order has the correlation id of the request that it goes back to, those of the sagas included', async () => {
    const { url } = platform.instance;
    const orderIds = [await place(url), await place(url, { token: 'tok_declined' })];
    await Promise.all(orderIds.map((orderId) => finalOrder(url, orderId)));
    await command(url, orderIds[0]!, 'cancel', {});
    await orderOnce(url, orderIds[0]!, 'is cancelled', ({ status }) => status === 'cancelled');
    const lines = await eventually('lines of all steps', async () => {
      const found = (await platform.instance.logs()).flatMap(({ name, text }) =>
        text.split('\n').flatMap((line) => (/"orderId":"/.test(line) ? [{ name, line }] : [])),
      );
      const areThere = orderIds.every((id) => found.filter(({ line }) => line.includes(id)).length > 5);
      return areThere && found.some(({ name }) => name.includes('ReleaseInventory')) ? found : undefined;
    });
    expect(lines.filter(({ line }) => !/"correlationId":"[^"]/.test(line))).toEqual([]);
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { finalOrder, placeUntilAccepted } from '../support/api/order-requests.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';
import { until } from '../support/run/eventually.ts';

const dataDir = temporaryDataDir();
let instance: Instance | undefined;

afterAll(async () => {
  await instance?.interrupt();
  removeDataDir(dataDir);
});

test('After kill -9 in mid-saga and a restart, three times over, every accepted order ends, and ledger, stock and orders agree', async () => {
  const accepted: string[] = [];
  const tokens = ['tok_ok', 'tok_ok', 'tok_declined', 'tok_flaky', 'tok_timeout_charged'];
  for (let round = 0; round < 3; round += 1) {
    instance = await startInstance(dataDir);
    const { url } = instance;
    let isKilled = false;
    const placing = Array.from({ length: 20 }, async (_, index) => {
      const quantity = (index % 3) + 1;
      const postalCode = index % 7 === 0 ? '000000' : '200000';
      // A request without an answer was not accepted: only accepted orders must end.
      const orderId = await placeUntilAccepted(
        url,
        { items: [{ sku: 'TSHIRT', quantity }], token: tokens[index % tokens.length]!, postalCode },
        () => isKilled,
      );
      if (orderId) accepted.push(orderId);
    });
    // Once enough orders are accepted, sagas run; each round kills them at another moment.
    const before = accepted.length;
    await until('sagas run', () => accepted.length >= before + 8);
    await sleep(150 * round);
    isKilled = true;
    await instance.kill9();
    await Promise.all(placing);
  }
  expect(accepted.length).toBeGreaterThanOrEqual(24);

  instance = await startInstance(dataDir);
  const { url, gatewayUrl } = instance;
  // The kill may have cut off the 202 of an order that is stored all the same: every order of the log must end.
  const { InventoryTableName, OrderLogTableName } = await instance.outputs();
  const { Items = [] } = await instance
    .db()
    .send(new ScanCommand({ TableName: OrderLogTableName, ConsistentRead: true }));
  const stored = new Set(Items.map(({ orderId }) => orderId as string));
  for (const orderId of accepted) expect(stored).toContain(orderId);
  const orders = await Promise.all([...stored].map((orderId) => finalOrder(url, orderId)));

  const movements = await gatewayLedger(gatewayUrl);
  let sold = 0;
  for (const order of orders) {
    const { orderId } = order;
    const total = (kind: string) =>
      movements
        .filter((entry) => entry.key === orderId && entry.kind === kind)
        .reduce((sum, { amount }) => sum + (amount ?? 0), 0);
    const owed = order.status === 'processing' ? order.total.amount : 0;
    expect([orderId, order.status, total('capture') - total('refund')]).toEqual([orderId, order.status, owed]);
    expect([orderId, order.status, total('authorisation') - total('void') - total('refund')]).toEqual([
      orderId,
      order.status,
      owed,
    ]);
    if (owed > 0) sold += order.items.reduce((sum, { quantity }) => sum + quantity, 0);
  }
  expect(sold).toBeGreaterThan(0);
  const { Item } = await instance
    .db()
    .send(new GetCommand({ TableName: InventoryTableName, Key: { pk: 'SKU#TSHIRT' }, ConsistentRead: true }));
  expect(Item).toMatchObject({ available: 1_000_000 - sold, reserved: sold });
});

async function gatewayLedger(gatewayUrl: string) {
  const answer = await fetch(`${gatewayUrl}/v1/ledger`);
  return ((await answer.json()) as { entries: { key: string; kind: string; amount?: number }[] }).entries;
}

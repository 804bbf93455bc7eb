import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { finalOrder, orderBody, post } from '../../support/api/order-requests.ts';
import { asOperator, bearer } from '../../support/api/tokens.ts';
import { has } from '../../support/platform/capabilities.ts';
import { executionsOf } from '../../support/platform/executions.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

export function privacy(platform: SuitePlatform): void {
  test('An order shows neither address nor contact nor comment nor token in histories, queues, executions or function logs, whatever is done to it', async () => {
    const { url } = platform.instance;
    const marker = `Marker${randomUUID().slice(0, 8)}`;
    const comment = { comment: `${marker} says so` };
    const shippingAddress = { ...orderBody().shippingAddress, name: `${marker} Li`, street: marker };
    const caller = await bearer(url, {
      sub: 'C1',
      role: 'customer',
      name: `${marker} Li`,
      email: `${marker}@example.com`,
    });
    const card = '4111111111111111';
    const secrets = [marker, card, caller.authorization!.slice('Bearer '.length)];
    const ordered = async (over: object = {}) =>
      ((await (await post(url, { ...orderBody(), shippingAddress, ...over }, caller)).json()) as { orderId: string })
        .orderId;
    const one = { sku: 'TSHIRT', quantity: 1 };
    const items = [{ sku: 'TSHIRT', quantity: 2 }];
    const [held, cancelled, returned] = [
      await ordered({ items: [{ sku: 'TSHIRT', quantity: 100 }] }),
      await ordered(),
      await ordered({ items: [{ sku: 'TSHIRT', quantity: 2 }] }),
    ];
    const misplaced = { ...orderBody({ token: card }), [card]: `${card}` };
    expect((await post(url, misplaced, { ...caller, 'idempotency-key': randomUUID() })).status).toBe(400);
    await command(url, held, 'shipping-address', { shippingAddress }, { method: 'PUT', headers: caller });
    await command(url, held, 'items', { items: [{ sku: 'TSHIRT', quantity: 90 }] }, { method: 'PUT', headers: caller });
    await command(url, held, 'reject', comment);
    await Promise.all([finalOrder(url, cancelled), finalOrder(url, returned)]);
    await command(url, cancelled, 'cancel', comment, { headers: caller });
    await command(url, returned, 'refunds', { type: 'amount', amount: { amount: 100, currency: 'CNY' }, ...comment });
    await command(url, returned, 'ship', {});
    await command(url, returned, 'deliver', {});
    const { returnId } = await command(url, returned, 'returns', { items, ...comment }, { headers: caller });
    const rejected = [{ ...one, reason: 'used', ...comment }];
    await command(url, returned, `returns/${returnId}/receive`, { accepted: [one], rejected });
    await orderOnce(url, cancelled, 'is cancelled', ({ status }) => status === 'cancelled');
    await orderOnce(url, returned, 'is refunded', ({ refunds }) =>
      refunds.every(({ status }) => status === 'refunded'),
    );

    for (const orderId of [held, cancelled, returned]) {
      const history = await (
        await callApi(url, `/orders/${orderId}/history`, { headers: await asOperator(url) })
      ).text();
      expect(secrets.concat('tok_ok').filter((secret) => history.includes(secret))).toEqual([]);
    }
    const logs = await platform.instance.logs();
    expect(logs.length).toBeGreaterThan(1);
    const kept = [...logs, { name: 'executions', text: (await executionsOf(platform.instance)).join('\n') }];
    for (const { name, text } of kept) {
      expect([name, secrets.filter((secret) => text.includes(secret))]).toEqual([name, []]);
    }
    if (has('the output and the files of npm start')) journalsKeepNone(platform.embedded.dataDir, secrets);
  });
}

function journalsKeepNone(dataDir: string, secrets: readonly string[]): void {
  const journals = readdirSync(dataDir).filter((file) => /^runtime/.test(file));
  expect(journals.length).toBeGreaterThan(0);
  for (const file of journals) {
    const content = readFileSync(path.join(dataDir, file));
    expect([file, secrets.filter((secret) => content.includes(secret))]).toEqual([file, []]);
  }
}

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { finalOrder, getOrder, orderBody, post } from '../../support/api/order-requests.ts';
import { asOperator, bearer, type Headers } from '../../support/api/tokens.ts';
import { has } from '../../support/platform/capabilities.ts';
import { runFunction } from '../../support/platform/run-function.ts';
import { storedItems, untilSettled } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

interface Progress {
  readonly erasureId: string;
  readonly status: string;
  readonly orders: { readonly erased: number; readonly waiting: number; readonly next: number };
  readonly waiting: readonly { readonly orderId: string; readonly why: string }[];
}

interface Held {
  readonly orders: readonly { readonly order: { readonly orderId: string }; readonly events: readonly object[] }[];
  readonly notifications?: readonly object[];
  readonly next?: string;
}

export function erasure(platform: SuitePlatform): void {
  describe('A person', () => {
    const marker = `Mark${randomUUID().slice(0, 8)}`;
    const customerId = `auth0|${randomUUID().slice(0, 8)}`;
    // A token that no other order has, of eleven digits, which no card number has; and an address of a network that is kept for examples (RFC 3849).
    const token = `tok_limit_${String(Number.parseInt(marker.slice(4), 16) + 10 ** 10)}`;
    const customerIp = `2001:db8::${marker.slice(4, 8)}:${marker.slice(8)}`;
    const person = { name: `${marker} Li`, email: `${marker}@example.com` };
    const shippingAddress = { ...orderBody().shippingAddress, name: `${marker} Li`, street: `${marker} 7` };
    const owner = `/customers/${encodeURIComponent(customerId)}`;
    const url = () => platform.instance.url;
    const theirs = (): Promise<Headers> => bearer(url(), { sub: customerId, role: 'customer', ...person });
    const ids: string[] = [];

    const ordered = async (over: object = {}): Promise<string> => {
      const body = { ...orderBody({ token }), customerId, shippingAddress, ...over };
      const headers = { ...(await theirs()), 'idempotency-key': randomUUID() };
      const { orderId } = (await (await post(url(), body, headers)).json()) as { orderId: string };
      ids.push(orderId);
      return orderId;
    };
    const answered = async <Body>(route: string, headers: Headers, expected = 200): Promise<Body> => {
      const answer = await callApi(url(), route, { headers });
      expect({ route, status: answer.status }).toEqual({ route, status: expected });
      return (await answer.json()) as Body;
    };
    const requested = async (headers: Headers, reason = 'customer_request'): Promise<Response> =>
      callApi(url(), `${owner}/erasures`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ reason }),
      });
    const goOn = () => runFunction(platform.instance.endpointUrl, 'orders/advance-erasures');
    /** What everybody else has in the tables whose items nobody changes. */
    const ofOthers = async () =>
      Object.entries(await storedItems(platform.instance))
        .filter(([table]) => /^(OrderLog|Commands|Notifications)/.test(table))
        .flatMap(([table, items]) =>
          items.filter((item) => !isOf(String(item))).map((item) => `${table} ${String(item)}`),
        );
    const isOf = (item: string) => item.includes(customerId) || ids.some((id) => item.includes(id));

    test('can have everything that is held of them, page by page, and nobody else can', async () => {
      const [held, returned, cancelled, unpaid] = [
        await ordered({ items: [{ sku: 'TSHIRT', quantity: 100 }] }),
        await ordered({ items: [{ sku: 'TSHIRT', quantity: 2 }] }),
        await ordered(),
        await ordered({ paymentMethod: { type: 'wechat_pay', via: 'h5', customerIp } }),
      ];
      await Promise.all([finalOrder(url(), returned), finalOrder(url(), cancelled)]);
      await orderOnce(url(), unpaid, 'waits for its customer', ({ payment }) => payment.action !== undefined);
      await command(url(), unpaid, 'cancel', {}, { headers: await theirs() });
      const comment = `${marker} says so`;
      await command(url(), held, 'shipping-address', { shippingAddress }, { method: 'PUT', headers: await theirs() });
      await command(url(), cancelled, 'cancel', { comment }, { headers: await theirs() });
      await command(url(), returned, 'ship', {});
      await command(url(), returned, 'deliver', {});
      const units = [{ sku: 'TSHIRT', quantity: 1 }];
      const { returnId } = await command(
        url(),
        returned,
        'returns',
        { items: units, comment },
        { headers: await theirs() },
      );
      const rejected = [{ ...units[0], reason: 'used', comment }];
      await command(url(), returned, `returns/${returnId}/receive`, { rejected });
      for (const orderId of [cancelled, unpaid]) {
        await orderOnce(url(), orderId, 'is cancelled', ({ status }) => status === 'cancelled');
      }

      const first = await eventually('the orders and what was told about them', async () => {
        const held = await answered<Held>(`${owner}/personal-data?limit=2`, await theirs());
        return held.next !== undefined && held.notifications!.length > 2 ? held : undefined;
      });
      const next = `${owner}/personal-data?limit=2&cursor=${first.next}`;
      const second = await answered<Held>(next, await asOperator(url(), 'privacy:read'));
      const orders = [...first.orders, ...second.orders];
      expect(orders.map(({ order }) => order.orderId)).toEqual([...ids].reverse());
      const text = JSON.stringify(orders);
      for (const part of [person.email, `${marker} Li`, `${marker} 7`, comment]) expect(text).toContain(part);
      expect(text).toContain(customerIp);
      expect(text).not.toMatch(/tok_|requestHash|"O1"/);
      await answered(`${owner}/personal-data`, await bearer(url(), { sub: 'C1', role: 'customer' }), 404);
      await answered(`${owner}/personal-data`, await asOperator(url(), 'orders:read'), 403);
    });

    test('is forgotten in every table and every log once nothing is under way; books, stock and everybody else stay as they were', async () => {
      const [held = '', returned = '', cancelled = '', unpaid = ''] = ids;
      const known = JSON.stringify(await storedItems(platform.instance));
      for (const each of [marker, token, customerIp]) expect(known).toContain(each);
      const others = await ofOthers();
      const before = await getOrder(url(), returned);
      expect((await requested(await asOperator(url(), 'privacy:read'))).status).toBe(403);
      const answer = await requested({ ...(await theirs()), 'idempotency-key': marker });
      const progress = (await answer.json()) as Progress;
      expect({ status: answer.status, progress }).toMatchObject({
        status: 202,
        progress: { status: 'under_way', waiting: [{ orderId: held, why: 'order_under_way' }] },
      });
      const self = `${owner}/erasures/${progress.erasureId}`;
      expect(answer.headers.get('location')).toBe(`/api/v1/customers/${customerId}/erasures/${progress.erasureId}`);
      const again = await requested({ ...(await theirs()), 'idempotency-key': marker });
      expect([again.headers.get('idempotency-replayed'), (await again.json()) as Progress]).toMatchObject([
        'true',
        { erasureId: progress.erasureId },
      ]);
      const other = await requested({ ...(await theirs()), 'idempotency-key': marker }, 'unlawful');
      expect(other.status).toBe(422);

      // What the run has erased shows at once; it ends when no projection can be under way any more that knew the person.
      const firstRun = goOn();
      await eventually('the orders that are over, erased', async () => {
        const { orders, waiting } = await answered<Progress>(self, await asOperator(url(), 'privacy:read'));
        return (orders.erased === 3 && waiting[0]?.orderId === held) || undefined;
      });
      expect(await getOrder(url(), held)).toMatchObject({ customer: person, shippingAddress });
      expect(await getOrder(url(), returned)).toMatchObject({
        status: before.status,
        total: before.total,
        payment: before.payment,
        customer: { name: '[erased]' },
        shippingAddress: { name: '[erased]', country: shippingAddress.country },
      });

      await command(url(), held, 'reject', { comment: `${marker} is rejected` });
      await orderOnce(url(), held, 'is cancelled', ({ status }) => status === 'cancelled');
      await untilSettled(platform.instance);
      await firstRun;
      expect((await requested(await asOperator(url(), 'privacy:erase'), 'legal_obligation')).status).toBe(202);
      await goOn();

      // Nothing is old enough; a test of the adapters has what is.
      await runFunction(platform.instance.endpointUrl, 'orders/erase-old-orders');
      const stored = Object.entries(await storedItems(platform.instance));
      expect(stored.length).toBeGreaterThan(12);
      const secrets = [marker, marker.toLowerCase(), person.email, token, customerIp];
      for (const [table, items] of stored) {
        expect([table, items.filter((item) => secrets.some((each) => String(item).includes(each)))]).toEqual([
          table,
          [],
        ]);
      }
      for (const { name, text } of await platform.instance.logs()) {
        expect([name, secrets.filter((each) => text.includes(each))]).toEqual([name, []]);
      }
      if (has('the output and the files of npm start')) {
        const { dataDir } = platform.embedded;
        for (const file of readdirSync(dataDir).filter((name) => /^runtime/.test(name))) {
          const content = readFileSync(path.join(dataDir, file));
          expect([file, secrets.filter((each) => content.includes(each))]).toEqual([file, []]);
        }
      }
      const now = new Set(await ofOthers());
      expect(others.length).toBeGreaterThan(10);
      expect(others.filter((item) => !now.has(item))).toEqual([]);
      const found = await answered<{ items: object[] }>(`/orders/search?q=${marker}`, await asOperator(url()));
      expect(found.items).toEqual([]);
      const kept = await answered<Held>(`${owner}/personal-data`, await theirs());
      expect(kept.orders.map(({ order }) => order.orderId)).toEqual([unpaid, cancelled, returned, held]);
      expect(kept.notifications).toEqual([]);
    });
  });
}

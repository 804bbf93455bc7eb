/** Lists, searches and histories over HTTP, page by page, and the rebuild of what they read. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { operatorEnvironment } from '../../../launch/clients/operator.ts';
import { callApi } from '../../support/api/client.ts';
import { finalOrder, place } from '../../support/api/order-requests.ts';
import { asOperator, bearer } from '../../support/api/tokens.ts';
import { has } from '../../support/platform/capabilities.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const ORDERS = 5;
const HELD_UNITS = 80;

/** On one machine the folder of its data says where the tables are; elsewhere their names do. */
async function rebuildTarget(platform: SuitePlatform): Promise<NodeJS.ProcessEnv> {
  if (has('the output and the files of npm start')) return { WAYBILL_DATA: platform.embedded.dataDir };
  const outputs = await platform.instance.outputs();
  return {
    ...operatorEnvironment(platform.instance.endpointUrl),
    ORDER_LOG_TABLE: outputs.OrderLogTableName,
    ORDER_VIEW_TABLE: outputs.OrderViewTableName,
    ORDER_SEARCH_TABLE: outputs.OrderSearchTableName,
    RECOVERY_TASKS_TABLE: outputs.RecoveryTasksTableName,
    PROJECTIONS_TABLE: outputs.ProjectionsTableName,
  };
}

interface Page {
  readonly items: readonly { readonly orderId: string; readonly status: string }[];
  readonly next?: string;
}

export function queries(platform: SuitePlatform): void {
  describe('The orders of a customer', () => {
    const name = randomUUID().slice(0, 8);
    const customerId = `auth0|${name}`;
    const email = `${name}@example.com`;
    const list = `/orders/customer/${encodeURIComponent(customerId)}`;
    let url: string;
    /** Newest first. */
    let ids: string[];

    const ask = async (route: string): Promise<Record<string, unknown>> => {
      const answer = await callApi(url, route, { headers: await asOperator(url) });
      if (answer.status !== 200) {
        throw new Error(`GET ${route}: expected 200, got ${answer.status}: ${await answer.text()}`);
      }
      return (await answer.json()) as Record<string, unknown>;
    };
    const page = async (route: string): Promise<Page> => (await ask(route)) as unknown as Page;
    const walk = async (route: string): Promise<string[][]> => {
      const pages: string[][] = [];
      let next: string | undefined;
      do {
        const answer = await page(next === undefined ? route : `${route}&cursor=${next}`);
        pages.push(answer.items.map(({ orderId }) => orderId));
        next = answer.next;
      } while (next !== undefined && pages.length < 50);
      return pages;
    };
    const inPagesOf = (size: number, all: readonly string[]): string[][] =>
      Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

    beforeAll(async () => {
      ({ url } = platform.instance);
      const caller = await bearer(url, { sub: customerId, role: 'customer', name: 'Ada Byron', email });
      ids = [];
      for (let order = 1; order < ORDERS; order += 1) ids.unshift(await place(url, { customerId }, caller));
      ids.unshift(await place(url, { customerId, items: [{ sku: 'TSHIRT', quantity: HELD_UNITS }] }, caller));
      await Promise.all(ids.slice(1).map((orderId) => finalOrder(url, orderId)));
      await eventually('every order is listed as it ended', async () => {
        const { items } = await page(list);
        return items.length === ORDERS && items.slice(1).every(({ status }) => status === 'processing')
          ? true
          : undefined;
      });
    });

    test('are listed newest first, page by page', async () => {
      for (const limit of [1, 2, 5, 100]) expect(await walk(`${list}?limit=${limit}`)).toEqual(inPagesOf(limit, ids));
    });

    test('are listed and read whether their ids are encoded or not, and in either case', async () => {
      expect((await walk(`/orders/customer/${customerId}?limit=100`)).flat()).toEqual(ids);
      expect(await ask(`/orders/${ids[0]!.toUpperCase()}`)).toMatchObject({ orderId: ids[0] });
      expect(await ask(`/orders/${ids[0]!.replaceAll('-', '%2D')}`)).toMatchObject({ orderId: ids[0] });
    });

    test('are listed by their status', async () => {
      expect((await walk(`${list}?status=processing&limit=3`)).flat()).toEqual(ids.slice(1));
      expect((await walk(`${list}?status=held&limit=3`)).flat()).toEqual(ids.slice(0, 1));
      expect((await walk(`${list}?status=cancelled&limit=3`)).flat()).toEqual([]);
    });

    test('are found by e-mail address, page by page, and by several words', async () => {
      for (const limit of [2, 100]) {
        expect(await walk(`/orders/search?q=${email}&limit=${limit}`)).toEqual(inPagesOf(limit, ids));
      }
      expect((await walk(`/orders/search?q=byron+tshirt+${email}&limit=2`)).flat()).toEqual(ids);
      expect((await walk(`/orders/search?q=${email}+${ids[2]}&limit=2`)).flat()).toEqual([ids[2]]);
    });

    test('are found while they wait for review', async () => {
      expect((await walk(`/orders/search?q=status:held+${email}&limit=2`)).flat()).toEqual([ids[0]]);
    });

    test('are found by the number of their payment and of their parcel, as the channel, we and the carrier name them', async () => {
      const { payment, shipment } = (await ask(`/orders/${ids[1]}`)) as unknown as {
        payment: { paymentId: string };
        shipment: { trackingNumber: string };
      };
      for (const number of [payment.paymentId, shipment.trackingNumber, `${ids[1]}-1`]) {
        expect([number, (await walk(`/orders/search?q=${number}&limit=5`)).flat()]).toEqual([number, [ids[1]]]);
      }
    });

    test('are among all orders, newest first, by what they are; and counted', async () => {
      const own = (all: readonly string[]) => all.filter((orderId) => ids.includes(orderId));
      await eventually('every order is listed', async () =>
        own((await walk('/orders?limit=100')).flat()).length === ORDERS ? true : undefined,
      );
      expect(own((await walk('/orders?limit=100')).flat())).toEqual(ids);
      expect(own((await walk('/orders?status=held&limit=5')).flat())).toEqual([ids[0]]);
      expect(own((await walk('/orders?status=processing&paymentMethod=card&limit=3')).flat())).toEqual(ids.slice(1));
      expect(own((await walk('/orders?paymentMethod=alipay&status=held&limit=5')).flat())).toEqual([]);
      await eventually('the counts are those of the lists', async () => {
        const held = (await walk('/orders?status=held&limit=100')).flat().length;
        const counts = (await ask('/orders/counts')) as { orders: number; status: { held: number } };
        const all = (await walk('/orders?limit=100')).flat().length;
        return counts.status.held === held && counts.orders === all ? true : undefined;
      });
    });

    test('are confirmed with 304 to a client that has them, as orders, histories, lists and searches', async () => {
      const headers = await asOperator(url);
      for (const route of [`/orders/${ids[1]}`, `/orders/${ids[1]}/history`, list, `/orders/search?q=${email}`]) {
        const first = await callApi(url, route, { headers });
        const etag = String(first.headers.get('etag'));
        const again = await callApi(url, route, { headers: { ...headers, 'If-None-Match': etag } });
        expect([route, again.status, await again.text()]).toEqual([route, 304, '']);
        expect(again.headers.get('cache-control')).toBe('private, no-cache');
        const other = await callApi(url, route, { headers: { ...headers, 'If-None-Match': '"other"' } });
        expect([route, other.status, other.headers.get('etag')]).toEqual([route, 200, etag]);
      }
    });

    test('have histories that are read page by page, with the actor of each event', async () => {
      const events: { version: number; actor: { type: string; id: string } }[] = [];
      let next: string | undefined;
      do {
        const answer = (await ask(
          `/orders/${ids[1]}/history?limit=4${next === undefined ? '' : `&cursor=${next}`}`,
        )) as { events: typeof events; next?: string };
        events.push(...answer.events);
        next = answer.next;
      } while (next !== undefined);
      expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(events[0]!.actor).toEqual({ type: 'customer', id: customerId });
      expect(new Set(events.slice(1).map(({ actor }) => actor.type))).toEqual(new Set(['system']));
    });

    test('are rebuilt from the log while they are read: the lost order is back, and no other is ever missing', async () => {
      const { OrderViewTableName } = await platform.instance.outputs();
      const [lost, ...others] = [ids[2]!, ...ids.filter((_, at) => at !== 2)];
      await platform.instance.db().send(new DeleteCommand({ TableName: OrderViewTableName, Key: { orderId: lost } }));
      expect((await walk(`${list}?limit=2`)).flat()).toEqual(others);

      const rebuild = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', path.join(ROOT, 'launch/rebuild/rebuild.ts'), 'order-view'],
        {
          cwd: ROOT,
          env: { ...process.env, NODE_OPTIONS: '', ...(await rebuildTarget(platform)) },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      let said = '';
      for (const output of [rebuild.stdout, rebuild.stderr]) {
        output.on('data', (chunk: Buffer) => (said += chunk.toString()));
      }
      let ended = false;
      const end = once(rebuild, 'close').then(() => void (ended = true));
      while (!ended) {
        for (const route of [`${list}?limit=3`, `/orders/search?q=${email}&limit=3`]) {
          expect((await walk(route)).flat().filter((orderId) => orderId !== lost)).toEqual(others);
        }
      }
      await end;
      expect({ code: rebuild.exitCode, said }).toMatchObject({
        code: 0,
        said: expect.stringContaining('Done: order-view is what the log says.'),
      });
      expect((await walk(`${list}?limit=2`)).flat()).toEqual(ids);
      expect(await ask('/metrics')).toMatchObject({
        projections: [
          { name: 'order-view', lagMs: expect.any(Number), rebuild: { status: 'finished' } },
          { name: 'order-search' },
          { name: 'recovery-tasks' },
        ],
      });
    });
  });
}

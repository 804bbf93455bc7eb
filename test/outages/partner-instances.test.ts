/** Calls of a partner are shared by its instances, and the loss of one of two keeps no order waiting. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callApi } from '../support/api/client.ts';
import { finalOrder, place } from '../support/api/order-requests.ts';
import { asOperator } from '../support/api/tokens.ts';
import { type Door, doorTo } from '../support/partners/door.ts';
import { embeddedPlatform } from '../support/platform/suite-platform.ts';

const platform = embeddedPlatform({ WAYBILL_PARTNER_INSTANCES: '2' });

interface ListedPartner {
  readonly name: string;
  readonly instances: readonly { readonly id: string; readonly status: string }[];
}

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const { url } = platform.instance;
  const answer = await callApi(url, `/partners${path}`, {
    method,
    headers: { ...(await asOperator(url, 'partners:read partners:register')), 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return answer.json();
}

const gatewayInstances = async () => {
  const { partners } = (await ask('GET', '')) as { partners: ListedPartner[] };
  return partners.find(({ name }) => name === 'payment-gateway')!.instances.map(({ id, status }) => `${id} ${status}`);
};

/** Places orders at once and resolves to their final statuses. */
async function statusesOf(orders: number): Promise<string[]> {
  const { url } = platform.instance;
  const ids = await Promise.all(Array.from({ length: orders }, () => place(url, {})));
  return Promise.all(ids.map(async (id) => (await finalOrder(url, id)).status));
}

describe('The instances of a partner', () => {
  let doors: readonly [Door, Door];

  beforeAll(async () => {
    doors = await Promise.all([doorTo(platform.instance.gatewayUrl), doorTo(platform.instance.gatewayUrl)]);
  });
  afterAll(() => Promise.allSettled(doors.map((door) => door.close())));

  test('are registered when the platform starts with two', async () => {
    expect(await gatewayInstances()).toEqual(['payment-gateway-1 up', 'payment-gateway-2 up']);
    expect(await statusesOf(2)).toEqual(['processing', 'processing']);
  });

  test('share the calls', async () => {
    for (const id of ['payment-gateway-1', 'payment-gateway-2']) {
      await ask('DELETE', `/payment-gateway/instances/${id}`);
    }
    for (const [index, { port }] of doors.entries()) {
      const id = `door-${index + 1}`;
      await ask('POST', '/payment-gateway/instances', { id, host: '127.0.0.1', port, secure: false });
      await ask('PUT', `/payment-gateway/instances/${id}/heartbeat`, {});
    }
    expect(await gatewayInstances()).toEqual(['door-1 up', 'door-2 up']);
    expect(new Set(await statusesOf(6))).toEqual(new Set(['processing']));
    for (const door of doors) expect(door.connections).toBeGreaterThan(0);
  });

  test('keep no order waiting when one of two goes away', async () => {
    await doors[0].close();
    expect(new Set(await statusesOf(6))).toEqual(new Set(['processing']));
    // What the platform has printed is what happened to all orders.
    expect(platform.instance.output()).toContain('OrderConfirmed');
    expect(platform.instance.output()).not.toMatch(/StepDelayed|CircuitOpened/);
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command } from '../../support/api/command-requests.ts';
import { finalOrder, orderBody, post } from '../../support/api/order-requests.ts';
import { asCustomer, asOperator, bearer, type Headers } from '../../support/api/tokens.ts';
import { testWith } from '../../support/platform/capabilities.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

interface Told {
  readonly messageId: string;
  readonly template: string;
  readonly language: string;
  readonly text: string;
  readonly readAt?: string;
}
interface Inbox {
  readonly items: readonly Told[];
  readonly unread: number;
  readonly next?: string;
}

export function messages(platform: SuitePlatform): void {
  describe('A customer’s inbox', () => {
    const sub = `C-${randomUUID()}`;
    const path = `/customers/${sub}/messages`;
    const url = () => platform.instance.url;
    const email = `${sub}@example.com`;
    const read = async (query = '', headers?: Headers): Promise<Inbox> => {
      const answer = await callApi(url(), `${path}${query}`, { headers: headers ?? (await asCustomer(url(), sub)) });
      expect(answer.status).toBe(200);
      return (await answer.json()) as Inbox;
    };
    const markRead = async (messageIds: readonly string[], headers?: Headers): Promise<Response> =>
      callApi(url(), `${path}/read`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(headers ?? (await asCustomer(url(), sub))) },
        body: JSON.stringify({ messageIds }),
      });

    test('has what happened to their order in the language that they ordered in, each thing once, the newest first', async () => {
      const customer = await bearer(url(), { sub, role: 'customer', email });
      const asked = { ...customer, 'accept-language': 'fr-FR, zh-CN;q=0.9, en;q=0.5' };
      const answer = await post(url(), orderBody({ customerId: sub }), asked);
      const { orderId } = (await answer.json()) as { orderId: string };
      await finalOrder(url(), orderId);
      await eventually('the confirmation', async () => (await read()).items.find(isOf('order-confirmed')));
      await command(url(), orderId, 'ship', {});
      await eventually('the parcel', async () => (await read()).items.find(isOf('order-shipped')));
      await command(url(), orderId, 'deliver', {});
      await eventually('the delivery', async () => (await read()).items.find(isOf('order-delivered')));
      const { items, unread } = await read();
      expect(items.map(({ template }) => template)).toEqual([
        'order-delivered',
        'order-shipped',
        'order-confirmed',
        'order-created',
      ]);
      expect(new Set(items.map(({ language }) => language))).toEqual(new Set(['zh']));
      expect(items[1]!.text).toMatch(/运单号为 .+。/);
      expect(unread).toBe(4);
    });

    testWith('the output and the files of npm start')('comes by e-mail as well, each message once', async () => {
      const sent = await eventually('the mails', async () => {
        const page = await fetch(`${platform.instance.endpointUrl}/_runtime/mails`);
        const rows = (await page.text()).split('<tr>').filter((row) => row.includes(email));
        return rows.some((row) => row.includes('您的订单已送达')) ? rows : undefined;
      });
      const subjects = sent.map((row) => /">([^<]+)<\/a>/.exec(row)?.[1]);
      expect(new Set(subjects).size).toBe(subjects.length);
      expect(subjects[0]).toBe('您的订单已送达');
    });

    test('is read in pages, and knows what was read', async () => {
      const first = await read('?limit=3');
      const second = await read(`?limit=3&cursor=${first.next}`);
      expect([first.items.length, second.items.length, second.next]).toEqual([3, 1, undefined]);
      const { messageId } = first.items[0]!;
      for (const again of [false, true]) {
        const answer = await markRead(again ? [messageId, messageId] : [messageId]);
        expect(await answer.json()).toEqual({ messageIds: [messageId], unread: 3 });
      }
      const unread = await read('?unread=true');
      expect(unread.items.map((each) => each.messageId)).not.toContain(messageId);
      expect((await read()).items[0]!.readAt).toBeDefined();
    });

    test('is open to operators, and to no other customer', async () => {
      expect((await read('', await asOperator(url()))).items).toHaveLength(4);
      const other = await asCustomer(url(), 'C2');
      expect((await callApi(url(), path, { headers: other })).status).toBe(404);
      const { items } = await read('?unread=true');
      expect((await markRead([items[0]!.messageId], other)).status).toBe(404);
      expect((await markRead([items[0]!.messageId], await asOperator(url()))).status).toBe(403);
      expect((await read()).unread).toBe(3);
    });
  });
}

const isOf = (template: string) => (told: Told) => told.template === template;

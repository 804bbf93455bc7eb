import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { orderBody, post } from '../../support/api/order-requests.ts';
import { RawClient, type RawRequest } from '../../support/api/raw-request.ts';
import { asCustomer } from '../../support/api/tokens.ts';
import { orderIdsInLog } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

/** A number that gateways publish for tests. */
const CARD = '4111111111111111';

export function badInput(platform: SuitePlatform): void {
  describe('Bad input is refused with a problem document that says what was wrong, and nothing is stored', () => {
    const valid = orderBody();
    const named = (name: string) => ({ ...valid, shippingAddress: { ...valid.shippingAddress, name } });
    const cases: readonly (readonly [string, unknown, number, RegExp])[] = [
      ['broken JSON', '{"customerId":', 400, /JSON/i],
      ['an unknown field', { ...valid, price: 1 }, 400, /price/],
      [
        'a price from the client',
        { ...valid, items: [{ sku: 'TSHIRT', quantity: 1, unitPrice: 1 }] },
        400,
        /unitPrice/,
      ],
      ['a wrong type', { ...valid, customerId: 7 }, 400, /customerId/],
      ['quantity 0', orderBody({ items: [{ sku: 'TSHIRT', quantity: 0 }] }), 400, /quantity/],
      ['half a piece', orderBody({ items: [{ sku: 'TSHIRT', quantity: 0.5 }] }), 400, /quantity/],
      ['no items', orderBody({ items: [] }), 400, /items/],
      [
        '10,000 items',
        orderBody({ items: Array.from({ length: 10_000 }, () => ({ sku: 'TSHIRT', quantity: 1 })) }),
        413,
        /./,
      ],
      ['10,000 pieces of one', orderBody({ items: [{ sku: 'TSHIRT', quantity: 10_000 }] }), 400, /quantity/],
      ['an unknown SKU', orderBody({ items: [{ sku: 'NO-SUCH', quantity: 1 }] }), 422, /NO-SUCH/],
      ['an unknown discount code', orderBody({ discountCodes: ['NO-SUCH'] }), 422, /discount-not-applicable.*NO-SUCH/],
      ['a discount code that has run out', orderBody({ discountCodes: ['SUMMER-2025'] }), 422, /SUMMER-2025/],
      ['a discount code for other articles', orderBody({ discountCodes: ['MUGS-3-FOR-2'] }), 422, /MUGS-3-FOR-2/],
      ['a 2 MB body', { ...valid, customerId: 'x'.repeat(2_000_000) }, 413, /./],
      ['an array', [], 400, /./],
      ['null', 'null', 400, /./],
      [
        'a field twice',
        JSON.stringify(valid).replace('{', '{"customerId":"C2",'),
        400,
        /\/customerId: .*more than once/,
      ],
      ['a name that turns around what follows', named('Ada\u202eecalevoL'), 400, /\/shippingAddress\/name: .*U\+202E/],
      ['the number of a card', orderBody({ token: CARD }), 400, /\/paymentMethod\/token: .*card number/],
      ['another payment method', { ...valid, paymentMethod: { type: 'cash' } }, 400, /paymentMethod/],
    ];

    test.each(cases)('%s', async (_, body, status, said) => {
      const before = (await orderIdsInLog(platform.instance)).length;
      const answer = await post(platform.instance.url, body);
      const text = await answer.text();
      expect({ status: answer.status, text: text.slice(0, 500) }).toMatchObject({ status });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const problem = JSON.parse(text) as { type: string; title: string; status: number };
      expect(problem).toMatchObject({ status, type: expect.any(String), title: expect.any(String) });
      expect(text).toMatch(said);
      expect(text).not.toContain(CARD);
      expect(await orderIdsInLog(platform.instance)).toHaveLength(before);
    });

    test('requests that are read in two ways', async () => {
      const { url } = platform.instance;
      const client = new RawClient(url);
      const caller = await asCustomer(url);
      const headers = { 'content-type': 'application/json', ...caller };
      const body = JSON.stringify(valid);
      const cases: readonly (readonly [number | string, Partial<RawRequest>])[] = [
        [400, { headers: { ...headers, 'Idempotency-Key': ['one', 'two'] } }],
        // By the function, or before by the authoriser, when it is asked about both tokens together.
        [
          '400 or 401',
          { headers: { ...headers, authorization: Object.values(caller).flatMap((token) => [token, token]) } },
        ],
        [400, { body: Buffer.from(JSON.stringify(named('Zo\u00eb')), 'latin1') }],
        [400, { body: `\ufeff${body}` }],
        [415, { headers: { ...headers, 'content-type': 'application/json; charset=iso-8859-1' } }],
        [415, { headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) }],
      ];
      for (const [status, over] of cases) {
        const answer = await client.send({ method: 'POST', path: '/api/v1/orders', headers, body, ...over });
        expect(String(status), answer.text).toContain(String(answer.status));
      }
      client.close();
    });

    test('unknown orders and routes are 404 problem documents', async () => {
      for (const route of [
        `/orders/${randomUUID()}`,
        '/orders/not-an-id',
        `/orders/${randomUUID()}/history`,
        '/nothing',
      ]) {
        const answer = await callApi(platform.instance.url, route, {
          headers: await asCustomer(platform.instance.url),
        });
        expect([route, answer.status]).toEqual([route, 404]);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
      }
    });

    test('a method that a path does not have is 405 with those that it has, whoever asks', async () => {
      for (const [method, route, allowed] of [
        ['DELETE', '/orders', 'GET, POST'],
        ['PATCH', `/orders/${randomUUID()}`, 'GET'],
        ['HEAD', '/orders/search', 'GET'],
        ['OPTIONS', '/configuration', 'GET, PUT'],
      ] as const) {
        const answer = await fetch(`${platform.instance.url}/api/v1${route}`, { method });
        expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, allowed]);
        if (method !== 'HEAD') {
          expect(await answer.json()).toMatchObject({ type: 'urn:waybill:problem:method-not-allowed' });
        }
      }
    });
  });
}

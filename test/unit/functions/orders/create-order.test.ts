import '../../../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Article, Catalogue } from '../../../../functions/orders/application/ports.ts';
import { makeHandler } from '../../../../functions/orders/create-order.ts';
import type { NewOrderEvent, OrderCreated } from '../../../../functions/published/order-events.ts';
import type { Caller } from '../../../../functions/shared/http/caller.ts';
import { DependencyUnavailable } from '../../../../functions/shared/kernel/errors.ts';
import { parseOrderId, type Sku } from '../../../../functions/shared/kernel/ids.ts';
import { apiEvent, bodyOf, customer, lambdaContext, operator } from '../../../support/api/invocations.ts';
import { SCOPES } from '../../../support/api/routes.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPromotions } from '../../../support/fakes/in-memory-promotions.ts';
import { InMemorySnapshots } from '../../../support/fakes/in-memory-snapshots.ts';
import { orderBody } from '../../../support/orders/order-requests.ts';
import { START } from '../../../support/orders/streams.ts';

const ARTICLES: readonly Article[] = [
  { sku: 'MUG-BLUE' as Sku, name: 'Mug, blue', unitPrice: { amount: 4_500, currency: 'CNY' } },
  { sku: 'TSHIRT' as Sku, name: 'T-shirt', unitPrice: { amount: 12_900, currency: 'CNY' } },
  { sku: 'IMPORT' as Sku, name: 'Imported', unitPrice: { amount: 100, currency: 'EUR' } },
  { sku: 'PLANET' as Sku, name: 'A planet', unitPrice: { amount: Number.MAX_SAFE_INTEGER, currency: 'CNY' } },
];

/** Notes whose stream was appended to. */
class WatchedLog extends InMemoryOrderLog {
  readonly appended: NewOrderEvent[] = [];
  override append(...[orderId, version, events]: Parameters<InMemoryOrderLog['append']>) {
    this.appended.push(...events);
    return super.append(orderId, version, events);
  }
}

const listed: Catalogue = {
  find: async (skus) =>
    new Map(ARTICLES.filter(({ sku }) => skus.includes(sku)).map((article) => [article.sku, article])),
};
let log: WatchedLog;
let promotions: InMemoryPromotions;
/** Milliseconds since the epoch. */
let now: number;

beforeEach(() => {
  log = new WatchedLog();
  promotions = new InMemoryPromotions();
  promotions.put({
    code: 'MUGS',
    name: 'Three mugs for two',
    rule: { type: 'buy-x-get-y', buy: 2, get: 1, skus: ['MUG-BLUE'] },
  });
  promotions.put({
    code: 'TODAY',
    name: '¥5.00 off, today',
    rule: { type: 'fixed', amount: { amount: 500, currency: 'CNY' } },
    validUntil: new Date(START + 1).toISOString(),
  });
  promotions.put({ code: 'GIFT', name: 'All of it', rule: { type: 'percentage', basisPoints: 10_000 } });
  now = START;
});

/** A platform that keeps no idempotency records: what is safe here is safe after a crash before the record. */
const create = async (
  body: unknown,
  headers: Record<string, string> = {},
  catalogue = listed,
  caller: Caller = customer(),
) => {
  const handler = makeHandler({
    catalogue,
    promotions,
    log,
    snapshots: new InMemorySnapshots(),
    now: () => now,
    idempotency: async (_, work) => ({ answer: await work(), replayed: false }),
  });
  return handler(apiEvent({ method: 'POST', body, headers, caller }), lambdaContext());
};

describe('An order that is accepted', () => {
  test('is answered 202 with its id, its total and where to look', async () => {
    const answer = await create(
      orderBody({
        items: [
          { sku: 'MUG-BLUE', quantity: 3 },
          { sku: 'TSHIRT', quantity: 1 },
        ],
      }),
    );
    const { orderId, ...rest } = bodyOf(answer);
    expect(answer.statusCode).toBe(202);
    expect(answer.headers?.Location).toBe(`/api/v1/orders/${String(orderId)}`);
    expect(rest).toMatchObject({ status: 'created', total: { amount: 26_400, currency: 'CNY' } });
  });

  test('is one OrderCreated with names and prices of the catalogue', async () => {
    const answer = await create(orderBody({ items: [{ sku: 'MUG-BLUE', quantity: 3 }] }), {
      'X-Correlation-Id': 'abc-1',
    });
    const [event, ...others] = await log.read(parseOrderId(bodyOf(answer).orderId as string));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'OrderCreated',
      version: 1,
      correlationId: 'abc-1',
      occurredAt: new Date(START).toISOString(),
      actor: { type: 'customer', id: 'C1' },
      data: {
        lines: [{ sku: 'MUG-BLUE', name: 'Mug, blue', quantity: 3, unitPrice: { amount: 4_500, currency: 'CNY' } }],
        total: { amount: 13_500, currency: 'CNY' },
        paymentMethod: { type: 'card', token: 'tok_ok' },
      },
    });
  });

  test('holds what the token says of the customer, who need not be the recipient', async () => {
    await create(orderBody(), {}, listed, customer('C1', { name: '王芳', email: 'wang@example.com' }));
    const { customer: contact, shippingAddress } = (log.appended[0] as OrderCreated).data;
    expect([contact, shippingAddress.name]).toEqual([{ name: '王芳', email: 'wang@example.com' }, 'Li Wei']);
  });

  test('is in the name of the recipient when the token tells none', async () => {
    await create(orderBody());
    expect((log.appended[0] as OrderCreated).data.customer).toEqual({ name: 'Li Wei' });
  });

  test('may name an article twice: the quantities add up to one line', async () => {
    await create(
      orderBody({
        items: [
          { sku: 'MUG-BLUE', quantity: 1 },
          { sku: 'TSHIRT', quantity: 1 },
          { sku: 'MUG-BLUE', quantity: 2 },
        ],
      }),
    );
    const { lines } = (log.appended[0] as OrderCreated).data;
    expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['MUG-BLUE', 3],
      ['TSHIRT', 1],
    ]);
  });

  test('carries the correlation id of the request, or one of its own', async () => {
    expect((await create(orderBody(), { 'x-correlation-id': 'abc-1' })).headers?.['X-Correlation-Id']).toBe('abc-1');
    expect((await create(orderBody())).headers?.['X-Correlation-Id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await create(orderBody(), { 'x-correlation-id': 'not one\n' })).headers?.['X-Correlation-Id']).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });
});

describe('An order with discount codes', () => {
  const items = [
    { sku: 'MUG-BLUE', quantity: 3 },
    { sku: 'TSHIRT', quantity: 1 },
  ];
  const cny = (amount: number) => ({ amount, currency: 'CNY' });

  test('is stored with what each code takes off and each line costs, and answered with what is left', async () => {
    const answer = await create(orderBody({ items, discountCodes: ['MUGS', 'TODAY'] }));
    expect(bodyOf(answer)).toMatchObject({ status: 'created', total: cny(21_400) });
    expect((log.appended[0] as OrderCreated).data).toMatchObject({
      lines: [
        { sku: 'MUG-BLUE', discount: cny(4_705), net: cny(8_795) },
        { sku: 'TSHIRT', discount: cny(295), net: cny(12_605) },
      ],
      subtotal: cny(26_400),
      discounts: [
        { code: 'MUGS', name: 'Three mugs for two', amount: cny(4_500) },
        { code: 'TODAY', name: '¥5.00 off, today', amount: cny(500) },
      ],
      total: cny(21_400),
    });
  });

  test('is repeated with its key even when the code has run out meanwhile', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await create(orderBody({ discountCodes: ['TODAY'] }), headers);
    now += 1;
    const second = await create(orderBody({ discountCodes: ['TODAY'] }), headers);
    expect(bodyOf(second)).toEqual(bodyOf(first));
    expect((await create(orderBody({ discountCodes: ['TODAY'] }))).statusCode).toBe(422);
    expect(log.appended).toHaveLength(1);
  });

  test('is refused with the key of another order, whose answer it does not get', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    await create(orderBody({ discountCodes: ['TODAY'] }), headers);
    expect((await create(orderBody({ discountCodes: ['NO-SUCH'] }), headers)).statusCode).toBe(422);
  });

  test.each([
    ['that nobody gave', 'NO-SUCH', 0],
    ['that has run out', 'TODAY', 1],
    ['that is for other articles', 'MUGS', 0],
  ])('is refused for a code %s, which is named, and nothing is stored', async (_, code, later) => {
    now += later;
    const answer = await create(orderBody({ discountCodes: [code] }));
    expect(bodyOf(answer)).toMatchObject({
      type: 'urn:waybill:problem:discount-not-applicable',
      status: 422,
      detail: expect.stringContaining(code),
    });
    expect(log.appended).toEqual([]);
  });

  test('is refused when it would be free', async () => {
    expect(bodyOf(await create(orderBody({ discountCodes: ['GIFT'] })))).toMatchObject({
      type: 'urn:waybill:problem:nothing-to-charge',
      status: 422,
    });
    expect(log.appended).toEqual([]);
  });

  test('that cannot be read is a fault of ours, and nobody is charged another price', async () => {
    promotions.put({ code: 'BROKEN', name: 'Broken', rule: { type: 'percentage', basisPoints: 0 } });
    expect((await create(orderBody({ discountCodes: ['BROKEN'] }))).statusCode).toBe(500);
    expect(log.appended).toEqual([]);
  });
});

describe('A repeated request', () => {
  const key = () => ({ 'Idempotency-Key': randomUUID() });

  test('without a key is another order', async () => {
    const [first, second] = [await create(orderBody()), await create(orderBody())];
    expect(bodyOf(first).orderId).not.toBe(bodyOf(second).orderId);
  });

  test('with its key is the same order, even if no record of the first answer was kept', async () => {
    const headers = key();
    const [first, second] = [await create(orderBody(), headers), await create(orderBody(), headers)];
    expect([first.statusCode, second.statusCode]).toEqual([202, 202]);
    expect(bodyOf(second)).toEqual(bodyOf(first));
    expect(await log.read(parseOrderId(bodyOf(first).orderId as string))).toHaveLength(1);
  });

  test('keeps the price of the first one', async () => {
    const headers = key();
    const dearer: Catalogue = {
      find: async () =>
        new Map([['TSHIRT' as Sku, { ...ARTICLES[1]!, unitPrice: { amount: 99_900, currency: 'CNY' } }]]),
    };
    const [first, second] = [await create(orderBody(), headers), await create(orderBody(), headers, dearer)];
    expect(bodyOf(second).total).toEqual(bodyOf(first).total);
  });

  test('with its key and another body is refused', async () => {
    const headers = key();
    await create(orderBody(), headers);
    const answer = await create(orderBody({ token: 'tok_declined' }), headers);
    expect(answer.statusCode).toBe(422);
    expect(bodyOf(answer).type).toBe('urn:waybill:problem:idempotency-key-reused');
  });

  test('of two customers with the same key are two orders', async () => {
    const headers = key();
    const placedBy = (customerId: string) => create(orderBody({ customerId }), headers, listed, customer(customerId));
    const [first, second] = [await placedBy('C1'), await placedBy('C2')];
    expect(bodyOf(first).orderId).not.toBe(bodyOf(second).orderId);
  });
});

describe('An order of somebody else', () => {
  test.each([
    ['another customer', customer('C2')],
    ['an operator, whatever the scopes', operator(...SCOPES)],
  ])('is forbidden to %s, and nothing is stored', async (_, caller) => {
    const answer = await create(orderBody({ customerId: 'C1' }), {}, listed, caller);
    expect(answer.statusCode).toBe(403);
    expect(bodyOf(answer).type).toBe('urn:waybill:problem:forbidden');
    expect(log.appended).toEqual([]);
  });
});

describe('A request that is wrong', () => {
  const valid = orderBody();
  const item = (over: object) => ({ ...valid, items: [{ sku: 'TSHIRT', quantity: 1, ...over }] });
  const cases: readonly (readonly [string, unknown, number, string, readonly string[]])[] = [
    ['broken JSON', '{"customerId":', 400, 'malformed-json', []],
    ['nothing', '', 400, 'malformed-json', []],
    ['null', 'null', 400, 'invalid-request', ['']],
    ['an array', [], 400, 'invalid-request', ['']],
    ['an unknown field', { ...valid, discount: 1 }, 400, 'invalid-request', ['/discount']],
    ['two unknown fields', { ...valid, discount: 1, 'a/b': 2 }, 400, 'invalid-request', ['/discount', '/a~1b']],
    ['a price from the client', item({ unitPrice: 1 }), 400, 'invalid-request', ['/items/0/unitPrice']],
    ['a wrong type', { ...valid, customerId: 7 }, 400, 'invalid-request', ['/customerId']],
    ['a missing field', { ...valid, customerId: undefined }, 400, 'invalid-request', ['/customerId']],
    ['no items', { ...valid, items: [] }, 400, 'invalid-request', ['/items']],
    [
      '98 items',
      { ...valid, items: Array.from({ length: 98 }, () => ({ sku: 'TSHIRT', quantity: 1 })) },
      400,
      'invalid-request',
      ['/items'],
    ],
    ['quantity 0', item({ quantity: 0 }), 400, 'invalid-request', ['/items/0/quantity']],
    ['a negative quantity', item({ quantity: -1 }), 400, 'invalid-request', ['/items/0/quantity']],
    ['half a piece', item({ quantity: 0.5 }), 400, 'invalid-request', ['/items/0/quantity']],
    ['quantity as text', item({ quantity: '1' }), 400, 'invalid-request', ['/items/0/quantity']],
    ['1,000 pieces', item({ quantity: 1_000 }), 400, 'invalid-request', ['/items/0/quantity']],
    [
      '1,000 pieces in two lines',
      {
        ...valid,
        items: [
          { sku: 'TSHIRT', quantity: 500 },
          { sku: 'TSHIRT', quantity: 500 },
        ],
      },
      400,
      'invalid-request',
      ['/items'],
    ],
    [
      'a street of spaces',
      { ...valid, shippingAddress: { ...valid.shippingAddress, street: '  ' } },
      400,
      'invalid-request',
      ['/shippingAddress/street'],
    ],
    ['a code in small letters', { ...valid, discountCodes: ['mugs'] }, 400, 'invalid-request', ['/discountCodes/0']],
    ['a code twice', { ...valid, discountCodes: ['MUGS', 'MUGS'] }, 400, 'invalid-request', ['/discountCodes']],
    [
      'eleven codes',
      { ...valid, discountCodes: Array.from({ length: 11 }, (_, index) => `CODE-${index}`) },
      400,
      'invalid-request',
      ['/discountCodes'],
    ],
    [
      'another payment method',
      { ...valid, paymentMethod: { type: 'cash' } },
      400,
      'invalid-request',
      ['/paymentMethod/type'],
    ],
    ['a 2 MB body', { ...valid, customerId: 'x'.repeat(2_000_000) }, 413, 'body-too-large', []],
    [
      '10,000 items',
      { ...valid, items: Array.from({ length: 10_000 }, () => ({ sku: 'TSHIRT', quantity: 1 })) },
      413,
      'body-too-large',
      [],
    ],
    ['an article that the catalogue does not list', item({ sku: 'NO-SUCH' }), 422, 'unknown-sku', []],
    [
      'articles in two currencies',
      {
        ...valid,
        items: [
          { sku: 'TSHIRT', quantity: 1 },
          { sku: 'IMPORT', quantity: 1 },
        ],
      },
      400,
      'invalid-request',
      [],
    ],
    ['a total beyond exact numbers', item({ sku: 'PLANET', quantity: 2 }), 422, 'order-too-large', []],
  ];

  test.each(cases)(
    '(%s) is a problem document that points at every fault, and nothing is stored',
    async (_, body, status, kind, pointers) => {
      const answer = await create(body);
      expect(answer.statusCode).toBe(status);
      expect(answer.headers).toMatchObject({
        'Content-Type': 'application/problem+json',
        'X-Correlation-Id': expect.any(String),
      });
      const problem = bodyOf(answer) as { errors?: { pointer: string }[] };
      expect(problem).toMatchObject({
        type: `urn:waybill:problem:${kind}`,
        status,
        title: expect.any(String),
        detail: expect.any(String),
        instance: '/api/v1/orders',
      });
      expect((problem.errors ?? []).map(({ pointer }) => pointer)).toEqual(pointers);
      expect(log.appended).toEqual([]);
    },
  );

  test('names the articles that it does not know', async () => {
    const answer = await create({
      ...valid,
      items: [
        { sku: 'NO-SUCH', quantity: 1 },
        { sku: 'TSHIRT', quantity: 1 },
        { sku: 'NOR-THIS', quantity: 1 },
      ],
    });
    expect(bodyOf(answer).detail).toMatch(/NO-SUCH, NOR-THIS/);
  });

  test('is told which media type to send', async () => {
    const answer = await create(JSON.stringify(valid), { 'Content-Type': 'text/plain' });
    expect(answer.statusCode).toBe(415);
  });

  test.each([
    ['', 400],
    ['x'.repeat(256), 400],
    ['with space', 400],
  ])('with the Idempotency-Key "%s" is refused', async (key, status) => {
    expect((await create(valid, { 'Idempotency-Key': key })).statusCode).toBe(status);
    expect(log.appended).toEqual([]);
  });
});

describe('When something breaks', () => {
  test('a service that does not answer is 503, to be tried again', async () => {
    const answer = await create(
      orderBody(),
      {},
      {
        find: async () => {
          throw new DependencyUnavailable('DynamoDB is busy.');
        },
      },
    );
    expect(answer).toMatchObject({
      statusCode: 503,
      headers: { 'Retry-After': '1', 'Content-Type': 'application/problem+json' },
    });
  });

  test('a fault of ours is 500 and tells no more than the correlation id', async () => {
    const answer = await create(
      orderBody(),
      {},
      {
        find: async () => {
          throw new TypeError('secret detail');
        },
      },
    );
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/secret|TypeError|\.ts/);
  });
});

import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { makeHandler } from '../../../../functions/orders/change-items.ts';
import { bodyOf, customer } from '../../../support/api/invocations.ts';
import { InMemoryPromotions } from '../../../support/fakes/in-memory-promotions.ts';
import { CommandEndpoints, OWNER, problem, type Sent } from '../../../support/orders/command-endpoints.ts';
import { CATALOGUE } from '../../../support/orders/create-order-endpoint.ts';
import { created, ORDER_ID, START } from '../../../support/orders/streams.ts';

const cny = (amount: number) => ({ amount, currency: 'CNY' });
const mugs = (quantity: number) => [{ sku: 'MUG-BLUE', quantity }];
const HEADERS = { 'Idempotency-Key': 'change-1' };

let endpoints: CommandEndpoints;
let promotions: InMemoryPromotions;
let now: number;
/** SKUs that have left the catalogue. */
let gone: readonly string[];
const find = vi.fn<typeof CATALOGUE.find>();

beforeEach(() => {
  endpoints = new CommandEndpoints();
  promotions = new InMemoryPromotions();
  now = START;
  gone = [];
  find.mockReset().mockImplementation((skus) => CATALOGUE.find(skus.filter((sku) => !gone.includes(sku))));
  for (const code of ['TEN', 'OTHER']) {
    promotions.put({
      code,
      name: '10 % off',
      rule: { type: 'percentage', basisPoints: 1_000 },
      validUntil: new Date(START + 1).toISOString(),
    });
  }
});

const put = (body: object, request: Omit<Sent, 'body'> = {}) =>
  endpoints.send((deps) => makeHandler({ ...deps, catalogue: { find }, promotions, now: () => now }), {
    caller: OWNER,
    ...request,
    body,
  });
const lastChange = async () => (await endpoints.log.read(ORDER_ID)).at(-1)!;
/** An order of two mugs with the code TEN, which is over by now. */
async function givenRedeemed(): Promise<void> {
  const { data } = created();
  await endpoints.given([
    {
      type: 'OrderCreated',
      data: { ...data, review: 'required', discounts: [{ code: 'TEN', name: '10 % off', amount: cny(900) }] },
    },
  ]);
  now = START + 1;
}

describe('A code that is on the order', () => {
  test.each([
    ['is kept', { items: mugs(3) }],
    ['is sent again', { items: mugs(3), discountCodes: ['TEN'] }],
  ])('stays valid for a change after its end when it %s', async (_, body) => {
    await givenRedeemed();
    expect(await put(body)).toMatchObject({ statusCode: 202 });
    expect(await lastChange()).toMatchObject({
      type: 'ItemsChanged',
      data: { discounts: [{ code: 'TEN', amount: cny(1_350) }], total: cny(12_150) },
    });
  });

  test('makes no other code valid', async () => {
    await givenRedeemed();
    const answer = await put({ items: mugs(3), discountCodes: ['TEN', 'OTHER'] });
    expect(answer).toMatchObject(problem(422, 'discount-not-applicable'));
    expect(bodyOf(answer).detail).toBe('The discount code OTHER is not valid now.');
  });

  test('that the customer has given up is for them as for others', async () => {
    await givenRedeemed();
    expect(await put({ items: mugs(3), discountCodes: [] })).toMatchObject({ statusCode: 202 });
    expect(await put({ items: mugs(3), discountCodes: ['TEN'] })).toMatchObject(
      problem(422, 'discount-not-applicable'),
    );
  });

  test('is not revealed to another customer, not even by the articles that exist', async () => {
    await givenRedeemed();
    for (const sku of ['MUG-BLUE', 'NO-SUCH']) {
      const answer = await put({ items: [{ sku, quantity: 1 }] }, { caller: customer('C-2') });
      expect(answer).toMatchObject(problem(404, 'order-not-found'));
    }
    expect(find).not.toHaveBeenCalled();
  });
});

describe('A change that is sent again', () => {
  test.each<[string, () => void]>([
    ['the article has left the catalogue', () => (gone = ['MUG-BLUE'])],
    ['the code has ended', () => (now = START + 1)],
    ['the code cannot be read', () => promotions.put({ code: 'TEN', rule: { type: 'percentage', basisPoints: 0 } })],
    ['the catalogue cannot be reached', () => find.mockRejectedValue(new Error('away'))],
  ])('is recognised before it is priced: its answer was lost, and meanwhile %s', async (_, happen) => {
    await endpoints.given([{ ...created(), data: { ...created().data, review: 'required' } }]);
    const body = { items: mugs(3), discountCodes: ['TEN'] };
    const first = await put(body, { headers: HEADERS });
    expect(first).toMatchObject({ statusCode: 202, headers: { ETag: '"2"' } });
    happen();
    find.mockClear();
    endpoints.forgetAnswers();
    const second = await put(body, { headers: HEADERS });
    expect([second.statusCode, bodyOf(second)]).toEqual([202, bodyOf(first)]);
    expect(find).not.toHaveBeenCalled();
    expect(await endpoints.types()).toEqual(['OrderCreated', 'ItemsChanged']);
  });

  test('with another body is refused before it is priced', async () => {
    await endpoints.given([{ ...created(), data: { ...created().data, review: 'required' } }]);
    await put({ items: mugs(3) }, { headers: HEADERS });
    endpoints.forgetAnswers();
    gone = ['MUG-BLUE'];
    expect(await put({ items: mugs(4) }, { headers: HEADERS })).toMatchObject(problem(422, 'idempotency-key-reused'));
  });

  test('beside the first one has no effect of its own', async () => {
    await endpoints.given([{ ...created(), data: { ...created().data, review: 'required' } }]);
    const answers = await Promise.all([1, 2].map(() => put({ items: mugs(3) }, { headers: HEADERS })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toContain(202);
    expect(await endpoints.types()).toEqual(['OrderCreated', 'ItemsChanged']);
  });

  test('while its saga runs is recognised, though a change is under way', async () => {
    await endpoints.given([created()]);
    const first = await put({ items: mugs(3) }, { headers: HEADERS });
    endpoints.forgetAnswers();
    gone = ['MUG-BLUE'];
    expect(bodyOf(await put({ items: mugs(3) }, { headers: HEADERS }))).toEqual(bodyOf(first));
    expect(await endpoints.types()).toEqual(['OrderCreated', 'ItemsChangeRequested']);
  });
});

test('A change reads its order once, and is priced again for the order as another change has left it', async () => {
  await givenRedeemed();
  const readLast = vi.spyOn(endpoints.log, 'readLast');
  await put({ items: mugs(3) });
  expect(readLast).toHaveBeenCalledTimes(1);
  find.mockImplementationOnce(async (skus) => {
    await put({ items: mugs(1), discountCodes: [] });
    return CATALOGUE.find(skus);
  });
  await put({ items: mugs(2) });
  expect(await lastChange()).toMatchObject({ data: { discounts: [], total: cny(9_000) } });
});

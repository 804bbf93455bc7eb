import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { bodyOf } from '../../../support/api/invocations.ts';
import { orderBody } from '../../../support/api/order-requests.ts';
import { CreateOrderEndpoint } from '../../../support/orders/create-order-endpoint.ts';

let orders: CreateOrderEndpoint;
beforeEach(() => {
  orders = new CreateOrderEndpoint();
});

const named = (name: string) => {
  const body = orderBody();
  return { ...body, shippingAddress: { ...body.shippingAddress, name } };
};

describe('A text of an order', () => {
  test.each([
    ['/shippingAddress/name', named('Ada\u202eecalevoL')],
    ['/shippingAddress/name', named('Ada\u0000')],
    ['/shippingAddress/name', named('Ada\nLovelace')],
    ['/shippingAddress/name', named('\u3164')],
    ['/shippingAddress/name', named('Ada \ud800')],
    ['/shippingAddress/name', named('Ada 4111-1111-1111-1111')],
    ['/paymentMethod/token', orderBody({ token: '4111111111111111' })],
    ['/paymentMethod/token', orderBody({ token: 'tok_4111-1111-1111-1111' })],
    ['/paymentMethod/token', orderBody({ token: '４１１１１１１１１１１１１１１１' })],
    ['/paymentMethod/token', orderBody({ token: '4111 1111 1111 1111' })],
  ])(
    'that is not clean is refused at %s, without its characters in the answer, and nothing is stored',
    async (pointer, body) => {
      const answer = await orders.create(body);
      expect(bodyOf(answer)).toMatchObject({ status: 400, errors: [{ pointer }] });
      for (const text of ['\u0000', '\u202e', '\ud800', '1111']) expect(answer.body).not.toContain(text);
      expect(orders.log.appended).toEqual([]);
    },
  );

  test('is stored in one form', async () => {
    expect((await orders.create(named('  Zoe\u0308 '))).statusCode).toBe(202);
    expect(JSON.stringify(orders.log.appended)).toContain('"Zoë"');
  });
});

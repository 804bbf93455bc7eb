import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import {
  isShownBy,
  LISTS,
  listOfName,
  listsFor,
  listsOf,
  nameOfList,
  type OrderFilter,
  shortestList,
} from '../../../../../functions/orders/domain/lists.ts';
import { viewOf } from '../../../../../functions/orders/domain/order-view.ts';
import type { ExistingOrder } from '../../../../../functions/orders/domain/state.ts';
import { browseQuery } from '../../../../../functions/orders/http/browse-request.ts';
import { HAPPY_PATH, streamOf } from '../../../../support/orders/streams.ts';

const order = viewOf(fold(streamOf(HAPPY_PATH)) as ExistingOrder);
const { amount, currency } = order.total;

describe('A filter shows an order', () => {
  test.each<[OrderFilter, boolean]>([
    [{}, true],
    [{ status: 'processing' }, true],
    [{ status: 'shipped' }, false],
    [{ paymentMethod: 'card', paymentStatus: 'captured', shipmentStatus: 'arranged' }, true],
    [{ paymentMethod: 'card', paymentStatus: 'refunded' }, false],
    [{ parked: true }, false],
    [{ reason: 'rejected' }, false],
    [{ currency, minTotal: amount, maxTotal: amount }, true],
    [{ currency, minTotal: amount + 1 }, false],
    [{ currency, maxTotal: amount - 1 }, false],
    [{ currency: 'XXX' }, false],
  ])('%j: %s', (filter, shown) => {
    expect(isShownBy(filter, order)).toBe(shown);
  });

  test('that is on all of its lists', () => {
    const names = listsOf(order).map(nameOfList);
    expect(
      listsFor({ status: 'processing', paymentMethod: 'card' }).every((list) => names.includes(nameOfList(list))),
    ).toBe(true);
  });
});

describe('The list that is read', () => {
  const counts = new Map([
    ['all=orders', 1_000],
    ['status=delivered', 900],
    ['paymentMethod=alipay', 30],
  ]);

  test.each<[OrderFilter, string]>([
    [{}, 'all=orders'],
    [{ status: 'delivered', paymentMethod: 'alipay' }, 'paymentMethod=alipay'],
    [{ status: 'held', paymentMethod: 'alipay' }, 'status=held'],
    [{ currency: 'CNY', minTotal: 1 }, 'all=orders'],
  ])('for %j is the shortest: %s', (filter, name) => {
    expect(nameOfList(shortestList(filter, counts))).toBe(name);
  });
});

test('Each list has a name that leads back to it', () => {
  const names = Object.entries(LISTS).flatMap(([about, values]) => values.map((value) => `${about}=${value}`));
  expect(names.map((name) => nameOfList(listOfName(name)))).toEqual(names);
});

describe('A query for orders is refused', () => {
  test.each([
    [{ minTotal: '5' }, 'currency', 'such as CNY'],
    [{ currency: 'CNY', minTotal: '5', maxTotal: '4' }, 'minTotal', 'more than'],
    [{ currency: 'yuan' }, 'currency', '"yuan" is no currency'],
    [{ currency: 'CNY', minTotal: '5.00' }, 'minTotal', '"5.00" is no amount'],
    [{ from: '2026-02-01', to: '2026-01-01' }, 'from', 'after `to`'],
    [{ parked: 'false' }, 'parked', 'true'],
  ])('%j, at %s, for it: %s', (query, field, message) => {
    const issues = browseQuery.safeParse(query).error?.issues ?? [];
    expect(issues.map(({ path }) => path[0])).toEqual([field]);
    expect(issues[0]?.message).toContain(message);
  });
});

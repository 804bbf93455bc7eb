import { describe, expect, test } from 'vitest';
import { ApiProblem, NoAnswer } from '../../../console/src/api/problem.ts';
import { retryOfMany } from '../../../console/src/api/queries.ts';
import { METHODS, PAYMENTS, REASONS, SHIPMENTS } from '../../../console/src/orders/choices.ts';
import {
  filtersIn,
  forAll,
  forCustomer,
  hrefOf,
  isAmountUnclear,
  isFiltered,
  NO_FILTERS,
} from '../../../console/src/orders/filters.ts';
import { pathOfOrders } from '../../../console/src/orders/order-paths.ts';
import { readPages } from '../../../console/src/orders/read-pages.ts';
import { savedViews, storeViews, withView } from '../../../console/src/orders/saved-views.ts';
import { PAYMENT_STATUSES, SHIPMENT_STATUSES } from '../../../functions/orders/domain/lists.ts';
import { browseQuery } from '../../../functions/orders/http/browse-request.ts';
import { CANCELLATION_REASONS, PAYMENT_METHODS } from '../../../functions/published/order-events.ts';

const parametersOf = (path: string) => Object.fromEntries(new URL(path, 'http://console').searchParams);

describe('The filters of all orders', () => {
  test('stand in the address, alone and in one order, so that an address is recognised', () => {
    const filters = { ...NO_FILTERS, status: 'held', method: 'card' };
    expect(hrefOf(filters)).toBe('/orders?status=held&method=card');
    expect(filtersIn(new URL(hrefOf(filters), 'http://console').searchParams)).toEqual(filters);
    expect(hrefOf(NO_FILTERS)).toBe('/orders');
    expect([isFiltered(filters), isFiltered(NO_FILTERS)]).toEqual([true, false]);
  });

  test('are what the API takes, amounts in minor units of their currency', () => {
    const filters = { ...NO_FILTERS, status: 'held', parked: 'true', payment: 'captured', from: '2026-01-31' };
    const path = pathOfOrders(
      { kind: 'nothing' },
      { ...filters, currency: 'KWD', min: '1.5', max: '20' },
      undefined,
      50,
    );
    expect(browseQuery.parse(parametersOf(path))).toMatchObject({
      status: 'held',
      parked: true,
      paymentStatus: 'captured',
      currency: 'KWD',
      minTotal: 1_500,
      maxTotal: 20_000,
      from: '2026-01-31T00:00:00.000Z',
      limit: 50,
    });
  });

  test('ask for no amount that cannot be read, and say so', () => {
    for (const unclear of [
      { min: '88' },
      { min: '88', currency: 'CN' },
      { max: '1.005', currency: 'CNY' },
      { max: 'x', currency: 'CNY' },
    ]) {
      const filters = { ...NO_FILTERS, ...unclear };
      expect([unclear, isAmountUnclear(filters)]).toEqual([unclear, true]);
      expect(forAll(filters)).toMatchObject({ minTotal: undefined, maxTotal: undefined });
    }
    expect(isAmountUnclear({ ...NO_FILTERS, min: '88.00', currency: 'CNY' })).toBe(false);
  });

  test('are fewer for the orders of one customer', () => {
    expect(forCustomer({ ...NO_FILTERS, status: 'held', method: 'card', to: '2026-01-31' })).toEqual({
      status: 'held',
      from: '',
      to: '2026-01-31',
    });
  });

  test('offer every value that the API knows', () => {
    expect([METHODS, PAYMENTS, SHIPMENTS, REASONS]).toEqual([
      PAYMENT_METHODS,
      PAYMENT_STATUSES,
      SHIPMENT_STATUSES,
      CANCELLATION_REASONS,
    ]);
  });
});

describe('An export', () => {
  const PAGES: Record<string, { items: number[]; next?: string }> = {
    first: { items: [1, 2], next: 'second' },
    second: { items: [], next: 'third' },
    third: { items: [3] },
  };
  const read = async (cursor = 'first') => PAGES[cursor]!;

  test('reads every page, also after an empty one, and tells how far it is', async () => {
    const told: number[] = [];
    expect(await readPages(read, (count) => told.push(count), new AbortController().signal)).toEqual([1, 2, 3]);
    expect(told).toEqual([2, 2, 3]);
  });

  test('goes on after what is away, and what comes too often, but not for ever', () => {
    const problem = (status: number) => new ApiProblem(status, {}, new Headers());
    const tried = (error: Error) => [0, 7, 8].map((failures) => retryOfMany(failures, error));
    for (const error of [problem(429), problem(503), new NoAnswer()]) expect(tried(error)).toEqual([true, true, false]);
    for (const error of [problem(400), problem(500), new Error()]) expect(tried(error)).toEqual([false, false, false]);
  });

  test('asks for no other page when it is stopped', async () => {
    const stop = new AbortController();
    expect(await readPages(read, () => stop.abort(), stop.signal)).toEqual([1, 2]);
  });
});

describe('Saved views', () => {
  const storage = (kept: Record<string, string> = {}) => ({
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
  });

  test("are each operator's own, and one of the same name is replaced", () => {
    const kept = storage();
    const first = withView([], { name: 'Review', query: 'status=held' });
    storeViews(
      kept,
      'O1',
      withView(withView(first, { name: 'Wallets', query: 'method=alipay' }), { name: 'Review', query: '' }),
    );
    expect(savedViews(kept, 'O1')).toEqual([
      { name: 'Review', query: '' },
      { name: 'Wallets', query: 'method=alipay' },
    ]);
    expect(savedViews(kept, 'O2')).toEqual([]);
  });

  test('that cannot be read are none', () => {
    for (const damaged of ['{', '{}', '[1, null, {"name": 1}]']) {
      expect(savedViews(storage({ 'waybill-console-views:O1': damaged }), 'O1')).toEqual([]);
    }
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { keepLists } from '../../../../../functions/orders/application/keep-lists.ts';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { listsOf, nameOfList } from '../../../../../functions/orders/domain/lists.ts';
import { type OrderView, viewOf } from '../../../../../functions/orders/domain/order-view.ts';
import type { ExistingOrder } from '../../../../../functions/orders/domain/state.ts';
import { InMemoryListedOrders } from '../../../../support/fakes/in-memory-listed-orders.ts';
import { InMemoryReadModel } from '../../../../support/fakes/in-memory-read-model.ts';
import { HAPPY_PATH, streamOf } from '../../../../support/orders/streams.ts';

const VIEWS = HAPPY_PATH.map(
  (_, at): OrderView => viewOf(fold(streamOf(HAPPY_PATH).slice(0, at + 1)) as ExistingOrder),
);
const LAST = VIEWS.at(-1)!;

let listed: InMemoryListedOrders;
let model: InMemoryReadModel;
const keep = (...views: readonly OrderView[]) => keepLists({ listed, index: model.ports().index }, views);
const counted = () => [...listed.counts].flatMap(([name, count]) => (count === 0 ? [] : [[name, count]]));
const entered = () => [...model.entries.keys()].map((key) => key.replace(/^list:(\w+) /, '$1=')).sort();
const namesOf = (view: OrderView) => listsOf(view).map(nameOfList).sort();

beforeEach(() => {
  listed = new InMemoryListedOrders();
  model = new InMemoryReadModel();
});

describe('The lists of an order', () => {
  test('are those of its newest view, and it is counted once on each, in whatever order views come', async () => {
    for (const order of [VIEWS, VIEWS.toReversed(), [...VIEWS, ...VIEWS], [LAST, VIEWS[0]!, LAST]]) {
      listed = new InMemoryListedOrders();
      model = new InMemoryReadModel();
      for (const view of order) await keep(view);
      expect(entered()).toEqual(namesOf(LAST));
      expect(Object.fromEntries(counted())).toEqual(Object.fromEntries(namesOf(LAST).map((name) => [name, 1])));
    }
  });

  test('are entered before they are counted, so that what is interrupted in between is done again', async () => {
    const record = listed.record.bind(listed);
    listed.record = () => Promise.reject(new Error('The function has ended.'));
    await expect(keep(LAST)).rejects.toThrow('The function has ended.');
    expect([entered(), counted()]).toEqual([namesOf(LAST), []]);
    listed.record = record;
    await keep(LAST);
    expect(Object.fromEntries(counted())).toEqual(Object.fromEntries(namesOf(LAST).map((name) => [name, 1])));
  });

  test('follow the newer view when another one was quicker', async () => {
    const record = listed.record.bind(listed);
    listed.record = async (relistings) => {
      listed.record = record;
      await keep(LAST);
      return record(relistings);
    };
    await keep(VIEWS[0]!);
    expect(Object.fromEntries(counted())).toEqual(Object.fromEntries(namesOf(LAST).map((name) => [name, 1])));
    expect(namesOf(LAST).every((name) => entered().includes(name))).toBe(true);
  });

  test('of a view that was listed by a release with others are changed without a new version', async () => {
    const older = listsOf(LAST).slice(1);
    await listed.record([{ view: LAST, from: undefined, to: older }]);
    await keep(LAST);
    await keep(LAST);
    expect(Object.fromEntries(counted())).toEqual(Object.fromEntries(namesOf(LAST).map((name) => [name, 1])));
  });

  test('are given up with an error when others keep listing the order', async () => {
    listed.record = async (relistings) => relistings.map(({ view }) => view.orderId);
    await expect(keep(LAST)).rejects.toThrow('kept changing');
  });
});

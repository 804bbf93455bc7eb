import { beforeEach, describe, expect, test } from 'vitest';
import { projectOrder } from '../../../../../functions/orders/application/project-order.ts';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { type OrderView, viewOf } from '../../../../../functions/orders/domain/order-view.ts';
import { termsOf } from '../../../../../functions/orders/domain/search/terms.ts';
import type { ExistingOrder } from '../../../../../functions/orders/domain/state.ts';
import { InMemoryReadModel, keyOf } from '../../../../support/fakes/in-memory-read-model.ts';
import { CHANGE_ID, created, line, priced, streamOf } from '../../../../support/orders/streams.ts';
import { uncontested } from '../../../../support/orders/uncontested-view.ts';

const changed = { type: 'ItemsChanged', data: { changeId: CHANGE_ID, ...priced([line('LAMP')]) } } as const;
const LIFE = streamOf([created([line('MUG')]), changed, { type: 'InventoryReserved', data: { lines: [] } }]);
const [first, second, third] = LIFE.map((_, at) => viewOf(fold(LIFE.slice(0, at + 1)) as ExistingOrder)) as [
  OrderView,
  OrderView,
  OrderView,
];

let model: InMemoryReadModel;
beforeEach(() => {
  model = new InMemoryReadModel();
});
const given = async (...views: readonly OrderView[]) => {
  for (const view of views) await projectOrder(model.ports(), uncontested(view));
  model.calls.length = 0;
};
const when = (view: OrderView, isNew: boolean, reload = uncontested(view).reload) =>
  projectOrder(model.ports(), { view, isNew, reload });
const then = (view: OrderView, calls: readonly string[]) => {
  expect(model.view).toEqual(view);
  expect([...model.entries.keys()].sort()).toEqual(termsOf(view).map(keyOf).sort());
  expect(model.calls).toEqual(calls);
};

describe('A new order', () => {
  test('is entered and stored without a look at what is there', async () => {
    await given();
    await when(first, true);
    then(first, ['add', 'replace', 'remove']);
  });

  test('stays as it is when its first event comes again much later', async () => {
    await given(first, second, third);
    await when(third, true);
    then(third, ['add', 'replace', 'current', 'remove']);
  });

  test('is brought up to date when its first event comes again together with newer ones', async () => {
    await given(first);
    await when(second, true);
    then(second, ['add', 'replace', 'current', 'add', 'replace', 'remove']);
  });

  test('that another consumer projected further in between keeps no entry of the older version', async () => {
    await given(second);
    await when(first, true, async () => second);
    then(second, ['add', 'replace', 'current', 'remove']);
  });

  test('is projected by the overtaken consumer again when the log has newer events', async () => {
    await given(second);
    await when(first, true, async () => third);
    then(third, ['add', 'replace', 'current', 'add', 'replace', 'remove']);
  });

  test('that a consumer entered before it was interrupted is stored when the message comes again', async () => {
    await model.ports().index.add(first, termsOf(first));
    await given();
    await when(first, true);
    then(first, ['add', 'replace', 'remove']);
  });
});

describe('An order that is known', () => {
  test('is compared with its view, so that terms that stay are not written again', async () => {
    await given(first);
    await when(second, false);
    then(second, ['current', 'add', 'replace', 'remove']);
    expect(model.entries.get('order '.concat(first.orderId))).toBe(1);
  });

  test.each([
    ['the same', () => third],
    ['an older', () => first],
  ])('gets nothing written for %s version', async (_, late) => {
    await given(first, second, third);
    await when(late(), false);
    expect(model.calls.filter((call) => call === 'add' || call === 'replace')).toEqual([]);
    expect(model.view).toEqual(third);
  });
});

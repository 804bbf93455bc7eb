import { expect, test } from 'vitest';
import { bookTaskIdOf } from '../../../../functions/shared/tasks/book-task.ts';
import { AuditedStock, MUG, received } from '../../../support/ledger/audited-stock.ts';
import { START } from '../../../support/orders/streams.ts';

test('The check of the books gives a person one task about an article, which ends by itself when the counts are right', async () => {
  const world = new AuditedStock();
  const task = () => world.bookTasks.find(bookTaskIdOf({ sku: MUG }));
  await world.record(MUG, received(10));
  world.has(MUG, { available: 10, received: 10, version: 1 });
  await world.audit();
  expect(await task()).toBeUndefined();
  world.has(MUG, { available: 9, received: 10, version: 1 });
  await world.audit();
  await world.audit();
  expect(await task()).toMatchObject({
    sku: MUG,
    rule: 'CountsSumToReceived',
    dueAt: new Date(START + 3_600_000 + 14_400_000).toISOString(),
    history: [{ type: 'TaskOpened', actor: { id: 'AuditBooks' } }],
  });
  world.has(MUG, { available: 10, received: 10, version: 1 });
  await world.audit();
  await world.audit();
  expect((await task())?.history.map(({ type }) => type)).toEqual(['TaskOpened', 'TaskResolved']);
});

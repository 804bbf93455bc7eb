/** Transfers that an order does not keep, and that the simulated bank refuses to give back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_BOOK } from '../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../functions/ledger/domain/findings.ts';
import { PaymentOutcomeUnknown, PaymentPending } from '../../functions/payments/domain/errors.ts';
import { EVENTS } from '../support/orders/streams.ts';
import { bankWorld } from '../support/payments/bank-world.ts';

const ANN = 'DE89370400440532013000';

let world: Awaited<ReturnType<typeof bankWorld>>;
let total: number;
beforeEach(async () => {
  world = await bankWorld();
  total = world.total.amount;
});
afterEach(() => world.close());

describe('A transfer that the bank refuses to give back', () => {
  const stranded = async () => {
    await expect(world.authorise()).rejects.toThrow(PaymentPending);
    await world.record(EVENTS.cancelled);
    await world.pay(total);
    await world.fail('transfer', 'rejected');
    await world.giveBack();
  };

  test('is a person’s task, and is not tried again without one', async () => {
    await stranded();
    await world.giveBack();
    expect((await world.types()).slice(2)).toEqual(['OrderCancelled', 'TransferReceived', 'TaskOpened']);
    expect((await world.stream()).at(-1)).toMatchObject({ data: { kind: 'transfer', error: 'PaymentRequestRefused' } });
    expect([world.seen, await world.paidOut()]).toEqual([['stranded'], []]);
  });

  test('goes back once a person has it tried again, once however often that is told, and the task ends', async () => {
    await stranded();
    const again = await world.resume();
    await again();
    await again();
    expect((await world.types()).slice(5)).toEqual(['TaskResumed', 'TransferReturned', 'TaskResolved']);
    expect(await world.paidOut()).toEqual([[ANN, total, 'CNY']]);
  });

  test('stays a task when it is refused again, and leaves once when the answer to the next attempt is lost', async () => {
    await stranded();
    await world.fail('transfer', 'rejected');
    await (await world.resume())();
    expect((await world.types()).at(-1)).toBe('TaskResumed');
    await world.fail('transfer', 'lost');
    await (await world.resume())();
    await (await world.resume())();
    expect((await world.types()).slice(-3)).toEqual(['TransferReturned', 'TaskResolved', 'TaskResumed']);
    expect(await world.paidOut()).toEqual([[ANN, total, 'CNY']]);
  });

  test('is not ordered anew while an earlier order is pending', async () => {
    await stranded();
    await world.fail('transfer', 'pending');
    await expect((await world.resume())()).rejects.toThrow(PaymentOutcomeUnknown);
    await expect((await world.resume())()).rejects.toThrow(PaymentOutcomeUnknown);
    expect(await world.paidOut()).toEqual([]);
  });

  test('is nobody’s any more once a person has moved the money at the bank, which the books have in suspense', async () => {
    await stranded();
    const { taskId } = (await world.stream()).at(-1)!.data as { readonly taskId: string };
    const received = (await world.stream()).find(({ type }) => type === 'TransferReceived');
    const { transferId } = received!.data as { readonly transferId: string };
    await world.record({
      type: 'TaskResolved',
      data: { taskId, kind: 'transfer', transferId, resolution: 'done_outside', evidence: 'E7' },
    });
    await world.giveBack();
    expect(await world.paidOut()).toEqual([]);
    const stream = await world.stream();
    const book = { ...NO_BOOK, entries: missingEntries(stream, NO_BOOK) };
    expect(findingsOf(stream, book).map(({ rule, underWay }) => [rule, underWay])).toEqual([
      ['NothingInSuspense', true],
    ]);
  });
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { dispatch, type CommandEnvelope } from '../../../../functions/orders/command-bus.ts';
import type { OrderCommand } from '../../../../functions/orders/domain/commands.ts';
import { parseOrderId } from '../../../../functions/shared/kernel/ids.ts';
import { InMemoryOrderLog } from '../../../../functions/shared/order-log/in-memory-order-log.ts';
import { InMemorySnapshots } from '../../../support/fakes/in-memory-snapshots.ts';
import { created, HAPPY_PATH, newEvent, ORDER_ID, START } from '../../../support/order-streams.ts';

const OTHER_ID = parseOrderId('0190f3a0-0000-7000-8000-000000000002');
const COMMAND_ID = '0190f3a0-0000-7000-8000-0000000000c1';
const shippingAddress = { ...created().data.shippingAddress, street: '1 Elsewhere Road' };

let log: InMemoryOrderLog;
beforeEach(async () => {
  log = new InMemoryOrderLog();
  await log.append(ORDER_ID, 0, HAPPY_PATH.map((event, index) => newEvent(event, index)));
  await log.append(OTHER_ID, 0, [newEvent(created(), 0, OTHER_ID)]);
});

const send = (command: OrderCommand, over: Partial<CommandEnvelope> = {}) => dispatch({ log, snapshots: new InMemorySnapshots(), now: () => START }, {
  id: COMMAND_ID, command, causationId: 'request-1', actor: { type: 'operator', id: 'O-1' }, ...over,
});
const refund: OrderCommand = { type: 'RefundOrder', orderId: ORDER_ID, refundId: 'refund-1', scope: { type: 'full' } };
const change: OrderCommand = { type: 'ChangeShippingAddress', orderId: OTHER_ID, shippingAddress };

describe('A command that is sent again', () => {
  test('succeeds though its own effect now stands against it, and has no other', async () => {
    expect(await send(refund)).toMatchObject({ ok: true, value: { version: 7 } });
    expect(await send(refund)).toMatchObject({ ok: true, value: { version: 7 } });
    expect(await log.read(ORDER_ID)).toHaveLength(7);
    expect(await send(refund, { id: 'another' })).toMatchObject({ ok: false, refusal: { kind: 'nothing-to-refund' } });
  });

  test('succeeds though it has itself moved the order on from the version that was expected', async () => {
    expect(await send(change, { expectedVersion: 1 })).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await send(change, { expectedVersion: 1 })).toMatchObject({ ok: true, value: { version: 2, shippingAddress } });
    expect(await log.read(OTHER_ID)).toHaveLength(2);
    expect(await send(change, { id: 'another', expectedVersion: 1 })).toEqual({ ok: false, refusal: { kind: 'version-mismatch', expected: 1, actual: 2 } });
  });

  test('by somebody who may not know of the order finds none', async () => {
    await send(change);
    expect(await send(change, { isOpenTo: () => false })).toEqual({ ok: false, refusal: { kind: 'order-not-found' } });
  });

  test('about another order changes neither', async () => {
    await send(change);
    await expect(send({ type: 'ShipOrder', orderId: ORDER_ID })).rejects.toThrow(/another order/);
    expect(await log.read(ORDER_ID)).toHaveLength(HAPPY_PATH.length);
  });
});

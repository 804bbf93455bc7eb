/** What every order log does, whatever it stands on. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ConcurrencyConflict, OrderNotFound } from '../../functions/shared/kernel/errors.ts';
import { parseOrderId, type OrderId } from '../../functions/shared/kernel/ids.ts';
import type { OrderLog } from '../../functions/shared/order-log/port.ts';
import { fact, recordFact } from '../../functions/shared/order-log/record-fact.ts';
import { created, EVENTS, newEvent, streamOf } from '../support/order-streams.ts';

const { reserved, authorised, arranged, cancelled } = EVENTS;

export const orderLogContract = (name: string, makeLog: () => OrderLog) => describe(`Order log: ${name}`, () => {
  let log: OrderLog;
  let orderId: OrderId;

  beforeEach(() => {
    log = makeLog();
    orderId = parseOrderId(randomUUID());
  });

  const append = (expectedVersion: number, ...events: Parameters<typeof newEvent>[0][]) =>
    log.append(orderId, expectedVersion, events.map((event, index) => newEvent(event, expectedVersion + index, orderId)));

  test('reads back what was appended, in order and unchanged', async () => {
    expect(await append(0, created())).toEqual({ ok: true, value: 1 });
    expect(await append(1, reserved, authorised)).toEqual({ ok: true, value: 3 });
    expect(await log.read(orderId)).toEqual(streamOf([created(), reserved, authorised], orderId));
  });

  test('reads from a version on', async () => {
    await append(0, created(), reserved, authorised);
    expect((await log.read(orderId, 2)).map(({ version }) => version)).toEqual([2, 3]);
    expect(await log.read(orderId, 4)).toEqual([]);
  });

  test('has nothing of an order that nobody created', async () => {
    expect(await log.read(orderId)).toEqual([]);
    await expect(log.readCreated(orderId)).rejects.toThrow(OrderNotFound);
  });

  test('gives the first event of an order', async () => {
    await append(0, created(), reserved);
    expect(await log.readCreated(orderId)).toEqual(streamOf([created()], orderId)[0]);
  });

  test('refuses an append in a place that is taken, and keeps what is there', async () => {
    await append(0, created(), reserved);
    expect(await append(1, authorised)).toEqual({ ok: false, refusal: { kind: 'version-conflict' } });
    expect((await log.read(orderId)).map(({ type }) => type)).toEqual(['OrderCreated', 'InventoryReserved']);
  });

  test('appends several events or none', async () => {
    await append(0, created(), reserved);
    expect(await append(1, authorised, arranged)).toMatchObject({ ok: false });
    expect(await log.read(orderId)).toHaveLength(2);
  });

  test('lets exactly one of many win the same place', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => append(0, created())));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await log.read(orderId)).toHaveLength(1);
  });

  test('keeps the streams of two orders apart', async () => {
    await append(0, created());
    const other = parseOrderId(randomUUID());
    await log.append(other, 0, [newEvent(created(), 0, other), newEvent(reserved, 1, other)]);
    expect(await log.read(orderId)).toHaveLength(1);
    expect(await log.read(other)).toHaveLength(2);
  });

  describe('recording a fact', () => {
    const record = async (event: Parameters<typeof newEvent>[0], atVersion: number) =>
      recordFact(log, { orderId, atVersion, event: fact(await log.readCreated(orderId), event, 'TestStep', 0) });

    test('puts it after the version that the step knows', async () => {
      await append(0, created());
      expect(await record(reserved, 1)).toBe(2);
    });

    test('puts it further on when others were quicker', async () => {
      await append(0, created(), reserved, authorised);
      expect(await record(arranged, 1)).toBe(4);
    });

    test('again answers the version it has, and records nothing', async () => {
      await append(0, created());
      expect(await record(reserved, 1)).toBe(2);
      await append(2, cancelled);
      expect(await record(reserved, 1)).toBe(2);
      expect(await log.read(orderId)).toHaveLength(3);
    });

    test('by many at once records it once', async () => {
      await append(0, created());
      expect(await Promise.all(Array.from({ length: 5 }, () => record(reserved, 1)))).toEqual([2, 2, 2, 2, 2]);
      expect(await log.read(orderId)).toHaveLength(2);
    });

    test('gives up with ConcurrencyConflict when the stream never holds still', async () => {
      await append(0, created());
      const event = fact(await log.readCreated(orderId), reserved, 'TestStep', 0);
      const restless: OrderLog = {
        read: (...args) => log.read(...args),
        readCreated: (...args) => log.readCreated(...args),
        append: async () => ({ ok: false, refusal: { kind: 'version-conflict' } }),
      };
      await expect(recordFact(restless, { orderId, atVersion: 1, event })).rejects.toThrow(ConcurrencyConflict);
    });
  });
});

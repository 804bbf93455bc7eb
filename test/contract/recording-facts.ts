/** How a step records a fact in the stream of an order, whatever the log stands on. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import type { OrderLog } from '../../functions/published/order-log.ts';
import { ConcurrencyConflict } from '../../functions/shared/kernel/errors.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { OrderNotFound } from '../../functions/shared/saga-step/errors.ts';
import { readOrderSoFar } from '../../functions/shared/saga-step/order-so-far.ts';
import { fact, recordFact } from '../../functions/shared/saga-step/record-fact.ts';
import { created, EVENTS, newEvent } from '../support/orders/streams.ts';

const { reserved, authorised, arranged, cancelled } = EVENTS;

export const recordingFactsContract = (name: string, makeLog: () => OrderLog) =>
  describe(`Recording a fact: ${name}`, () => {
    let log: OrderLog;
    let orderId: OrderId;

    beforeEach(() => {
      log = makeLog();
      orderId = parseOrderId(randomUUID());
    });

    const append = (expectedVersion: number, ...events: OrderEvent[]) =>
      log.append(
        orderId,
        expectedVersion,
        events.map((event, index) => newEvent(event, expectedVersion + index, orderId)),
      );

    /** Resolves to the version at which the stream has the fact then. */
    const record = async (event: OrderEvent, atVersion: number) => {
      const recorded = fact((await readOrderSoFar(log, orderId)).created, event, 'TestStep', 0);
      await recordFact(log, { orderId, atVersion, event: recorded });
      return (await log.read(orderId)).find(({ eventId }) => eventId === recorded.eventId)?.version;
    };

    test('puts it after the version that the step knows', async () => {
      await append(0, created());
      expect(await record(reserved, 1)).toBe(2);
    });

    test('puts it further on when others were quicker', async () => {
      await append(0, created(), reserved, authorised);
      expect(await record(arranged, 1)).toBe(4);
    });

    test('again leaves it at the version it has, and records nothing', async () => {
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
      const event = fact((await readOrderSoFar(log, orderId)).created, reserved, 'TestStep', 0);
      const restless: OrderLog = {
        read: (...args) => log.read(...args),
        readLast: (...args) => log.readLast(...args),
        findEvent: (...args) => log.findEvent(...args),
        findCommand: (...args) => log.findCommand(...args),
        append: async () => ({ ok: false, refusal: { kind: 'version-conflict' } }),
      };
      await expect(recordFact(restless, { orderId, atVersion: 1, event })).rejects.toThrow(ConcurrencyConflict);
    });

    test('needs an order', async () => {
      await expect(readOrderSoFar(log, orderId)).rejects.toThrow(OrderNotFound);
    });
  });

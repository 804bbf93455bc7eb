/** What every order log does, whatever it stands on. Each run of the suite has a log of its own. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { AllOrderStreams, OrderLog, OrderStream, ReadAllOptions } from '../../functions/shared/event-log/port.ts';
import { ConcurrencyConflict } from '../../functions/shared/kernel/errors.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { OrderNotFound } from '../../functions/shared/saga-step/errors.ts';
import { readOrderSoFar } from '../../functions/shared/saga-step/order-so-far.ts';
import { fact, recordFact } from '../../functions/shared/saga-step/record-fact.ts';
import { created, EVENTS, newEvent, streamOf } from '../support/orders/streams.ts';

const { reserved, authorised, arranged, captured, cancelled } = EVENTS;

export interface LogUnderTest {
  readonly log: OrderLog;
  readonly streams: AllOrderStreams;
}

export const orderLogContract = (name: string, makeLog: () => LogUnderTest) =>
  describe(`Order log: ${name}`, () => {
    let log: OrderLog;
    let streams: AllOrderStreams;
    let orderId: OrderId;

    beforeEach(() => {
      ({ log, streams } = makeLog());
      orderId = parseOrderId(randomUUID());
    });

    const append = (expectedVersion: number, ...events: Parameters<typeof newEvent>[0][]) =>
      log.append(
        orderId,
        expectedVersion,
        events.map((event, index) => newEvent(event, expectedVersion + index, orderId)),
      );

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

    test('reads so many events and no more', async () => {
      await append(0, created(), reserved, authorised);
      const versions = async (from: number, limit: number) =>
        (await log.read(orderId, from, limit)).map(({ version }) => version);
      expect(await versions(1, 2)).toEqual([1, 2]);
      expect(await versions(2, 2)).toEqual([2, 3]);
      expect(await versions(3, 9)).toEqual([3]);
    });

    test('reads the last events, oldest first, or all when there are fewer', async () => {
      await append(0, created(), reserved, authorised);
      const lastVersions = async (limit: number) => (await log.readLast(orderId, limit)).map(({ version }) => version);
      expect(await lastVersions(1)).toEqual([3]);
      expect(await lastVersions(2)).toEqual([2, 3]);
      expect(await lastVersions(3)).toEqual([1, 2, 3]);
      expect(await lastVersions(9)).toEqual([1, 2, 3]);
      expect((await log.readLast(orderId, 1))[0]).toEqual(streamOf([created(), reserved, authorised], orderId)[2]);
    });

    test('has nothing of an order that nobody created', async () => {
      expect(await log.read(orderId)).toEqual([]);
      expect(await log.readLast(orderId, 5)).toEqual([]);
      await expect(readOrderSoFar(log, orderId)).rejects.toThrow(OrderNotFound);
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

    describe('appending for a command', () => {
      const appendFor = (commandId: string, expectedVersion: number, ...events: Parameters<typeof newEvent>[0][]) =>
        log.append(
          orderId,
          expectedVersion,
          events.map((event, index) => newEvent(event, expectedVersion + index, orderId)),
          { commandId },
        );
      let command: string;
      beforeEach(() => {
        command = randomUUID();
      });
      const known = (version: number) => ({ ok: false, refusal: { kind: 'command-known', orderId, version } });

      test('appends its events as any append does', async () => {
        expect(await appendFor(command, 0, created(), reserved)).toEqual({ ok: true, value: 2 });
        expect(await log.read(orderId)).toEqual(streamOf([created(), reserved], orderId));
      });

      test('has no second effect, and answers what the first came to, however far the stream has gone on', async () => {
        await append(0, created());
        expect(await appendFor(command, 1, reserved, authorised)).toEqual({ ok: true, value: 3 });
        await append(3, arranged);
        expect(await appendFor(command, 1, reserved, authorised)).toEqual(known(3));
        expect(await appendFor(command, 4, captured)).toEqual(known(3));
        expect(await log.read(orderId)).toHaveLength(4);
      });

      test('can be found with what it came to, once it was carried out', async () => {
        await append(0, created());
        expect(await log.findCommand(command)).toBeUndefined();
        await appendFor(command, 1, reserved, authorised);
        expect(await log.findCommand(command)).toEqual(known(3).refusal);
      });

      test('is kept with the hash of its request', async () => {
        const events = [newEvent(created(), 0, orderId)];
        await log.append(orderId, 0, events, { commandId: command, requestHash: 'one' });
        const kept = { kind: 'command-known', orderId, version: 1, requestHash: 'one' };
        expect(await log.append(orderId, 0, events, { commandId: command, requestHash: 'two' })).toEqual({
          ok: false,
          refusal: kept,
        });
        expect(await log.append(orderId, 0, [], { commandId: command, requestHash: 'two' })).toEqual({
          ok: false,
          refusal: kept,
        });
        expect(await log.findCommand(command)).toEqual(kept);
      });

      test('has no second effect when the first led to no event', async () => {
        await append(0, created());
        expect(await appendFor(command, 1)).toEqual({ ok: true, value: 1 });
        expect(await appendFor(command, 1, reserved)).toEqual(known(1));
        expect(await appendFor(command, 1)).toEqual(known(1));
        expect(await log.read(orderId)).toHaveLength(1);
      });

      test('has no effect on another order either, and names the one it was for', async () => {
        await appendFor(command, 0, created());
        const other = parseOrderId(randomUUID());
        expect(await log.append(other, 0, [newEvent(created(), 0, other)], { commandId: command })).toEqual(known(1));
        expect(await log.read(other)).toEqual([]);
      });

      test('leaves the command free when the race for the place is lost', async () => {
        await append(0, created(), reserved);
        expect(await appendFor(command, 1, authorised)).toEqual({ ok: false, refusal: { kind: 'version-conflict' } });
        expect(await appendFor(command, 2, authorised)).toEqual({ ok: true, value: 3 });
      });

      test('many times at once has one effect', async () => {
        await append(0, created());
        const answers = await Promise.all(Array.from({ length: 10 }, () => appendFor(command, 1, reserved)));
        expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
        expect(await log.read(orderId)).toHaveLength(2);
        expect(await appendFor(command, 2, reserved)).toEqual(known(2));
      });

      test('lets exactly one of many commands win the same place', async () => {
        await append(0, created());
        const answers = await Promise.all(
          Array.from({ length: 10 }, () => appendFor(randomUUID(), 1, reserved, authorised)),
        );
        expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
        expect(answers.filter((answer) => !answer.ok).map((answer) => answer.refusal)).toEqual(
          Array.from({ length: 9 }, () => ({ kind: 'version-conflict' })),
        );
        expect(await log.read(orderId)).toHaveLength(3);
      });
    });

    describe('reading all streams', () => {
      const all = async (options?: ReadAllOptions) => {
        const found: OrderStream[] = [];
        for await (const stream of streams.readAll(options)) found.push(stream);
        return found;
      };
      /** Streams of 1 to `count` events. */
      const manyStreams = async (count: number) => {
        const expected = new Map<OrderId, number>();
        for (let length = 1; length <= count; length += 1) {
          const id = parseOrderId(randomUUID());
          const events = [created(), ...Array.from({ length: length - 1 }, () => reserved)];
          await log.append(
            id,
            0,
            events.map((event, index) => newEvent(event, index, id)),
          );
          expected.set(id, length);
        }
        return expected;
      };

      test('gives each stream once, whole and oldest event first', async () => {
        const expected = await manyStreams(12);
        const mine = (await all()).filter(({ orderId: id }) => expected.has(id));
        expect(mine).toHaveLength(12);
        for (const { orderId: id, events } of mine) {
          expect(events.map(({ version }) => version)).toEqual(
            Array.from({ length: expected.get(id)! }, (_, index) => index + 1),
          );
          expect(events.every((event) => event.orderId === id)).toBe(true);
          expect(events[0]).toEqual(streamOf([created()], id)[0]);
        }
      });

      test('goes on after any stream, with what would have followed', async () => {
        await manyStreams(6);
        const everything = (await all()).map(({ orderId: id }) => id);
        for (const [place, id] of everything.entries()) {
          expect((await all({ after: id })).map((stream) => stream.orderId)).toEqual(everything.slice(place + 1));
        }
      });

      test('goes on after a stream that has grown since, without giving a part of it', async () => {
        await manyStreams(4);
        const [first, second] = await all();
        await log.append(first!.orderId, first!.events.length, [newEvent(reserved, 9, first!.orderId)]);
        expect((await all({ after: first!.orderId }))[0]).toEqual(second);
      });

      test('in segments gives every stream to exactly one reader, who can go on after it', async () => {
        const expected = await manyStreams(12);
        const parts = await Promise.all([0, 1, 2].map((index) => all({ segment: { index, of: 3 } })));
        const given = parts.flat().map(({ orderId: id }) => id);
        expect(given.filter((id) => expected.has(id)).sort()).toEqual([...expected.keys()].sort());
        expect(new Set(given).size).toBe(given.length);
        const longest = parts.findIndex((part) => part.length > 1);
        const [head, ...rest] = parts[longest]!;
        expect(await all({ segment: { index: longest, of: 3 }, after: head!.orderId })).toEqual(rest);
      });
    });

    describe('recording a fact', () => {
      /** Resolves to the version at which the stream has the fact then. */
      const record = async (event: Parameters<typeof newEvent>[0], atVersion: number) => {
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
          findCommand: (...args) => log.findCommand(...args),
          append: async () => ({ ok: false, refusal: { kind: 'version-conflict' } }),
        };
        await expect(recordFact(restless, { orderId, atVersion: 1, event })).rejects.toThrow(ConcurrencyConflict);
      });
    });
  });

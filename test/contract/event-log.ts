/** What every event log does, whatever it stands on and whatever aggregate it is for. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EventLog } from '../../functions/shared/event-log/port.ts';
import type { Event } from '../../functions/shared/kernel/events.ts';
import { newEvent, newEvents, type Sample, streamOf } from '../support/event-log/samples.ts';

export const eventLogContract = <E extends Event, IdField extends string, Id extends string>(
  name: string,
  { name: aggregates, aggregate, events: [first, second, third, fourth] }: Sample<E, IdField, Id>,
  makeLog: () => EventLog<E, IdField, Id>,
) =>
  describe(`Event log of ${aggregates}: ${name}`, () => {
    const newId = () => aggregate.parseId(randomUUID());
    let log: EventLog<E, IdField, Id>;
    let id: Id;

    beforeEach(() => {
      log = makeLog();
      id = newId();
    });

    const append = (expectedVersion: number, ...events: E[]) =>
      log.append(id, expectedVersion, newEvents(events, expectedVersion, id));

    test('reads back what was appended, in order and unchanged', async () => {
      expect(await append(0, first)).toEqual({ ok: true, value: 1 });
      expect(await append(1, second, third)).toEqual({ ok: true, value: 3 });
      expect(await log.read(id)).toEqual(streamOf(aggregate, id, [first, second, third]));
    });

    test('reads from a version on', async () => {
      await append(0, first, second, third);
      expect((await log.read(id, 2)).map(({ version }) => version)).toEqual([2, 3]);
      expect(await log.read(id, 4)).toEqual([]);
    });

    test('reads at most the requested number of events', async () => {
      await append(0, first, second, third);
      const versions = async (from: number, limit: number) =>
        (await log.read(id, from, limit)).map(({ version }) => version);
      expect(await versions(1, 2)).toEqual([1, 2]);
      expect(await versions(2, 2)).toEqual([2, 3]);
      expect(await versions(3, 9)).toEqual([3]);
    });

    test('reads the last events, oldest first, or all when there are fewer', async () => {
      await append(0, first, second, third);
      const lastVersions = async (limit: number) => (await log.readLast(id, limit)).map(({ version }) => version);
      expect(await lastVersions(1)).toEqual([3]);
      expect(await lastVersions(2)).toEqual([2, 3]);
      expect(await lastVersions(3)).toEqual([1, 2, 3]);
      expect(await lastVersions(9)).toEqual([1, 2, 3]);
      expect((await log.readLast(id, 1))[0]).toEqual(streamOf(aggregate, id, [first, second, third])[2]);
    });

    test('finds an event at its version as soon as it is appended, and none beyond the last', async () => {
      await append(0, first, second);
      expect(await log.findEvent(id, 2)).toEqual(streamOf(aggregate, id, [first, second])[1]);
      expect(await log.findEvent(id, 3)).toBeUndefined();
      await append(2, third);
      expect((await log.findEvent(id, 3))?.type).toBe(third.type);
    });

    test('has nothing of an aggregate that nobody created', async () => {
      expect(await log.read(id)).toEqual([]);
      expect(await log.findEvent(id, 1)).toBeUndefined();
      expect(await log.readLast(id, 5)).toEqual([]);
    });

    test('refuses an append in a place that is taken, and keeps what is there', async () => {
      await append(0, first, second);
      expect(await append(1, third)).toEqual({ ok: false, refusal: { kind: 'version-conflict' } });
      expect((await log.read(id)).map(({ type }) => type)).toEqual([first.type, second.type]);
    });

    test('appends several events or none', async () => {
      await append(0, first, second);
      expect(await append(1, third, fourth)).toMatchObject({ ok: false });
      expect(await log.read(id)).toHaveLength(2);
    });

    test('lets exactly one of many win the same place', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => append(0, first)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await log.read(id)).toHaveLength(1);
    });

    test('keeps the streams of two aggregates apart', async () => {
      await append(0, first);
      const other = newId();
      await log.append(other, 0, [newEvent(first, 0, other), newEvent(second, 1, other)]);
      expect(await log.read(id)).toHaveLength(1);
      expect(await log.read(other)).toHaveLength(2);
    });
  });

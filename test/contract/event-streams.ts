/** What reading all streams of an event log gives, whatever it stands on and whatever aggregate it is for. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EventLog, EventStream, EventStreams, ReadAllOptions } from '../../functions/shared/event-log/port.ts';
import type { Event } from '../../functions/shared/kernel/events.ts';
import { newEvent, type Sample, streamOf } from '../support/event-log/samples.ts';

export interface StreamsUnderTest<E extends Event, IdField extends string, Id extends string> {
  readonly log: EventLog<E, IdField, Id>;
  readonly streams: EventStreams<E, IdField, Id>;
}

export const eventStreamsContract = <E extends Event, IdField extends string, Id extends string>(
  name: string,
  { name: aggregates, aggregate, events: [first, second] }: Sample<E, IdField, Id>,
  make: () => StreamsUnderTest<E, IdField, Id>,
) =>
  describe(`Reading all streams of ${aggregates}: ${name}`, () => {
    const newId = () => aggregate.parseId(randomUUID());
    let log: EventLog<E, IdField, Id>;
    let streams: EventStreams<E, IdField, Id>;

    beforeEach(() => {
      ({ log, streams } = make());
    });

    const all = async (options?: ReadAllOptions<Id>) => {
      const found: EventStream<E, IdField, Id>[] = [];
      for await (const stream of streams.readAll(options)) found.push(stream);
      return found;
    };
    /** Streams of 1 to `count` events. */
    const manyStreams = async (count: number) => {
      const expected = new Map<Id, number>();
      for (let length = 1; length <= count; length += 1) {
        const id = newId();
        const events: E[] = [first, ...Array.from({ length: length - 1 }, () => second)];
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
      const mine = (await all()).filter(({ id }) => expected.has(id));
      expect(mine).toHaveLength(12);
      for (const { id, events } of mine) {
        expect(events.map(({ version }) => version)).toEqual(
          Array.from({ length: expected.get(id)! }, (_, index) => index + 1),
        );
        expect(events.every((event) => event[aggregate.idField] === id)).toBe(true);
        expect(events[0]).toEqual(streamOf(aggregate, id, [first])[0]);
      }
    });

    test('goes on after any stream, with what would have followed', async () => {
      await manyStreams(6);
      const everything = (await all()).map(({ id }) => id);
      for (const [place, id] of everything.entries()) {
        expect((await all({ after: id })).map((stream) => stream.id)).toEqual(everything.slice(place + 1));
      }
    });

    test('goes on after a stream that has grown since, without giving a part of it', async () => {
      await manyStreams(4);
      const [grown, next] = await all();
      await log.append(grown!.id, grown!.events.length, [newEvent(second, 9, grown!.id)]);
      expect((await all({ after: grown!.id }))[0]).toEqual(next);
    });

    test('in segments gives every stream to exactly one reader, who can go on after it', async () => {
      const expected = await manyStreams(12);
      const parts = await Promise.all([0, 1, 2].map((index) => all({ segment: { index, of: 3 } })));
      const given = parts.flat().map(({ id }) => id);
      expect(given.filter((id) => expected.has(id)).sort()).toEqual([...expected.keys()].sort());
      expect(new Set(given).size).toBe(given.length);
      const longest = parts.findIndex((part) => part.length > 1);
      const [head, ...rest] = parts[longest]!;
      expect(await all({ segment: { index: longest, of: 3 }, after: head!.id })).toEqual(rest);
    });
  });

/** What an event log does with the ids of commands, whatever it stands on and whatever aggregate it is for. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EventLog } from '../../functions/shared/event-log/port.ts';
import type { Event } from '../../functions/shared/kernel/events.ts';
import { newEvent, newEvents, type Sample, streamOf } from '../support/event-log/samples.ts';

export const commandsContract = <E extends Event, IdField extends string, Id extends string>(
  name: string,
  { name: aggregates, aggregate, events: [first, second, third, fourth] }: Sample<E, IdField, Id>,
  makeLog: () => EventLog<E, IdField, Id>,
) =>
  describe(`Appending for a command to the event log of ${aggregates}: ${name}`, () => {
    const newId = () => aggregate.parseId(randomUUID());
    let log: EventLog<E, IdField, Id>;
    let id: Id;

    beforeEach(() => {
      log = makeLog();
      id = newId();
    });

    const append = (expectedVersion: number, ...events: E[]) =>
      log.append(id, expectedVersion, newEvents(events, expectedVersion, id));

    const appendFor = (commandId: string, expectedVersion: number, ...events: E[]) =>
      log.append(id, expectedVersion, newEvents(events, expectedVersion, id), { commandId });
    let command: string;
    beforeEach(() => {
      command = randomUUID();
    });
    const known = (version: number) => ({ ok: false, refusal: { kind: 'command-known', id, version } });

    test('appends its events as any append does', async () => {
      expect(await appendFor(command, 0, first, second)).toEqual({ ok: true, value: 2 });
      expect(await log.read(id)).toEqual(streamOf(aggregate, id, [first, second]));
    });

    test('has no second effect, and answers what the first came to, however far the stream has gone on', async () => {
      await append(0, first);
      expect(await appendFor(command, 1, second, third)).toEqual({ ok: true, value: 3 });
      await append(3, fourth);
      expect(await appendFor(command, 1, second, third)).toEqual(known(3));
      expect(await appendFor(command, 4, fourth)).toEqual(known(3));
      expect(await log.read(id)).toHaveLength(4);
    });

    test('can be found with what it came to, once it was carried out', async () => {
      await append(0, first);
      expect(await log.findCommand(command)).toBeUndefined();
      await appendFor(command, 1, second, third);
      expect(await log.findCommand(command)).toEqual(known(3).refusal);
    });

    test('is kept with the hash of its request', async () => {
      const events = [newEvent(first, 0, id)];
      await log.append(id, 0, events, { commandId: command, requestHash: 'one' });
      const kept = { kind: 'command-known', id, version: 1, requestHash: 'one' };
      expect(await log.append(id, 0, events, { commandId: command, requestHash: 'two' })).toEqual({
        ok: false,
        refusal: kept,
      });
      expect(await log.append(id, 0, [], { commandId: command, requestHash: 'two' })).toEqual({
        ok: false,
        refusal: kept,
      });
      expect(await log.findCommand(command)).toEqual(kept);
    });

    test('has no second effect when the first led to no event', async () => {
      await append(0, first);
      expect(await appendFor(command, 1)).toEqual({ ok: true, value: 1 });
      expect(await appendFor(command, 1, second)).toEqual(known(1));
      expect(await appendFor(command, 1)).toEqual(known(1));
      expect(await log.read(id)).toHaveLength(1);
    });

    test('has no effect on another aggregate either, and names the one it was for', async () => {
      await appendFor(command, 0, first);
      const other = newId();
      expect(await log.append(other, 0, [newEvent(first, 0, other)], { commandId: command })).toEqual(known(1));
      expect(await log.read(other)).toEqual([]);
    });

    test('leaves the command free when the race for the place is lost', async () => {
      await append(0, first, second);
      expect(await appendFor(command, 1, third)).toEqual({ ok: false, refusal: { kind: 'version-conflict' } });
      expect(await appendFor(command, 2, third)).toEqual({ ok: true, value: 3 });
    });

    test('many times at once has one effect', async () => {
      await append(0, first);
      const answers = await Promise.all(Array.from({ length: 10 }, () => appendFor(command, 1, second)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await log.read(id)).toHaveLength(2);
      expect(await appendFor(command, 2, second)).toEqual(known(2));
    });

    test('lets exactly one of many commands win the same place', async () => {
      await append(0, first);
      const answers = await Promise.all(Array.from({ length: 10 }, () => appendFor(randomUUID(), 1, second, third)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.filter((answer) => !answer.ok).map((answer) => answer.refusal)).toEqual(
        Array.from({ length: 9 }, () => ({ kind: 'version-conflict' })),
      );
      expect(await log.read(id)).toHaveLength(3);
    });
  });

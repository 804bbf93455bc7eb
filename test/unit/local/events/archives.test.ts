import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { settled } from '../sqs/time.ts';
import { created, functionArn, queueArn, type World, world } from './delivering-bus.ts';

const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/waybill';
const ARCHIVE = 'arn:aws:events:us-east-1:000000000000:archive/kept';
const DAY_S = 86_400;

/** The archive `kept` of the bus, with an event for each of these times in seconds since the start. */
async function archived(times: readonly number[], archive: JsonObject = {}): Promise<World> {
  const given = world();
  given.rule({ id: 't', arn: queueArn });
  await given.events.handle('CreateArchive', { ArchiveName: 'kept', EventSourceArn: BUS, ...archive });
  const start = given.clock.now() / 1000;
  const entries = times.map((at) => ({ ...created, Detail: JSON.stringify({ at }), Time: start + at }));
  for (const entry of entries) await given.events.putEvents([entry]);
  given.delivered.length = 0;
  return given;
}

const replay = ({ events, clock }: World, from: number, to: number, more: JsonObject = {}) =>
  events.handle('StartReplay', {
    ReplayName: 'again',
    EventSourceArn: ARCHIVE,
    Destination: { Arn: BUS },
    EventStartTime: clock.now() / 1000 + from,
    EventEndTime: clock.now() / 1000 + to,
    ...more,
  });
const replayState = async ({ events }: World) => (await events.handle('DescribeReplay', { ReplayName: 'again' })).State;
const timesOf = ({ delivered }: World) => delivered.map(({ payload }) => (payload as { detail: JsonObject }).detail.at);
async function ended(given: World): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await settled();
  expect(await replayState(given)).not.toBe('RUNNING');
}

describe('An archive', () => {
  test('keeps what matches its pattern, and tells how much that is', async () => {
    const given = await archived([0, 1], { EventPattern: '{"detail":{"at":[1]}}', Description: 'some' });
    const { events, clock } = given;
    expect(await events.handle('DescribeArchive', { ArchiveName: 'kept' })).toEqual({
      ArchiveArn: ARCHIVE,
      ArchiveName: 'kept',
      EventSourceArn: BUS,
      Description: 'some',
      EventPattern: '{"detail":{"at":[1]}}',
      State: 'ENABLED',
      RetentionDays: 0,
      SizeBytes: expect.any(Number),
      EventCount: 1,
      CreationTime: clock.now() / 1000,
    });
  });

  test('forgets events after the days of its retention, which a client can change', async () => {
    const { events, clock } = await archived([0], { RetentionDays: 2 });
    clock.advance(2 * DAY_S * 1000 - 1);
    const count = async () => (await events.handle('ListArchives', {})).Archives;
    expect(await count()).toMatchObject([{ EventCount: 1 }]);
    await events.handle('UpdateArchive', { ArchiveName: 'kept', RetentionDays: 1 });
    expect(await count()).toMatchObject([{ EventCount: 0, RetentionDays: 1 }]);
  });

  test('is there after a restart, until a client deletes it', async () => {
    const given = await archived([0]);
    const after = world(given);
    expect(await after.events.handle('ListArchives', { EventSourceArn: BUS })).toMatchObject({
      Archives: [{ ArchiveName: 'kept', EventCount: 1 }],
    });
    await after.events.handle('DeleteArchive', { ArchiveName: 'kept' });
    expect(await world(after).events.handle('ListArchives', {})).toEqual({ Archives: [] });
  });

  test('that the app declares keeps its events from start to start, and cannot be deleted by a client', async () => {
    const declared = (given: World): World => {
      given.events.defineArchive({ name: 'kept', sourceArn: BUS, retentionDays: 0 });
      return given;
    };
    const before = declared(world());
    await before.events.putEvents([created]);
    const after = declared(world(before));
    expect(await after.events.handle('DescribeArchive', { ArchiveName: 'kept' })).toMatchObject({ EventCount: 1 });
    await expect(after.events.handle('DeleteArchive', { ArchiveName: 'kept' })).rejects.toThrow('declared by the app');
  });
});

describe('A replay', () => {
  test('brings the events of a time again, in order, as what they are', async () => {
    const given = await archived([30, 10, 20, 40]);
    expect(await replay(given, 10, 30)).toEqual({
      ReplayArn: 'arn:aws:events:us-east-1:000000000000:replay/again',
      State: 'STARTING',
      ReplayStartTime: given.clock.now() / 1000,
    });
    await ended(given);
    expect(timesOf(given)).toEqual([10, 20, 30]);
    expect(given.delivered[0]?.payload).toMatchObject({
      id: expect.any(String),
      source: 'waybill.orders',
      'replay-name': 'again',
    });
    const now = given.clock.now() / 1000;
    expect(await given.events.handle('DescribeReplay', { ReplayName: 'again' })).toEqual({
      ReplayName: 'again',
      ReplayArn: 'arn:aws:events:us-east-1:000000000000:replay/again',
      EventSourceArn: ARCHIVE,
      Destination: { Arn: BUS },
      State: 'COMPLETED',
      EventStartTime: now + 10,
      EventEndTime: now + 30,
      EventLastReplayedTime: now + 30,
      ReplayStartTime: now,
      ReplayEndTime: now,
    });
    expect(await given.events.handle('DescribeArchive', { ArchiveName: 'kept' })).toMatchObject({ EventCount: 4 });
  });

  test('is for the rules that it names', async () => {
    const given = await archived([0]);
    given.rule({ id: 'f', arn: functionArn }, { name: 'other' });
    await replay(given, -1, 1, {
      Destination: { Arn: BUS, FilterArns: ['arn:aws:events:us-east-1:000000000000:rule/waybill/other'] },
    });
    await ended(given);
    expect(given.delivered.map(({ arn }) => arn)).toEqual([functionArn]);
  });

  test('goes on after a restart where it stood', async () => {
    const times = Array.from({ length: 25 }, (_, second) => second);
    const before = await archived(times);
    await replay(before, 0, 30);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await replayState(before)).toBe('RUNNING');
    before.events.close();
    const after = world(before);
    after.rule({ id: 't', arn: queueArn });
    after.events.resume();
    await ended(after);
    expect(await replayState(after)).toBe('COMPLETED');
    expect(new Set([...timesOf(before), ...timesOf(after)])).toEqual(new Set(times));
    expect(timesOf(after)[0]).toBeLessThanOrEqual(10);
  });

  test('can be cancelled until it has ended', async () => {
    const given = await archived([0, 1]);
    await replay(given, 0, 1);
    expect(await given.events.handle('CancelReplay', { ReplayName: 'again' })).toMatchObject({ State: 'CANCELLING' });
    await ended(given);
    expect(await replayState(given)).toBe('CANCELLED');
    expect(given.delivered).toEqual([]);
    await expect(given.events.handle('CancelReplay', { ReplayName: 'again' })).rejects.toMatchObject({
      code: 'IllegalStatusException',
    });
    expect(await given.events.handle('ListReplays', { State: 'CANCELLED' })).toMatchObject({
      Replays: [{ ReplayName: 'again' }],
    });
    expect(await given.events.handle('ListReplays', { NamePrefix: 'x' })).toEqual({ Replays: [] });
  });

  test('fails when its archive is deleted', async () => {
    const given = await archived([0]);
    await replay(given, 0, 1);
    await given.events.handle('DeleteArchive', { ArchiveName: 'kept' });
    await ended(given);
    expect(await replayState(given)).toBe('FAILED');
  });
});

test.each<[string, JsonObject, string, string]>([
  [
    'CreateArchive',
    { ArchiveName: 'x', EventSourceArn: `${BUS}no` },
    'ResourceNotFoundException',
    'Event bus waybillno',
  ],
  [
    'CreateArchive',
    { ArchiveName: 'kept', EventSourceArn: BUS },
    'ResourceAlreadyExistsException',
    'Archive kept already',
  ],
  [
    'CreateArchive',
    { ArchiveName: 'x', EventSourceArn: BUS, EventPattern: '1' },
    'InvalidEventPatternException',
    'Filter',
  ],
  ['DescribeArchive', { ArchiveName: 'no' }, 'ResourceNotFoundException', 'Archive no does not exist.'],
  ['DeleteArchive', { ArchiveName: 'no' }, 'ResourceNotFoundException', 'Archive no does not exist.'],
  ['UpdateArchive', { ArchiveName: 'no' }, 'ValidationException', 'At least one of EventPattern, RetentionDays or'],
  ['ListArchives', { EventSourceArn: `${BUS}no` }, 'ResourceNotFoundException', 'Event bus waybillno does not exist.'],
  ['DescribeReplay', { ReplayName: 'no' }, 'ResourceNotFoundException', 'Replay no does not exist.'],
])('%s refuses %j with %s', async (operation, input, code, message) => {
  const { events } = await archived([]);
  await expect(events.handle(operation, input)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

test.each<[JsonObject, string, string]>([
  [{ EventSourceArn: `${ARCHIVE}no` }, 'ValidationException', 'Reason: Archive keptno does not exist.'],
  [{ Destination: { Arn: `${BUS}no` } }, 'ResourceNotFoundException', 'Event bus waybillno does not exist.'],
  [
    { Destination: { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' } },
    'ValidationException',
    'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
  ],
  [{ EventEndTime: 0 }, 'ValidationException', 'Reason: EventStartTime must be before EventEndTime.'],
  [{ ReplayName: 'first' }, 'ResourceAlreadyExistsException', 'Replay first already exists.'],
])('StartReplay refuses %j with %s', async (wrong, code, message) => {
  const given = await archived([]);
  await replay(given, 0, 1, { ReplayName: 'first' });
  await expect(replay(given, 0, 1, wrong)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
});

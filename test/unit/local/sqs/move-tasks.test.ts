import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { arnOf, type Queues, queueNamed, queues } from './queues.ts';

const SourceArn = arnOf('dead');
const orders = arnOf('orders');

/** The dead-letter queue of `orders` with as many messages that came from there. */
function withDead(messages: number): Queues {
  const given = started();
  const { sqs, clock } = given;
  for (let message = 0; message < messages; message += 1) sqs.send(orders, `m${message}`);
  sqs.receive(orders, 10);
  clock.advance(1_000);
  sqs.receive(orders, 10);
  return given;
}

function started(before?: Queues): Queues {
  const redrive = { deadLetterArn: SourceArn, maxReceiveCount: 1 };
  return queues(
    [queueNamed('orders', { redrive, visibilityTimeoutMs: 1_000 }), queueNamed('dead'), queueNamed('other')],
    before,
  );
}

const call = ({ service }: Queues, operation: string, input: JsonObject = {}) =>
  service.handle(operation, { SourceArn, ...input });
const tasks = async (given: Queues) => (await call(given, 'ListMessageMoveTasks', { MaxResults: 10 })).Results;

test.each<[string, JsonObject]>([
  ['orders', {}],
  ['other', { DestinationArn: arnOf('other') }],
])('A task moves all messages to %s at once when it has no rate', async (name, destination) => {
  const given = withDead(2);
  expect(given.sqs.counts(SourceArn).visible).toBe(2);
  await call(given, 'StartMessageMoveTask', destination);
  expect(given.sqs.counts(arnOf(name)).visible).toBe(2);
  expect(await tasks(given)).toEqual([
    {
      Status: 'COMPLETED',
      SourceArn,
      ...destination,
      ApproximateNumberOfMessagesMoved: 2,
      ApproximateNumberOfMessagesToMove: 2,
      StartedTimestamp: given.clock.now(),
    },
  ]);
});

test('A task with a rate moves so many each second, and a restart goes on with it', async () => {
  const before = withDead(5);
  const { TaskHandle } = await call(before, 'StartMessageMoveTask', { MaxNumberOfMessagesPerSecond: 2 });
  expect(await tasks(before)).toMatchObject([{ Status: 'RUNNING', TaskHandle, ApproximateNumberOfMessagesMoved: 2 }]);
  before.service.close();
  const after = started(before);
  after.service.resume();
  after.clock.advance(1_000);
  expect(await tasks(after)).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 5 }]);
});

test('A task can be cancelled, and leaves what it has not moved', async () => {
  const given = withDead(5);
  const { TaskHandle } = await call(given, 'StartMessageMoveTask', { MaxNumberOfMessagesPerSecond: 2 });
  expect(await call(given, 'CancelMessageMoveTask', { TaskHandle: TaskHandle! })).toEqual({
    ApproximateNumberOfMessagesMoved: 2,
  });
  given.clock.advance(5_000);
  expect(given.sqs.counts(SourceArn).visible).toBe(3);
  await expect(call(given, 'CancelMessageMoveTask', { TaskHandle: TaskHandle! })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
});

test('A task whose destination is deleted fails', async () => {
  const given = withDead(5);
  const more = { MaxNumberOfMessagesPerSecond: 1, DestinationArn: arnOf('other') };
  await call(given, 'StartMessageMoveTask', more);
  given.sqs.undefine(arnOf('other'));
  given.clock.advance(1_000);
  expect(await tasks(given)).toMatchObject([{ Status: 'FAILED', FailureReason: 'QueueDoesNotExist' }]);
});

test.each<[string, JsonObject, string]>([
  [
    'of a queue that is no dead-letter queue',
    { SourceArn: orders },
    'Source queue must be configured as a Dead Letter',
  ],
  ['beside one that runs', {}, 'There is already a task running. Only one active task is allowed'],
  ['to a queue that does not exist', { DestinationArn: arnOf('nowhere') }, 'The specified queue does not exist.'],
])('A task %s is refused', async (_, input, message) => {
  const given = withDead(5);
  await call(given, 'StartMessageMoveTask', { MaxNumberOfMessagesPerSecond: 1 });
  await expect(call(given, 'StartMessageMoveTask', input)).rejects.toThrow(message);
});

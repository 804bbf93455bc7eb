/** Every consumer of a queue, under messages that come twice, in any order, or that nobody but a forger has written. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { compilePattern } from '../../local/event-pattern.ts';
import { lambdaContext, sqsRecord } from '../support/api/invocations.ts';
import { CONSUMERS, type Consumer, type TestedConsumer } from '../support/consumers/consumers.ts';
import { FORGERIES, ORDERS, TRUTHS } from '../support/consumers/order-messages.ts';
import { InMemoryOrderLog } from '../support/fakes/in-memory-order-log.ts';
import { synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();
const rules = assembly.all('AWS::Events::Rule').filter(({ properties }) => properties.EventPattern !== undefined);

/** The functions that consume a queue, each with what decides which events of the bus come into the queue. */
const deployed = assembly
  .all('AWS::Lambda::EventSourceMapping')
  .map(({ properties }) => ({
    name: assembly.resource(assembly.target(properties.FunctionName)).properties.Description as string,
    queue: assembly.target(properties.EventSourceArn),
  }))
  .filter(({ queue }) => assembly.resource(queue).type === 'AWS::SQS::Queue')
  .map(({ name, queue }) => ({
    name,
    patterns: rules
      .filter(({ properties }) =>
        (properties.Targets as { Arn: unknown }[]).some(({ Arn }) => assembly.target(Arn) === queue),
      )
      .map(({ properties }) => properties.EventPattern),
  }));

test('Every consumer that is deployed is tested here', () => {
  expect(deployed.map(({ name }) => name).sort()).toEqual(Object.keys(CONSUMERS).sort());
});

const BATCH = 10;
/** Resolves to the messages that are to come again. */
async function deliver({ handle }: Consumer, messages: readonly object[], attempt = 1): Promise<readonly string[]> {
  const records = messages.map((message, index) =>
    sqsRecord({ id: `message-${index}`, receipt: `receipt-${index}`, body: JSON.stringify(message), attempt }),
  );
  const left: string[] = [];
  for (let start = 0; start < records.length; start += BATCH) {
    const { batchItemFailures } = await handle({ Records: records.slice(start, start + BATCH) }, lambdaContext());
    left.push(...batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  }
  return left;
}

const inWords = (done: readonly unknown[]): string[] => done.map((each) => JSON.stringify(each)).sort();

describe.each(deployed)('$name', ({ name, patterns }) => {
  const { make, messages }: TestedConsumer = CONSUMERS[name]!;
  const passes = (message: object) => patterns.some((pattern) => compilePattern(pattern)(message as never));
  const truths = messages?.truths ?? TRUTHS.filter(passes);
  const forgeries = messages?.forgeries ?? FORGERIES.filter(passes);
  const fresh = async () => make(await InMemoryOrderLog.of(...ORDERS));
  const doneAfter = async (...deliveries: readonly (readonly object[])[]) => {
    const consumer = await fresh();
    for (const delivered of deliveries) await deliver(consumer, delivered);
    return inWords(await consumer.done());
  };

  // The metric of each refusal.
  beforeEach(() => void vi.spyOn(process.stdout, 'write').mockReturnValue(true));
  afterEach(() => void vi.restoreAllMocks());

  test('does something', async () => {
    expect(await doneAfter(truths)).not.toEqual([]);
  });

  test('takes every kind of event that its rule lets through', async () => {
    expect(await deliver(await fresh(), truths)).toEqual([]);
  });

  test('does the same when every message comes twice, in another order and much later again', async () => {
    const twice = truths.flatMap((message) => [message, message]);
    expect(await doneAfter(twice, [...truths].reverse(), truths)).toEqual(await doneAfter(truths));
    expect(await doneAfter([...truths].reverse())).toEqual(await doneAfter(truths));
  });

  test('does nothing more for forged messages, before and after the true ones', async () => {
    const allowed = await doneAfter(truths);
    expect(forgeries.length).toBeGreaterThan(1);
    for (const done of await doneAfter(forgeries)) expect(allowed).toContain(done);
    expect(await doneAfter(truths, forgeries)).toEqual(allowed);
    expect(await doneAfter(forgeries, truths)).toEqual(allowed);
  });
});

import { describe, expect, test } from 'vitest';
import { AwsError, type InvocationResult, type Json } from '../../../../local/contracts.ts';
import { AsyncInvocations, type AsyncTarget } from '../../../../local/lambda/async-invocations.ts';
import { type TestContext, testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:work';
const queue = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const done: InvocationResult = { statusCode: 200, payload: '{"ok":true}', executedVersion: '$LATEST' };
const broken: InvocationResult = { ...done, functionError: 'Unhandled', payload: '{"errorType":"Error"}' };

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

interface World {
  readonly invocations: AsyncInvocations;
  readonly clock: VirtualClock;
  readonly ctx: TestContext;
  readonly invokedAt: number[];
  readonly sent: { readonly to: string; readonly content: Json }[];
  pass(ms: number): Promise<void>;
}

/** One function that answers as told, again and again what comes last; given an earlier world, a restart of it. */
function world(
  target: Partial<AsyncTarget>,
  answers: readonly (InvocationResult | Error)[],
  before?: Pick<World, 'clock' | 'ctx'>,
): World {
  const clock = before?.clock ?? new VirtualClock();
  const ctx = testContext(clock, before?.ctx.store);
  const begun = clock.now();
  const invokedAt: number[] = [];
  const sent: World['sent'] = [];
  const invocations = new AsyncInvocations(ctx, {
    targetOf: () => ({ arn: ARN, config: {}, ...target }),
    invoke: async () => {
      invokedAt.push((clock.now() - begun) / 1_000);
      const answer = answers[Math.min(invokedAt.length, answers.length) - 1]!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    deliver: async (_, to, content) => void sent.push({ to, content: JSON.parse(content) as Json }),
  });
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settled();
  };
  return { invocations, clock, ctx, invokedAt, sent, pass };
}

const accept = async ({ invocations }: World): Promise<void> => {
  invocations.accept('work', '{"a":1}', 'r1');
  await settled();
};

describe('An asynchronous invocation', () => {
  test('that fails is tried again after one minute, and after two more', async () => {
    const one = world({ config: { onFailureArn: queue('failed') }, deadLetterArn: queue('dead') }, [broken]);
    await accept(one);
    for (let minute = 0; minute < 20; minute += 1) await one.pass(60_000);
    expect(one.invokedAt).toEqual([0, 60, 180]);
    expect(one.sent).toEqual([
      {
        to: queue('failed'),
        content: {
          version: '1.0',
          timestamp: '2026-11-21T00:03:00.000Z',
          requestContext: {
            requestId: 'r1',
            functionArn: `${ARN}:$LATEST`,
            condition: 'RetriesExhausted',
            approximateInvokeCount: 3,
          },
          requestPayload: { a: 1 },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: { errorType: 'Error' },
        },
      },
      { to: queue('dead'), content: { a: 1 } },
    ]);
  });

  test('that succeeds is told to its destination once', async () => {
    const one = world({ config: { onSuccessArn: queue('done'), onFailureArn: queue('failed') } }, [broken, done]);
    await accept(one);
    await one.pass(60_000);
    await one.pass(600_000);
    expect(one.invokedAt).toEqual([0, 60]);
    expect(one.sent).toMatchObject([
      { to: queue('done'), content: { requestContext: { condition: 'Success' }, responsePayload: { ok: true } } },
    ]);
  });

  test('has as many retries as it is configured to have, and what is lost is said', async () => {
    const one = world({ config: { maximumRetryAttempts: 0 } }, [broken]);
    await accept(one);
    await one.pass(600_000);
    expect(one.invokedAt).toEqual([0]);
    expect(one.ctx.warnings).toEqual([expect.stringContaining('r1 of the function work is lost after 1 attempt(s)')]);
  });

  test('waits while the function is throttled, until the event is too old', async () => {
    const throttled = new AwsError('TooManyRequestsException', 'Rate exceeded', 429);
    const config = { maximumEventAgeSeconds: 60, onFailureArn: queue('failed') };
    const one = world({ config }, [throttled]);
    await accept(one);
    for (let second = 0; second < 100; second += 1) await one.pass(1_000);
    expect(one.invokedAt).toEqual([0, 1, 3, 7, 15, 31]);
    expect(one.sent).toMatchObject([
      { content: { requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } } },
    ]);
    expect(one.sent[0]!.content).not.toHaveProperty('responseContext');
  });

  test('goes on after a restart where it was', async () => {
    const first = world({}, [broken]);
    await accept(first);
    first.invocations.close();
    await first.pass(600_000);
    expect(first.invokedAt).toEqual([0]);
    const second = world({}, [done], first);
    second.invocations.resume();
    await settled();
    expect(second.invokedAt).toEqual([0]);
    const third = world({}, [done], second);
    third.invocations.resume();
    await settled();
    expect(third.invokedAt).toEqual([]);
  });

  test('is not begun twice by a resume', async () => {
    const one = world({}, [done]);
    one.invocations.accept('work', '{}', 'r1');
    one.invocations.resume();
    await settled();
    expect(one.invokedAt).toEqual([0]);
  });
});

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { systemClock } from '../../../../local/clock.ts';
import { deliverTo } from '../../../../local/deliver.ts';
import { textOf } from '../../../../local/json-text.ts';
import { RuntimeMeter } from '../../../../local/meter.ts';
import { Shutdown } from '../../../../local/shutdown.ts';
import type { SqsService } from '../../../../local/sqs/service.ts';
import { fakeInvoker } from '../apigateway/served-api.ts';

describe('The machine’s clock', () => {
  const DAY_MS = 24 * 60 * 60 * 1_000;
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('waits longer than Node’s timers can', () => {
    const action = jest.fn();
    systemClock.at(systemClock.now() + 60 * DAY_MS, action);
    jest.advanceTimersByTime(60 * DAY_MS - 1);
    expect(action).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledTimes(1);
  });

  test('forgets what is cancelled, also after it was set again', () => {
    const action = jest.fn();
    const cancel = systemClock.at(systemClock.now() + 60 * DAY_MS, action);
    jest.advanceTimersByTime(30 * DAY_MS);
    cancel();
    jest.advanceTimersByTime(60 * DAY_MS);
    expect(action).not.toHaveBeenCalled();
  });

  test('does soon what is past', () => {
    const action = jest.fn();
    systemClock.at(systemClock.now() - DAY_MS, action);
    expect(action).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledTimes(1);
  });
});

describe('A shutdown', () => {
  test('stops in reverse what was started, once, and tells of what could not be stopped', async () => {
    const stopped: string[] = [];
    const warnings: string[] = [];
    const shutdown = new Shutdown((message) => void warnings.push(message));
    const started = (name: string, fails = false) => ({
      close: async () => {
        await Promise.resolve();
        stopped.push(name);
        if (fails) throw new Error(`${name} is stuck`);
      },
    });
    shutdown.add(started('store'));
    shutdown.add(started('database', true));
    shutdown.add(started('api'));
    await Promise.all([shutdown.run(), shutdown.run()]);
    expect(stopped).toEqual(['api', 'database', 'store']);
    expect(warnings).toEqual([expect.stringContaining('database is stuck')]);
  });

  test('does not wait for ever for one thing', async () => {
    jest.useFakeTimers();
    const shutdown = new Shutdown(() => {});
    const store = { close: jest.fn<() => void>() };
    shutdown.add(store);
    shutdown.add({ close: () => new Promise<void>(() => {}) });
    const done = shutdown.run();
    await jest.advanceTimersByTimeAsync(2_499);
    expect(store.close).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(store.close).toHaveBeenCalledTimes(1);
    await done;
    jest.useRealTimers();
  });
});

describe('A delivery', () => {
  const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:work';
  const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:work';
  const sent: string[] = [];
  const sqs = { send: (arn: string, body: string) => void sent.push(`${arn} ${body}`) } as unknown as SqsService;
  const deliver = deliverTo(
    sqs,
    fakeInvoker({
      [FUNCTION]: () => ({}),
      [`${FUNCTION}-broken`]: () => {
        throw new Error('no');
      },
    }),
  );

  test('reaches queues and functions', async () => {
    await deliver(QUEUE, { a: 1 });
    expect(sent).toEqual([`${QUEUE} {"a":1}`]);
    await expect(deliver(FUNCTION, {})).resolves.toBeUndefined();
  });

  test('that a function fails on, or to anything else, is rejected', async () => {
    await expect(deliver(`${FUNCTION}-broken`, {})).rejects.toThrow(/work-broken failed: .*"no"/);
    await expect(deliver('arn:aws:sns:us-east-1:000000000000:topic', {})).rejects.toThrow(
      /sns.*neither a queue nor a function/,
    );
  });
});

test('The meter adds up by unit and dimension until it is reset', () => {
  const meter = new RuntimeMeter();
  meter.count('lambda.invocations', 'a');
  meter.count('lambda.invocations', 'a', 2);
  meter.count('lambda.invocations', 'b');
  meter.count('sqs.requests', 'q');
  expect(meter.read()).toEqual({ 'lambda.invocations': { a: 3, b: 1 }, 'sqs.requests': { q: 1 } });
  meter.reset();
  expect(meter.read()).toEqual({});
});

test('Text is text, a number or a truth value; anything else is refused, not shown as [object Object]', () => {
  expect([textOf('a'), textOf(1), textOf(false)]).toEqual(['a', '1', 'false']);
  expect(() => textOf({ Ref: 'x' })).toThrow('{"Ref":"x"}');
  expect(() => textOf(undefined)).toThrow('nothing');
});

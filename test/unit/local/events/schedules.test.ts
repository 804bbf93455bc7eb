import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { deadArn, functionArn, queueArn, type World, world } from './delivering-bus.ts';

const MINUTE = 60_000;

/** A rule that calls the function each five minutes. */
function scheduled(before?: World, expression = 'rate(5 minutes)'): World {
  const given = world(before);
  given.events.defineRule({
    name: 'tick',
    busName: 'default',
    schedule: expression,
    targets: [{ id: 'T', arn: functionArn, deadLetterArn: deadArn }],
    enabled: true,
  });
  given.events.resume();
  return given;
}

async function advance({ clock }: World, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += MINUTE) {
    clock.advance(Math.min(MINUTE, ms - passed));
    for (let turn = 0; turn < 4; turn += 1) await setImmediate();
  }
}

describe('A rule with a schedule', () => {
  test('fires at each of its times, with the event that EventBridge makes of it', async () => {
    const given = scheduled();
    await advance(given, 11 * MINUTE);
    expect(given.delivered).toHaveLength(2);
    expect(given.delivered[0]).toEqual({
      arn: functionArn,
      payload: {
        version: '0',
        id: expect.any(String),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: '2026-11-21T00:05:00Z',
        region: 'us-east-1',
        resources: ['arn:aws:events:us-east-1:000000000000:rule/tick'],
        detail: {},
      },
    });
  });

  test('gives its targets their own input', async () => {
    const given = world();
    given.events.defineRule({
      name: 'tick',
      busName: 'default',
      schedule: 'rate(1 minute)',
      targets: [{ id: 'T', arn: queueArn, input: '{"sweep":true}' }],
      enabled: true,
    });
    given.events.resume();
    await advance(given, MINUTE);
    expect(given.delivered).toEqual([{ arn: queueArn, payload: { sweep: true } }]);
  });

  test('neither loses nor doubles a firing when it is stopped between two', async () => {
    const first = scheduled();
    await advance(first, 6 * MINUTE);
    first.events.close();
    const second = scheduled(first);
    await advance(second, 3 * MINUTE);
    expect([first.delivered.length, second.delivered.length]).toEqual([1, 0]);
    await advance(second, MINUTE);
    expect(second.delivered).toHaveLength(1);
  });

  test('makes one firing of those that were missed while nothing ran', async () => {
    const first = scheduled();
    first.events.close();
    first.clock.advance(60 * MINUTE);
    const second = scheduled(first);
    await advance(second, 4 * MINUTE);
    expect(second.delivered).toHaveLength(1);
    await advance(second, 2 * MINUTE);
    expect(second.delivered).toHaveLength(2);
  });

  test('fires some seconds after another one that began with it, each time and also after a stop', async () => {
    const everyMinute = (before?: World): World => {
      const given = world(before);
      for (const name of ['first', 'second']) {
        given.events.defineRule({
          name,
          busName: 'default',
          schedule: 'rate(1 minute)',
          targets: [{ id: 'T', arn: queueArn, input: JSON.stringify(name) }],
          enabled: true,
        });
      }
      given.events.resume();
      return given;
    };
    const firedAfter = async (given: World, ms: number): Promise<readonly unknown[]> => {
      await advance(given, ms);
      return given.delivered.splice(0).map(({ payload }) => payload);
    };
    const given = everyMinute();
    expect(await firedAfter(given, MINUTE)).toEqual(['first']);
    expect(await firedAfter(given, 5_000)).toEqual(['second']);
    expect(await firedAfter(given, 55_000)).toEqual(['first']);
    expect(await firedAfter(given, 5_000)).toEqual(['second']);

    given.events.close();
    given.clock.advance(10 * MINUTE);
    const again = everyMinute(given);
    expect(await firedAfter(again, 4_000)).toEqual(['first']);
    expect(await firedAfter(again, 1_000)).toEqual(['second']);
  });

  test('counts anew when its expression changes', async () => {
    const first = scheduled();
    await advance(first, 4 * MINUTE);
    first.events.close();
    const second = scheduled(first, 'rate(2 minutes)');
    await advance(second, MINUTE);
    expect(second.delivered).toHaveLength(0);
    await advance(second, MINUTE);
    expect(second.delivered).toHaveLength(1);
  });

  test('tries a target again that fails, and the next firing does not wait for it', async () => {
    const given = scheduled();
    given.failures.set(functionArn, new Error('broken'));
    await advance(given, 5 * MINUTE);
    given.failures.clear();
    await advance(given, 5 * MINUTE);
    expect(given.delivered).toHaveLength(2);
  });

  test('does not fire while it is disabled, and hears no events', async () => {
    const given = world();
    given.rule({ id: 'T', arn: queueArn }, { busName: 'default', schedule: 'rate(1 minute)', enabled: false });
    given.events.resume();
    await advance(given, 2 * MINUTE);
    await given.events.putEvents([{ Source: 'shop', DetailType: 'Any', Detail: '{}' }]);
    expect(given.delivered).toEqual([]);
  });

  test('is on the default bus, and its expression is one that EventBridge takes', () => {
    const { rule } = world();
    expect(() => rule({ id: 'T', arn: queueArn }, { schedule: 'rate(1 minute)' })).toThrow(
      /only on the default event bus/,
    );
    expect(() => rule({ id: 'T', arn: queueArn }, { busName: 'default', schedule: 'daily' })).toThrow(
      /on-created cannot be used.*daily/,
    );
  });
});

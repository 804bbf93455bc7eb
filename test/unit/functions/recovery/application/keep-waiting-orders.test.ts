import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  checkWaitingOrders,
  keepWaitingOrders,
} from '../../../../../functions/recovery/application/keep-waiting-orders.ts';
import type { Wait } from '../../../../../functions/recovery/application/ports.ts';
import { parseOrderId } from '../../../../../functions/shared/kernel/ids.ts';
import { created, newEvent, START } from '../../../../support/orders/streams.ts';
import { recoveryFakes } from '../../../../support/recovery/recovery-fakes.ts';

let fakes: ReturnType<typeof recoveryFakes>;
beforeEach(() => {
  fakes = recoveryFakes();
});

/** An order that waits; its token is its number. */
async function waiting(number: number, differences: Partial<Wait> = {}): Promise<Wait> {
  const orderId = parseOrderId(randomUUID());
  await fakes.deps.log.append(orderId, 0, [newEvent(created(), 0, orderId)]);
  const wait = {
    orderId,
    step: 'AuthorisePayment',
    partner: 'payment-gateway',
    kind: 'forward',
    error: 'CircuitOpen',
    since: START + number,
    readyAt: START + number,
    heldBy: 'circuit',
    returns: 0,
    deadline: START + 1_800_000,
    taskToken: String(number),
    ...differences,
  } as const;
  await fakes.deps.waits.put(wait);
  await fakes.deps.timers.touch('payment-gateway', START);
  return wait;
}
const many = async (count: number) => {
  for (let number = 1; number <= count; number += 1) await waiting(number);
};
const keep = (id = 'the first message') => keepWaitingOrders(fakes.deps, 'payment-gateway', id);
const succeeded = () => fakes.answers.filter(([, how]) => how === 'succeeded').map(([token]) => Number(token));

describe('The keeper of a partner', () => {
  test('lets none go on while the circuit is open, and looks again when it is half-open', async () => {
    await many(3);
    await keep();
    expect(fakes.answers).toEqual([]);
    expect(fakes.rounds).toEqual([{ partner: 'payment-gateway', id: 'message-1', at: START + 40_000 }]);
    expect(fakes.metrics).toEqual([
      ['waiting', 'payment-gateway', 3],
      ['oldest', 'payment-gateway', 10_000 - 1],
    ]);
  });

  test('lets as many go on as the half-open circuit takes, those first that have waited longest', async () => {
    await many(5);
    fakes.situation.circuit = { state: 'half-open', probes: 2 };
    await keep();
    expect(succeeded()).toEqual([1, 2]);
    expect(fakes.rounds.map(({ at }) => at)).toEqual([START + 15_000]);
  });

  test('takes another order in place of one whose execution is lost', async () => {
    await many(4);
    fakes.lost.add('1');
    fakes.situation.circuit = { state: 'half-open', probes: 2 };
    await keep();
    expect(succeeded()).toEqual([2, 3]);
    expect(await fakes.deps.waits.count('payment-gateway')).toBe(1);
  });

  test('lets ever more go on when the circuit is closed, until none waits', async () => {
    await many(70);
    fakes.situation.circuit = { state: 'closed' };
    await keep();
    const counts = [succeeded().length];
    while ((await fakes.deps.waits.count('payment-gateway')) > 0) {
      const { id, at } = fakes.rounds.at(-1)!;
      expect(at - fakes.situation.now).toBe(2_000);
      fakes.situation.now = at;
      await keep(id);
      counts.push(succeeded().length - counts.reduce((sum, count) => sum + count, 0));
    }
    expect(counts).toEqual([2, 4, 8, 16, 32, 8]);
    expect(succeeded()).toEqual(Array.from({ length: 70 }, (_, index) => index + 1));
  });

  test.each([
    [{ maxConcurrent: 1 }, 1],
    [{ limit: { perSecond: 2, burst: 3 } }, 3],
    [{ limit: { perSecond: 1, burst: 9 } }, 2],
    [{ limit: { perSecond: 500, burst: 500 }, maxConcurrent: 5 }, 5],
  ])('lets no more go on at a time than the limits of the partner let through: %j', async (limits, most) => {
    await many(20);
    Object.assign(fakes.situation, { circuit: { state: 'closed' }, limits });
    await keep();
    const counts = [succeeded().length];
    for (let round = 0; round < 3; round += 1) {
      fakes.situation.now = fakes.rounds.at(-1)!.at;
      await keep(fakes.rounds.at(-1)!.id);
      counts.push(succeeded().length - counts.reduce((sum, count) => sum + count, 0));
    }
    expect(Math.max(...counts)).toBe(most);
  });

  test('lets an order that pauses for trouble of its own wait for its moment', async () => {
    await waiting(1, { heldBy: 'time', readyAt: START + 90_000 });
    fakes.situation.circuit = { state: 'closed' };
    await keep();
    expect(fakes.answers).toEqual([]);
    expect(fakes.rounds.map(({ at }) => at)).toEqual([START + 90_000]);
  });

  test('gives up a forward step at its limit, also while the partner is away', async () => {
    await waiting(1, { deadline: START + 9_000 });
    await waiting(2, { deadline: START + 9_000, step: 'CreateShipment' });
    await waiting(3, { deadline: START + 20_000 });
    await waiting(4, { deadline: START + 9_000, nothingSent: true });
    await keep();
    expect(fakes.answers).toEqual([
      ['1', 'PaymentWindowClosed'],
      ['2', 'CheckoutLimitReached'],
      ['4', 'NothingSent'],
    ]);
    expect(fakes.rounds.map(({ at }) => at)).toEqual([START + 20_000]);
  });

  test('makes a compensation at its limit a person’s task, which goes on waiting', async () => {
    const { orderId } = await waiting(1, { kind: 'compensation', step: 'VoidPayment', deadline: START + 9_000 });
    await keep();
    expect((await fakes.deps.log.read(orderId)).at(-1)).toMatchObject({
      type: 'TaskOpened',
      data: { kind: 'compensation', step: 'VoidPayment', error: 'CircuitOpen' },
    });
    expect(fakes.answers).toEqual([]);
    const [wait] = await fakes.deps.waits.find(orderId);
    expect(wait).toMatchObject({ taskToken: '1' });
    expect(wait).not.toHaveProperty('deadline');
  });

  test('does nothing on a message that another one has taken the place of', async () => {
    await many(1);
    await keep();
    fakes.situation.circuit = { state: 'closed' };
    await keep('an older message');
    expect(fakes.answers).toEqual([]);
    fakes.situation.now += 120_000;
    await keep('an older message');
    expect(succeeded()).toEqual([1]);
  });

  test('looks again soon when an order could not go on, and keeps no other waiting', async () => {
    await many(2);
    fakes.situation.circuit = { state: 'closed' };
    const { tokens } = fakes.deps;
    const succeed = async (token: string) => {
      if (token === '1') throw new Error('Step Functions does not answer.');
      return tokens.succeed(token);
    };
    await keepWaitingOrders({ ...fakes.deps, tokens: { ...tokens, succeed } }, 'payment-gateway', 'a message');
    expect(succeeded()).toEqual([2]);
    expect(fakes.metrics).toContainEqual([
      'failed',
      expect.objectContaining({ step: 'AuthorisePayment' }),
      expect.anything(),
    ]);
    expect(fakes.rounds.map(({ at }) => at)).toEqual([START + 12_000]);
  });

  test('rests when none waits, once a late reading cannot have hidden an order', async () => {
    await fakes.deps.timers.touch('payment-gateway', START + 5_000);
    await keep();
    expect(fakes.rounds.map(({ at }) => at)).toEqual([START + 15_000]);
    fakes.situation.now = START + 15_000;
    await keep(fakes.rounds[0]!.id);
    expect(await fakes.deps.timers.find('payment-gateway')).toBeUndefined();
    await keep();
    expect(fakes.rounds).toHaveLength(1);
  });
});

describe('The check of every minute', () => {
  const check = () => checkWaitingOrders(fakes.deps);

  test('looks after orders whose timer is lost', async () => {
    await many(1);
    await check();
    expect(fakes.rounds).toHaveLength(1);
    fakes.situation.now = START + 41_000;
    fakes.situation.circuit = { state: 'half-open', probes: 2 };
    await check();
    expect(succeeded()).toEqual([]);
    fakes.situation.now = START + 101_000;
    await check();
    expect(succeeded()).toEqual([1]);
  });

  test('does not wait for a timer that is far away when the circuit has closed', async () => {
    await waiting(1, { readyAt: START + 600_000 });
    await keep();
    expect(fakes.rounds.map(({ at }) => at)).toEqual([START + 600_000]);
    fakes.situation.circuit = { state: 'closed' };
    await check();
    expect(succeeded()).toEqual([1]);
  });

  test('finds nothing to do when no order waits', async () => {
    await check();
    expect([fakes.rounds, fakes.answers, fakes.metrics]).toEqual([[], [], []]);
  });
});

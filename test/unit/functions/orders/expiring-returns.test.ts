import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { expireReturns } from '../../../../functions/orders/application/expire-returns.ts';
import { makeHandler } from '../../../../functions/orders/expire-returns.ts';
import type { OrderEvent, RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { type OrderId, parseOrderId } from '../../../../functions/shared/kernel/ids.ts';
import { ContestedLog } from '../../../support/fakes/contested-log.ts';
import { InMemorySnapshots } from '../../../support/fakes/in-memory-snapshots.ts';
import { SHIPPED } from '../../../support/orders/refunds.ts';
import { received, returnedBy, twoMugs, withdrawn } from '../../../support/orders/returns.ts';
import { ORDER_ID, START, streamOf } from '../../../support/orders/streams.ts';

const UNTIL = '2026-03-01T00:00:00.000Z';
const OTHER = parseOrderId('0190f3a0-0000-7000-8000-000000000002');
const ABSENT = parseOrderId('0190f3a0-0000-7000-8000-000000000003');
const EXPECTED: readonly OrderEvent[] = [...SHIPPED, returnedBy(UNTIL, twoMugs)];

let log: ContestedLog;
let now: number;
/** What the read model says. */
let claimed: OrderId[];

const deps = () => ({
  log,
  snapshots: new InMemorySnapshots(),
  now: () => now,
  due: {
    async *by(at: string) {
      expect(at).toBe(new Date(now).toISOString());
      yield* claimed;
    },
  },
});
const expired = async (orderId = ORDER_ID) =>
  (await log.read(orderId)).filter(({ type }) => type === 'ReturnExpired') as readonly RecordedOrderEvent[];

beforeEach(async () => {
  now = Date.parse(UNTIL);
  claimed = [ORDER_ID];
  log = new ContestedLog();
});
const given = (events: readonly OrderEvent[], orderId = ORDER_ID) => log.append(orderId, 0, streamOf(events, orderId));

describe('Returns that nobody has sent', () => {
  test('expire on schedule, once, however often it is looked', async () => {
    await given(EXPECTED);
    const handler = makeHandler(deps());
    await handler({ time: UNTIL });
    await handler({ time: UNTIL });
    expect(await expired()).toMatchObject([
      {
        data: { returnId: 'return-1', lines: [twoMugs] },
        actor: { type: 'system', id: 'ExpireReturn' },
        occurredAt: UNTIL,
      },
    ]);
  });

  test.each([
    ['it was withdrawn', [withdrawn(twoMugs)], UNTIL],
    ['it has come', [received(twoMugs)], UNTIL],
    ['it is expected for a while yet', [], new Date(START).toISOString()],
  ])('do not expire because the read model says so: %s', async (_, events, at) => {
    await given([...EXPECTED, ...events]);
    now = Date.parse(at);
    await expireReturns(deps(), Infinity);
    expect(await expired()).toEqual([]);
  });

  test('do not expire when they come at that moment', async () => {
    await given(EXPECTED);
    log.ahead.push([received(twoMugs)]);
    await expireReturns(deps(), Infinity);
    expect(await expired()).toEqual([]);
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({ type: 'ReturnReceived' });
  });

  test('hold up no other order when theirs cannot be read', async () => {
    await given(EXPECTED);
    await given(EXPECTED, OTHER);
    const broken = log.readLast.bind(log);
    log.readLast = async (orderId, ...rest) => {
      if (orderId === ORDER_ID) throw new Error('away');
      return broken(orderId, ...rest);
    };
    claimed = [ORDER_ID, ABSENT, OTHER];
    await expect(expireReturns(deps(), Infinity)).rejects.toThrow('away');
    expect(await expired(OTHER)).toHaveLength(1);
  });

  test('wait for the next run when the time of this one is over', async () => {
    await given(EXPECTED);
    await expireReturns(deps(), now);
    expect(await expired()).toEqual([]);
  });
});

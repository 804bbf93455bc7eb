import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shipmentIdOf } from '../../functions/shared/kernel/shipment-id.ts';
import { CANCELLATION_SAGA, ORDER_SAGA, withoutOptionalFields } from '../support/saga/definition.ts';
import { compensations, forwardSteps, undoneBy } from '../support/saga/order-saga.ts';
import {
  type Circumstances,
  IN_ITS_FAVOUR,
  type Mishap,
  OrderUnderWay,
  type Plan,
  SKU,
} from '../support/saga/order-under-way.ts';
import { type SagaRun, SagaRunner } from '../support/saga/runner.ts';

const HAPPENED: Readonly<Record<string, (types: readonly string[], order: OrderUnderWay) => boolean>> = {
  ReserveInventory: (types) => types.includes('InventoryReserved'),
  AuthorisePayment: (_, { gateway, orderId }) => gateway.movements(orderId).includes('authorisation'),
  CreateShipment: (_, { carrier, orderId }) => carrier.movements(orderId).includes('booking'),
};

let orderSaga: SagaRunner;
let orderSagaWithoutCounts: SagaRunner;
let cancellationSaga: SagaRunner;

beforeAll(() => {
  orderSaga = new SagaRunner(ORDER_SAGA);
  orderSagaWithoutCounts = new SagaRunner(withoutOptionalFields(ORDER_SAGA));
  cancellationSaga = new SagaRunner(CANCELLATION_SAGA);
});

afterAll(() => {
  orderSaga.close();
  orderSagaWithoutCounts.close();
  cancellationSaga.close();
});

interface Life {
  readonly order: OrderUnderWay;
  /** Where the order's saga called something. */
  readonly placesBefore: readonly string[];
  readonly saga: SagaRun;
  /** Whether the saga was told how often it has tried a step; when not, each attempt may be a repeat. */
  readonly countsAttempts: boolean;
  /** Of an order that was confirmed before its customer cancelled it. */
  readonly cancellation?: SagaRun;
}

/** One order from its first event to its last, cancelled as the plan says, and after its saga when the plan does not come to it. */
async function live(runner: SagaRunner, circumstances: Circumstances, plan?: Plan): Promise<Life> {
  const order = await OrderUnderWay.place(circumstances, plan);
  const { orderId } = order;
  const play: Parameters<SagaRunner['run']>[0] = (step, input) => order.play(step, input);
  const saga = await runner.run(play, { orderId });
  const placesBefore = [...order.calls.keys()];
  expect(await order.cancel()).toBe(true);
  const isToBeUndone = (await order.stream()).some(
    (event) => event.type === 'CancellationRequested' && event.data.from === 'processing',
  );
  return {
    order,
    placesBefore,
    saga,
    countsAttempts: runner === orderSaga,
    ...(isToBeUndone ? { cancellation: await cancellationSaga.run(play, { orderId }) } : {}),
  };
}

/** Nothing more is done; everything that was done is undone, once; nothing is undone that was never tried; the order says why. */
async function expectUndone(
  { stock }: Circumstances,
  { order, saga, countsAttempts, cancellation }: Life,
  mishap: Mishap | undefined,
): Promise<void> {
  const { orderId, inventory, gateway, carrier } = order;
  const stream = await order.stream();
  const types = stream.map(({ type }) => type);
  const asked = types.includes('CancellationRequested');

  expect(order.faults).toEqual([]);
  expect(order.doneInSpite).toEqual([]);
  for (const run of [saga, ...(cancellation ? [cancellation] : [])]) {
    expect(run).toMatchObject({ status: 'SUCCEEDED', published: [] });
  }
  expect(await order.now()).toMatchObject({
    status: 'cancelled',
    parked: [],
    ...(asked ? { reason: 'customer_request' } : {}),
  });
  expect(types.at(-1)).toBe('OrderCancelled');
  expect(types).toEqual([...new Set(types)]);

  expect(inventory.stockOf(SKU)).toEqual({ available: stock, reserved: 0 });
  expect((await inventory.find(orderId)).status).not.toBe('held');
  expect(['none', 'declined', 'voided', 'closed', 'refunded']).toContain((await gateway.find(orderId)).status);
  expect(['none', 'refused', 'cancelled', 'withdrawn']).toContain(
    (await carrier.find(shipmentIdOf(orderId, 1))).status,
  );
  for (const movements of [gateway.movements(orderId), carrier.movements(orderId)]) {
    expect(movements).toEqual([...new Set<string>(movements)]);
  }
  expect(types.includes('InventoryReleased')).toBe(types.includes('InventoryReserved'));
  expect(types.includes('PaymentVoided')).toBe(gateway.movements(orderId).includes('void'));
  expect(types.includes('PaymentRefunded')).toBe(gateway.movements(orderId).includes('refund'));
  expect(types.includes('ShipmentCancelled')).toBe(carrier.movements(orderId).includes('cancellation'));

  for (const compensation of compensations.filter((step) => saga.path.includes(step))) {
    const step = forwardSteps.find((name) => undoneBy(name) === compensation)!;
    const isTriedTwice = (saga.calls.get(step) ?? 0) > 1;
    // After a crash it is unknown what was in flight, and the step at which the saga stops is undone, too.
    const isInDoubt = isTriedTwice || mishap?.startsWith('crash') || !countsAttempts;
    expect([compensation, HAPPENED[step]!(types, order) || isInDoubt]).toEqual([compensation, true]);
  }
  expect(await order.cancelAgain()).toBe(true);
  expect(await order.stream()).toEqual(stream);
}

/** No order makes this many calls: it is cancelled when its saga has ended. */
const AT_THE_END = { call: 1_000, cancels: 'before' } as const;
const MISHAPS: readonly Mishap[] = ['lost', 'answer lost', 'crash before', 'crash after'];

/** What goes wrong how often at one place. A second crash tells no more than the first. */
const troublesUpTo = (most: number): readonly Pick<Plan, 'mishap' | 'times'>[] => [
  { times: 0 },
  ...MISHAPS.flatMap((mishap) =>
    Array.from({ length: mishap.startsWith('crash') ? 1 : most }, (_, index) => ({ mishap, times: index + 1 })),
  ),
];

/** Around the first call, around the last that goes wrong, after the first that works: what else there is looks the same to the order. */
const momentsOf = (times: number): readonly Pick<Plan, 'call' | 'cancels'>[] => [
  ...(times < 2 ? [{ call: 1, cancels: 'before' as const }] : []),
  ...(times > 0 ? [{ call: times, cancels: 'after' as const }] : []),
  { call: times + 1, cancels: 'after' },
];

/**
 * A plan for every moment around every call that the order makes on its way, and around its repeats when it goes wrong up to
 * `most` times. What only an order calls that is cancelled after its confirmation goes wrong as well.
 */
async function plansFor(runner: SagaRunner, circumstances: Circumstances, most: number): Promise<Plan[]> {
  const { order, placesBefore } = await live(runner, circumstances);
  return [...order.calls.keys()].flatMap((place) =>
    troublesUpTo(most).flatMap((trouble) =>
      (placesBefore.includes(place) ? momentsOf(trouble.times) : [AT_THE_END]).map((moment) => ({
        place,
        ...trouble,
        ...moment,
      })),
    ),
  );
}

const nameOf = ({ place, mishap, times, call, cancels }: Plan): string =>
  `cancelled ${call === AT_THE_END.call ? 'at the end' : `${cancels} call ${call}`} of ${place}${mishap === undefined ? '' : `, of which the first ${times}: ${mishap}`}`;

/** Returns how many orders were cancelled before they were confirmed, and how many after. */
async function expectUndoneAtEveryMoment(
  circumstances: Circumstances,
  most: number,
  runner = orderSaga,
): Promise<{ before: number; after: number }> {
  const ends = { before: 0, after: 0 };
  for (const plan of await plansFor(runner, circumstances, most)) {
    const life = await live(runner, circumstances, plan);
    try {
      await expectUndone(circumstances, life, plan.mishap);
    } catch (error) {
      throw new Error(`${nameOf(plan)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    ends[life.cancellation ? 'after' : 'before'] += 1;
  }
  return ends;
}

describe('An order that is cancelled at any moment, whatever goes wrong there, is undone exactly', () => {
  test('when everything is in its favour', async () => {
    const { before, after } = await expectUndoneAtEveryMoment(IN_ITS_FAVOUR, 6);
    expect(before).toBeGreaterThan(300);
    expect(after).toBeGreaterThan(200);
  });

  test('when the saga is not told how often it has tried a step', async () => {
    const { before, after } = await expectUndoneAtEveryMoment(IN_ITS_FAVOUR, 1, orderSagaWithoutCounts);
    expect(before).toBeGreaterThan(100);
    expect(after).toBeGreaterThan(20);
  });

  test.each<[string, Partial<Circumstances>]>([
    ['there is too little of its goods', { stock: 1 }],
    ['its card is declined', { token: 'tok_declined' }],
    ['its address is refused', { postalCode: '000000' }],
  ])('when %s', async (_, circumstances) => {
    const { before, after } = await expectUndoneAtEveryMoment({ ...IN_ITS_FAVOUR, ...circumstances }, 1);
    expect(before).toBeGreaterThan(50);
    expect(after).toBe(0);
  });
});

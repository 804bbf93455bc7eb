/** Executions that were started on the definitions of an earlier release go on with the steps of this one, and end as they would have. */
import '../support/platform/function-environment.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { stepHandler } from '../../functions/shared/saga-step/step-handler.ts';
import { stepInput } from '../../functions/shared/saga-step/step-input.ts';
import { releases } from '../released/now/definitions.ts';
import { recordedSagas, type Saga } from '../support/saga/definition.ts';
import { IN_ITS_FAVOUR, OrderUnderWay, type Plan, SKU } from '../support/saga/order-under-way.ts';
import { SagaRunner } from '../support/saga/runner.ts';
import { callsOf, give, IDS, scenariosOf } from '../support/saga/scenarios.ts';
import type { PlayStep } from '../support/saga/steps.ts';

/** What the executions of each release are told beside ids. */
const RELEASES = [
  { release: '0.1.0', told: { version: 3 } },
  { release: '0.2.0', told: {} },
] as const;
const RECORDED = RELEASES.map(({ release, told }) => ({ release, told, sagas: recordedSagas(release) }));
const runners = new Map<Saga, SagaRunner>();

beforeAll(() => {
  for (const saga of RECORDED.flatMap(({ sagas }) => sagas)) runners.set(saga, new SagaRunner(saga));
});
afterAll(() => {
  for (const runner of runners.values()) runner.close();
});

test('Every release whose definitions were recorded is here', () => {
  expect(RELEASES.map(({ release }) => release)).toEqual(releases());
});

/** What a step that works answers to an execution of these definitions. */
const answerOfKit = stepHandler(stepInput, async () => {});

describe.each(
  RECORDED.flatMap(({ release, told, sagas }) => sagas.map((saga) => ({ release, told, name: saga.name, saga }))),
)('$name of release $release:', ({ told: more, name, saga }) => {
  test.each(scenariosOf(saga).map((scenario) => [scenario.name, scenario] as const))('%s', async (_, scenario) => {
    const { status, ...output } = scenario.end;
    const input = { ...IDS[name]!, ...more };
    const run = await runners.get(saga)!.run(async (step, told, call) => {
      const answer = give(scenario, step, call);
      return typeof answer === 'string' || step === 'ParkOrder' ? answer : { payload: await answerOfKit(told) };
    }, input);
    expect(run.path).toEqual(scenario.path);
    expect(Object.fromEntries(run.calls)).toEqual(callsOf(saga, scenario));
    expect(run).toMatchObject({ status, ...(status === 'FAILED' && output) });
    expect(run.output).toEqual(status === 'SUCCEEDED' ? { ...input, ...output } : undefined);
  });
});

test.each(RECORDED)(
  'A step that demands what release $release does not tell its executions is found out',
  async ({ told, sagas }) => {
    const saga = sagas.find(({ name }) => name === 'order-saga')!;
    const demanding = stepHandler(stepInput.extend({ tenant: z.string() }), async () => {});
    const play: PlayStep = async (_, input) => ({ payload: await demanding(input) });
    const { path } = await runners.get(saga)!.run(play, { ...IDS['order-saga']!, ...told });
    expect(path).not.toContain('AuthorisePayment');
  },
);

describe.each(RECORDED)('An order whose saga was started by release $release', ({ told, sagas }) => {
  const run = (name: string, order: OrderUnderWay, ids: { readonly changeId?: string } = {}) =>
    runners
      .get(sagas.find((saga) => saga.name === name)!)!
      .run((step, input) => order.play(step, input), { orderId: order.orderId, ...told, ...ids });
  const typesOf = async (order: OrderUnderWay) => (await order.stream()).map(({ type }) => type);

  test('is confirmed, and cancelled after its confirmation, by the real steps', async () => {
    const order = await OrderUnderWay.place(IN_ITS_FAVOUR);
    expect(await run('order-saga', order)).toMatchObject({ status: 'SUCCEEDED', published: [] });
    expect(await order.now()).toMatchObject({ status: 'processing' });
    expect(await order.cancel()).toBe(true);
    expect(await run('cancellation', order)).toMatchObject({ status: 'SUCCEEDED', output: { parked: [] } });
    expect(await order.now()).toMatchObject({ status: 'cancelled', reason: 'customer_request', parked: [] });
    expect(order.faults).toEqual([]);
  });

  test.each([
    ['its card is declined', { token: 'tok_declined' }, 'payment_declined', ['PaymentDeclined', 'InventoryReleased']],
    ['its goods are not there', { stock: 1 }, 'out_of_stock', []],
    ['its address is refused', { postalCode: '000000' }, 'address_refused', ['PaymentVoided', 'InventoryReleased']],
  ] as const)('is cancelled by the real steps when %s', async (_, circumstances, reason, undone) => {
    const order = await OrderUnderWay.place({ ...IN_ITS_FAVOUR, ...circumstances });
    expect(await run('order-saga', order)).toMatchObject({ status: 'SUCCEEDED', output: { reason, parked: [] } });
    expect(await typesOf(order)).toEqual(expect.arrayContaining([...undone, 'OrderCancelled']));
    expect(order.inventory.stockOf(SKU).reserved).toBe(0);
    expect(order.faults).toEqual([]);
  });

  test('is undone by the real steps when its customer cancels while it is under way', async () => {
    const plan: Plan = { place: 'CreateShipment log.read', times: 0, call: 1, cancels: 'before' };
    const order = await OrderUnderWay.place(IN_ITS_FAVOUR, plan);
    const { path } = await run('order-saga', order);
    expect(path.slice(-4)).toEqual(['CreateShipment', 'VoidPayment', 'ReleaseInventory', 'CancelOrder']);
    expect(await order.now()).toMatchObject({ status: 'cancelled', reason: 'customer_request', parked: [] });
  });

  test('is cancelled by the real steps with what is parked when a compensation keeps failing', async () => {
    const plan: Plan = { place: 'VoidPayment gateway.find', mishap: 'lost', times: 99, call: 99, cancels: 'after' };
    const order = await OrderUnderWay.place({ ...IN_ITS_FAVOUR, postalCode: '000000' }, plan);
    const parked = [{ step: 'VoidPayment', error: 'DependencyUnavailable' }];
    expect(await run('order-saga', order)).toMatchObject({ status: 'SUCCEEDED', output: { parked } });
    expect(await order.now()).toMatchObject({ status: 'cancelled', reason: 'address_refused', parked });
  });

  test.each([
    ['is made', 3, 'ItemsChanged', 3],
    ['is refused when there is too little', 9, 'ItemsChangeRefused', 2],
  ] as const)('has a change of its items that %s by the real steps', async (_, quantity, answer, reserved) => {
    const order = await OrderUnderWay.place(IN_ITS_FAVOUR);
    for (const step of ['ReserveInventory', 'AuthorisePayment']) {
      await order.play(step, { orderId: order.orderId, attempt: 0 });
    }
    const changeId = await order.requestItems(quantity);
    expect(await run('items-change', order, { changeId })).toMatchObject({ status: 'SUCCEEDED', output: { changeId } });
    expect(await typesOf(order)).toContain(answer);
    expect(order.inventory.stockOf(SKU).reserved).toBe(reserved);
    const { total } = await order.now();
    expect(await order.gateway.find(order.orderId)).toMatchObject({ status: 'authorised', amount: total });
    expect(order.faults).toEqual([]);
  });
});

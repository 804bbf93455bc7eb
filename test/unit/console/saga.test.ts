import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { definitionIn } from '../../../console/sagas.ts';
import type { OrderEvent } from '../../../console/src/api/types.ts';
import { edgesOf, placesOf } from '../../../console/src/saga/layout.ts';
import { shownStates, waysOf } from '../../../console/src/saga/shown.ts';
import { statesOf, waitOf } from '../../../console/src/saga/states.ts';

const machine = (name: string) => definitionIn(readFileSync(`statemachines/${name}/definition.asl.json`, 'utf8'));
const saga = machine('order-saga');

/** The events of an order by their type and the step that recorded them. */
const events = (...steps: readonly (readonly [type: string, step: string, data?: object])[]): OrderEvent[] =>
  steps.map(([type, id, data = {}], index) => ({
    eventId: `e${index}`,
    version: index + 1,
    type,
    occurredAt: `2026-01-31T12:00:0${index}.000Z`,
    actor: { type: 'system', id },
    data,
  })) as OrderEvent[];

const RESERVED = ['InventoryReserved', 'ReserveInventory'] as const;
const AUTHORISED = ['PaymentAuthorised', 'AuthorisePayment'] as const;

const progress = (history: OrderEvent[], order: Parameters<typeof statesOf>[2]) =>
  Object.fromEntries(
    statesOf(saga, history, order)
      .filter((view) => view.progress !== 'untouched')
      .map((view) => [view.state.name, view.progress]),
  );

describe('what became of the states of a saga, by the order’s own log', () => {
  it('the first step that is not done runs', () => {
    expect(progress(events(RESERVED), { status: 'inventory_reserved' })).toEqual({
      ReserveInventory: 'done',
      AuthorisePayment: 'running',
    });
  });

  it('a step that is delayed waits, in the state that the definition has for its error', () => {
    const delayed = [
      'StepDelayed',
      'AwaitRecovery',
      { step: 'AuthorisePayment', partner: 'customer', error: 'PaymentPending', until: 'x' },
    ] as const;
    expect(progress(events(RESERVED, delayed), { status: 'payment_pending' })).toEqual({
      ReserveInventory: 'done',
      AuthorisePayment: 'waiting',
      AwaitPayment: 'waiting',
    });
    expect(progress(events(RESERVED, delayed, AUTHORISED), { status: 'payment_completed' })).toEqual({
      ReserveInventory: 'done',
      AuthorisePayment: 'done',
      AwaitPayment: 'done',
      CreateShipment: 'running',
    });
  });

  it('a refused step has failed, and what was done before it is undone', () => {
    const history = events(
      RESERVED,
      ['PaymentDeclined', 'AuthorisePayment'],
      ['InventoryReleased', 'ReleaseInventory'],
      ['OrderCancelled', 'CancelOrder'],
    );
    expect(progress(history, { status: 'cancelled', reason: 'payment_declined' })).toEqual({
      ReserveInventory: 'undone',
      AuthorisePayment: 'failed',
      ReleaseInventory: 'done',
      CancelOrder: 'done',
    });
  });

  it('a compensation that is parked has failed, with its error', () => {
    const history = events(
      RESERVED,
      AUTHORISED,
      ['InventoryReleased', 'ReleaseInventory'],
      ['OrderCancelled', 'CancelOrder'],
    );
    const parkedCompensations = [{ step: 'VoidPayment' as const, error: 'PaymentGatewayUnavailable' }];
    const views = statesOf(saga, history, { status: 'cancelled', reason: 'address_refused', parkedCompensations });
    expect(views.find(({ state }) => state.name === 'VoidPayment')).toMatchObject({
      progress: 'failed',
      error: 'PaymentGatewayUnavailable',
    });
    expect(views.find(({ state }) => state.name === 'AuthorisePayment')?.progress).toBe('done');
  });

  it('an order at rest has no step that runs', () => {
    expect(progress([], { status: 'held' })).toEqual({});
  });

  it('what is left of an undoing waits together', () => {
    expect(waitOf(saga.states, 'VoidPayment', 'PaymentGatewayUnavailable')).toBe('AwaitCompensation');
    expect(waitOf(saga.states, 'AuthorisePayment', 'CircuitOpen')).toBe('AwaitAuthorisation');
  });
});

describe.each(['order-saga', 'items-change'])('the graph of %s', (name) => {
  const definition = machine(name);
  const places = placesOf(definition);

  it('has a place of its own for every state', () => {
    expect([...places.keys()].toSorted()).toEqual(definition.states.map((state) => state.name).toSorted());
    expect(new Set([...places.values()].map(({ column, row }) => `${column},${row}`)).size).toBe(places.size);
  });

  it('stands on its way forward, with waits above it and compensations below', () => {
    expect(places.get(definition.startAt)).toEqual({ column: 0, row: 0 });
    for (const { name: state, waits, next } of definition.states) {
      const row = places.get(state)?.row ?? 0;
      if (waits && next !== undefined && places.get(next)?.row === 0) expect(row).toBeLessThan(0);
    }
  });

  it('has every way of the definition', () => {
    const all = new Set(definition.states.map((state) => state.name));
    const pairs = definition.states.flatMap(({ name: from, next, caught }) =>
      [next, ...caught.map((one) => one.next)]
        .filter((to) => to !== undefined && to !== from)
        .map((to) => `${from}>${to}`),
    );
    expect(
      edgesOf(definition, all)
        .map(({ from, to }) => `${from}>${to}`)
        .toSorted(),
    ).toEqual([...new Set(pairs)].toSorted());
  });
});

describe('what is drawn of a saga', () => {
  const places = placesOf(saga);
  const declined = statesOf(
    saga,
    events(
      RESERVED,
      ['PaymentDeclined', 'AuthorisePayment'],
      ['InventoryReleased', 'ReleaseInventory'],
      ['OrderCancelled', 'CancelOrder'],
    ),
    { status: 'cancelled', reason: 'payment_declined' },
  );

  it('is the way forward alone, for an order that went well', () => {
    const views = statesOf(saga, events(RESERVED), { status: 'inventory_reserved' });
    expect(shownStates(views, places, false).map(({ state }) => state.name)).toEqual([
      'ReserveInventory',
      'AuthorisePayment',
      'CreateShipment',
      'CapturePayment',
      'ConfirmOrder',
    ]);
    expect(shownStates(views, places, true)).toHaveLength(saga.states.length);
  });

  it('are the ways that were taken, the one after the failure among them', () => {
    const shown = shownStates(declined, places, false);
    expect(
      waysOf(saga, shown, false)
        .filter(({ taken }) => taken)
        .map(({ from, to }) => `${from}>${to}`),
    ).toEqual([
      'ReserveInventory>AuthorisePayment',
      'AuthorisePayment>ReleaseInventory',
      'ReleaseInventory>CancelOrder',
    ]);
  });
});

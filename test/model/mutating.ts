/** The model, and what makes it wrong on purpose. */
import type { Catcher, TaskState } from '../support/saga/definition.ts';
import { machines } from './machine.ts';
import type { Model } from './moves.ts';
import type { Order } from './order.ts';
import { OUTSIDE } from './outside.ts';
import { BACKORDERING_STEPS, type Begun, CHALLENGED_STEPS, STEPS, type Step } from './steps.ts';

export interface Mutant {
  readonly name: string;
  readonly model: Model;
}

export const theModel = (): Model => ({ machines: machines(), steps: STEPS, outside: OUTSIDE });
/** With banks that may ask their customers who pays. */
export const challenged = (model = theModel()): Model => ({ ...model, steps: CHALLENGED_STEPS });
/** In a shop whose goods are still to come, and whose orders wait for them. */
export const backordering = (model = theModel()): Model => ({
  ...model,
  steps: { ...model.steps, ReserveInventory: BACKORDERING_STEPS['ReserveInventory']! },
  goodsComeLater: true,
});

type Written<T> = { -readonly [Field in keyof T]: T[Field] };
type WrittenState = Written<TaskState>;

/** The definition with one state changed, wherever it is part of a machine. */
export function withState(name: string, change: (state: WrittenState) => void): Model {
  const model = theModel();
  for (const states of Object.values(model.machines)) {
    if (states[name]) change(states[name]);
  }
  return model;
}

export const next = (state: string, to: string): Model => withState(state, (it) => void (it.Next = to));

/** The Catch of an error leads elsewhere, or is gone. */
export const caught = (state: string, error: string, to?: string): Model =>
  withState(state, (it) => {
    const catches = it.Catch.map((catcher): Catcher | undefined => {
      if (!catcher.ErrorEquals.includes(error)) return catcher;
      return to === undefined ? undefined : { ...catcher, Next: to };
    });
    it.Catch = catches.filter((catcher) => catcher !== undefined);
  });

export const retried = (state: string, error: string): Model =>
  withState(state, (it) => {
    const [first, ...others] = it.Retry;
    it.Retry = [{ ...first!, ErrorEquals: [...first!.ErrorEquals, error] }, ...others];
  });

export const withStep = (name: string, make: (step: Step) => Step): Model => ({
  ...theModel(),
  steps: { ...STEPS, [name]: make(STEPS[name]!) },
});

/** The step sees the order as `seen` says, and what it does is done to the true one. */
export const blindTo =
  (seen: (order: Order) => Partial<Order>): ((step: Step) => Step) =>
  (step) =>
  (free, order, input) =>
    step(free, { ...order, ...seen(order) }, input);

export const without = (order: Order, ...facts: readonly string[]): Pick<Order, 'log'> => ({
  log: order.log.filter((fact) => !facts.includes(fact)),
});

export const whatever =
  (change: (begun: Begun, free: number) => Begun) =>
  (step: Step): Step =>
  (free, order, input) =>
    step(free, order, input).map((begun) => change(begun, free));

export const payload = (state: string, field: string, value: unknown): Model =>
  withState(state, (it) => {
    it.Arguments = { ...it.Arguments, Payload: { ...(it.Arguments['Payload'] as object), [field]: value } };
  });

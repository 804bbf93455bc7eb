/** A model of everything one order can do to the world, and an explorer of all ways in which its steps can end. */
import { compensations, forwardSteps, undoneBy } from './order-saga.ts';
import { StepError } from './steps.ts';

/** How a step can end, seen from outside: what it did, and what the saga was told. */
export type Outcome =
  | 'ok'
  | 'refused'
  | 'cancelled'
  | 'fails before its effect'
  | 'fails after its effect'
  | 'answers only when repeated'
  | 'waits before its effect'
  | 'waits after its effect'
  | 'takes effect after the end';

const LAST_STEPS = ['ConfirmOrder', 'CancelOrder'];

/**
 * Stock, money, parcel and stream as the steps' contracts describe them: each effect takes place once, and none that was undone
 * can take place later.
 */
export class World {
  /** The steps that had an effect, in the order of the effects. A compensation that found nothing to undo had none. */
  readonly effects: string[] = [];
  readonly #closed = new Set<string>();

  did(step: string): boolean {
    return this.effects.includes(step);
  }

  /** The effect of a step; undefined for the call for a person, which has none. */
  effectOf(step: string): (() => void) | undefined {
    if (forwardSteps.includes(step)) return () => this.#do(step);
    if (compensations.includes(step)) return () => this.#undo(step);
    return LAST_STEPS.includes(step) ? () => this.#once(step) : undefined;
  }

  /** The compensations whose undoing is still missing: goods held, money held or taken, a parcel on its way. */
  outstanding(): string[] {
    return compensations.filter((compensation) => this.#hasToUndo(compensation) && !this.did(compensation));
  }

  /** @throws StepError when the step arrives after its compensation. */
  #do(step: string): void {
    if (this.#closed.has(undoneBy(step))) throw new StepError('ArrivedTooLate');
    this.#once(step);
  }

  #undo(compensation: string): void {
    this.#closed.add(compensation);
    if (this.#hasToUndo(compensation)) this.#once(compensation);
  }

  #hasToUndo(compensation: string): boolean {
    return forwardSteps.some((step) => undoneBy(step) === compensation && this.did(step));
  }

  #once(step: string): void {
    if (!this.did(step)) this.effects.push(step);
  }
}

/** Picks one of `options`; every call of one exploration sees every option in turn. */
export type Choose = <Option>(options: readonly Option[]) => Option;

/** Runs `body` once for every combination of the choices it makes, depth first. Returns how many there were. */
export async function explore(body: (choose: Choose) => Promise<void>): Promise<number> {
  const taken: { index: number; of: number }[] = [];
  let runs = 0;
  do {
    let depth = 0;
    await body((options) => {
      const choice = (taken[depth] ??= { index: 0, of: options.length });
      depth += 1;
      return options[choice.index] as (typeof options)[number];
    });
    runs += 1;
    while (taken.length > 0 && isLast(taken[taken.length - 1])) taken.pop();
    const next = taken[taken.length - 1];
    if (next) next.index += 1;
  } while (taken.length > 0);
  return runs;
}

const isLast = (choice: { index: number; of: number } | undefined): boolean =>
  choice !== undefined && choice.index + 1 === choice.of;

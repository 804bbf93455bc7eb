/** The fate of one call of a partner's port: nothing is done, or it is done and the answer is lost. */
export type CallFate = 'carried out' | 'not carried out' | 'outcome unknown';

/** The fates of the next changes, in order; afterwards all are carried out. */
export class Fates {
  readonly #plan: CallFate[] = [];

  plan(...fates: readonly CallFate[]): void {
    this.#plan.push(...fates);
  }

  next(): CallFate {
    return this.#plan.shift() ?? 'carried out';
  }
}

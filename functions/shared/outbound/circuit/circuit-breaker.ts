import { CircuitOpen } from '../errors.ts';
import { admit, type BreakerPolicy, type Call, isReportDue, report } from './circuit.ts';
import type { SharedCircuit } from './shared-circuit.ts';
import { NOTHING_UNREPORTED, ONE_REJECTED, oneEnded, together } from './unreported.ts';

export interface BreakerOptions {
  readonly partner: string;
  readonly shared: SharedCircuit;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface BreakerSettings {
  readonly policy: BreakerPolicy;
  /** How old what is known of the circuit may be, in milliseconds. */
  readonly maxAgeMs: number;
  /** How often a change of the circuit is tried against other function instances. */
  readonly races: number;
}

/** The circuit breaker of a partner, as one function instance has it. A healthy partner's calls are counted here and cost no writes. */
export class CircuitBreaker {
  readonly #options: BreakerOptions;
  #unreported = NOTHING_UNREPORTED;
  #lastReport = Number.NEGATIVE_INFINITY;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /**
   * Makes a call if the circuit lets it through, and reports what it came to. A call that throws has failed.
   * @param callId a new id for each call
   * @param hasSucceeded whether the partner did its part
   * @throws CircuitOpen when the call was not made
   */
  async run<Answer>(
    callId: string,
    settings: BreakerSettings,
    call: () => Promise<Answer>,
    hasSucceeded: (answer: Answer) => boolean,
  ): Promise<Answer> {
    const epoch = await this.#admit(callId, settings);
    let outcome: Call['outcome'] = 'failed';
    try {
      const answer = await call();
      if (hasSucceeded(answer)) outcome = 'succeeded';
      return answer;
    } finally {
      await this.#ended({ callId, epoch, outcome }, settings);
    }
  }

  /** Resolves to the epoch that the call belongs to. @throws CircuitOpen */
  async #admit(callId: string, { policy, maxAgeMs, races }: BreakerSettings): Promise<number> {
    const { partner, shared, now } = this.#options;
    await shared.refresh(maxAgeMs);
    const admitted = await shared.change((circuit) => admit(circuit, callId, policy, now()), races);
    if (admitted) return admitted.epoch;
    this.#unreported = together(this.#unreported, ONE_REJECTED);
    throw new CircuitOpen(partner);
  }

  async #ended(call: Call, { policy, races, maxAgeMs }: BreakerSettings): Promise<void> {
    const { shared, now } = this.#options;
    await shared.refresh(maxAgeMs);
    const unreported = this.#unreported;
    this.#unreported = NOTHING_UNREPORTED;
    const reported = await shared.change(
      (circuit) =>
        isReportDue(circuit, call, policy, now(), this.#lastReport)
          ? report(circuit, call, unreported, policy, now())
          : undefined,
      races,
    );
    if (reported) {
      this.#lastReport = now();
      return;
    }
    this.#unreported = [unreported, oneEnded(call, shared.known.circuit)].reduce(together, this.#unreported);
  }
}

import type { Circuit } from '../../../functions/shared/outbound/circuit/circuit.ts';
import { CircuitOpen } from '../../../functions/shared/outbound/errors.ts';
import { InMemoryPartnerStore } from '../fakes/in-memory-partner-store.ts';
import { Breakers } from './breakers.ts';

export const INSTANCES = 4;
export const policy = { consecutiveFailures: 3, failureRate: null, openSeconds: 10, probes: 2, successesToClose: 2 };

/** A call begins at a function instance; one that is under way ends; time passes. */
export type Act =
  | { readonly kind: 'begin'; readonly instance: number }
  | { readonly kind: 'end'; readonly which: number; readonly ok: boolean }
  | { readonly kind: 'pass'; readonly ms: number };

export interface Admitted {
  readonly at: number;
  readonly epoch: number;
  readonly isProbe: boolean;
  hasEnded: boolean;
  ok?: boolean;
  readonly end: (ok: boolean) => Promise<unknown>;
}

/** Function instances with one circuit, and what can be seen of their calls from outside. */
export class CircuitWorld {
  readonly admitted: Admitted[] = [];
  lastEnded: Admitted | undefined;
  /** Whether the call that began last was let through. */
  wasAdmitted = false;
  readonly #breakers: Breakers;
  #rejected = 0;

  constructor(maxAgeMs: number) {
    this.#breakers = new Breakers(new InMemoryPartnerStore(), 'partner', { instances: INSTANCES, policy, maxAgeMs });
  }

  get now(): number {
    return this.#breakers.now;
  }

  get changes(): readonly string[] {
    return this.#breakers.changes;
  }

  async circuit(): Promise<Circuit> {
    return (await this.#breakers.stored()).circuit;
  }

  counts() {
    const ended = this.admitted.filter(({ hasEnded }) => hasEnded);
    const succeeded = ended.filter(({ ok }) => ok).length;
    return { succeeded, failed: ended.length - succeeded, rejected: this.#rejected };
  }

  async carryOut(act: Act): Promise<void> {
    switch (act.kind) {
      case 'begin':
        return this.#begin(act.instance);
      case 'end':
        return this.#end(this.#underWay.at(act.which % Math.max(1, this.#underWay.length)), act.ok);
      case 'pass':
        return this.#breakers.pass(act.ms);
    }
  }

  /** Every call that is under way succeeds. */
  async end(): Promise<void> {
    for (const call of this.#underWay) await this.#end(call, true);
  }

  /** Each instance meets a failure, which it reports with everything that it has not reported yet. */
  async reportAll(): Promise<void> {
    for (const instance of this.#breakers.all) {
      for (let reported = false; !reported; ) {
        this.#breakers.pass(policy.openSeconds * 1_000);
        const admitted = this.admitted.length;
        await this.#begin(instance);
        reported = this.admitted.length > admitted;
        if (reported) await this.#end(this.admitted.at(-1), false);
      }
    }
  }

  get #underWay(): Admitted[] {
    return this.admitted.filter(({ hasEnded }) => !hasEnded);
  }

  async #begin(instance: number): Promise<void> {
    const outcome = Promise.withResolvers<boolean>();
    const started = Promise.withResolvers<'started'>();
    const whole = this.#breakers.call(instance, () => {
      started.resolve('started');
      return outcome.promise;
    });
    const begun = await Promise.race([started.promise, whole.catch((error: unknown) => error)]);
    this.wasAdmitted = !(begun instanceof CircuitOpen);
    if (!this.wasAdmitted) {
      this.#rejected += 1;
      return;
    }
    const { state, epoch } = await this.circuit();
    this.admitted.push({
      at: this.now,
      epoch,
      isProbe: state === 'half-open',
      hasEnded: false,
      end: (ok) => {
        outcome.resolve(ok);
        return whole;
      },
    });
  }

  async #end(call: Admitted | undefined, ok: boolean): Promise<void> {
    this.lastEnded = call;
    if (!call) return;
    call.hasEnded = true;
    call.ok = ok;
    await call.end(ok);
  }
}

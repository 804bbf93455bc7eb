import type { CallLease, CallSlots } from '../../../functions/shared/outbound/ports.ts';

/** The port in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryCallSlots implements CallSlots {
  readonly #taken = new Map<string, CallLease[]>();
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  async take(partner: string, lease: CallLease, most: number): Promise<boolean> {
    const taken = this.#of(partner).filter(({ until }) => until > this.#now());
    const isFree = taken.length < most;
    this.#taken.set(partner, isFree ? [...taken, lease] : taken);
    return isFree;
  }

  async giveBack(partner: string, { callId }: CallLease): Promise<void> {
    this.#taken.set(
      partner,
      this.#of(partner).filter((lease) => lease.callId !== callId),
    );
  }

  #of(partner: string): readonly CallLease[] {
    return this.#taken.get(partner) ?? [];
  }
}

import type { Timer, Timers } from '../../../functions/recovery/application/ports.ts';
import type { AwaitedPartner } from '../../../functions/recovery/domain/waiting-step.ts';

/** The port in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryTimers implements Timers {
  readonly #timers = new Map<AwaitedPartner, Timer>();

  async find(partner: AwaitedPartner): Promise<Timer | undefined> {
    return this.#timers.get(partner);
  }

  async touch(partner: AwaitedPartner, at: number): Promise<Timer> {
    const known = this.#timers.get(partner) ?? { rounds: 0, touches: 0 };
    const timer = { ...known, touches: known.touches + 1, touchedAt: at };
    this.#timers.set(partner, timer);
    return timer;
  }

  async set(
    partner: AwaitedPartner,
    seen: Timer | undefined,
    { id, dueAt, rounds }: { readonly id: string; readonly dueAt: number; readonly rounds: number },
  ): Promise<void> {
    const known = this.#timers.get(partner);
    if (known?.message?.id !== seen?.message?.id) return;
    this.#timers.set(partner, { touches: 0, touchedAt: 0, ...known, message: { id, dueAt }, rounds });
  }

  async clear(partner: AwaitedPartner, { message, touches }: Timer): Promise<boolean> {
    const known = this.#timers.get(partner);
    if (known?.touches !== touches || known.message?.id !== message?.id) return false;
    return this.#timers.delete(partner);
  }
}

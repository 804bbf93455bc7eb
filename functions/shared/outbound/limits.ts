import type { PartnerSettings } from '../configuration/partner-settings.ts';
import type { RateLimiter } from '../rate-limit/port.ts';
import { PartnerBusy } from './errors.ts';
import type { CallSlots } from './ports.ts';

/** Longer than any function may run: by then a function that made a call has ended. */
const LEASE_MS = 15_000;

export interface LimitsOptions {
  /** The token bucket that all function instances share. */
  readonly limiter: RateLimiter;
  readonly slots: CallSlots;
  /** A limit could not be looked up: the call goes on without it. */
  readonly onUnavailable: (partner: string, cause: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** How many calls a partner gets: a second, and at the same time. Costs nothing for a partner without limits. */
export class PartnerLimits {
  readonly #options: LimitsOptions;

  constructor(options: LimitsOptions) {
    this.#options = options;
  }

  /** Makes the call unless that would be too many. @throws PartnerBusy when it was not made */
  async within<Answer>(
    partner: string,
    callId: string,
    { limit, maxConcurrent }: Pick<PartnerSettings, 'limit' | 'maxConcurrent'>,
    call: () => Promise<Answer>,
  ): Promise<Answer> {
    const { limiter, slots, now } = this.#options;
    if (limit) {
      const isAllowed = await this.#ask(partner, async () => (await limiter.take(partner, limit)).allowed);
      if (!isAllowed) throw new PartnerBusy(partner);
    }
    if (maxConcurrent === undefined) return call();
    const lease = { callId, until: now() + LEASE_MS };
    const hasSlot = await this.#ask(partner, () => slots.take(partner, lease, maxConcurrent));
    if (!hasSlot) throw new PartnerBusy(partner);
    try {
      return await call();
    } finally {
      // A slot that cannot be given back is free when its lease is over.
      await this.#ask(partner, async () => {
        await slots.giveBack(partner, lease);
        return true;
      });
    }
  }

  async #ask(partner: string, question: () => Promise<boolean>): Promise<boolean> {
    try {
      return await question();
    } catch (cause) {
      this.#options.onUnavailable(partner, cause);
      return true;
    }
  }
}

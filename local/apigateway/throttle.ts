import type { Clock } from '../contracts.ts';
import type { MethodLimits } from './api-definition.ts';
import { GatewayError } from './gateway-error.ts';
import type { Match } from './router.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/** A stage's limits: each method has a token bucket of its own, whoever calls. */
export class Throttle {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #limits: readonly MethodLimits[];
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Pick<Clock, 'now'>, limits: readonly MethodLimits[]) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** @throws GatewayError for a request too many */
  take({ resourcePath, method: { httpMethod } }: Match): void {
    const limits =
      this.#limits.find((own) => own.path === resourcePath && own.httpMethod === httpMethod) ??
      this.#limits.find((all) => all.path === '/*' && all.httpMethod === '*');
    if (limits === undefined) return;
    const now = this.#clock.now();
    const key = `${httpMethod} ${resourcePath}`;
    const { tokens, at } = this.#buckets.get(key) ?? { tokens: limits.burst, at: now };
    const left = Math.min(limits.burst, tokens + ((now - at) / 1_000) * limits.perSecond);
    if (left < 1) throw new GatewayError('THROTTLED');
    this.#buckets.set(key, { tokens: left - 1, at: now });
  }
}

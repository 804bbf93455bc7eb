import { addressOf } from '../../shared/kernel/base-url.ts';
import type { HttpExchange } from '../../shared/outbound/http-exchange.ts';
import type { Instance } from '../../shared/outbound/instance.ts';
import type { HealthCheck } from '../application/ports.ts';

export interface HttpHealthCheckOptions {
  /** The way to a partner, with our credential: it may answer nobody else, not even here. */
  readonly exchangeWith: (partner: string) => HttpExchange;
  readonly timeoutMs: number;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
}

/** An instance that answers `GET /health` with 2xx is well. */
export class HttpHealthCheck implements HealthCheck {
  readonly #options: HttpHealthCheckOptions;

  constructor(options: HttpHealthCheckOptions) {
    this.#options = options;
  }

  async latencyOf(partner: string, instance: Instance): Promise<number | undefined> {
    const { exchangeWith, timeoutMs, clock } = this.#options;
    const start = clock();
    try {
      const { status } = await exchangeWith(partner)({
        method: 'GET',
        url: `${addressOf(instance)}/health`,
        headers: {},
        timeoutMs,
      });
      return status >= 200 && status < 300 ? Math.round(clock() - start) : undefined;
    } catch {
      return undefined;
    }
  }
}

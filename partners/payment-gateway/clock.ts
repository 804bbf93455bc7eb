import * as z from 'zod';
import { parse, type Route } from '../shared/http.ts';

const setting = z.strictObject({
  aheadSeconds: z
    .int()
    .min(0)
    .max(366 * 86_400),
});

/** The time of the gateway, which its console can put ahead: keys are forgotten then, and authorisations lapse. */
export class Clock {
  readonly #now: () => number;
  #aheadMs = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Milliseconds since the epoch. */
  readonly now = (): number => this.#now() + this.#aheadMs;

  readonly route: Route = {
    method: 'PUT',
    path: /^\/v1\/clock$/,
    open: true,
    handle: ({ body }) => {
      this.#aheadMs = parse(setting, body).aheadSeconds * 1_000;
      return { status: 200, body: { now: new Date(this.now()).toISOString() } };
    },
  };
}

import * as z from 'zod';
import { parse, type Route } from './http.ts';

const fault = z.strictObject({
  /** Such as `alipay.trade.refund` or `POST /v3/refund/domestic/refunds`. */
  operation: z.string().min(1),
  fault: z.string().min(1),
  /** How many calls go well before it. */
  after: z.int().min(0).max(1_000).default(0),
  /** How many calls it meets then. */
  times: z.int().min(1).max(1_000).default(1),
});

/** What goes wrong with the next calls of an operation, as a test has asked for it. */
export class Faults<Fault extends string> {
  readonly #known: readonly Fault[];
  readonly #next = new Map<string, { readonly fault: Fault; after: number; times: number }>();

  constructor(known: readonly Fault[]) {
    this.#known = known;
  }

  /** The fault of this call, if it has one. */
  take(operation: string): Fault | undefined {
    const next = this.#next.get(operation);
    if (next === undefined) return undefined;
    if (next.after > 0) {
      next.after -= 1;
      return undefined;
    }
    next.times -= 1;
    if (next.times === 0) this.#next.delete(operation);
    return next.fault;
  }

  readonly route: Route = {
    method: 'PUT',
    path: /^\/v1\/faults$/,
    handle: ({ body }) => {
      const asked = parse(fault.extend({ fault: z.enum(this.#known as [Fault, ...Fault[]]) }), body);
      this.#next.set(asked.operation, asked);
      return { status: 200, body: asked };
    },
  };
}

import { type HttpExchange, nodeExchange } from '../../../functions/shared/outbound/http-exchange.ts';

/** How long abandoned requests may take. */
const PATIENCE_MS = 60_000;

/**
 * What a network does to one request.
 * - `refused`: there is no connection
 * - `lost`: it never arrives
 * - `answer lost`: it is carried out, and the client gets no answer
 * - `late`: the client gives up; it arrives when `deliverLate` is called
 */
export type Fate = 'delivered' | 'refused' | 'lost' | 'answer lost' | 'late';

/** An exchange whose next requests meet the fates that a test plans; without a plan every request is delivered. */
export class UnreliableNetwork {
  readonly #plan: Fate[] = [];
  #late: (() => Promise<unknown>)[] = [];

  readonly exchange: HttpExchange = async (request) => {
    const fate = this.#plan.shift() ?? 'delivered';
    // A client that gives up stops waiting, and the request goes on.
    const unattended = { ...request, timeoutMs: PATIENCE_MS };
    if (fate === 'delivered') return nodeExchange(request);
    if (fate === 'refused') throw Object.assign(new Error('Nobody listens.'), { code: 'ECONNREFUSED' });
    if (fate === 'answer lost') await nodeExchange(unattended);
    if (fate === 'late') this.#late.push(() => nodeExchange(unattended));
    throw new Error('The connection was lost.');
  };

  /** The fates of the next requests, in order. */
  plan(...fates: readonly Fate[]): void {
    this.#plan.push(...fates);
  }

  /** From now on every request is delivered. */
  recover(): void {
    this.#plan.length = 0;
  }

  /** Delivers the late requests now, in the order of sending. */
  async deliverLate(): Promise<void> {
    const late = this.#late;
    this.#late = [];
    for (const arrive of late) await arrive();
  }
}

/**
 * What a network does to one request.
 * - `lost`: it never arrives
 * - `answer lost`: it is carried out, and the client never hears of it
 * - `late`: the client gives up; it arrives when `deliverLate` is called
 */
export type Fate = 'delivered' | 'lost' | 'answer lost' | 'late';

/** A `fetch` whose next requests meet the fates that a test plans; without a plan every request is delivered. */
export class UnreliableNetwork {
  readonly #plan: Fate[] = [];
  #late: (() => Promise<unknown>)[] = [];

  readonly fetch: typeof fetch = async (input, init) => {
    const fate = this.#plan.shift() ?? 'delivered';
    // Whoever gave up has aborted the request; what is under way goes on without its signal.
    const { signal: _, ...unattended } = init ?? {};
    if (fate === 'delivered') return fetch(input, init);
    if (fate === 'answer lost') await drained(fetch(input, unattended));
    if (fate === 'late') this.#late.push(() => drained(fetch(input, unattended)));
    throw new TypeError('fetch failed');
  };

  /** The fates of the next requests, in order. */
  plan(...fates: readonly Fate[]): void {
    this.#plan.push(...fates);
  }

  /** From now on every request is delivered. */
  recover(): void {
    this.#plan.length = 0;
  }

  /** What was held up arrives now, in the order of sending. */
  async deliverLate(): Promise<void> {
    const late = this.#late;
    this.#late = [];
    for (const arrive of late) await arrive();
  }
}

const drained = async (answer: Promise<Response>): Promise<string> => (await answer).text();

import type { HttpRequest } from '../../../functions/shared/outbound/http-exchange.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../functions/shared/outbound/partner-exchange.ts';
import type { EndedCall } from '../../../functions/shared/outbound/policy-chain.ts';
import { fixedConfiguration } from '../fakes/fixed-configuration.ts';
import { InMemoryPartnerStore } from '../fakes/in-memory-partner-store.ts';
import { chainInMemory } from './chain-in-memory.ts';

export const PARTNER = 'carrier';

/** What the partner does with a request: an answer, silence until the time is over, or no connection. */
export type Reaction = Partial<PartnerAnswer> | 'silent' | 'lost' | 'unreachable';

const address = { name: PARTNER, fallbackUrl: 'http://carrier' };
const OK: Reaction = { status: 200, body: { id: 'S-1' } };

/** One function instance with the chain of policies in front of a partner that does what a test says. Time is virtual. */
export class ChainScene {
  readonly store = new InMemoryPartnerStore();
  /** The URLs that were asked, in order. */
  readonly asked: string[] = [];
  /** The headers of each request. */
  readonly headers: HttpRequest['headers'][] = [];
  readonly ended: EndedCall[] = [];
  readonly changes: string[] = [];
  readonly unavailable: unknown[] = [];
  /** Milliseconds that the chain has waited between tries. */
  readonly pauses: number[] = [];
  now = Date.UTC(2026, 10, 26);
  configuration = fixedConfiguration();
  /** What comes next; afterwards what comes always. */
  next: Reaction[] = [];
  always: Reaction = OK;
  readonly chain;

  constructor() {
    const observer = {
      ended: (call: EndedCall) => void this.ended.push(call),
      changed: (_: string, state: string) => void this.changes.push(state),
      storeUnavailable: (_: string, cause: unknown) => void this.unavailable.push(cause),
    };
    this.chain = chainInMemory<'book' | 'find'>({
      routes: { book: address, find: address },
      configuration: { current: () => this.configuration.current() },
      store: this.store,
      exchange: (each) => this.#react(each),
      clock: {
        now: () => this.now,
        random: () => 1,
        sleep: async (ms) => {
          this.pauses.push(ms);
          this.now += ms;
        },
      },
      observer,
    });
  }

  configure(settings: Parameters<typeof fixedConfiguration>[0]): void {
    this.configuration = fixedConfiguration(settings);
  }

  book() {
    return this.chain.send({ ...request, operation: 'book', method: 'PUT', body: {} });
  }

  find() {
    return this.chain.send({ ...request, operation: 'find', method: 'GET' });
  }

  pass(seconds: number): void {
    this.now += seconds * 1_000;
  }

  async #react({ url, headers, timeoutMs }: HttpRequest) {
    this.asked.push(url);
    this.headers.push(headers);
    const reaction = this.next.shift() ?? this.always;
    this.now += 10;
    switch (reaction) {
      case 'silent':
        this.now += timeoutMs - 10;
        throw new Error('There was no answer in time.');
      case 'lost':
        throw Object.assign(new Error('The connection broke.'), { code: 'ECONNRESET' });
      case 'unreachable':
        throw Object.assign(new Error('Nobody listens.'), { code: 'ECONNREFUSED' });
      default: {
        const { status = 200, body } = reaction;
        return { status, text: typeof body === 'string' ? body : JSON.stringify(body ?? {}) };
      }
    }
  }
}

const request: Omit<PartnerRequest<never, PartnerAnswer>, 'operation' | 'method'> = {
  affinity: 'order-1',
  path: '/v1/shipments/order-1',
  read: (answer) => (JSON.stringify(answer.body) === '{}' ? undefined : answer),
};

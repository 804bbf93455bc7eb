import type { Configuration } from '../configuration/document.ts';
import { settingsOfPartner } from '../configuration/partner-settings.ts';
import type { ConfigurationSource } from '../configuration/port.ts';
import { addressOf } from '../kernel/base-url.ts';
import { classify } from '../kernel/errors.ts';
import type { Result } from '../kernel/result.ts';
import { isSafeUrl } from '../kernel/safe-url.ts';
import { currentSpan } from '../trace/span.ts';
import { CircuitBreaker } from './circuit/circuit-breaker.ts';
import { type CircuitObserver, SharedCircuit } from './circuit/shared-circuit.ts';
import { NoHealthyInstance } from './errors.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { PartnerLimits } from './limits.ts';
import type { PartnerExchange, PartnerRequest, PartnerSilence } from './partner-exchange.ts';
import type { Balancing, PartnerStore } from './ports.ts';
import { type Clock, type Tried, tryInstances } from './tries.ts';

/** A partner, and where it is while none of its registered instances is up. */
export interface PartnerAddress {
  readonly name: string;
  readonly fallbackUrl?: string;
}

/** How a call ended, for the metrics. */
export interface EndedCall {
  readonly partner: string;
  readonly operation: string;
  readonly outcome: 'succeeded' | 'failed' | 'rejected';
  readonly tries: number;
  readonly durationMs: number;
}

export interface ChainOptions<Operation extends string> {
  /** Which partner is asked for what. */
  readonly routes: Readonly<Record<Operation, PartnerAddress>>;
  readonly configuration: ConfigurationSource;
  readonly limits: PartnerLimits;
  readonly store: PartnerStore;
  /** For a partner. */
  readonly balancing: () => Balancing;
  /** The way to a partner, with our credential for it. */
  readonly exchangeWith: (partner: string) => HttpExchange;
  readonly clock: Clock;
  /** A new id for each call. */
  readonly newId: () => string;
  readonly observer: CircuitObserver & { readonly ended: (call: EndedCall) => void };
}

/** What a function instance keeps of a partner between calls. */
interface KnownPartner {
  readonly shared: SharedCircuit;
  readonly breaker: CircuitBreaker;
  readonly balancing: Balancing;
  readonly exchange: HttpExchange;
}

/**
 * The policies of every call to a partner: limit → route → breaker(retry(discover, balance, send)). Settings are looked up for each
 * call, so that a change is in force with the next one. The route is looked up first, because the limits are those of a partner.
 * See docs/decisions/0068-every-call-to-a-partner-goes-through-one-chain.md.
 */
export class PolicyChain<Operation extends string> implements PartnerExchange<Operation> {
  readonly #options: ChainOptions<Operation>;
  readonly #partners = new Map<string, KnownPartner>();

  constructor(options: ChainOptions<Operation>) {
    this.#options = options;
  }

  async send<Answer>(request: PartnerRequest<Operation, Answer>): Promise<Result<Answer, PartnerSilence>> {
    const { routes, configuration, clock, observer } = this.#options;
    const { operation } = request;
    const address = routes[operation];
    const settings = await configuration.current();
    const begun = clock.now();
    const call = currentSpan()?.call(`${address.name} ${operation}`);
    const ended = (outcome: EndedCall['outcome'], tries: number): void => {
      observer.ended({ partner: address.name, operation, outcome, tries, durationMs: clock.now() - begun });
      call?.ended(outcome, tries);
    };
    const traced = call?.traceparent ? withHeader(request, 'traceparent', call.traceparent) : request;
    const { result, tries } = await this.#guarded(traced, address, settings).catch((error: unknown) => {
      if (classify(error).strategy === 'wait') ended('rejected', 0);
      throw error;
    });
    ended(result.ok ? 'succeeded' : 'failed', tries);
    if (!result.ok && result.refusal.isUnsent) throw new NoHealthyInstance(address.name, result.refusal.cause);
    return result;
  }

  #guarded<Answer>(
    request: PartnerRequest<Operation, Answer>,
    { name, ...address }: PartnerAddress,
    configuration: Configuration,
  ): Promise<Tried<Answer>> {
    const { limits, clock, newId } = this.#options;
    const settings = settingsOfPartner(configuration, name);
    const maxAgeMs = configuration.cache.circuitSeconds * 1_000;
    const breakerSettings = { policy: settings.breaker, maxAgeMs, races: configuration.retry.concurrency.attempts };
    const callId = newId();
    const { shared, breaker, balancing, exchange } = this.#partner(name);
    const send = async (): Promise<Tried<Answer>> => {
      // An earlier release registered others, too.
      const instances = shared.known.instances.filter((instance) => isSafeUrl(addressOf(instance)));
      return tryInstances(request, { ...address, partner: name, instances, balancing, exchange }, settings, clock);
    };
    return limits.within(name, callId, settings, () =>
      breaker.run(callId, breakerSettings, send, ({ result }) => result.ok),
    );
  }

  #partner(name: string): KnownPartner {
    const known = this.#partners.get(name);
    if (known) return known;
    const { store, observer, clock, balancing, exchangeWith } = this.#options;
    const shared = new SharedCircuit({ partner: name, store, observer, now: clock.now });
    const breaker = new CircuitBreaker({ partner: name, shared, now: clock.now });
    const partner = { shared, breaker, balancing: balancing(), exchange: exchangeWith(name) };
    this.#partners.set(name, partner);
    return partner;
  }
}

const withHeader = <Request extends PartnerRequest<string, unknown>>(
  request: Request,
  name: string,
  value: string,
): Request => ({ ...request, headers: { ...request.headers, [name]: value } });

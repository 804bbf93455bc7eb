import type { ConfigurationSource } from '../../../functions/shared/configuration/port.ts';
import { Balancer } from '../../../functions/shared/outbound/balancing/balancer.ts';
import type { HttpExchange } from '../../../functions/shared/outbound/http-exchange.ts';
import { PartnerLimits } from '../../../functions/shared/outbound/limits.ts';
import { type ChainOptions, PolicyChain } from '../../../functions/shared/outbound/policy-chain.ts';
import type { PartnerStore } from '../../../functions/shared/outbound/ports.ts';
import type { Clock } from '../../../functions/shared/outbound/tries.ts';
import { fixedConfiguration } from '../fakes/fixed-configuration.ts';
import { InMemoryCallSlots } from '../fakes/in-memory-call-slots.ts';
import { InMemoryPartnerStore } from '../fakes/in-memory-partner-store.ts';
import { InMemoryRateLimiter } from '../fakes/in-memory-rate-limiter.ts';

interface ChainParts<Operation extends string> {
  readonly routes: ChainOptions<Operation>['routes'];
  readonly exchange: HttpExchange;
  readonly clock: Clock;
  /** @default in memory */
  readonly store?: PartnerStore;
  /** @default the default settings */
  readonly configuration?: ConfigurationSource;
  /** @default nobody */
  readonly observer?: ChainOptions<Operation>['observer'];
}

const NOBODY = { ended: () => {}, changed: () => {}, storeUnavailable: () => {} };

/** The chain of policies as one function instance has it, with everything in memory but the way to the partner. */
export function chainInMemory<Operation extends string>({
  clock,
  store = new InMemoryPartnerStore(),
  configuration = fixedConfiguration(),
  observer = NOBODY,
  exchange,
  routes,
}: ChainParts<Operation>): PolicyChain<Operation> {
  const { now } = clock;
  let calls = 0;
  return new PolicyChain({
    routes,
    exchangeWith: () => exchange,
    clock,
    store,
    configuration,
    observer,
    limits: new PartnerLimits({
      limiter: new InMemoryRateLimiter(now),
      slots: new InMemoryCallSlots(now),
      onUnavailable: observer.storeUnavailable,
      now,
    }),
    balancing: () => new Balancer({ now, random: () => 0 }),
    newId: () => `call-${(calls += 1)}`,
  });
}

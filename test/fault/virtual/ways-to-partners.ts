/** The way to the partners, as functions have it: the chain of policies over a network in memory. */
import { HttpPaymentGateway } from '../../../functions/payments/adapters/http-payment-gateway.ts';
import { PAYMENT_ROUTES } from '../../../functions/payments/adapters/partner.ts';
import type { ConfigurationSource } from '../../../functions/shared/configuration/port.ts';
import { Balancer } from '../../../functions/shared/outbound/balancing/balancer.ts';
import { PartnerLimits } from '../../../functions/shared/outbound/limits.ts';
import { PolicyChain } from '../../../functions/shared/outbound/policy-chain.ts';
import type { PartnerStore } from '../../../functions/shared/outbound/ports.ts';
import { HttpCarrier } from '../../../functions/shipping/adapters/http-carrier.ts';
import { SHIPPING_ROUTES } from '../../../functions/shipping/adapters/partner.ts';
import { InMemoryCallSlots } from '../../support/fakes/in-memory-call-slots.ts';
import { InMemoryRateLimiter } from '../../support/fakes/in-memory-rate-limiter.ts';
import type { Random } from '../random.ts';
import type { Life } from './life.ts';
import type { VirtualPartner } from './partner.ts';
import type { VirtualTime } from './time.ts';

export interface WaysOptions {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly newId: () => string;
  readonly life: Life;
  readonly configuration: ConfigurationSource;
  /** As functions reach it. */
  readonly store: PartnerStore;
  readonly gateway: VirtualPartner;
  readonly carrier: VirtualPartner;
}

export function waysToPartners({ time, random, newId, life, configuration, store, gateway, carrier }: WaysOptions) {
  const clock = { now: time.now, sleep: time.sleep, random };
  const limits = new PartnerLimits({
    limiter: new InMemoryRateLimiter(time.now),
    slots: new InMemoryCallSlots(time.now),
    onUnavailable: () => {},
    now: time.now,
  });
  const chain = <Operation extends string>(routes: Readonly<Record<Operation, { name: string }>>, to: VirtualPartner) =>
    new PolicyChain<Operation>({
      routes: Object.fromEntries(
        Object.entries<{ name: string }>(routes).map(([operation, { name }]) => [
          operation,
          { name, fallbackUrl: `http://${name}` },
        ]),
      ) as Record<Operation, { name: string; fallbackUrl: string }>,
      configuration,
      limits,
      store,
      balancing: () => new Balancer(clock),
      exchangeWith: () => (request) => life.call(() => to.exchange(request)),
      clock,
      newId,
      observer: { ended: () => {}, changed: () => {}, storeUnavailable: () => {} },
    });
  return {
    gateways: { card: new HttpPaymentGateway(chain(PAYMENT_ROUTES, gateway)) },
    carrier: new HttpCarrier(chain(SHIPPING_ROUTES, carrier)),
  };
}

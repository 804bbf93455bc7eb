/** The way to the partners, as functions have it: the chain of policies over a network in memory. */

import { cardExchange } from '../../../functions/payments/adapters/card/exchange.ts';
import { type BankOperation, checkoutRoutes, PAYMENT_ROUTES } from '../../../functions/payments/adapters/partner.ts';
import type { Payouts } from '../../../functions/payments/application/bank-ports.ts';
import type { PaymentGateway, PaymentGateways } from '../../../functions/payments/application/ports.ts';
import type { OrderLog } from '../../../functions/published/order-log.ts';
import type { ConfigurationSource } from '../../../functions/shared/configuration/port.ts';
import { Balancer } from '../../../functions/shared/outbound/balancing/balancer.ts';
import type { HttpExchange } from '../../../functions/shared/outbound/http-exchange.ts';
import { PartnerLimits } from '../../../functions/shared/outbound/limits.ts';
import type { PartnerExchange } from '../../../functions/shared/outbound/partner-exchange.ts';
import { PolicyChain } from '../../../functions/shared/outbound/policy-chain.ts';
import type { PartnerStore } from '../../../functions/shared/outbound/ports.ts';
import { HttpCarrier } from '../../../functions/shipping/adapters/http-carrier.ts';
import { SHIPPING_ROUTES } from '../../../functions/shipping/adapters/partner.ts';
import { InMemoryCallSlots } from '../../support/fakes/in-memory-call-slots.ts';
import { InMemoryRateLimiter } from '../../support/fakes/in-memory-rate-limiter.ts';
import { cardGatewayOver } from '../../support/payments/card-at.ts';
import type { Random } from '../random.ts';
import type { Hooks } from './hooks.ts';
import type { Life } from './life.ts';
import type { VirtualPartner } from './partner.ts';
import type { VirtualTime } from './time.ts';

type ChannelExchange = PartnerExchange<keyof ReturnType<typeof checkoutRoutes> | BankOperation>;

/** A channel at which customers pay at checkout. */
export interface VirtualChannel {
  readonly method: keyof PaymentGateways;
  /** As the health check names it. */
  readonly name: string;
  readonly partner: Pick<VirtualPartner, 'exchange'>;
  /** The exchange with our signature on each request. */
  readonly signed: (exchange: HttpExchange) => HttpExchange;
  readonly gatewayOver: (exchange: ChannelExchange, log: Pick<OrderLog, 'read'>) => PaymentGateway;
  /** What gives transfers back. @default there are none */
  readonly payoutsOver?: (exchange: ChannelExchange) => Payouts;
}

export interface WaysOptions {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly newId: () => string;
  readonly life: Life;
  readonly configuration: ConfigurationSource;
  /** As functions reach it. */
  readonly store: PartnerStore;
  readonly log: Pick<OrderLog, 'read'>;
  readonly gateway: Pick<VirtualPartner, 'exchange'>;
  readonly carrier: Pick<VirtualPartner, 'exchange'>;
  readonly channels: readonly VirtualChannel[];
  readonly hooks: Hooks;
}

export function waysToPartners({ time, random, newId, life, configuration, store, ...to }: WaysOptions) {
  const { log, gateway, carrier, channels, hooks } = to;
  const clock = { now: time.now, sleep: time.sleep, random };
  const limits = new PartnerLimits({
    limiter: new InMemoryRateLimiter(time.now),
    slots: new InMemoryCallSlots(time.now),
    onUnavailable: () => {},
    now: time.now,
  });
  const chain = <Operation extends string>(
    routes: Readonly<Record<Operation, { name: string }>>,
    { exchange }: Pick<VirtualPartner, 'exchange'>,
    signed = (unsigned: HttpExchange): HttpExchange => unsigned,
  ) =>
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
      exchangeWith: (partner) =>
        signed((request) =>
          life.call(() => hooks.call(`partner ${partner} ${request.method}`, () => exchange(request))),
        ),
      clock,
      newId,
      observer: { ended: () => {}, changed: () => {}, storeUnavailable: () => {} },
    });
  const wayTo = ({ name, partner, signed }: VirtualChannel): ChannelExchange =>
    chain({ ...checkoutRoutes({ name }), statement: { name } }, partner, signed);
  const gateways: PaymentGateways = {
    card: cardGatewayOver(chain(PAYMENT_ROUTES, gateway, cardExchange), time.now),
    ...Object.fromEntries(channels.map((channel) => [channel.method, channel.gatewayOver(wayTo(channel), log)])),
  };
  const bank = channels.find(({ payoutsOver }) => payoutsOver !== undefined);
  return {
    gateways,
    payouts: bank?.payoutsOver?.(wayTo(bank)) ?? NO_BANK,
    carrier: new HttpCarrier(chain(SHIPPING_ROUTES, carrier)),
  };
}

const NO_BANK: Payouts = {
  giveBack: ({ transferId }) => Promise.reject(new Error(`There is no bank to give transfer ${transferId} back.`)),
};

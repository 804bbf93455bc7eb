/** The card gateway behind its port: in memory, and over HTTP with the simulated gateway's own process. */
import type { PaymentGateway } from '../../../functions/payments/application/ports.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { InMemoryPaymentGateway } from '../fakes/in-memory-payment-gateway.ts';
import { kindsOf, type Partners } from '../platform/partners.ts';
import { type CardAtOptions, cardAt } from './card-at.ts';

export interface CardWorld {
  readonly gateway: PaymentGateway;
  movements(orderId: OrderId): Promise<readonly string[]>;
  /** What the customer answers on the page of the bank. */
  answerChallenge(orderId: OrderId, answer: 'pass' | 'fail'): Promise<void>;
  /** Time passes, and the authorisation expires. */
  expire(orderId: OrderId): Promise<void>;
}

const inMemory = (): CardWorld => {
  const gateway = new InMemoryPaymentGateway();
  return {
    gateway,
    movements: async (orderId) => gateway.movements(orderId),
    answerChallenge: async (orderId, answer) => gateway.answerChallenge(orderId, answer),
    expire: async (orderId) => gateway.expire(orderId),
  };
};

const overHttp =
  (recorded: NonNullable<CardAtOptions['recorded']>) =>
  (partners: Partners): CardWorld => {
    const { gatewayUrl } = partners;
    const post = async (path: string, form?: URLSearchParams) =>
      void (await fetch(`${gatewayUrl}${path}`, { method: 'POST', ...(form ? { body: form } : {}) }));
    return {
      gateway: cardAt(gatewayUrl, { recorded }),
      movements: async (orderId) => kindsOf(await partners.gatewayLedger(orderId)),
      answerChallenge: (orderId, answer) => post(`/challenge/${orderId}`, new URLSearchParams({ answer })),
      expire: (orderId) => post(`/v1/payments/${orderId}/expire`),
    };
  };

export const CARD_GATEWAYS = [
  ['in memory', inMemory],
  ['over HTTP', overHttp('all')],
  ['over HTTP, when nothing of it is on record', overHttp('nothing')],
] as const;

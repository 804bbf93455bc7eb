import type { RecordedOrderEvent } from '../../../published/order-events.ts';
import type { OrderLog } from '../../../published/order-log.ts';
import { givenBack } from '../../../published/order-refunds.ts';
import { payingTransfers, totalOf } from '../../../published/order-transfers.ts';
import type { OrderId } from '../../../shared/kernel/ids.ts';
import { type Money, money } from '../../../shared/kernel/money.ts';
import { accept } from '../../../shared/kernel/result.ts';
import type { TransferReferences } from '../../application/bank-ports.ts';
import type { ChannelCapabilities } from '../../domain/capabilities.ts';
import { PaymentGatewayUnavailable, PaymentRequestRefused } from '../../domain/errors.ts';
import type { PaymentAction } from '../../domain/events.ts';
import { sharesOf } from '../../domain/payouts.ts';
import { refundNumberOf } from '../our-number.ts';
import type { Answered, CheckoutChannel, RefundAtChannel, Trade } from '../paid-at-checkout.ts';
import type { BankPayouts } from './bank-payouts.ts';
import type { BankCredential } from './credential.ts';
import { referenceOf } from './creditor-reference.ts';

export interface BankChannelOptions {
  readonly bank: Pick<BankPayouts, 'order' | 'stateOf'>;
  readonly account: () => Promise<BankCredential['account']>;
  readonly log: Pick<OrderLog, 'read'>;
  readonly references: Pick<TransferReferences, 'keep'>;
}

/**
 * Transfers to the shop's account. The bank knows nothing of orders: what was transferred for one stands in its stream, where the reading of statements has put
 * it. There is nothing to close at the bank: money that comes for a cancelled order goes back.
 */
export class BankChannel implements CheckoutChannel {
  readonly capabilities: ChannelCapabilities = {
    separateCapture: false,
    adjustable: false,
    lowerable: false,
    partialCapture: false,
    partialRefund: true,
    // Orders to pay out count as made once the bank has begun to settle them.
    refundFailsWithinSeconds: 7 * 86_400,
    askAgainSeconds: 3_600,
    notifies: true,
  };
  readonly #options: BankChannelOptions;

  constructor(options: BankChannelOptions) {
    this.#options = options;
  }

  /** Too little money is none yet: the rest may come. */
  async query(orderId: OrderId): Answered<Trade> {
    const stream = await this.#options.log.read(orderId);
    const total = totalOf(stream);
    const paid = payingTransfers(stream).reduce((sum, { amount }) => sum + amount.amount, 0);
    const has = (...types: readonly string[]): boolean => stream.some(({ type }) => types.includes(type));
    if (!has('PaymentCaptured')) {
      if (has('CancellationRequested', 'OrderCancelled')) return accept({ status: 'closed' });
      if (total === undefined || paid < total.amount || paid === 0) return accept({ status: 'none' });
    }
    const amount = money(paid, total!.currency);
    return accept({ status: 'paid', paymentId: referenceOf(orderId), amount });
  }

  async open(orderId: OrderId): Answered<PaymentAction> {
    const reference = referenceOf(orderId);
    await this.#options.references.keep(reference, orderId);
    const { bank, holder, iban: number } = await this.#options.account();
    return accept({ type: 'transfer', account: { bank, holder, number }, reference });
  }

  async close(): Answered<unknown> {
    return accept(undefined);
  }

  async refund(
    orderId: OrderId,
    refundId: string,
    amount: Money,
    { attempt }: Parameters<CheckoutChannel['refund']>[3],
  ): Answered<RefundAtChannel | undefined> {
    const stream = await this.#options.log.read(orderId);
    const shares = sharesOf(payingTransfers(stream), givenBack(stream), amount);
    const number = refundNumberOf(orderId, refundId, attempt);
    const said = await this.#options.bank.order(number, shares, referenceOf(orderId));
    if (!said.ok) return said;
    if (said.value === 'no-funds') throw new PaymentGatewayUnavailable(orderId, new Error(said.value));
    if (said.value === 'not-taken') throw new PaymentRequestRefused(orderId, said.value);
    return accept(said.value === 'taken' ? { refundId, amount, isPending: true } : undefined);
  }

  async queryRefund(orderId: OrderId, refundId: string, number: string): Answered<RefundAtChannel | undefined> {
    const stated = statedRefund(await this.#options.log.read(orderId), number);
    if (stated) return accept({ refundId, amount: stated });
    const state = await this.#options.bank.stateOf(number);
    if (!state.ok) return state;
    if (state.value === undefined) return accept(undefined);
    const { status, amount } = state.value;
    if (status === 'refused') return accept({ refundId, amount, reason: status });
    return accept(status === 'pending' ? { refundId, amount, isPending: true } : { refundId, amount });
  }
}

/** What a statement says that somebody has paid out for the order at the bank itself. @param number of the entry */
function statedRefund(stream: readonly RecordedOrderEvent[], number: string): Money | undefined {
  const told = stream.find((event) => event.type === 'PaymentNotified' && event.data.refund?.number === number);
  return told?.type === 'PaymentNotified' ? told.data.refund?.amount : undefined;
}

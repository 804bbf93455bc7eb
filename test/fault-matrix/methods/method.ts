/** A method of payment as the matrix tries it: how an order names it, what its customer does, and what its channel has in its books. */
import type { NotificationReaders } from '../../../functions/payments/application/notification-ports.ts';
import type { PaymentMethod } from '../../../functions/published/order-events.ts';
import type { OrderLog } from '../../../functions/published/order-log.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { Money } from '../../../functions/shared/kernel/money.ts';
import type { VirtualPartner } from '../../fault/virtual/partner.ts';
import type { VirtualTime } from '../../fault/virtual/time.ts';
import type { VirtualChannel } from '../../fault/virtual/ways-to-partners.ts';
import type { LedgerEntry } from '../../support/platform/partners.ts';
import type { Merchant } from './notices.ts';

/** What the customer's money does: it is there at once, after a minute, for this order and no more, refused, or never. */
export type Will = 'pays' | 'pays late' | 'pays no more' | 'is refused' | 'leaves';

export interface MethodOptions {
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly merchant: Merchant;
}

/** Where the order is paid. */
export interface Till {
  /** At which customers pay at checkout. @default they pay by card */
  readonly channel?: VirtualChannel;
  /** The gateway of cards. @default nobody pays by card */
  readonly gateway?: VirtualPartner;
  readonly readers: NotificationReaders;
  /**
   * The customer acts after the order was placed.
   * @param amount of the order at that time
   * @throws when there is nothing that the customer could act on
   */
  readonly act: (orderId: OrderId, how: 'pay' | 'fail', amount: Money) => void;
  /**
   * The customer's bank does not take a refund that was made: the last one of the order fails.
   * @default refunds of the channel stand
   */
  readonly failRefund?: (orderId: OrderId) => void;
  /** What the channel's staff does about it before the platform is to try again. @default nothing */
  readonly mendRefund?: (orderId: OrderId) => void;
  /** What the platform does on its schedule for the channel. @default nothing */
  readonly look?: (deps: { readonly log: OrderLog }) => Promise<void>;
  readonly entries: (orderId: OrderId) => readonly LedgerEntry[];
}

export interface Method {
  readonly type: PaymentMethod['type'];
  /** What an order of such a customer says; undefined when no customer of this method can be like that. */
  readonly paymentOf: (will: Will) => PaymentMethod | undefined;
  /** Whether an authorised amount can be raised and lowered. */
  readonly adjustable: boolean;
  /** Whether a refund that was made can fail later. */
  readonly refundsFailLater: boolean;
  /** A till of its own for each case. */
  readonly till: (options: MethodOptions) => Till;
}

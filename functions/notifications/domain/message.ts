import type { CancellationReason, Language, RejectionReason } from '../../published/order-events.ts';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { TemplateId } from './templates/template.ts';

/** Units of an article, with the name that the order has for it. */
export interface NamedUnits extends Units {
  readonly name?: string;
}

/** What a message tells, in no language. It holds no personal data: whose it is, the inbox knows. Part of the API. */
export interface Values {
  readonly orderId: OrderId;
  /** What was ordered. */
  readonly items?: readonly NamedUnits[];
  readonly total?: Money;
  /** What is to be paid, or went back. */
  readonly amount?: Money;
  /** The units that the order waits for. */
  readonly awaited?: readonly NamedUnits[];
  /** The units that the shop has too little of: they were taken off the order. */
  readonly removed?: readonly NamedUnits[];
  /** When the order is cancelled, or the return expires, if what it waits for has not happened: ISO 8601, UTC. */
  readonly until?: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  /** Of several parcels that have left together. */
  readonly trackingNumbers?: readonly string[];
  /** In how many parcels the order comes, when others are still to leave. */
  readonly parcels?: number;
  /** Why the order was cancelled. */
  readonly reason?: CancellationReason;
  /** Cancelled, but money that was taken or held is not back yet: the platform or an operator sees to it. */
  readonly refundDelayed?: true;
  readonly returnId?: string;
  /** The units that the customer wants to return. */
  readonly returned?: readonly NamedUnits[];
  /** The units of a return that the shop takes back: their price is refunded as far as it was not before. */
  readonly accepted?: readonly NamedUnits[];
  /** Those that it does not; what an operator wrote about them is on the order's page, as it may be personal. */
  readonly rejected?: readonly (NamedUnits & { readonly reason: RejectionReason })[];
  /** Those that the customer keeps. */
  readonly withdrawn?: readonly NamedUnits[];
  /** Those that have not come in time. */
  readonly expired?: readonly NamedUnits[];
  /** The part of the refunds of a return that the shop keeps, in hundredths of a percent; absent when it keeps nothing. */
  readonly restockingFeeBasisPoints?: number;
  /** What it keeps of one refund, whose amount is without it. */
  readonly restockingFee?: Money;
}

export interface Message {
  readonly template: TemplateId;
  readonly values: Values;
}

/** To whom an order's messages go. */
export interface Addressee {
  readonly customerId: CustomerId;
  /** @default the shop's */
  readonly language?: Language;
}

/** Fields that several events of orders have. */
import type { CustomerId } from '../../shared/kernel/ids.ts';

/** Says whose order it is to a reader that knows the order by this event alone. Events that are older than the field lack it. */
export interface Owned {
  readonly customerId?: CustomerId;
}

/** `comment` is free text of a customer or an operator. */
export interface Commented {
  readonly comment?: string;
}

/** How old the oldest event of a batch was when its projection was done; by the dimension `Projection`. */
export const PROJECTION_LAG = { name: 'ProjectionLag', unit: 'Milliseconds' } as const;

/** Orders that were placed. */
export const ORDERS_PLACED = { name: 'OrdersPlaced', unit: 'Count' } as const;
/** Orders that were confirmed: paid, and their shipment arranged. */
export const ORDERS_CONFIRMED = { name: 'OrdersConfirmed', unit: 'Count' } as const;
/** Orders that were cancelled, before or after their confirmation; also by the dimension `Reason`. */
export const ORDERS_CANCELLED = { name: 'OrdersCancelled', unit: 'Count' } as const;
/** Orders that kept the promise of their checkout, and orders that did not: `promptness.ts` says what it is. Each order is in one of them at most. */
export const ORDERS_IN_TIME = { name: 'OrdersInTime', unit: 'Count' } as const;
export const ORDERS_LATE = { name: 'OrdersLate', unit: 'Count' } as const;
/** How long the platform took to confirm an order or to cancel it. */
export const CHECKOUT_DURATION = { name: 'CheckoutDuration', unit: 'Milliseconds' } as const;
/** Tasks that orders left to people; reviews, which shops ask for, are none of them. */
export const TASKS_OPENED = { name: 'TasksOpened', unit: 'Count' } as const;
/** Money in minor units, by the dimension `Currency`: what was authorised anew, captured, and given back. */
export const MONEY_AUTHORISED = { name: 'MoneyAuthorised', unit: 'None' } as const;
export const MONEY_CAPTURED = { name: 'MoneyCaptured', unit: 'None' } as const;
export const MONEY_REFUNDED = { name: 'MoneyRefunded', unit: 'None' } as const;

/** For how long personal data has been waiting to be erased, that which waits the longest; by the dimension `By`: its `age`, or the `request` of a person. */
export const PERSONAL_DATA_OVERDUE = { name: 'PersonalDataOverdue', unit: 'Milliseconds' } as const;

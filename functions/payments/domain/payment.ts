import type { Money } from '../../shared/kernel/money.ts';

/**
 * An order's payment as the gateway has it.
 * - `none`: the gateway has never heard of it
 * - `declined`: the card was refused, for good
 * - `authorised`: the money is held, not taken
 * - `captured`: the money is taken
 * - `voided`: the hold was given back
 * - `refunded`: what was taken was given back in full
 * - `closed`: voided before it was authorised; no money was held, and none ever will be
 */
export type Payment =
  | { readonly status: 'none' }
  | { readonly status: 'declined'; readonly declineCode: string }
  | { readonly status: 'authorised'; readonly paymentId: string; readonly amount: Money }
  | { readonly status: 'captured'; readonly paymentId: string; readonly amount: Money }
  | { readonly status: 'voided'; readonly paymentId: string }
  | { readonly status: 'refunded'; readonly paymentId: string; readonly amount: Money }
  | { readonly status: 'closed' };

/** What the stream of a transfer holds that quotes no reference of an order. There is no personal data in it. */
import type { Brand } from '../../shared/kernel/brand.ts';
import type { Event, Upcasters } from '../../shared/kernel/events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';

/** How the bank names an entry of the shop's account. */
export type TransferId = Brand<string, 'TransferId'>;

/** As banks write (ISO 20022, Max35Text). */
export const TRANSFER_ID = /^[ -~]{1,35}$/;

/** @throws RangeError for a text that names no entry */
export function parseTransferId(text: string): TransferId {
  if (!TRANSFER_ID.test(text)) throw new RangeError(`An entry has 1 to 35 characters of ASCII, got "${text}".`);
  return text as TransferId;
}

/** Money has come of which nobody knows what it is for. */
export type TransferUnmatched = Event<
  'TransferUnmatched',
  {
    readonly amount: Money;
    /** It brings back a transfer of ours that the bank could not pay out. */
    readonly isReturn?: true;
  }
>;
/** A person knows its order, which has it since TransferReceived. */
export type TransferMatched = Event<'TransferMatched', { readonly amount: Money; readonly orderId: OrderId }>;
/** It went back to its payer. */
export type TransferSentBack = Event<'TransferSentBack', { readonly amount: Money; readonly reason: string }>;
/** A person has moved the money at the bank. */
export type TransferDoneOutside = Event<'TransferDoneOutside', { readonly amount: Money; readonly reason: string }>;

/** How a transfer that nobody could match ends. */
export type TransferEnd = TransferMatched | TransferSentBack | TransferDoneOutside;
export type TransferEvent = TransferUnmatched | TransferEnd;

export const TRANSFER_UPCASTERS: Upcasters<TransferEvent> = {
  TransferUnmatched: [],
  TransferMatched: [],
  TransferSentBack: [],
  TransferDoneOutside: [],
};

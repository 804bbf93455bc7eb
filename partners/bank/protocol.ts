/** Movements of the bank's ledger, amounts in minor units, and the requests of tests. */
import * as z from 'zod';

const text = (most: number) => z.string().min(1).max(most);
const currency = z.string().regex(/^[A-Z]{3}$/);
const party = z.strictObject({ name: text(70), iban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/) });
export type Party = z.output<typeof party>;

/** Somebody transfers money to the shop's account. */
export const transfer = z.strictObject({
  amount: z.int().min(1),
  currency,
  /** As the payer has typed it; it may have spaces. */
  reference: z.string().max(35).default(''),
  /** Whether the reference is in the free text instead of in its own field. */
  asText: z.boolean().default(false),
  debtor: party.default({ name: 'Ann Example', iban: 'DE89370400440532013000' }),
  /** It brings back a transfer of the shop that could not be paid out. */
  isReturn: z.boolean().default(false),
});
export type TransferRequest = z.output<typeof transfer>;

/** The shop's staff transfers money from its account at the bank's own page. */
export const payout = z.strictObject({
  amount: z.int().min(1),
  currency,
  reference: z.string().max(140).default(''),
  creditor: party.default({ name: 'Ann Example', iban: 'DE89370400440532013000' }),
});
export type PayoutRequest = z.output<typeof payout>;

/** ISO 20022, ExternalPaymentTransactionStatus1Code, those that the bank uses. */
export const STATUSES = ['PDNG', 'ACSC', 'RJCT'] as const;
export type Status = (typeof STATUSES)[number];

/** One transfer of a `pain.001`. */
export interface Instruction {
  readonly endToEndId: string;
  readonly amount: number;
  readonly currency: string;
  readonly creditor: Party;
  /** What the creditor reads. */
  readonly text?: string;
}

/**
 * One entry of the ledger. `credit` and `debit` are booked on the account; the key of a credit is its reference, that of all others the
 * number of the `pain.001`.
 */
export type BankMovement =
  | ({ readonly kind: 'credit' } & Omit<TransferRequest, 'asText'> & { readonly asText: boolean })
  | { readonly kind: 'order'; readonly instructions: readonly Instruction[]; readonly digest: string }
  | ({ readonly kind: 'debit' } & Instruction)
  | { readonly kind: 'rejection' };

const DIGITS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3 };

/** `8805` fen are `88.05`. */
export function decimalOf(amount: number, of: string): string {
  const digits = DIGITS[of] ?? 2;
  const units = String(amount).padStart(digits + 1, '0');
  return digits === 0 ? units : `${units.slice(0, -digits)}.${units.slice(-digits)}`;
}

/** Undefined for what is no amount of whole minor units. */
export function minorUnitsOf(decimal: string, of: string): number | undefined {
  const digits = DIGITS[of] ?? 2;
  const [whole = '', fraction = ''] = decimal.split('.');
  const isAmount = /^\d{1,13}$/.test(whole) && /^\d*$/.test(fraction) && fraction.length <= digits;
  return isAmount ? Number(whole + fraction.padEnd(digits, '0')) : undefined;
}

/** The ledgers of wallets and of the bank in the form of the gateway's: each entry under the id of its order. */
import { orderIdOf } from '../../functions/payments/adapters/our-number.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';

/** The name of those who pay, or are paid, is the id of their order. */
interface BankEntry extends LedgerEntry {
  readonly debtor?: { readonly name: string };
  readonly creditor?: { readonly name: string };
}

/** Transfers of one order are one payment, however many they are. */
export function entriesByOrder(wallets: readonly LedgerEntry[], bank: readonly BankEntry[]): LedgerEntry[] {
  const credits = bank.filter(({ kind }) => kind === 'credit');
  const payments = [...Map.groupBy(credits, ({ debtor }) => debtor!.name)].map(([key, all]): LedgerEntry => {
    const amount = all.reduce((sum, entry) => sum + entry.amount!, 0);
    return { ...all.at(-1)!, key, kind: 'payment', amount };
  });
  const refunds = bank
    .filter(({ kind }) => kind === 'debit')
    .map((entry): LedgerEntry => ({ ...entry, key: entry.creditor!.name, kind: 'refund' }));
  return [...wallets.map((entry) => ({ ...entry, key: orderIdOf(entry.key) ?? entry.key })), ...payments, ...refunds];
}

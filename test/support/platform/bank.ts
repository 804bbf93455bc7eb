/** The simulated bank of a platform, as those who transfer money and the scheduler use it. */

import type { LedgerEntry } from './partners.ts';
import { runFunction } from './run-function.ts';
import type { Running } from './running.ts';

export class Bank {
  readonly #instance: () => Pick<Running, 'bankUrl' | 'endpointUrl'>;

  constructor(instance: () => Pick<Running, 'bankUrl' | 'endpointUrl'>) {
    this.#instance = instance;
  }

  /** Somebody transfers money, and the statement is read. */
  async pay(reference: string, amount: number): Promise<void> {
    await this.transfer({ reference, amount });
    await this.read();
  }

  /** The same for nothing that anybody knows. @returns how the bank names the entry */
  async payWithoutReference(amount: number): Promise<string> {
    const entry = await this.transfer({ reference: 'thank you', amount });
    await this.read();
    return entry;
  }

  /** Somebody transfers CNY. @returns how the bank names the entry */
  async transfer(transfer: Transfer): Promise<string> {
    const body = JSON.stringify({ ...transfer, currency: 'CNY' });
    const made = await answered(await fetch(`${this.#instance().bankUrl}/v1/transfers`, { method: 'POST', body }));
    return (made as { readonly entry: string }).entry;
  }

  /** The amounts that the shop has transferred, oldest first. */
  async paidOut(): Promise<readonly number[]> {
    const answer = await answered(await fetch(`${this.#instance().bankUrl}/v1/ledger?limit=10000`));
    const { entries } = answer as { readonly entries: readonly LedgerEntry[] };
    return entries.filter(({ kind }) => kind === 'debit').map(({ amount }) => amount!);
  }

  /** What people have decided is carried out, and the statement is read. */
  async read(): Promise<void> {
    await runFunction(this.#instance().endpointUrl, 'payments/read-statements');
  }
}

interface Transfer {
  readonly reference: string;
  readonly amount: number;
  /** @default some customer of another bank */
  readonly debtor?: { readonly name: string; readonly iban: string };
}

async function answered(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.url} was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

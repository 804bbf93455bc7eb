import * as z from 'zod';
import { DependencyUnavailable } from '../../../shared/kernel/errors.ts';
import type { BankStatements } from '../../application/bank-ports.ts';
import type { BankStatement } from '../../domain/bank-statement.ts';
import type { BankOptions } from './bank-payouts.ts';
import { statementIn } from './camt053.ts';

const document = z.object({ document: z.string() });

/** Money into the account: what was booked after an entry, by the delta access of the Berlin Group's NextGenPSD2, as `camt.053`. */
export class BankAccountStatements implements BankStatements {
  readonly #options: Omit<BankOptions, 'now'>;

  constructor(options: Omit<BankOptions, 'now'>) {
    this.#options = options;
  }

  async after(entryId: string | undefined): Promise<BankStatement> {
    const { iban } = await this.#options.account();
    const from = entryId === undefined ? '' : `&entryReferenceFrom=${encodeURIComponent(entryId)}`;
    const answer = await this.#options.exchange.send({
      operation: 'statement',
      affinity: iban,
      method: 'GET',
      path: `/v1/accounts/${iban}/transactions?bookingStatus=booked${from}`,
      read: ({ status, body }) => (status === 200 ? statementIn(document.parse(body).document, iban) : undefined),
    });
    if (!answer.ok) {
      throw new DependencyUnavailable('No statement of the bank can be read.', { cause: answer.refusal.cause });
    }
    return answer.value;
  }
}

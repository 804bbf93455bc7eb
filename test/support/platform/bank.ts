/** The simulated bank of a platform, as those who transfer money and the scheduler use it. */

import type { LedgerEntry } from './partners.ts';
import type { Running } from './running.ts';

/** In place of the scheduler, whose minute a test does not wait for. */
const READER = 'payments/read-statements';

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
    const functions = `${this.#instance().endpointUrl}/2015-03-31/functions`;
    const listed = (await answered(await fetch(`${functions}/?MaxItems=10000`, { headers: OPERATOR }))) as Listed;
    const reader = listed.Functions.find(({ Description }) => Description === READER)!;
    const called = { method: 'POST', headers: OPERATOR, body: '{}' };
    const answer = await fetch(`${functions}/${reader.FunctionName}/invocations`, called);
    if (answer.headers.has('x-amz-function-error')) throw new Error(`${READER} failed: ${await answer.text()}`);
    await answer.body?.cancel();
  }
}

interface Transfer {
  readonly reference: string;
  readonly amount: number;
  /** @default some customer of another bank */
  readonly debtor?: { readonly name: string; readonly iban: string };
}

interface Listed {
  readonly Functions: readonly { readonly FunctionName: string; readonly Description: string }[];
}

/** The runtime asks who calls, and checks no signature of the account's operator. */
const OPERATOR = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=operator/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0',
};

async function answered(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.url} was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

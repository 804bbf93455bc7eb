import { createHash } from 'node:crypto';
import { HttpError } from '../shared/http.ts';
import type { Entry, Ledger } from '../shared/ledger.ts';
import type { BankSecrets } from './identity.ts';
import { ordersIn } from './orders-in.ts';
import { type BankMovement, decimalOf, type PayoutRequest, type Status, type TransferRequest } from './protocol.ts';
import { type Booked, camt053, referenceOf } from './report.ts';

/** Entries of one statement. */
const MOST = 100;
const ALL = 1_000_000;

/** The shop's account. Each request reads, decides and writes synchronously, so requests never interleave. */
export class Account {
  readonly #ledger: Ledger<BankMovement>;
  readonly #account: BankSecrets['account'];

  constructor(ledger: Ledger<BankMovement>, account: BankSecrets['account']) {
    this.#ledger = ledger;
    this.#account = account;
  }

  /** Somebody pays money in. @returns how the bank names the entry */
  receive(asked: TransferRequest): string {
    this.#ledger.append(keyOf(asked.reference), { kind: 'credit', ...asked });
    return referenceOf(this.#booked().at(-1)!);
  }

  /** The shop's staff pays out at the bank's own page. @returns how the bank names the entry */
  payOut({ reference: text, ...asked }: PayoutRequest): string {
    this.#ledger.append(keyOf(text), { kind: 'debit', ...asked, endToEndId: 'NOTPROVIDED', text });
    return referenceOf(this.#booked().at(-1)!);
  }

  /**
   * Takes an order to pay out, once for each message id, and pays unless it stays pending or is rejected.
   * @throws HttpError 400, and 409 for another order with the same id
   */
  order(document: string, end: Status): { readonly messageId: string; readonly status: Status } {
    const { messageId, instructions } = ordersIn(document);
    const paid = instructions.map(({ text: _, ...rest }) => rest);
    const digest = createHash('sha256').update(JSON.stringify(paid)).digest('hex');
    const [known] = this.#ledger.of(messageId);
    if (known?.kind === 'order' && known.digest !== digest) throw new HttpError(409, 'DUPLICATE_MESSAGE');
    if (known === undefined) {
      this.#ledger.append(messageId, { kind: 'order', instructions, digest });
      this.end(messageId, end);
    }
    return { messageId, status: this.statusOf(messageId) };
  }

  /** @throws HttpError 404 */
  statusOf(messageId: string): Status {
    const entries = this.#ledger.of(messageId);
    if (entries[0]?.kind !== 'order') throw new HttpError(404, 'RESOURCE_UNKNOWN');
    const last = entries.at(-1)!.kind;
    return last === 'debit' ? 'ACSC' : last === 'rejection' ? 'RJCT' : 'PDNG';
  }

  /** The state of an order, and what it comes to. @throws HttpError 404 */
  report(messageId: string) {
    const transactionStatus = this.statusOf(messageId);
    const [order] = this.#ledger.of(messageId);
    const instructions = order?.kind === 'order' ? order.instructions : [];
    const { currency } = instructions[0]!;
    const sum = instructions.reduce((total, { amount }) => total + amount, 0);
    return { transactionStatus, instructedAmount: { currency, amount: decimalOf(sum, currency) } };
  }

  /** An order that is pending ends. */
  end(messageId: string, as: Status): void {
    const [order] = this.#ledger.of(messageId);
    if (order?.kind !== 'order' || this.statusOf(messageId) !== 'PDNG') return;
    if (as === 'RJCT') this.#ledger.append(messageId, { kind: 'rejection' });
    if (as !== 'ACSC') return;
    for (const instruction of order.instructions) this.#ledger.append(messageId, { kind: 'debit', ...instruction });
  }

  /**
   * The statement of what was booked after an entry.
   * @param after how the bank names the entry. @default from the beginning
   * @throws HttpError 400 for an entry that there is not
   */
  statement(after: string | undefined): string {
    const booked = this.#booked();
    const index = after === undefined ? -1 : booked.findIndex((entry) => referenceOf(entry) === after);
    if (after !== undefined && index < 0) throw new HttpError(400, 'RESOURCE_UNKNOWN', 'There is no such entry.');
    const entries = booked.slice(index + 1, index + 1 + MOST);
    return camt053({
      account: this.#account,
      opening: balances(booked.slice(0, index + 1)),
      closing: balances(booked.slice(0, index + 1 + entries.length)),
      entries,
      sequence: index + 1 + entries.length,
      at: new Date().toISOString(),
    });
  }

  #booked(): Booked[] {
    return this.#ledger.page({ after: 0, limit: ALL }).filter(isBooked);
  }
}

const isBooked = (entry: Entry<BankMovement>): entry is Booked => entry.kind === 'credit' || entry.kind === 'debit';

function balances(booked: readonly Booked[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { kind, amount, currency } of booked) {
    sums.set(currency, (sums.get(currency) ?? 0) + (kind === 'credit' ? amount : -amount));
  }
  return sums;
}

const keyOf = (reference: string): string => reference.replace(/[^A-Za-z0-9_-]/g, '') || 'none';

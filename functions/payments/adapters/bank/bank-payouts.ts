import { v5 } from 'uuid';
import * as z from 'zod';
import { DependencyUnavailable } from '../../../shared/kernel/errors.ts';
import { type Money, moneyIn } from '../../../shared/kernel/money.ts';
import { accept, type Result } from '../../../shared/kernel/result.ts';
import type { PartnerAnswer, PartnerExchange, PartnerSilence } from '../../../shared/outbound/partner-exchange.ts';
import type { Payouts } from '../../application/bank-ports.ts';
import type { IncomingTransfer } from '../../domain/bank-statement.ts';
import type { BankOperation } from '../partner.ts';
import type { BankCredential } from './credential.ts';
import { type Payout, pain001 } from './pain.ts';

export interface BankOptions {
  readonly exchange: PartnerExchange<BankOperation>;
  /** The holder of the account, and its number. */
  readonly account: () => Promise<BankCredential['account']>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What the bank says to an order to pay out. */
export type Said = 'taken' | 'rejected' | 'no-funds' | 'not-taken';

/** Of ours alone: message ids are made of it and of the bank's name of an entry. */
const NAMESPACE = '9b0a3c0e-52a5-4f0b-8f36-6f9e2f5b7a10';
const PAYMENTS = '/v1/payments/pain.001-credit-transfers';
const initiated = z.object({ transactionStatus: z.string() });
const status = initiated.extend({ instructedAmount: z.object({ currency: z.string(), amount: z.string() }) });

export interface PayoutState {
  /** `refused`: nothing was paid out, and nothing will be. */
  readonly status: 'made' | 'pending' | 'refused';
  readonly amount: Money;
}

type GivenBack = Pick<IncomingTransfer, 'transferId' | 'amount' | 'debtor'>;

/** Codes that say that our account is debited: ISO 20022, ExternalPaymentTransactionStatus1Code. */
const MADE = /^(ACSP|ACSC|ACCC)$/;

/**
 * Money out of the account, on the paths of the Berlin Group's NextGenPSD2 and in documents of ISO 20022. See docs/decisions/0106-a-bank-transfer-is-learned-from-statements.md.
 */
export class BankPayouts implements Payouts {
  readonly #options: BankOptions;

  constructor(options: BankOptions) {
    this.#options = options;
  }

  /** The first order that the bank has not refused is the one that stands, so that the money leaves once. */
  async giveBack(transfer: GivenBack, attempts = 1): Promise<PayoutState['status']> {
    const { transferId, amount, debtor } = transfer;
    if (debtor.iban === '' || debtor.name === '') return 'refused';
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const messageId = v5(attempt === 1 ? transferId : `${transferId}:${attempt}`, NAMESPACE).replaceAll('-', '');
      const known = attempt < attempts ? await this.stateOf(messageId) : undefined;
      if (known?.ok && known.value?.status === 'refused') continue;
      const said = await this.order(messageId, [{ amount, creditor: debtor }], `Return of ${transferId}`);
      const status = await this.#statusAfter(messageId, said);
      if (status !== 'refused') return status;
    }
    return 'refused';
  }

  /** @throws DependencyUnavailable when it is not known */
  async #statusAfter(messageId: string, said: Result<Said, PartnerSilence>): Promise<PayoutState['status']> {
    const state = await this.stateOf(messageId);
    if (!state.ok) {
      throw new DependencyUnavailable('It is not known whether a transfer went back.', { cause: state.refusal.cause });
    }
    if (state.value !== undefined) return state.value.status;
    if (said.ok && said.value === 'not-taken') return 'refused';
    throw new DependencyUnavailable('The bank has not given a transfer back.', {
      cause: said.ok ? new Error(said.value) : said.refusal.cause,
    });
  }

  /** Orders the bank to pay out, once for each message id. */
  async order(messageId: string, payouts: readonly Payout[], text: string): Promise<Result<Said, PartnerSilence>> {
    const { exchange, account, now } = this.#options;
    const { holder: name, iban } = await account();
    const order = { messageId, debtor: { name, iban }, payouts, text, at: now() };
    return exchange.send({
      operation: 'refund',
      affinity: messageId,
      method: 'POST',
      path: PAYMENTS,
      body: { document: pain001(order) },
      read: saidIn,
    });
  }

  /** What has become of an order; undefined when the bank does not know it. */
  async stateOf(messageId: string): Promise<Result<PayoutState | undefined, PartnerSilence>> {
    const answer = await this.#options.exchange.send<{ readonly state?: PayoutState }>({
      operation: 'find',
      affinity: messageId,
      method: 'GET',
      path: `${PAYMENTS}/${messageId}/status`,
      read: (said) => (said.status === 404 ? {} : stateIn(said)),
    });
    return answer.ok ? accept(answer.value.state) : answer;
  }
}

/** Undefined for what makes no sense. */
function stateIn({ status: code, body }: PartnerAnswer): { readonly state: PayoutState } | undefined {
  const { data } = status.safeParse(body);
  const amount = data && moneyIn(data.instructedAmount.amount, data.instructedAmount.currency);
  if (code !== 200 || amount === undefined) return undefined;
  const { transactionStatus: said } = data!;
  return { state: { status: said === 'RJCT' ? 'refused' : MADE.test(said) ? 'made' : 'pending', amount } };
}

function saidIn({ status, body }: PartnerAnswer): Said | undefined {
  if (status === 201) return initiated.parse(body).transactionStatus === 'RJCT' ? 'rejected' : 'taken';
  if (status === 403 && JSON.stringify(body).includes('FUNDS_NOT_AVAILABLE')) return 'no-funds';
  return status >= 400 ? 'not-taken' : undefined;
}

/** The bank as it is deployed. */
import type { OrderLog } from '../../../published/order-log.ts';
import { documentClient } from '../../../shared/edge/document-client.ts';
import { tableName } from '../../../shared/edge/environment.ts';
import { credentialMetrics } from '../../../shared/outbound/chain-metrics.ts';
import { credentialOf, partnerExchange } from '../../../shared/outbound/deployed.ts';
import { nodeExchange } from '../../../shared/outbound/http-exchange.ts';
import type { Payouts } from '../../application/bank-ports.ts';
import type { PaymentGateway } from '../../application/ports.ts';
import { PaidAtCheckout, type PaidAtCheckoutOptions } from '../paid-at-checkout.ts';
import { BANK, BANK_ROUTES } from '../partner.ts';
import { PAYMENT_TABLES } from '../tables.ts';
import { BankChannel } from './bank-channel.ts';
import { BankPayouts } from './bank-payouts.ts';
import { parseBankCredential } from './credential.ts';
import { DynamoDbTransferReferences } from './dynamodb-bank-transfers.ts';
import { DynamoDbUnmatchedTransfers } from './dynamodb-unmatched-transfers.ts';
import { bankExchange } from './signed-exchange.ts';

/** The way to the bank, and our account there. */
export function ofBank() {
  const credentials = credentialOf(BANK, parseBankCredential);
  const account = async () => (await credentials.current()).account;
  const way = () => bankExchange({ exchange: nodeExchange, credentials, observer: credentialMetrics, now: Date.now });
  return { account, exchange: partnerExchange(BANK_ROUTES, way) };
}

/** The port of payments over transfers to the shop's account. */
export const bankGateway = (log: Pick<OrderLog, 'read'>, refunds: PaidAtCheckoutOptions['refunds']): PaymentGateway => {
  const { account, exchange } = ofBank();
  const bank = new BankPayouts({ exchange, account, now: Date.now });
  const references = {
    // Only an authorisation keeps one: no other step has the table.
    keep: (...kept: Parameters<DynamoDbTransferReferences['keep']>) => transferReferences().keep(...kept),
  };
  return new PaidAtCheckout({ channel: new BankChannel({ bank, account, log, references }), refunds });
};

export const transferReferences = () =>
  new DynamoDbTransferReferences(documentClient(), tableName(PAYMENT_TABLES.bankTransfers));

export const unmatchedTransfers = () =>
  new DynamoDbUnmatchedTransfers(documentClient(), tableName(PAYMENT_TABLES.bankTransfers));

/** Money out of the account. */
export const deployedPayouts = (): Payouts => new BankPayouts({ ...ofBank(), now: Date.now });

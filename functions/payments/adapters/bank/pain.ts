/** Orders to transfer money: `pain.001.001.09`. Source: iso20022.org, CustomerCreditTransferInitiationV09. */
import { decimalOf, type Money } from '../../../shared/kernel/money.ts';
import type { BankParty } from '../../domain/bank-statement.ts';

export interface Payout {
  readonly amount: Money;
  readonly creditor: BankParty;
}

interface PayoutOrder {
  /** Our number of the order: the bank carries it out once. At most 35 characters. */
  readonly messageId: string;
  readonly debtor: BankParty;
  readonly payouts: readonly Payout[];
  /** What the creditors read. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export function pain001({ messageId, debtor, payouts, text, at }: PayoutOrder): string {
  const time = new Date(at).toISOString();
  const each = payouts.map(
    ({ amount, creditor }, index) =>
      `<CdtTrfTxInf><PmtId><EndToEndId>${endToEndIdOf(messageId, index)}</EndToEndId></PmtId>` +
      `<Amt><InstdAmt Ccy="${amount.currency}">${decimalOf(amount)}</InstdAmt></Amt>` +
      `<Cdtr><Nm>${escaped(creditor.name)}</Nm></Cdtr><CdtrAcct><Id><IBAN>${escaped(creditor.iban)}</IBAN></Id></CdtrAcct>` +
      `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf></CdtTrfTxInf>`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>' +
    `<GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>${time}</CreDtTm><NbOfTxs>${payouts.length}</NbOfTxs>` +
    `<InitgPty><Nm>${escaped(debtor.name)}</Nm></InitgPty></GrpHdr>` +
    `<PmtInf><PmtInfId>${messageId}</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt><Dt>${time.slice(0, 10)}</Dt></ReqdExctnDt>` +
    `<Dbtr><Nm>${escaped(debtor.name)}</Nm></Dbtr><DbtrAcct><Id><IBAN>${debtor.iban}</IBAN></Id></DbtrAcct>` +
    `<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>${each.join('')}</PmtInf>` +
    '</CstmrCdtTrfInitn></Document>'
  );
}

/** The message id is 32 characters long, and an end-to-end id has 35 at most. */
const endToEndIdOf = (messageId: string, index: number): string => (index === 0 ? messageId : `${messageId}-${index}`);

/** The message id in the end-to-end id of one of our orders. */
export const messageIdIn = (endToEndId: string): string => endToEndId.split('-', 1)[0]!;

const escaped = (text: string): string =>
  text.replace(/[<>&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : '&amp;'));

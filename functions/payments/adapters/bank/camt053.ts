/** Reads `camt.053.001.08`, the statement of an account. Source: iso20022.org, BankToCustomerStatementV08. */
import { type Money, money, moneyIn } from '../../../shared/kernel/money.ts';
import type { BankStatement, IncomingTransfer, OutgoingTransfer, StatementEntry } from '../../domain/bank-statement.ts';
import { referencesIn } from './creditor-reference.ts';
import { all, type Element, parseXml, textAt } from './xml.ts';

/** @throws Error for a document that is no statement of the account, or that says less than we need */
export function statementIn(document: string, iban: string): BankStatement {
  const [statement, ...others] = all(parseXml(document), 'Document/BkToCstmrStmt/Stmt');
  if (statement === undefined || others.length > 0) throw new Error('Expected a camt.053 with one statement.');
  if (textAt(statement, 'Acct/Id/IBAN') !== iban) throw new Error('It is the statement of another account.');
  const sequence = Number(needed(statement, 'ElctrncSeqNb'));
  if (!Number.isSafeInteger(sequence)) throw new Error('ElctrncSeqNb is no whole number.');
  const entries = all(statement, 'Ntry').map(entryIn);
  return { sequence, opening: balances(statement, 'OPBD'), closing: balances(statement, 'CLBD'), entries };
}

function balances(statement: Element, type: string): Record<string, number> {
  const ofType = all(statement, 'Bal').filter((balance) => textAt(balance, 'Tp/CdOrPrtry/Cd') === type);
  return Object.fromEntries(ofType.map(effectIn).map(({ currency, amount }) => [currency, amount]));
}

function entryIn(entry: Element): StatementEntry {
  if (textAt(entry, 'Sts/Cd') !== 'BOOK') throw new Error('An entry is not booked; expected booked ones only.');
  const [entryId, effect] = [needed(entry, 'AcctSvcrRef'), effectIn(entry)];
  if (effect.amount >= 0) return { entryId, effect, transfer: transferIn(entry, entryId, effect) };
  const payout = payoutIn(entry, entryId, effect);
  return { entryId, effect, ...(payout && { payout }) };
}

function payoutIn(entry: Element, entryId: string, { amount, currency }: Money): OutgoingTransfer | undefined {
  const [details, ...others] = all(entry, 'NtryDtls/TxDtls');
  if (details === undefined || others.length > 0) return undefined;
  const number = textAt(details, 'Refs/EndToEndId') ?? '';
  return { entryId, amount: money(-amount, currency), number, references: referencesIn(remittanceIn(details)) };
}

function transferIn(entry: Element, transferId: string, amount: Money): IncomingTransfer {
  const [details, ...others] = all(entry, 'NtryDtls/TxDtls');
  if (details === undefined || others.length > 0) throw new Error(`Entry ${transferId} has not one transfer in it.`);
  const name = textAt(details, 'RltdPties/Dbtr/Pty/Nm') ?? textAt(details, 'RltdPties/Dbtr/Nm') ?? '';
  const debtor = { name, iban: textAt(details, 'RltdPties/DbtrAcct/Id/IBAN') ?? '' };
  const text = remittanceIn(details);
  return {
    transferId,
    amount,
    debtor,
    text,
    references: referencesIn(text),
    isReturn: all(details, 'RtrInf').length > 0,
  };
}

const remittanceIn = (details: Element): string =>
  [...all(details, 'RmtInf/Ustrd'), ...all(details, 'RmtInf/Strd/CdtrRefInf/Ref')].map(({ text }) => text).join(' ');

/** The amount; money that left the account, and a balance below zero, is negative. */
function effectIn(element: Element): Money {
  const [amount] = all(element, 'Amt');
  const currency = amount?.attributes['Ccy'] ?? '';
  const value = moneyIn(amount?.text ?? '', currency);
  if (value === undefined) throw new Error(`${element.name} has no amount.`);
  return needed(element, 'CdtDbtInd') === 'DBIT' ? { ...value, amount: -value.amount } : value;
}

function needed(of: Element, path: string): string {
  const text = textAt(of, path);
  if (text === undefined) throw new Error(`${of.name} has no ${path}.`);
  return text;
}

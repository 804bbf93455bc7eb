/** ISO 20022 `camt.053.001.08`: the booked entries of the account after one of them, between the balances before and after them. */
import { escaped } from '../shared/html.ts';
import type { Entry } from '../shared/ledger.ts';
import type { BankSecrets } from './identity.ts';
import { type BankMovement, decimalOf } from './protocol.ts';

export type Booked = Extract<Entry<BankMovement>, { readonly kind: 'credit' | 'debit' }>;

interface Report {
  readonly account: BankSecrets['account'];
  /** By currency, in minor units. */
  readonly opening: ReadonlyMap<string, number>;
  readonly closing: ReadonlyMap<string, number>;
  readonly entries: readonly Booked[];
  /** Grows with each entry. */
  readonly sequence: number;
  readonly at: string;
}

/** How the bank names an entry (`AcctSvcrRef`). */
export const referenceOf = ({ sequence }: Pick<Booked, 'sequence'>): string => `E${String(sequence).padStart(12, '0')}`;

export function camt053({ account, opening, closing, entries, sequence, at }: Report): string {
  const balances = [...closing.keys()].flatMap((currency) => [
    balance('OPBD', currency, opening.get(currency) ?? 0),
    balance('CLBD', currency, closing.get(currency)!),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>STMT-${sequence}</MsgId><CreDtTm>${at}</CreDtTm></GrpHdr>
<Stmt><Id>STMT-${sequence}</Id><ElctrncSeqNb>${sequence}</ElctrncSeqNb><CreDtTm>${at}</CreDtTm>
<Acct><Id><IBAN>${account.iban}</IBAN></Id><Ownr><Nm>${escaped(account.holder)}</Nm></Ownr></Acct>
${balances.join('\n')}
${entries.map(entryOf).join('\n')}
</Stmt></BkToCstmrStmt></Document>`;
}

function balance(type: string, currency: string, amount: number): string {
  const sign = amount < 0 ? 'DBIT' : 'CRDT';
  return `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp>${amountOf(Math.abs(amount), currency)}<CdtDbtInd>${sign}</CdtDbtInd></Bal>`;
}

function entryOf(entry: Booked): string {
  const { amount, currency, at, kind } = entry;
  const booked = `<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>${at}</DtTm></BookgDt><AcctSvcrRef>${referenceOf(entry)}</AcctSvcrRef>`;
  const sign = kind === 'credit' ? 'CRDT' : 'DBIT';
  return `<Ntry>${amountOf(amount, currency)}<CdtDbtInd>${sign}</CdtDbtInd>${booked}<NtryDtls><TxDtls>${detailsOf(entry)}</TxDtls></NtryDtls></Ntry>`;
}

function detailsOf(entry: Booked): string {
  if (entry.kind === 'debit') {
    const { endToEndId, creditor, text } = entry;
    const said = text === undefined ? '' : `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf>`;
    return `<Refs><EndToEndId>${endToEndId}</EndToEndId></Refs><RltdPties>${party('Cdtr', creditor)}</RltdPties>${said}`;
  }
  const { debtor, reference, asText, isReturn } = entry;
  const said = escaped(reference);
  const remittance = asText
    ? `<Ustrd>${said}</Ustrd>`
    : `<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${said}</Ref></CdtrRefInf></Strd>`;
  const returned = isReturn ? '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' : '';
  return `<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties>${party('Dbtr', debtor)}</RltdPties><RmtInf>${remittance}</RmtInf>${returned}`;
}

const party = (as: 'Dbtr' | 'Cdtr', { name, iban }: { readonly name: string; readonly iban: string }): string =>
  `<${as}><Pty><Nm>${escaped(name)}</Nm></Pty></${as}><${as}Acct><Id><IBAN>${iban}</IBAN></Id></${as}Acct>`;

const amountOf = (amount: number, currency: string): string =>
  `<Amt Ccy="${currency}">${decimalOf(amount, currency)}</Amt>`;

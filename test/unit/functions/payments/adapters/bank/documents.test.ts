import { describe, expect, test } from 'vitest';
import { statementIn } from '../../../../../../functions/payments/adapters/bank/camt053.ts';
import {
  isReference,
  referenceOf,
  referencesIn,
} from '../../../../../../functions/payments/adapters/bank/creditor-reference.ts';
import { pain001 } from '../../../../../../functions/payments/adapters/bank/pain.ts';
import { all, parseXml } from '../../../../../../functions/payments/adapters/bank/xml.ts';
import { decimalOf, money, moneyIn } from '../../../../../../functions/shared/kernel/money.ts';
import { ORDER_ID } from '../../../../../support/orders/streams.ts';

describe('A creditor reference (ISO 11649)', () => {
  // The first two are the examples of the standard and of the Finnish banks' guide.
  test.each(['RF18539007547034', 'RF712348231', referenceOf(ORDER_ID)])('%s has right check digits', (reference) => {
    expect(isReference(reference)).toBe(true);
  });

  test('is wrong when one sign is another, or two change places', () => {
    const reference = referenceOf(ORDER_ID);
    for (let at = 4; at < reference.length; at += 1) {
      const other = reference[at] === 'A' ? 'B' : 'A';
      expect(isReference(reference.slice(0, at) + other + reference.slice(at + 1))).toBe(false);
      const [one = '', two = ''] = reference.slice(at, at + 2);
      const crossed = reference.slice(0, at) + two + one + reference.slice(at + 2);
      if (one !== two && two !== '') expect(isReference(crossed)).toBe(false);
    }
  });

  test('is found in what payers write', () => {
    const reference = referenceOf(ORDER_ID);
    const spaced = reference.replace(/(.{4})/g, '$1 ');
    for (const text of [reference, spaced, `order ${spaced}!`, `${reference}/2026`, `No. ${reference} Ann`]) {
      expect(referencesIn(text)).toEqual([reference]);
    }
    expect(referencesIn('thank you')).toEqual([]);
    expect(referencesIn(reference.replace(/.$/, '-'))).toEqual([]);
  });
});

test.each([
  ['88.00', 'CNY', 8_800],
  ['88', 'CNY', 8_800],
  ['0.5', 'EUR', 50],
  ['500', 'JPY', 500],
  ['0.050', 'KWD', 50],
  ['1.500', 'EUR', 150],
  ['1.005', 'EUR', undefined],
  ['-1', 'EUR', undefined],
  ['1e3', 'EUR', undefined],
  ['', 'EUR', undefined],
])('%s %s is %s minor units', (decimal, currency, amount) => {
  expect(moneyIn(decimal, currency)?.amount).toBe(amount);
  if (amount !== undefined) expect(moneyIn(decimalOf(money(amount, currency)), currency)?.amount).toBe(amount);
});

describe('XML', () => {
  test('is read without its namespaces', () => {
    const root = parseXml('<a:x xmlns:a="u"><a:y n="1">é &amp; <![CDATA[<z>]]></a:y><y/></a:x>');
    expect(all(root, 'x/y').map(({ text, attributes }) => [text, attributes['n']])).toEqual([
      ['é & <z>', '1'],
      ['', undefined],
    ]);
  });

  test.each([
    ['is cut off', '<a><b></b>'],
    ['declares entities', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
    ['is no XML', '{"a":1}'],
    ['is empty', ''],
  ])('that %s is refused', (_, document) => {
    expect(() => parseXml(document)).toThrow();
  });
});

describe('Documents of the bank', () => {
  const STATEMENT = (entry: string) =>
    `<Document><BkToCstmrStmt><Stmt><ElctrncSeqNb>1</ElctrncSeqNb><Acct><Id><IBAN>DE1</IBAN></Id></Acct>${entry}</Stmt></BkToCstmrStmt></Document>`;
  const ENTRY =
    '<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><AcctSvcrRef>E1</AcctSvcrRef></Ntry>';

  test.each([
    ['another account', STATEMENT(''), 'DE2', /another account/],
    ['a pending entry', STATEMENT(ENTRY.replace('BOOK', 'PDNG')), 'DE1', /not booked/],
    ['an entry without a transfer', STATEMENT(ENTRY), 'DE1', /E1 has not one transfer/],
    ['an amount of half a cent', STATEMENT(ENTRY.replace('1.00', '1.005')), 'DE1', /no amount/],
    ['something else', '<html/>', 'DE1', /one statement/],
  ])('about %s are refused', (_, document, iban, message) => {
    expect(() => statementIn(document, iban)).toThrow(message);
  });

  test('that order a transfer are well-formed whatever the names are', () => {
    const debtor = { name: 'A <b> & "c"', iban: 'DE1' };
    const payouts = [{ amount: money(1, 'JPY'), creditor: debtor }];
    const document = pain001({ messageId: 'm', debtor, payouts, text: '<&>', at: 0 });
    const [name] = all(parseXml(document), 'Document/CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm');
    expect(name!.text).toBe(debtor.name);
  });
});

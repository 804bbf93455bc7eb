import { describe, expect, test } from 'vitest';
import {
  hasCardNumber,
  hasDigitsOfCard,
  withoutCardNumbers,
} from '../../../../../functions/shared/http/card-number.ts';

/** Numbers that gateways publish for tests. */
const CARDS = [
  ['Visa', '4111111111111111'],
  ['Visa with 19 digits', '4000000000000000063'],
  ['Mastercard', '5555555555554444'],
  ['Mastercard of the 2 series', '2223003122003222'],
  ['American Express', '378282246310005'],
  ['Diners Club', '30569309025904'],
  ['Discover', '6011111111111117'],
  ['JCB', '3530111333300000'],
  ['UnionPay', '6205500000000000004'],
  ['Maestro', '6759649826438453'],
] as const;

describe('A card number is found', () => {
  test.each(CARDS)('as digits: %s', (_, digits) => {
    expect([hasDigitsOfCard(digits), hasCardNumber(digits)]).toEqual([true, true]);
    expect([hasDigitsOfCard(`tok_${digits}`), hasCardNumber(`pay with ${digits}, please`)]).toEqual([true, true]);
  });

  test.each([
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111‑1111–1111—1111',
    '4111.1111.1111.1111',
    '4111_1111_1111_1111',
    '4111  1111\n1111\t1111',
    '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
    '4111\u200b1111\u20601111\u00a01111',
    '12 4111 1111 1111 1111 12/27 123',
    'card4111111111111111x',
    '４１１１１１１１１１１１１１１１',
    '٤١١١١١١١١١١١١١١١',
    '४१११ ११११ ११११ ११११',
    '𝟒𝟏𝟏𝟏𝟙𝟙𝟙𝟙𝟷𝟷𝟷𝟷𝟣𝟣𝟣𝟣',
  ])('however it is written: %j', (text) => {
    expect(hasCardNumber(text)).toBe(true);
  });

  test('in a token even when no network issues such numbers', () => {
    for (const token of ['0000000000000000', '501800000009', '4222222222222', 'card-4111111111111111']) {
      expect([token, hasDigitsOfCard(token)]).toEqual([token, true]);
    }
  });
});

describe('No card number is found', () => {
  test.each([
    ['with a wrong check digit', '4111111111111112'],
    ['in fewer than 12 digits', '79927398713'],
    ['in more than 19 digits', '41111111111111111111'],
    ['in the id of an order', '01890123-1234-774b-8123-302099805788'],
    ['in a digest', 'a4111111111111111a4111111111111111b0c1d2e3f4a5b6c7d8e9f0a1b2c3d4'],
    ['in the token of a gateway', 'tok_1MzpPt2eZvKYlo2CqVYhGWnm'],
    ['in digits that letters part', '4111a1111b1111c1111'],
  ])('%s', (_, text) => {
    expect([hasDigitsOfCard(text), hasCardNumber(text)]).toEqual([false, false]);
  });

  test.each([
    ['a telephone number', '+49 30 5693 0902 5904'],
    ['a moment', '2026-11-26T22:00:00.000Z'],
    ['a reference of twelve digits', '501800000009'],
    ['a number of an article (EAN-13)', '4006381333931'],
    ['the last four digits', 'the card that ends in 1111'],
  ])('in free text that has %s', (_, text) => {
    expect(hasCardNumber(text)).toBe(false);
  });
});

test('Card numbers in a text that is shown become stars', () => {
  expect(withoutCardNumbers('Order 7: 4111 1111 1111 1111 and 3782-822463-10005.')).toBe(
    'Order 7: **** **** **** **** and ****-******-*****.',
  );
  expect(withoutCardNumbers('Order 01890a5d-ac96-774b-bcce-b302099a8057 of 2026')).toBe(
    'Order 01890a5d-ac96-774b-bcce-b302099a8057 of 2026',
  );
});

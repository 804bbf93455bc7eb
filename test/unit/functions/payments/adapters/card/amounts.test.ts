import { describe, expect, test } from 'vitest';
import { amountFor, gatewayAmount, moneyFrom } from '../../../../../../functions/payments/adapters/card/amounts.ts';
import { money } from '../../../../../../functions/shared/kernel/money.ts';
import { ORDER_ID } from '../../../../../support/orders/streams.ts';
import fc from '../../../../../support/run/properties.ts';

describe('An amount at the card gateway', () => {
  test.each([
    ['two decimals, as most', money(8_800, 'CNY'), 8_800],
    ['no decimals', money(500, 'JPY'), 500],
    ['two decimals where ISO 4217 has none', money(5, 'ISK'), 500],
    ['two decimals where ISO 4217 has none', money(7, 'UGX'), 700],
    ['no decimals where ISO 4217 has two', money(1_200, 'MGA'), 12],
    ['three decimals, the last of which is 0', money(5_120, 'KWD'), 5_120],
  ])('has %s', (_, amount, expected) => {
    expect(gatewayAmount(amount)).toBe(expected);
    expect(moneyFrom(expected, amount.currency.toLowerCase())).toEqual(amount);
  });

  test.each([money(5_124, 'KWD'), money(1_201, 'MGA')])(
    'cannot be %j, and the request is refused with the reason',
    (amount) => {
      expect(gatewayAmount(amount)).toBeUndefined();
      expect(() => amountFor(ORDER_ID, amount)).toThrow(/takes no/);
    },
  );

  test('comes back as it was sent', () => {
    const currency = fc.constantFrom('CNY', 'USD', 'JPY', 'ISK', 'UGX', 'MGA', 'KWD');
    fc.assert(
      fc.property(fc.nat(2 ** 31), currency, (amount, code) => {
        const sent = gatewayAmount(money(amount, code));
        if (sent !== undefined) expect(moneyFrom(sent, code.toLowerCase())).toEqual(money(amount, code));
      }),
    );
  });
});

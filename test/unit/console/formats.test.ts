import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../console/src/format/files.ts';
import { decimalOf, minorUnitsIn, shownMoney, shownPart } from '../../../console/src/format/money.ts';
import { shownDistance, shownTime, zoneOf } from '../../../console/src/format/time.ts';
import { questionIn, wayTo } from '../../../console/src/orders/finding.ts';
import { operatorIn } from '../../../console/src/session/claims.ts';

describe('money', () => {
  it.each([
    [{ amount: 8800, currency: 'CNY' }, '88.00'],
    [{ amount: 8800, currency: 'JPY' }, '8800'],
    [{ amount: 8800, currency: 'KWD' }, '8.800'],
    [{ amount: 5, currency: 'CNY' }, '0.05'],
    [{ amount: -1205, currency: 'EUR' }, '-12.05'],
    [{ amount: Number.MAX_SAFE_INTEGER, currency: 'CNY' }, '90071992547409.91'],
  ])('%j is %s', (money, decimal) => {
    expect(decimalOf(money)).toBe(decimal);
  });

  it('is shown with the code of its currency, to the last digit', () => {
    expect(shownMoney({ amount: Number.MAX_SAFE_INTEGER, currency: 'CNY' }, 'en-GB')).toBe(
      'CNY\u202f90,071,992,547,409.91',
    );
  });

  it.each([
    ['12.5', 'CNY', 1250],
    ['12', 'JPY', 12],
    ['12.5', 'JPY', undefined],
    ['0', 'CNY', undefined],
    ['-3', 'CNY', undefined],
    ['1e3', 'CNY', undefined],
    ['12.345', 'CNY', undefined],
  ])('%s in %s is %s minor units', (text, currency, amount) => {
    expect(minorUnitsIn(text, currency)).toBe(amount);
  });
});

describe('a part of an amount', () => {
  it.each([
    [1_000, '10%'],
    [1_250, '12.5%'],
    [1, '0.01%'],
  ])('of %i hundredths of a percent is %s', (part, shown) => {
    expect([shownPart(part, 'en-GB'), shownPart(part, 'zh-CN')]).toEqual([shown, shown]);
  });
});

describe('times', () => {
  it('are shown on the clock of the zone', () => {
    expect(shownTime('2026-01-31T20:00:00Z', 'en-GB', 'Asia/Shanghai')).toBe('1 Feb 2026, 04:00:00');
    expect(zoneOf('shop', 'Asia/Shanghai')).toBe('Asia/Shanghai');
    expect(zoneOf('utc', 'Asia/Shanghai')).toBe('UTC');
  });

  it('are counted in the largest unit that fits, in both directions', () => {
    const now = Date.parse('2026-01-31T12:00:00Z');
    expect(shownDistance('2026-01-31T10:30:00Z', now, 'en-GB')).toBe('1 hr ago');
    expect(shownDistance('2026-02-02T13:00:00Z', now, 'en-GB')).toBe('in 2 days');
    expect(shownDistance('2026-01-31T12:00:00Z', now, 'en-GB')).toBe('now');
  });
});

describe('a CSV', () => {
  it('quotes what has to be, and carries out no formula', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x,"y"', '=1+1'],
          [-5, true],
        ],
      ),
    ).toBe('\ufeffa,b\r\n"x,""y""",\'=1+1\r\n-5,true\r\n');
  });
});

describe('the box that finds', () => {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  it.each([
    ['  ', '/orders'],
    [id.toUpperCase(), `/orders/${id}`],
    ['li wei', '/orders?q=li+wei'],
    ['customer: C1', '/orders?q=customer%3A+C1'],
  ])('goes for "%s" to %s', (text, way) => {
    expect(wayTo(text)).toBe(way);
  });

  it('knows a customer by the word before it', () => {
    expect(questionIn('Customer: C1')).toEqual({ kind: 'customer', customerId: 'C1' });
  });
});

describe('the operator of a token', () => {
  const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  it('has the name and the scopes that it says, whatever their letters', () => {
    const operator = operatorIn(token({ sub: 'ada', name: '李薇', scope: 'orders:read  orders:refund' }));
    expect(operator).toEqual({ id: 'ada', name: '李薇', scopes: new Set(['orders:read', 'orders:refund']) });
  });

  it('has the scopes of the answer when the token says none, and nothing when it is no token', () => {
    expect(operatorIn(token({ sub: 'ada' }), 'orders:read').scopes).toEqual(new Set(['orders:read']));
    expect(operatorIn('opaque')).toEqual({ id: '?', name: '?', scopes: new Set() });
  });
});

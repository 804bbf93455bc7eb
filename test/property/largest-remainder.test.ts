import { describe, expect, test } from 'vitest';
import { shareOut } from '../../functions/shared/kernel/largest-remainder.ts';
import fc from '../support/run/properties.ts';

describe('Allocation by largest remainder', () => {
  const weights = fc.array(fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 2n ** 53n })), {
    minLength: 1,
    maxLength: 97,
  });
  const shares = weights.chain((all) => {
    const whole = all.reduce((a, b) => a + b, 0n);
    return fc.tuple(fc.bigInt({ min: 0n, max: whole }), fc.constant(all), fc.constant(whole));
  });

  test('adds up, and differs from every exact share by less than one', () => {
    fc.assert(
      fc.property(shares, ([off, all, whole]) => {
        const given = shareOut(off, all);
        expect(given.reduce((a, b) => a + b, 0n)).toBe(off);
        all.forEach((weight, index) => {
          const distance = given[index]! * whole - off * weight;
          if (whole > 0n) expect(distance > -whole && distance < whole).toBe(true);
          expect(given[index]! <= weight && given[index]! >= 0n).toBe(true);
        });
      }),
    );
  });

  test('rounds no share up while a larger remainder, or an equal one before it, is rounded down', () => {
    fc.assert(
      fc.property(shares, ([off, all, whole]) => {
        fc.pre(whole > 0n);
        const given = shareOut(off, all);
        const remainder = (index: number) => (off * all[index]!) % whole;
        const up = all.map((weight, index) => given[index]! > (off * weight) / whole);
        up.forEach((roundedUp, index) =>
          up.forEach((otherUp, other) => {
            if (!roundedUp || otherUp) return;
            expect(
              remainder(index) > remainder(other) || (remainder(index) === remainder(other) && index < other),
            ).toBe(true);
          }),
        );
      }),
    );
  });
});

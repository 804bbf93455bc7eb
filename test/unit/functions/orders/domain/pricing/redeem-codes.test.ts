import { describe, expect, test } from 'vitest';
import type { Promotion } from '../../../../../../functions/orders/domain/pricing/promotion.ts';
import { redeemCodes } from '../../../../../../functions/orders/domain/pricing/redeem-codes.ts';
import { promotion } from '../../../../../support/pricing/promotions.ts';

const rule = { type: 'percentage', basisPoints: 1_000 } as const;
const known = (...promotions: readonly Promotion[]) => new Map(promotions.map((each) => [each.code, each]));
const [ten, five] = [promotion(rule, 'TEN'), promotion(rule, 'FIVE')];

describe('Codes', () => {
  test('are redeemed in the order in which they were given', () => {
    expect(redeemCodes(['FIVE', 'TEN'], known(ten, five), 0)).toEqual({ ok: true, value: [five, ten] });
    expect(redeemCodes([], known(ten), 0)).toEqual({ ok: true, value: [] });
  });

  test('that do not exist are refused, and the refusal names the first of them', () => {
    expect(redeemCodes(['TEN', 'ELEVEN', 'TWELVE'], known(ten), 0)).toEqual({
      ok: false,
      refusal: { kind: 'discount-not-applicable', code: 'ELEVEN', because: 'unknown' },
    });
  });

  test('that are on the order already stay valid after their end, but not when there is no promotion for them', () => {
    const promotions = known({ ...ten, validUntil: 200 }, { ...five, validUntil: 200 });
    expect(redeemCodes(['TEN'], promotions, 200, ['TEN']).ok).toBe(true);
    expect(redeemCodes(['TEN', 'FIVE'], promotions, 200, ['TEN'])).toMatchObject({
      refusal: { code: 'FIVE', because: 'inactive' },
    });
    expect(redeemCodes(['ELEVEN'], promotions, 200, ['ELEVEN'])).toMatchObject({
      refusal: { code: 'ELEVEN', because: 'unknown' },
    });
  });

  test.each([
    ['without dates are valid for ever', {}, [-1e15, 0, 1e15], []],
    ['are valid from their first moment on', { validFrom: 100 }, [100, 101], [99]],
    ['are valid until just before their end', { validUntil: 200 }, [199], [200, 201]],
    ['with both dates are valid in between', { validFrom: 100, validUntil: 200 }, [100, 199], [99, 200]],
  ])('%s', (_, period, active, inactive) => {
    const promotions = known({ ...ten, ...period });
    for (const now of active) expect(redeemCodes(['TEN'], promotions, now).ok).toBe(true);
    for (const now of inactive) {
      expect(redeemCodes(['TEN'], promotions, now)).toEqual({
        ok: false,
        refusal: { kind: 'discount-not-applicable', code: 'TEN', because: 'inactive' },
      });
    }
  });
});

/** Why no timer renews authorisations: see docs/decisions/0109-an-expired-authorisation-is-renewed-at-the-capture.md. */
import { expect, test } from 'vitest';
import { HttpPaymentGateway } from '../../../../functions/payments/adapters/http-payment-gateway.ts';
import { configurationOf } from '../../../../functions/shared/configuration/document.ts';

test('No checkout lasts as long as an authorisation is valid, whatever the configuration', () => {
  const { authorisationValidSeconds } = new HttpPaymentGateway({ send: () => Promise.reject(new Error()) })
    .capabilities;
  const longest = authorisationValidSeconds! - 1;
  const inventory = { reservationSeconds: 30 * 86_400 };
  for (const checkoutLimitSeconds of [86_401, longest]) {
    expect(configurationOf({ inventory, recovery: { checkoutLimitSeconds } })).toMatchObject({
      refusal: [{ path: 'recovery.checkoutLimitSeconds' }],
    });
  }
});

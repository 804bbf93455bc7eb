/** Why no timer renews authorisations: see docs/decisions/0109-an-expired-authorisation-is-renewed-at-the-capture.md. */
import { expect, test } from 'vitest';
import { CARD_CAPABILITIES } from '../../../../functions/payments/adapters/card/card-gateway.ts';
import { configurationOf } from '../../../../functions/shared/configuration/document.ts';

test('No checkout lasts as long as an authorisation is valid, whatever the configuration', () => {
  const { authorisationValidSeconds } = CARD_CAPABILITIES;
  const longest = authorisationValidSeconds! - 1;
  const inventory = { reservationSeconds: 30 * 86_400 };
  for (const checkoutLimitSeconds of [86_401, longest]) {
    expect(configurationOf({ inventory, recovery: { checkoutLimitSeconds } })).toMatchObject({
      refusal: [{ path: 'recovery.checkoutLimitSeconds' }],
    });
  }
});

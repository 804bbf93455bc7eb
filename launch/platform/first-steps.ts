/** What a person can do with a platform that has just become ready, as commands to copy. */
import { tokenFrom } from '../clients/tokens.ts';

/** A person may still use the printed commands after days. */
const PRINTED_TOKEN_SECONDS = 7 * 24 * 3_600;
const SAMPLE_ORDER = {
  customerId: 'C1',
  items: [
    { sku: 'COFFEE-1KG', quantity: 1 },
    { sku: 'TSHIRT', quantity: 2 },
  ],
  shippingAddress: {
    name: 'Li Wei',
    street: '88 Nanjing Road',
    city: 'Shanghai',
    state: 'Shanghai',
    country: 'CN',
    postalCode: '200000',
  },
  paymentMethod: { type: 'card', token: 'tok_ok' },
};

/**
 * @param url of the API, without `/api/v1`
 * @param where the environment that commands of another terminal need so that they find this platform, with a space after it; or nothing
 */
export async function firstSteps(url: string, issuerUrl: string, where: string): Promise<string> {
  const token = await tokenFrom(issuerUrl, {
    sub: SAMPLE_ORDER.customerId,
    role: 'customer',
    name: 'Li Wei',
    email: 'li.wei@example.com',
    expires_in: PRINTED_TOKEN_SECONDS,
  });
  return ` Be the customer ${SAMPLE_ORDER.customerId} (others: ${where}npm run -s token -- --sub C2 --role customer):
   TOKEN=${token}
 Place an order (and keep its id in ORDER):
   ORDER=$(curl -s -X POST ${url}/api/v1/orders -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -H "Idempotency-Key: $(date +%s%N)" -d '${JSON.stringify(SAMPLE_ORDER)}' | tee /dev/stderr | sed -n 's/.*"orderId":"\\([^"]*\\)".*/\\1/p')
 See it:
   curl -s -H "Authorization: Bearer $TOKEN" ${url}/api/v1/orders/$ORDER
 See its history:
   curl -s -H "Authorization: Bearer $TOKEN" ${url}/api/v1/orders/$ORDER/history

 Health     ${url}/api/v1/health          More orders   ${where}npm run demo`;
}

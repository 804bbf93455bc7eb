/** The bank's one customer, the shop: its account, and the key that its requests are signed with. */
import { generateKeyPairSync, randomInt } from 'node:crypto';
import type { Route } from '../shared/http.ts';
import type { MerchantCredential } from '../shared/merchant-credentials.ts';

export interface BankSecrets {
  readonly keyId: string;
  /** In PEM. */
  readonly privateKey: string;
  readonly publicKey: string;
  readonly account: { readonly iban: string; readonly holder: string; readonly bank: string };
}

export function newSecrets(): BankSecrets {
  const keys = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const number = Array.from({ length: 18 }, () => randomInt(10)).join('');
  return {
    keyId: 'shop',
    ...keys,
    account: { iban: ibanOf('DE', number), holder: 'Waybill Demo Shop', bank: 'Simulated Bank' },
  };
}

/** ISO 13616: the check digits make the number 1 modulo 97. */
function ibanOf(country: string, number: string): string {
  const digits = [...`${number}${country}00`].map((sign) => String(Number.parseInt(sign, 36))).join('');
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${number}`;
}

/** The keys that the bank knows. */
export const knownKeys = ({ keyId, publicKey }: BankSecrets) => {
  const known: MerchantCredential = { kind: 'ed25519', keyId, publicKey };
  return { all: () => [known], find: (id: string) => (id === keyId ? known : undefined) };
};

/** What the shop has after its registration. A real bank does not have the shop's private key. */
export const credentialRoute = ({ keyId, privateKey, account }: BankSecrets): Route => ({
  method: 'GET',
  path: /^\/v1\/credential$/,
  handle: () => ({ status: 200, body: { kind: 'ed25519', keyId, secret: privateKey, account } }),
});

import * as z from 'zod';
import { parseSecret } from '../../../shared/outbound/credentials/secret-text.ts';

/** What the bank knows us by, and our account there. */
const secret = z.strictObject({
  kind: z.enum(['hmac-sha256', 'ed25519']),
  keyId: z.string().regex(/^[\w.-]{1,64}$/),
  /** The common key, or our private key in PEM. */
  secret: z.string().min(32),
  account: z.strictObject({
    iban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/),
    holder: z.string().min(1).max(70),
    bank: z.string().min(1).max(70),
  }),
});

export type BankCredential = z.output<typeof secret>;

/** @throws Error that shows nothing of the secret */
export const parseBankCredential = (text: string): BankCredential => parseSecret(secret, 'the bank', text);

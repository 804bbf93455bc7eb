import type { PaymentTerms } from '../../../functions/payments/application/ports.ts';

/** Terms of a payment by card. */
export const byCard = (token: string): PaymentTerms => ({ method: { type: 'card', token }, payBefore: 0 });

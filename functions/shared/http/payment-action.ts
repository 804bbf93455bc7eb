import * as z from 'zod';

/** What the customer has to do before the payment goes on, as answers show it. */
export const paymentAction = z
  .discriminatedUnion('type', [
    z.object({
      type: z
        .literal('redirect')
        .describe('Open this page: the cashier of the channel, or the challenge of the bank (3-D Secure).'),
      url: z.string(),
    }),
    z.object({ type: z.literal('qr_code').describe('Scan a QR code that has this text.'), text: z.string() }),
    z.object({
      type: z.literal('app').describe('Hand these parameters to the app of the channel, as they are.'),
      parameters: z.record(z.string(), z.string()),
    }),
    z.object({
      type: z.literal('transfer').describe('Transfer the amount to this account, and quote the reference.'),
      account: z.object({ bank: z.string(), holder: z.string(), number: z.string() }),
      reference: z.string(),
    }),
  ])
  .meta({ id: 'PaymentAction' });

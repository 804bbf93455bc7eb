/** Webhooks that are signed with an HMAC over the time of the attempt, a dot and the body. Source: docs.stripe.com/webhooks/signature. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { parseSecret } from './secret-text.ts';

const TOLERANCE_SECONDS = 300;

/** The whole text is the key, also what it begins with. */
const signingKey = z.string().regex(/^[\x21-\x7e]{32,255}$/);
const secret = z.object({
  keyId: z.string().min(1),
  secret: signingKey,
  /** The one before it, as long as the sender may still sign with it. */
  formerSecret: signingKey.exactOptional(),
});
export type WebhookKey = z.output<typeof secret>;

/** @throws Error that shows nothing of the secret */
export const parseWebhookKey =
  (sender: string) =>
  (text: string): WebhookKey =>
    parseSecret(secret, `the notifications of ${sender}`, text);

export interface SignedWebhook {
  /** Such as `t=1767409445,v1=5257a8…`; undefined when there is none. */
  readonly signature: string | undefined;
  /** Byte for byte, as text. */
  readonly rawBody: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** Why a webhook is not believed; undefined when it is signed with the key or the one before it, not longer ago than five minutes. */
export function faultOfWebhook(
  { signature = '', rawBody, receivedAt }: SignedWebhook,
  { secret: present, formerSecret }: WebhookKey,
): string | undefined {
  const fields = signature.split(',').map((field) => field.trim().split('='));
  const valuesOf = (wanted: string) => fields.flatMap(([name, value = '']) => (name === wanted ? [value] : []));
  const [timestamp = ''] = valuesOf('t');
  const signatures = valuesOf('v1').map((value) => Buffer.from(value, 'hex'));
  if (!/^\d{1,12}$/.test(timestamp) || signatures.length === 0) return 'It has no signature.';
  if (Math.abs(receivedAt / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    return `Its signature is of ${timestamp}, which is more than ${TOLERANCE_SECONDS} seconds from now.`;
  }
  const isSigned = [present, ...(formerSecret === undefined ? [] : [formerSecret])].some((key) => {
    const expected = createHmac('sha256', key).update(`${timestamp}.${rawBody}`).digest();
    return signatures.some((given) => given.length === expected.length && timingSafeEqual(given, expected));
  });
  return isSigned ? undefined : 'Its signature is wrong.';
}

/** What the card gateway tells. Source of the signature: docs.stripe.com/webhooks/signature. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { validate } from 'uuid';
import * as z from 'zod';
import type { OrderId } from '../../../shared/kernel/ids.ts';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { CredentialSource } from '../../../shared/outbound/credentials/ports.ts';
import type { NotificationReader, ReceivedNotification } from '../../application/notification-ports.ts';
import { jsonIn, parseSecret } from '../secret-text.ts';

const TOLERANCE_SECONDS = 300;

/** The whole text is the key, `whsec_` included. */
const webhookSecret = z.string().regex(/^[\x21-\x7e]{32,255}$/);
const secret = z.object({
  keyId: z.string().min(1),
  secret: webhookSecret,
  /** The one before it, as long as the gateway may still sign with it. */
  formerSecret: webhookSecret.exactOptional(),
});
export type NotificationKey = z.output<typeof secret>;

/** @throws Error that shows nothing of the secret */
export const parseNotificationKey = (text: string): NotificationKey =>
  parseSecret(secret, 'the notifications of the payment gateway', text);

const event = z.object({
  id: z.string().min(1),
  type: z.string().default(''),
  data: z.object({ object: z.object({ metadata: z.record(z.string(), z.string()).nullish() }) }),
});

/** Notifications of the card gateway: of the signed body, the order's id, the event's and its type are used, and nothing else. */
export const cardNotifications = (keys: Pick<CredentialSource<NotificationKey>, 'current'>): NotificationReader => ({
  async verify(received) {
    const { secret: present, formerSecret } = await keys.current();
    const fault = faultOf(received, formerSecret === undefined ? [present] : [present, formerSecret]);
    if (fault !== undefined) return refuse(fault);
    const told = event.safeParse(jsonIn(received.rawBody)).data;
    if (told === undefined) return refuse('It is no event.');
    // Such as a refund that somebody has made at the gateway itself: to refuse it would have it come again for days.
    const orderId = told.data.object.metadata?.['order_id'];
    return accept({
      orderId: validate(orderId) ? (orderId as OrderId) : undefined,
      notificationId: told.id,
      ...(/^refund\.|^charge\.refund/.test(told.type) && { ofRefund: true }),
    });
  },
  taken: { status: 204, body: '', contentType: 'application/json' },
  refused: { status: 401, body: '{"error":"not verified"}', contentType: 'application/json' },
});

/**
 * Why a notification is not believed; undefined when it is signed with one of the keys, not longer ago than five minutes.
 * @param keys during a rotation the new one and the one before it
 */
function faultOf({ headers, rawBody, receivedAt }: ReceivedNotification, keys: readonly string[]): string | undefined {
  const fields = (headers['stripe-signature'] ?? '').split(',').map((field) => field.trim().split('='));
  const valuesOf = (wanted: string) => fields.flatMap(([name, value = '']) => (name === wanted ? [value] : []));
  const [timestamp = ''] = valuesOf('t');
  const signatures = valuesOf('v1');
  if (!/^\d{1,12}$/.test(timestamp) || signatures.length === 0) return 'It has no signature of the card gateway.';
  if (Math.abs(receivedAt / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    return `Its signature is of ${timestamp}, which is more than ${TOLERANCE_SECONDS} seconds from now.`;
  }
  const isSigned = keys.some((key) => {
    const expected = createHmac('sha256', key).update(`${timestamp}.${rawBody}`).digest();
    return signatures.some((one) => {
      const given = Buffer.from(one, 'hex');
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  });
  return isSigned ? undefined : 'Its signature is wrong.';
}

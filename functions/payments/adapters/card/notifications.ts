/** What the card gateway tells. */
import { validate } from 'uuid';
import * as z from 'zod';
import type { OrderId } from '../../../shared/kernel/ids.ts';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { CredentialSource } from '../../../shared/outbound/credentials/ports.ts';
import { jsonIn } from '../../../shared/outbound/credentials/secret-text.ts';
import {
  faultOfWebhook,
  parseWebhookKey,
  type WebhookKey,
} from '../../../shared/outbound/credentials/webhook-signature.ts';
import type { NotificationReader } from '../../application/notification-ports.ts';

/** @throws Error that shows nothing of the secret */
export const parseNotificationKey = parseWebhookKey('the payment gateway');

const event = z.object({
  id: z.string().min(1),
  type: z.string().default(''),
  data: z.object({ object: z.object({ metadata: z.record(z.string(), z.string()).nullish() }) }),
});

/** Notifications of the card gateway: of the signed body, the order's id, the event's and its type are used, and nothing else. */
export const cardNotifications = (keys: Pick<CredentialSource<WebhookKey>, 'current'>): NotificationReader => ({
  async verify({ headers, rawBody, receivedAt }) {
    const fault = faultOfWebhook({ signature: headers['stripe-signature'], rawBody, receivedAt }, await keys.current());
    if (fault !== undefined) return refuse(fault);
    const told = event.safeParse(jsonIn(rawBody)).data;
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

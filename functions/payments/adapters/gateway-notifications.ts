import { validate } from 'uuid';
import * as z from 'zod';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { accept, refuse } from '../../shared/kernel/result.ts';
import type { CredentialSource } from '../../shared/outbound/credentials/ports.ts';
import type { NotificationReader } from '../application/notification-ports.ts';
import { jsonIn, parseSecret } from './secret-text.ts';
import { verifiedWebhook, webhookKey } from './standard-webhook.ts';

const webhookSecret = z.string().regex(/^(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/);
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

const notification = z.object({ data: z.object({ key: z.string() }) });

/** Notifications of the card gateway: of the signed body, the order's id is used, and nothing else. */
export const gatewayNotifications = (keys: Pick<CredentialSource<NotificationKey>, 'current'>): NotificationReader => ({
  async verify(received) {
    const { secret: present, formerSecret: former } = await keys.current();
    const verified = verifiedWebhook(received, [present, ...(former === undefined ? [] : [former])].map(webhookKey));
    if (!verified.ok) return verified;
    const orderId = notification.safeParse(jsonIn(received.rawBody)).data?.data.key;
    return validate(orderId)
      ? accept({ orderId: orderId as OrderId, notificationId: verified.value })
      : refuse('Its key is no order of ours.');
  },
  taken: { status: 204, body: '', contentType: 'application/json' },
  refused: { status: 401, body: '{"error":"not verified"}', contentType: 'application/json' },
});

/** Signatures of Standard Webhooks. Source: github.com/standard-webhooks/standard-webhooks, spec 1.0. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import type { ReceivedNotification } from '../application/notification-ports.ts';

const PREFIX = 'whsec_';
const TOLERANCE_SECONDS = 300;

/** @param secret Base64, with or without `whsec_` before it */
export const webhookKey = (secret: string): Buffer =>
  Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');

/**
 * The id of a notification that is signed with one of the keys, not longer ago than five minutes; refused with the reason.
 * @param keys during a rotation the old one and the new one
 */
export function verifiedWebhook(
  { headers, rawBody, receivedAt }: ReceivedNotification,
  keys: readonly Buffer[],
): Result<string, string> {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!id || !timestamp || !signatures) return refuse('It has no signature of Standard Webhooks.');
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(receivedAt / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    return refuse(`Its signature is of ${timestamp}, which is more than ${TOLERANCE_SECONDS} seconds from now.`);
  }
  const given = signatures
    .split(' ')
    .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
  const isSigned = keys.some((key) => {
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${rawBody}`).digest();
    return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
  return isSigned ? accept(id) : refuse('Its signature is wrong.');
}

/** What the carrier tells of parcels; its protocol is in `partners/carrier/README.md`. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { accept, refuse } from '../../shared/kernel/result.ts';
import { parseShipmentId, SHIPMENT_ID, type ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { CredentialSource } from '../../shared/outbound/credentials/ports.ts';
import type { ReceivedNotification, TrackingReader } from '../application/tracking-ports.ts';
import { TRACKED_STATUSES } from '../domain/tracking.ts';

const TOLERANCE_SECONDS = 300;

const signingKey = z.string().min(32).max(255);
const secret = z.object({
  keyId: z.string().min(1),
  secret: signingKey,
  /** The one before it, as long as the carrier may still sign with it. */
  formerSecret: signingKey.exactOptional(),
});
export type TrackingKey = z.output<typeof secret>;

/** @throws Error that shows nothing of the secret */
export function parseTrackingKey(text: string): TrackingKey {
  const parsed = secret.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  throw new Error('The secret of the notifications of the carrier is not usable. docs/deploying.md says what it holds.');
}

const report = z.object({
  id: z.string().min(1).max(100),
  key: z.string(),
  status: z.string(),
  at: z.iso.datetime(),
});

/** Of the signed body, the shipment's key, the status, its time and the id of the report are used, and nothing else. */
export const carrierTracking = (keys: Pick<CredentialSource<TrackingKey>, 'current'>): TrackingReader => ({
  async verify(received) {
    const { secret: present, formerSecret } = await keys.current();
    const fault = faultOf(received, formerSecret === undefined ? [present] : [present, formerSecret]);
    if (fault !== undefined) return refuse(fault);
    const told = report.safeParse(jsonIn(received.rawBody)).data;
    if (told === undefined) return refuse('It is no report.');
    const shipmentId = shipmentIn(told.key);
    const status = TRACKED_STATUSES.find((known) => known === told.status);
    // Another merchant program's parcel, or something that carriers say beside: to refuse it would have it come again for days.
    if (shipmentId === undefined || status === undefined) return accept(undefined);
    return accept({ shipmentId, reportId: told.id, status, at: new Date(told.at).toISOString() });
  },
});

function shipmentIn(key: string): ShipmentId | undefined {
  if (!SHIPMENT_ID.test(key)) return undefined;
  try {
    return parseShipmentId(key);
  } catch {
    return undefined;
  }
}

/** What is no JSON is undefined: the parser's own error would show a part of it. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a report is not believed; undefined when it is signed with one of the keys, not longer ago than five minutes. */
function faultOf({ headers, rawBody, receivedAt }: ReceivedNotification, keys: readonly string[]): string | undefined {
  const [, timestamp, signature] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(headers['carrier-signature'] ?? '') ?? [];
  if (timestamp === undefined || signature === undefined) return 'It has no signature of the carrier.';
  if (Math.abs(receivedAt / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    return `Its signature is of ${timestamp}, which is more than ${TOLERANCE_SECONDS} seconds from now.`;
  }
  const given = Buffer.from(signature, 'hex');
  const isSigned = keys.some((key) =>
    timingSafeEqual(given, createHmac('sha256', key).update(`${timestamp}.${rawBody}`).digest()),
  );
  return isSigned ? undefined : 'Its signature is wrong.';
}

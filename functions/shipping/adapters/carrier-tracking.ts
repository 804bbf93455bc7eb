/** What the carrier tells of parcels; its protocol is in `partners/carrier/README.md`. */
import * as z from 'zod';
import { accept, refuse } from '../../shared/kernel/result.ts';
import { parseShipmentId, type ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { CredentialSource } from '../../shared/outbound/credentials/ports.ts';
import { jsonIn } from '../../shared/outbound/credentials/secret-text.ts';
import {
  faultOfWebhook,
  parseWebhookKey,
  type WebhookKey,
} from '../../shared/outbound/credentials/webhook-signature.ts';
import type { TrackingReader } from '../application/tracking-ports.ts';
import { TRACKED_STATUSES } from '../domain/tracking.ts';

/** @throws Error that shows nothing of the secret */
export const parseTrackingKey = parseWebhookKey('the carrier');

const report = z.object({
  id: z.string().min(1).max(100),
  key: z.string(),
  status: z.string(),
  at: z.iso.datetime(),
});

/** Of the signed body, the shipment's key, the status, its time and the id of the report are used, and nothing else. */
export const carrierTracking = (keys: Pick<CredentialSource<WebhookKey>, 'current'>): TrackingReader => ({
  async verify({ headers, rawBody, receivedAt }) {
    const fault = faultOfWebhook(
      { signature: headers['carrier-signature'], rawBody, receivedAt },
      await keys.current(),
    );
    if (fault !== undefined) return refuse(fault);
    const told = report.safeParse(jsonIn(rawBody)).data;
    if (told === undefined) return refuse('It is no report.');
    const shipmentId = shipmentIn(told.key);
    const status = TRACKED_STATUSES.find((known) => known === told.status);
    // A parcel of another program of the merchant, or a step of its way that we do not follow: to refuse it would have it come again for days.
    if (shipmentId === undefined || status === undefined) return accept(undefined);
    return accept({ shipmentId, reportId: told.id, status, at: new Date(told.at).toISOString() });
  },
});

function shipmentIn(key: string): ShipmentId | undefined {
  try {
    return parseShipmentId(key);
  } catch {
    return undefined;
  }
}

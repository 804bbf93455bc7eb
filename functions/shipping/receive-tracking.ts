import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { Problem } from '../shared/http/problem.ts';
import { receiveTracking, type TrackingDeps } from './application/receive-tracking.ts';
import { deployedTracking } from './composition.ts';
import { CARRIER_NOT_FOUND, NOTIFICATION_NOT_VERIFIED } from './http/problems.ts';
import { receiveTracking as route } from './routes.ts';

/** `POST /api/v1/shipping/notifications/{carrier}`: a carrier tells how far a parcel is. */
export const makeHandler = (deps: TrackingDeps) =>
  endpoint(route, async ({ pathParameters, headers, body }) => {
    const { carrier = '' } = pathParameters;
    const given = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    const outcome = await receiveTracking(deps, carrier, {
      headers: Object.fromEntries(given) as Readonly<Record<string, string>>,
      rawBody: body ?? '',
      receivedAt: deps.now(),
    });
    if (outcome === undefined) {
      throw new Problem(CARRIER_NOT_FOUND, 'No carrier of this name notifies the platform.');
    }
    if (outcome === 'refused') {
      throw new Problem(NOTIFICATION_NOT_VERIFIED, 'The carrier has not signed it, or not now, or it is no report.');
    }
    return { status: 204, text: '' };
  });

export const handler: Handler = makeHandler(deployedTracking());

import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { Problem } from '../shared/http/problem.ts';
import { receiveTracking, type TrackingDeps } from './application/receive-tracking.ts';
import { deployedTracking } from './composition.ts';
import { CARRIER_NOT_FOUND } from './http/problems.ts';
import { receiveTracking as route } from './routes.ts';

const REFUSED = '{"error":"not verified"}';

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
    const [status, text] = outcome === 'taken' ? [204, ''] : [401, REFUSED];
    return { status, text, headers: { 'Content-Type': 'application/json' } };
  });

export const handler: Handler = makeHandler(deployedTracking());

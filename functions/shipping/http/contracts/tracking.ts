import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { CONFLICTING_CHANGE, TEMPORARILY_UNAVAILABLE } from '../../../shared/http/problems.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';
import { CARRIER_NOT_FOUND, NOTIFICATION_NOT_VERIFIED } from '../problems.ts';

/** Names of carriers are written as partners are. */
const CARRIER_NAME = /^[a-z_-]{1,32}$/;

const SHIPPING: Tag = { name: 'Shipping', description: 'What carriers tell the platform. For carriers alone.' };

export const TRACKING_CONTRACTS: readonly Contract[] = [
  {
    ...routes.receiveTracking,
    tag: SHIPPING,
    summary: 'Notify the platform of a parcel',
    description:
      'A carrier tells how far a parcel is, in its own protocol and signed by it. A notification is verified on the bytes of its body and stored before it is answered. ' +
      'One that comes again changes nothing, and one that comes late takes no parcel back.',
    pathParameters: z.object({ carrier: z.string().regex(CARRIER_NAME).describe('The name of the carrier.') }),
    answers: { 204: { description: 'The notification is stored.' } },
    problems: [NOTIFICATION_NOT_VERIFIED, CARRIER_NOT_FOUND, CONFLICTING_CHANGE, TEMPORARILY_UNAVAILABLE],
    examples: [
      {
        name: 'unsigned',
        summary: 'A notification without a signature',
        path: { carrier: 'carrier' },
        answer: refused(
          NOTIFICATION_NOT_VERIFIED,
          'The carrier has not signed it, or not now, or it is no report.',
          '/api/v1/shipping/notifications/carrier',
        ),
      },
      {
        name: 'unknown-carrier',
        summary: 'A carrier that there is not',
        path: { carrier: 'pigeon' },
        answer: refused(
          CARRIER_NOT_FOUND,
          'No carrier of this name notifies the platform.',
          '/api/v1/shipping/notifications/pigeon',
        ),
      },
    ],
  },
];

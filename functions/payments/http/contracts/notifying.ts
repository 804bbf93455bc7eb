import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { CONFLICTING_CHANGE, TEMPORARILY_UNAVAILABLE } from '../../../shared/http/problems.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';
import { CHANNEL_NOT_FOUND } from '../problems.ts';

/** Names of channels are written as partners are, such as `wechat-pay`. */
const CHANNEL_NAME = /^[a-z_-]{1,32}$/;

const PAYMENTS: Tag = { name: 'Payments', description: 'What payment channels tell the platform. For channels alone.' };

export const NOTIFYING_CONTRACTS: readonly Contract[] = [
  {
    ...routes.receiveNotification,
    tag: PAYMENTS,
    summary: 'Notify the platform of a payment',
    description:
      'A payment channel tells that something has become of a payment, in its own protocol and signed by it; the answer is in its protocol, too. A notification ' +
      'is verified on the bytes of its body and stored before it is answered. One that comes again changes nothing. Nothing that it says ' +
      'is believed: the channel is asked.',
    pathParameters: z.object({ channel: z.string().regex(CHANNEL_NAME).describe('The name of the channel.') }),
    answers: {
      200: {
        description: 'The notification is stored. The text is the one that the channel expects.',
        schema: z.string(),
        mediaType: 'text/plain',
      },
      204: { description: 'The notification is stored, for a channel that expects no text.' },
      401: {
        description: 'The notification is not verified. The body is the one that the channel expects.',
        schema: z.string(),
        mediaType: '*/*',
      },
    },
    problems: [CHANNEL_NOT_FOUND, CONFLICTING_CHANGE, TEMPORARILY_UNAVAILABLE],
    examples: [
      {
        name: 'unknown-channel',
        summary: 'A channel that there is not',
        path: { channel: 'barter' },
        answer: refused(
          CHANNEL_NOT_FOUND,
          'No payment channel of this name notifies the platform.',
          '/api/v1/payments/notifications/barter',
        ),
      },
    ],
  },
];

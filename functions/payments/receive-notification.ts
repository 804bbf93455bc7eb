import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { Problem } from '../shared/http/problem.ts';
import { type NotificationDeps, receiveNotification } from './application/receive-notification.ts';
import { deployedNotifications } from './composition.ts';
import { CHANNEL_NOT_FOUND } from './http/problems.ts';
import { receiveNotification as route } from './routes.ts';

/** `POST /api/v1/payments/notifications/{channel}`: a channel tells that something has become of a payment. */
export const makeHandler = (deps: NotificationDeps) =>
  endpoint(route, async ({ pathParameters, headers, body }) => {
    const { channel = '' } = pathParameters;
    const given = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    const answer = await receiveNotification(deps, channel, {
      headers: Object.fromEntries(given) as Readonly<Record<string, string>>,
      rawBody: body ?? '',
      receivedAt: deps.now(),
    });
    if (answer === undefined) {
      throw new Problem(CHANNEL_NOT_FOUND, 'No payment channel of this name notifies the platform.');
    }
    return { status: answer.status, text: answer.body, headers: { 'Content-Type': answer.contentType } };
  });

export const handler: Handler = makeHandler(deployedNotifications());

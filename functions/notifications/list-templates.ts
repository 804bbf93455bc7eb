import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { shownTemplates } from './http/shown-template.ts';
import { listTemplates } from './routes.ts';

/** `GET /api/v1/notifications/templates`: the words of every message, in every language. */
export const makeHandler = () =>
  endpoint(listTemplates, async ({ path }) => ({
    status: 200,
    body: { items: shownTemplates(), links: { self: path } },
  }));

export const handler: Handler = limited(makeHandler());

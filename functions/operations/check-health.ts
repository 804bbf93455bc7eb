import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { checkHealth } from './routes.ts';

/** Everybody may ask, so that many may ask for it: a cache in front of the API can keep the answer for some seconds. */
const CACHE_CONTROL = 'public, max-age=10';

/** `GET /api/v1/health`: that the API answers. It asks nothing, so that it costs next to nothing however often it is called. */
export const handler: Handler = endpoint(checkHealth, async () => ({
  status: 200,
  headers: { 'Cache-Control': CACHE_CONTROL },
  body: { status: 'ok' },
}));

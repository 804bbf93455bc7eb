import type { Handler } from 'aws-lambda';
import { CONTRACTS } from '../published/contracts.ts';
import { PROBLEMS } from '../published/problems.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { cacheableText } from '../shared/http/cacheable-text.ts';
import { apiDocument } from './http/document/document.ts';
import { getDocument } from './routes.ts';

/** `GET /api/v1/openapi.json`: the API as an OpenAPI document, made of the contracts that this code was deployed with. */
export const handler: Handler = endpoint(
  getDocument,
  cacheableText({ text: JSON.stringify(apiDocument(CONTRACTS, PROBLEMS)), contentType: 'application/json' }),
);

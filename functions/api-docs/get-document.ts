import type { Handler } from 'aws-lambda';
import { publicApiHandler } from '../shared/edge/api.ts';
import { CONTRACTS } from './contracts.ts';
import { apiDocument } from './document.ts';
import { keptText } from './kept-text.ts';

/** `GET /api/v1/openapi.json`: the API as an OpenAPI document, made of the contracts that this code was deployed with. */
export const handler: Handler = publicApiHandler(keptText(JSON.stringify(apiDocument(CONTRACTS)), 'application/json'));

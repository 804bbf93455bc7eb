import type { Handler } from 'aws-lambda';
import { CONTRACTS } from '../published/contracts.ts';
import { publicApiHandler } from '../shared/edge/api.ts';
import { apiDocument } from './http/document/document.ts';
import { keptText } from './http/kept-text.ts';

/** `GET /api/v1/openapi.json`: the API as an OpenAPI document, made of the contracts that this code was deployed with. */
export const handler: Handler = publicApiHandler(keptText(JSON.stringify(apiDocument(CONTRACTS)), 'application/json'));

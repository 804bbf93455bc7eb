import type { Handler } from 'aws-lambda';
import { CONTRACTS } from '../published/contracts.ts';
import { PROBLEMS } from '../published/problems.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { cacheableText } from '../shared/http/cacheable-text.ts';
import { apiDocument } from './http/document/document.ts';
import { CONTENT_SECURITY_POLICY, pageOf } from './http/page/page.ts';
import { getPage } from './routes.ts';

/** `GET /api/v1/docs`: the API as a page for reading. */
export const handler: Handler = endpoint(
  getPage,
  cacheableText({
    text: pageOf(apiDocument(CONTRACTS, PROBLEMS)),
    contentType: 'text/html; charset=utf-8',
    headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'Referrer-Policy': 'no-referrer' },
  }),
);

import type { Handler } from 'aws-lambda';
import { publicApiHandler } from '../shared/edge/api.ts';
import { CONTRACTS } from './contracts.ts';
import { apiDocument } from './document.ts';
import { keptText } from './kept-text.ts';
import { CONTENT_SECURITY_POLICY, pageOf } from './page/page.ts';

/** `GET /api/v1/docs`: the API for people. */
export const handler: Handler = publicApiHandler(
  keptText(pageOf(apiDocument(CONTRACTS)), 'text/html; charset=utf-8', {
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Referrer-Policy': 'no-referrer',
  }),
);

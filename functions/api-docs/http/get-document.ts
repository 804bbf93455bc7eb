import * as z from 'zod';
import type { Contract } from '../../shared/http/contract.ts';

const UNCHANGED = { description: 'The copy at hand is current.', headers: ['ETag'] } as const;

export const getDocument: Contract = {
  operationId: 'getDocument',
  method: 'GET',
  path: '/openapi.json',
  tag: 'API document',
  summary: 'Get this document',
  description: 'In OpenAPI 3.1.',
  callers: 'anyone',
  request: { headers: ['If-None-Match'] },
  answers: {
    200: {
      description: 'The document.',
      schema: z.looseObject({
        openapi: z.string(),
        info: z.looseObject({ title: z.string(), version: z.string() }),
        paths: z.record(z.string(), z.unknown()),
      }),
      headers: ['ETag'],
    },
    304: UNCHANGED,
  },
  problems: [],
  examples: [
    {
      name: 'document',
      summary: 'How it begins',
      answer: { status: 200, body: { openapi: '3.1.0', info: { title: 'Waybill', version: '1' }, paths: {} } },
    },
  ],
};

export const getPage: Contract = {
  operationId: 'getPage',
  method: 'GET',
  path: '/docs',
  tag: 'API document',
  summary: 'Get this document as a page',
  description: 'For people: one HTML file without scripts.',
  callers: 'anyone',
  request: { headers: ['If-None-Match'] },
  answers: {
    200: { description: 'The page.', schema: z.string(), mediaType: 'text/html', headers: ['ETag'] },
    304: UNCHANGED,
  },
  problems: [],
  examples: [{ name: 'page', summary: 'How it begins', answer: { status: 200, body: '<!doctype html>' } }],
};

import * as z from 'zod';
import { type Contract, UNCHANGED } from '../../../shared/http/contract.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';

const API_DOCUMENT: Tag = { name: 'API document', description: 'This document.' };

const getDocument: Contract = {
  ...routes.getDocument,
  tag: API_DOCUMENT,
  summary: 'Get this document',
  description: 'In OpenAPI 3.1.',
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
      summary: 'The beginning of the document',
      answer: { status: 200, body: { openapi: '3.1.0', info: { title: 'Waybill', version: '1' }, paths: {} } },
    },
  ],
};

const getPage: Contract = {
  ...routes.getPage,
  tag: API_DOCUMENT,
  summary: 'Get this document as a page',
  description: 'For people: one HTML file without scripts.',
  answers: {
    200: { description: 'The page.', schema: z.string(), mediaType: 'text/html', headers: ['ETag'] },
    304: UNCHANGED,
  },
  problems: [],
  examples: [
    { name: 'page', summary: 'The beginning of the document', answer: { status: 200, body: '<!doctype html>' } },
  ],
};

export const API_DOCS_CONTRACTS: readonly Contract[] = [getDocument, getPage];

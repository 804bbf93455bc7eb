import type { Contract } from '../../../shared/http/contract.ts';
import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import { ANSWER_HEADERS, REQUEST_HEADERS, type RequestHeader } from '../../../shared/http/headers.ts';
import { problemUri } from '../../../shared/http/problems.ts';
import { Components } from './components.ts';
import type { ApiDocument, Operation } from './document-types.ts';
import { headerParameter, operationOf, problemResponse } from './operation.ts';
import { problemSchema } from './problem-schema.ts';

const DESCRIPTION = `Orders from "the customer pressed buy" to "delivered, settled and reconciled".

**Money** is whole minor units: \`{"amount": 8800, "currency": "CNY"}\` is ¥88.00.

**Changes** are accepted with 202 and carried out afterwards: follow the order with the links of the answer. Send an
\`Idempotency-Key\` with each, and a repetition is safe, even when the first answer was lost.

**Versions.** The \`ETag\` of an order is its version. Sent back as \`If-Match\`, it makes a command fail with 412 when the order
has changed since it was read. Orders, histories and lists that are asked for with \`If-None-Match\` are confirmed with 304 while they
are what the client has.

**Limits.** Each caller has a token bucket. Where a token is needed, every answer of a function, refusals included, says in the
\`RateLimit\` headers what is left; an empty bucket is 429, with \`Retry-After\`.

**Errors** are problem documents (RFC 9457, \`application/problem+json\`): go by \`type\`, which is stable. An answer
of API Gateway that no type describes has the type \`about:blank\`: its status says everything. Unknown fields and parameters are
refused, so that a misspelt one is never ignored.

**Answers** can get more fields: ignore those that you do not know.`;

/** The OpenAPI document of these endpoints, which answer with these types of problems. */
export function apiDocument(contracts: readonly Contract[], problems: readonly DocumentedProblem[]): ApiDocument {
  const components = new Components();
  components.schemaOf(problemSchema(problems));
  const paths: Record<string, Record<string, Operation>> = {};
  for (const contract of contracts) {
    const operations = (paths[`/api/v1${contract.path}`] ??= {});
    operations[contract.method.toLowerCase()] = operationOf(contract, problems, components);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Waybill',
      version: '1',
      summary: 'Order processing for online commerce',
      description: DESCRIPTION,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The host that this document comes from.' }],
    tags: [...new Set(contracts.map(({ tag }) => tag))],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'A token of the OpenID Connect issuer. Its claim `role` is `customer`, whose `sub` is the customer id, or `operator`, whose `scope` lists what they may do.',
        },
      },
      parameters: Object.fromEntries(
        (Object.keys(REQUEST_HEADERS) as RequestHeader[]).map((name) => [name, headerParameter(name, components)]),
      ),
      headers: Object.fromEntries(
        Object.entries(ANSWER_HEADERS).map(([name, header]) => [name, { ...header, schema: { type: 'string' } }]),
      ),
      responses: Object.fromEntries(problems.map((problem) => [problem.kind, problemResponse(problem)])),
      schemas: components.all(),
    },
    'x-problems': problems.map(({ kind, status, title, meaning }) => ({
      type: problemUri({ kind, status, title }),
      status,
      title,
      meaning,
    })),
  };
}

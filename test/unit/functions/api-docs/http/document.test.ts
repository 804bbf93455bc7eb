import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from '@readme/openapi-parser';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { apiDocument } from '../../../../../functions/api-docs/http/document/document.ts';
import type {
  Content,
  NamedExamples,
  Parameter,
  Reference,
} from '../../../../../functions/api-docs/http/document/document-types.ts';
import { CONTRACTS } from '../../../../../functions/published/contracts.ts';
import { PROBLEMS } from '../../../../../functions/published/problems.ts';
import { problemsOf } from '../../../../../functions/shared/http/contract.ts';
import { problemUri } from '../../../../../functions/shared/http/problems.ts';
import { faultsOf, validatorsOf } from '../../../../support/api/schemas.ts';

const document = apiDocument(CONTRACTS, PROBLEMS);
const operations = Object.entries(document.paths).flatMap(([route, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route, method, operation })),
);

/** Only a channel can sign a notification that is taken, and only a function that fails makes a dead letter: the tests of the console resend and dismiss some. */
const NOT_BY_REQUESTS_ALONE = new Set([
  'receiveNotification',
  'receiveTracking',
  'getDeadLetter',
  'resendDeadLetter',
  'dismissDeadLetter',
]);

describe('The API document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const outcome = await validate(structuredClone(document) as never);
    expect(outcome.valid ? [] : outcome.errors).toEqual([]);
  });

  test('is what docs/openapi.yaml says; after a change: npm run openapi', () => {
    const file = path.resolve(import.meta.dirname, '../../../../../docs/openapi.yaml');
    expect(parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('lists every kind of problem with its meaning', () => {
    expect(document['x-problems'].map(({ type }) => type)).toEqual(PROBLEMS.map(problemUri));
    for (const { meaning } of document['x-problems']) expect(meaning).toMatch(/\.$/);
  });

  test('names every operation, example and tag once', () => {
    const ids = CONTRACTS.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { examples } of CONTRACTS) expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
    expect(new Set(document.tags.map(({ name }) => name)).size).toBe(document.tags.length);
  });

  test.each(CONTRACTS.map((contract) => [contract.operationId, contract] as const))(
    'has an example of success first for %s, and documents the status of each',
    (operationId, { answers, examples, ...contract }) => {
      const statuses = new Set([
        ...Object.keys(answers).map(Number),
        ...[...problemsOf({ answers, examples, ...contract })].map(({ status }) => status),
      ]);
      for (const { answer } of examples) expect(statuses).toContain(answer.status);
      expect(examples[0]?.answer.status).toBeLessThan(NOT_BY_REQUESTS_ALONE.has(operationId) ? 500 : 300);
    },
  );
});

describe('Every example fits the schema that it is shown with', () => {
  const answers = validatorsOf(document, { closed: true });
  const requests = validatorsOf(document);
  const isReference = (value: object): value is Reference => '$ref' in value;
  const values = (examples: NamedExamples = {}) =>
    Object.entries(examples).map(([name, { value }]) => ({ name, value }));
  const refusedExamples = new Set(
    CONTRACTS.flatMap(({ operationId, examples }) =>
      examples.filter(({ answer }) => answer.status === 400).map(({ name }) => `${operationId} ${name}`),
    ),
  );

  test.each(operations)('$method $route', ({ operation }) => {
    const { operationId, parameters, requestBody, responses } = operation;
    const shown: { where: string; faults: string[] }[] = [];
    const check = (where: string, validators: typeof answers, content: Content) => {
      for (const { schema, examples } of Object.values(content)) {
        for (const { name, value } of values(examples)) {
          const validator = validators(schema);
          const fits = validator(value);
          // What is refused as not valid must not be valid by the document either, or else the document is too lax.
          const meantToFit = where !== 'request' || !refusedExamples.has(`${operationId} ${name}`);
          if (fits !== meantToFit) shown.push({ where: `${where} ${name}`, faults: faultsOf(validator) });
        }
      }
    };
    if (requestBody) check('request', requests, requestBody.content);
    for (const parameter of parameters.filter((each): each is Parameter => !isReference(each))) {
      check('parameter', requests, {
        text: { schema: parameter.schema, ...(parameter.examples && { examples: parameter.examples }) },
      });
    }
    for (const [status, response] of Object.entries(responses)) {
      if (!isReference(response)) check(status, answers, response.content ?? {});
    }
    expect(shown).toEqual([]);
  });
});

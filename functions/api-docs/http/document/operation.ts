import type * as z from 'zod';
import { type Contract, type Example, problemsOf } from '../../../shared/http/contract.ts';
import { type AnswerHeader, REQUEST_HEADERS, type RequestHeader } from '../../../shared/http/headers.ts';
import { PROBLEM_MEANINGS, PROBLEMS, type ProblemKind, problemType } from '../../../shared/http/problem-catalogue.ts';
import type { Callers } from '../../../shared/http/route.ts';
import type { Components } from './components.ts';
import type {
  Content,
  NamedExamples,
  Operation,
  Parameter,
  Reference,
  Response,
  SecurityRequirement,
} from './document-types.ts';

const JSON_TYPE = 'application/json';
export const PROBLEM_TYPE = 'application/problem+json';
const ALWAYS = ['X-Correlation-Id', 'Cache-Control'] as const satisfies readonly AnswerHeader[];
const LIMITS = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const satisfies readonly AnswerHeader[];

const HEADERS_OF_PROBLEM: Readonly<Partial<Record<ProblemKind, readonly AnswerHeader[]>>> = {
  unauthorised: ['WWW-Authenticate'],
  'conflicting-change': ['Retry-After'],
  'idempotency-key-in-use': ['Retry-After'],
  'too-many-requests': ['Retry-After', ...LIMITS],
  'temporarily-unavailable': ['Retry-After'],
};

/** One contract as the document shows it. */
export function operationOf(contract: Contract, components: Components): Operation {
  const { operationId, tag, summary, description, callers, request = {}, examples } = contract;
  const { path, query, headers = [], body } = request;
  const withBody = body && examples.filter((example) => example.body !== undefined);
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description}\n\n${sentenceOf(callers)}`,
    security: securityOf(callers),
    parameters: [
      ...(path ? parametersOf('path', path, examples, components) : []),
      ...(query ? parametersOf('query', query, examples, components) : []),
      ...([...headers, 'X-Correlation-Id'] as const).map((name) => headerOf(name, examples, components)),
    ],
    ...(withBody && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: {
          [JSON_TYPE]: { schema: components.schemaOf(body), examples: named(withBody, (example) => example.body) },
        },
      },
    }),
    responses: { ...answersOf(contract, components), ...refusalsOf(contract) },
  };
}

/** The answer of a kind of problem, wherever it is the only one of its status. */
export function problemResponse(kind: ProblemKind): Response {
  return problemsOfStatus([kind], []);
}

function parametersOf(
  place: 'path' | 'query',
  schema: z.ZodType,
  examples: readonly Example[],
  components: Components,
): Parameter[] {
  const { properties, required = [] } = components.schemaOf(schema) as {
    properties: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...field }]) => {
    const having = examples.filter((example) => example[place]?.[name] !== undefined);
    return {
      name,
      in: place,
      required: required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: field,
      ...(having.length === 0 ? {} : { examples: named(having, (example) => example[place]![name]) }),
    };
  });
}

/** A header that examples send is written out, to show what they send. */
function headerOf(name: RequestHeader, examples: readonly Example[], components: Components): Parameter | Reference {
  const sent = (example: Example) => (name === 'X-Correlation-Id' ? undefined : example.headers?.[name]);
  const having = examples.filter((example) => sent(example) !== undefined);
  if (having.length === 0) return { $ref: `#/components/parameters/${name}` };
  const { example: _, ...parameter } = headerParameter(name, components);
  return { ...parameter, examples: named(having, sent) };
}

/** A header of requests as all operations describe it. */
export function headerParameter(name: RequestHeader, components: Components): Parameter {
  const { schema, description, example } = REQUEST_HEADERS[name];
  return { name, in: 'header', required: false, description, schema: components.schemaOf(schema), example };
}

function answersOf({ answers, callers, examples }: Contract, components: Components): Record<string, Response> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, mediaType = JSON_TYPE, headers = [] }]) => {
      const shown = examples.filter(({ answer }) => answer.status === Number(status) && answer.body !== undefined);
      return [
        status,
        {
          description,
          headers: headersOf([...ALWAYS, ...headers, ...(callers === 'anyone' ? [] : LIMITS)]),
          ...(schema && {
            content: {
              [mediaType]: {
                schema: components.schemaOf(schema),
                ...(shown.length > 0 && { examples: named(shown, ({ answer }) => answer.body) }),
              },
            },
          }),
        },
      ];
    }),
  );
}

function refusalsOf(contract: Contract): Record<string, Response | Reference> {
  const byStatus = Map.groupBy(problemsOf(contract), (kind) => PROBLEMS[kind].status);
  return Object.fromEntries(
    [...byStatus].map(([status, kinds]) => {
      if (contract.answers[status]) {
        throw new Error(`${contract.operationId} answers ${status} with and without a problem document.`);
      }
      const shown = contract.examples.filter(({ answer }) => answer.status === status);
      const [only, ...others] = kinds;
      return [
        status,
        others.length === 0 && shown.length === 0
          ? { $ref: `#/components/responses/${only}` }
          : problemsOfStatus(kinds, shown),
      ];
    }),
  );
}

function problemsOfStatus(kinds: readonly ProblemKind[], examples: readonly Example[]): Response {
  const types = kinds.map(problemType);
  const content: Content = {
    [PROBLEM_TYPE]: {
      schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { type: { enum: types } } }] },
      ...(examples.length > 0 && { examples: named(examples, ({ answer }) => answer.body) }),
    },
  };
  const [first] = kinds;
  const description =
    kinds.length === 1
      ? `${PROBLEMS[first!].title}. ${PROBLEM_MEANINGS[first!]}`
      : kinds.map((kind) => `- \`${kind}\`: ${PROBLEM_MEANINGS[kind]}`).join('\n');
  return {
    description,
    headers: headersOf([...ALWAYS, ...kinds.flatMap((kind) => HEADERS_OF_PROBLEM[kind] ?? [])]),
    content,
  };
}

const headersOf = (names: readonly AnswerHeader[]): Record<string, Reference> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const named = (examples: readonly Example[], valueOf: (example: Example) => unknown): NamedExamples =>
  Object.fromEntries(examples.map((example) => [example.name, { summary: example.summary, value: valueOf(example) }]));

/** OpenAPI takes names of roles for the scopes of a bearer token: any one of the lists is enough. */
function securityOf(callers: Callers): SecurityRequirement[] {
  if (callers === 'anyone') return [];
  return [
    ...(callers.customers ? [{ token: ['customer'] }] : []),
    ...(callers.operators ? [{ token: ['operator', callers.operators] }] : []),
  ];
}

function sentenceOf(callers: Callers): string {
  if (callers === 'anyone') return 'Open to everyone.';
  const allowed = [
    ...(callers.customers ? ['customers, for their own orders'] : []),
    ...(callers.operators ? [`operators with the scope \`${callers.operators}\``] : []),
  ];
  return `For ${allowed.join(', and for ')}.`;
}

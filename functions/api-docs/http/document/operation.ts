import type * as z from 'zod';
import { type Contract, conditionalHeadersOf, type Example, problemsOf } from '../../../shared/http/contract.ts';
import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import { type AnswerHeader, REQUEST_HEADERS, type RequestHeader } from '../../../shared/http/headers.ts';
import { problemUri } from '../../../shared/http/problems.ts';
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
const PROBLEM_TYPE = 'application/problem+json';
const ALWAYS = ['X-Correlation-Id', 'Cache-Control'] as const satisfies readonly AnswerHeader[];
const LIMITS = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const satisfies readonly AnswerHeader[];

const HEADERS_OF_PROBLEM: Readonly<Partial<Record<string, readonly AnswerHeader[]>>> = {
  'method-not-allowed': ['Allow'],
  unauthorised: ['WWW-Authenticate'],
  'conflicting-change': ['Retry-After'],
  'idempotency-key-in-use': ['Retry-After'],
  'too-many-requests': ['Retry-After', ...LIMITS],
  'temporarily-unavailable': ['Retry-After'],
};

/**
 * One contract as the document shows it.
 * @param problems every type of problem of the API, in the order in which they are shown
 */
export function operationOf(
  contract: Contract,
  problems: readonly DocumentedProblem[],
  components: Components,
): Operation {
  const { operationId, tag, summary, description, callers, pathParameters, query, body, examples } = contract;
  const withBody = body && examples.filter((example) => example.body !== undefined);
  return {
    operationId,
    tags: [tag.name],
    summary,
    description: `${description}\n\n${sentenceOf(callers)}`,
    security: securityOf(callers),
    parameters: [
      ...(pathParameters ? parametersOf('path', pathParameters, examples, components) : []),
      ...(query ? parametersOf('query', query, examples, components) : []),
      ...([...conditionalHeadersOf(contract), 'X-Correlation-Id'] as const).map((name) =>
        headerOf(name, examples, components),
      ),
    ],
    ...(withBody && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: {
          [JSON_TYPE]: { schema: components.schemaOf(body), examples: named(withBody, (example) => example.body) },
        },
      },
    }),
    responses: { ...answersOf(contract, components), ...refusalsOf(contract, problems) },
  };
}

/** The answer of a type of problem, wherever it is the only one of its status. */
export function problemResponse(problem: DocumentedProblem): Response {
  return problemsOfStatus([problem], []);
}

function parametersOf(
  place: 'path' | 'query',
  schema: z.ZodType,
  examples: readonly Example[],
  components: Components,
): Parameter[] {
  const { properties, required = [] } = components.schemaOf(schema) as {
    properties: Record<string, { description?: string; type?: string }>;
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
      ...(having.length === 0
        ? {}
        : { examples: named(having, (example) => valueOf(example[place]![name]!, field.type)) }),
    };
  });
}

/** The value of a parameter that comes as text. */
const valueOf = (text: string, type: string | undefined): unknown =>
  type === 'integer' || type === 'boolean' ? JSON.parse(text) : text;

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

function refusalsOf(contract: Contract, problems: readonly DocumentedProblem[]): Record<string, Response | Reference> {
  const possible = new Set([...problemsOf(contract)].map(({ kind }) => kind));
  const byStatus = Map.groupBy(
    problems.filter(({ kind }) => possible.has(kind)),
    ({ status }) => status,
  );
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => {
      if (contract.answers[status]) {
        throw new Error(`${contract.operationId} answers ${status} with and without a problem document.`);
      }
      const shown = contract.examples.filter(({ answer }) => answer.status === status);
      const [only, ...others] = ofStatus;
      return [
        status,
        others.length === 0 && shown.length === 0
          ? { $ref: `#/components/responses/${only!.kind}` }
          : problemsOfStatus(ofStatus, shown),
      ];
    }),
  );
}

function problemsOfStatus(problems: readonly DocumentedProblem[], examples: readonly Example[]): Response {
  const types = problems.map(problemUri);
  const content: Content = {
    [PROBLEM_TYPE]: {
      schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { type: { enum: types } } }] },
      ...(examples.length > 0 && { examples: named(examples, ({ answer }) => answer.body) }),
    },
  };
  const [first] = problems;
  const description =
    problems.length === 1
      ? `${first!.title}. ${first!.meaning}`
      : problems.map(({ kind, meaning }) => `- \`${kind}\`: ${meaning}`).join('\n');
  return {
    description,
    headers: headersOf([...ALWAYS, ...problems.flatMap(({ kind }) => HEADERS_OF_PROBLEM[kind] ?? [])]),
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

const scopesOf = (scope: string, narrowedBy: string | undefined): string =>
  narrowedBy === undefined ? `\`${scope}\`` : `\`${scope}\` or \`${scope}:{${narrowedBy}}\``;

function sentenceOf(callers: Callers): string {
  if (callers === 'anyone') return 'Open to everyone.';
  const allowed = [
    ...(callers.customers ? ['customers, for their own orders'] : []),
    ...(callers.operators ? [`operators with the scope ${scopesOf(callers.operators, callers.narrowedBy)}`] : []),
  ];
  return `For ${allowed.join(', and for ')}.`;
}

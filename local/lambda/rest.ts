import {
  AwsError,
  type EndpointAnswer,
  type EndpointRequest,
  type InvocationResult,
  type JsonObject,
} from '../contracts.ts';
import { present } from '../properties.ts';
import type { RestCall } from '../service.ts';
import type { FunctionCatalogue } from './catalogue.ts';

/** What Lambda's API works on. Functions are given by name or ARN. */
export interface LambdaApi {
  readonly catalogue: FunctionCatalogue;
  /** @throws AwsError `ResourceNotFoundException` */
  readonly nameOf: (nameOrArn: string) => string;
  readonly invoke: (nameOrArn: string, payload: string) => Promise<InvocationResult>;
  readonly invokeLater: (nameOrArn: string, payload: string) => void;
}

interface Called {
  /** The function as the path names it. */
  readonly named: string;
  /** What stands in the path after the function and the operation. */
  readonly rest: string;
  readonly request: EndpointRequest;
}

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (api: LambdaApi, called: Called) => Promise<EndpointAnswer> | EndpointAnswer;
}

const FUNCTION = '/2015-03-31/functions/([^/]+)';
/** The most that Lambda lists at once. */
const PAGE_SIZE = 50;

const ROUTES: readonly Route[] = [
  { operation: 'Invoke', method: 'POST', path: route(`${FUNCTION}/invocations`), answer: invocation },
  {
    operation: 'ListFunctions',
    method: 'GET',
    path: route('/2015-03-31/functions()'),
    answer: ({ catalogue }, { request }) => page('Functions', catalogue.listFunctions(), request),
  },
  read('GetFunction', FUNCTION, (catalogue, name) => catalogue.getFunction(name)),
  read('GetFunctionConfiguration', `${FUNCTION}/configuration`, (catalogue, name) => catalogue.configuration(name)),
  read('GetFunctionConcurrency', '/2019-09-30/functions/([^/]+)/concurrency', (catalogue, name) => {
    return catalogue.concurrency(name) ?? {};
  }),
  read('GetFunctionEventInvokeConfig', '/2019-09-25/functions/([^/]+)/event-invoke-config', (catalogue, name) =>
    catalogue.asyncConfiguration(name),
  ),
  {
    operation: 'ListVersionsByFunction',
    method: 'GET',
    path: route(`${FUNCTION}/versions`),
    answer: ({ catalogue, nameOf }, { named, request }) =>
      page('Versions', catalogue.listVersions(nameOf(named)), request),
  },
  {
    operation: 'ListAliases',
    method: 'GET',
    path: route(`${FUNCTION}/aliases`),
    answer: ({ catalogue, nameOf }, { named, request }) =>
      page('Aliases', catalogue.listAliases(nameOf(named)), request),
  },
  read('GetAlias', `${FUNCTION}/aliases/([^/]+)`, (catalogue, name, alias) => catalogue.alias(name, alias)),
];

/**
 * The call in a request of Lambda's API; undefined for paths of other services.
 * @throws AwsError for an operation that this runtime does not have
 */
export function lambdaCall(request: EndpointRequest, api: LambdaApi): RestCall | undefined {
  const path = request.path.split('?')[0]!;
  if (!/^\/20\d\d-\d\d-\d\d\/functions(\/|$)/.test(path)) return undefined;
  for (const { operation, method, path: pattern, answer } of ROUTES) {
    const match = method === request.method ? pattern.exec(path) : null;
    if (match === null) continue;
    const [given = '', rest = ''] = match.slice(1).map((part) => decodeURIComponent(part ?? ''));
    return {
      operation,
      input: present({ FunctionName: given === '' ? undefined : given }),
      answer: async () => answer(api, { named: given, rest, request }),
    };
  }
  const known = ROUTES.map(({ operation }) => operation).join(', ');
  throw new AwsError(
    'UnknownOperationException',
    `The embedded Lambda does not have ${request.method} ${path}; it has ${known}.`,
    404,
  );
}

function read(
  operation: string,
  path: string,
  answerOf: (catalogue: FunctionCatalogue, functionName: string, rest: string) => JsonObject,
): Route {
  return {
    operation,
    method: 'GET',
    path: route(path),
    answer: ({ catalogue, nameOf }, { named, rest }) => json(answerOf(catalogue, nameOf(named), rest)),
  };
}

function route(path: string): RegExp {
  return new RegExp(`^${path}/?$`);
}

async function invocation(api: LambdaApi, { named, request }: Called): Promise<EndpointAnswer> {
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const payload = request.body === '' ? '{}' : request.body;
  switch (type) {
    case 'RequestResponse':
      return invocationAnswer(await api.invoke(named, payload));
    case 'Event':
      api.invokeLater(named, payload);
      return { status: 202, headers: {}, body: '' };
    case 'DryRun':
      api.nameOf(named);
      return { status: 204, headers: {}, body: '' };
    default:
      throw new AwsError(
        'InvalidParameterValueException',
        `The invocation type is RequestResponse, Event or DryRun, got ${String(type)}.`,
      );
  }
}

const invocationAnswer = ({
  statusCode,
  functionError,
  payload,
  executedVersion,
}: InvocationResult): EndpointAnswer => ({
  status: statusCode,
  headers: {
    'content-type': 'application/json',
    'x-amz-executed-version': executedVersion,
    ...present({ 'x-amz-function-error': functionError }),
  },
  body: payload,
});

const json = (content: JsonObject): EndpointAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(content),
});

/** A page of a list, by the query's `Marker` and `MaxItems`. */
function page(name: string, items: readonly JsonObject[], { path }: EndpointRequest): EndpointAnswer {
  const query = new URLSearchParams(path.split('?')[1]);
  const start = Number(query.get('Marker') ?? 0);
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError(
      'InvalidParameterValueException',
      `The Marker is none of an earlier page: ${query.get('Marker')}`,
    );
  }
  const end = start + Math.min(PAGE_SIZE, Number(query.get('MaxItems') ?? PAGE_SIZE) || PAGE_SIZE);
  const next = end < items.length ? String(end) : undefined;
  return json({ [name]: items.slice(start, end), ...present({ NextMarker: next }) });
}

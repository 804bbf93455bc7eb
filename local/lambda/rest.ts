import {
  AwsError,
  type EndpointAnswer,
  type EndpointRequest,
  type InvocationResult,
  type JsonObject,
} from '../contracts.ts';
import { present } from '../properties.ts';
import { queryOf, restJson, restPage } from '../rest-page.ts';
import type { RestCall } from '../service.ts';
import type { FunctionCatalogue } from './catalogue.ts';
import { functionNameOf, qualifierIn } from './function-name.ts';

/** What Lambda's API works on. Functions are given by name or ARN. */
export interface LambdaApi {
  readonly catalogue: FunctionCatalogue;
  /** @throws AwsError `ResourceNotFoundException` */
  readonly nameOf: (nameOrArn: string) => string;
  readonly invoke: (nameOrArn: string, payload: string) => Promise<InvocationResult>;
  readonly invokeWithLog: (nameOrArn: string, payload: string) => Promise<InvocationWithLog>;
  readonly invokeLater: (nameOrArn: string, payload: string) => void;
}

export interface InvocationWithLog {
  readonly result: InvocationResult;
  /** The end of the invocation's log, in base64. */
  readonly tail: string;
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

const ROUTES: readonly Route[] = [
  { operation: 'Invoke', method: 'POST', path: route(`${FUNCTION}/invocations`), answer: invocation },
  {
    operation: 'ListFunctions',
    method: 'GET',
    path: route('/2015-03-31/functions()'),
    answer: ({ catalogue }, { request }) => restPage('Functions', catalogue.listFunctions(), request),
  },
  read('GetFunction', FUNCTION, (catalogue, name, _, version) => catalogue.getFunction(name, version)),
  read('GetFunctionConfiguration', `${FUNCTION}/configuration`, (catalogue, name, _, version) =>
    catalogue.configuration(name, version),
  ),
  read('GetFunctionConcurrency', '/2019-09-30/functions/([^/]+)/concurrency', (catalogue, name) => {
    return catalogue.concurrency(name) ?? {};
  }),
  read('GetFunctionEventInvokeConfig', '/2019-09-25/functions/([^/]+)/event-invoke-config', (catalogue, name) =>
    catalogue.asyncConfiguration(name),
  ),
  read(
    'ListFunctionEventInvokeConfigs',
    '/2019-09-25/functions/([^/]+)/event-invoke-config/list',
    (catalogue, name) => ({
      FunctionEventInvokeConfigs: catalogue.hasAsyncConfig(name) ? [catalogue.asyncConfiguration(name)] : [],
    }),
  ),
  {
    operation: 'ListVersionsByFunction',
    method: 'GET',
    path: route(`${FUNCTION}/versions`),
    answer: ({ catalogue, nameOf }, { named, request }) =>
      restPage('Versions', catalogue.listVersions(nameOf(named)), request),
  },
  {
    operation: 'ListAliases',
    method: 'GET',
    path: route(`${FUNCTION}/aliases`),
    answer: ({ catalogue, nameOf }, { named, request }) =>
      restPage('Aliases', catalogue.listAliases(nameOf(named)), request),
  },
  read('GetAlias', `${FUNCTION}/aliases/([^/]+)`, (catalogue, name, alias) => catalogue.alias(name, alias)),
];

/** Lambda's paths begin with the date of their version. Event source mappings have a service of their own here. */
const OF_LAMBDA = /^\/20\d\d-\d\d-\d\d\/(?!event-source-mappings)/;

/**
 * The call in a request of Lambda's API; undefined for paths of other services.
 * @throws AwsError for an operation that this runtime does not have
 */
export function lambdaCall(request: EndpointRequest, api: LambdaApi): RestCall | undefined {
  const path = request.path.split('?')[0]!;
  if (!OF_LAMBDA.test(path)) return undefined;
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
  answerOf: (catalogue: FunctionCatalogue, functionName: string, rest: string, version?: string) => JsonObject,
): Route {
  return {
    operation,
    method: 'GET',
    path: route(path),
    answer: ({ catalogue, nameOf }, called) =>
      restJson(answerOf(catalogue, nameOf(called.named), called.rest, versionOf(catalogue, called))),
  };
}

function route(path: string): RegExp {
  return new RegExp(`^${path}/?$`);
}

/**
 * The version that the query's Qualifier, or the function's name, stands for; without either $LATEST.
 * @throws AwsError `ResourceNotFoundException` for a version or an alias that there is not
 */
function versionOf(catalogue: FunctionCatalogue, { named, request }: Called): string {
  const qualifier = queryOf(request).get('Qualifier') ?? qualifierIn(named);
  return qualifier === undefined ? '$LATEST' : catalogue.versionOf(functionNameOf(named), qualifier);
}

async function invocation(api: LambdaApi, called: Called): Promise<EndpointAnswer> {
  const { named, request } = called;
  const executedVersion = versionOf(api.catalogue, called);
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const payload = request.body === '' ? '{}' : request.body;
  switch (type) {
    case 'RequestResponse': {
      if (request.headers['x-amz-log-type'] !== 'Tail') {
        return invocationAnswer({ ...(await api.invoke(named, payload)), executedVersion });
      }
      const { result, tail } = await api.invokeWithLog(named, payload);
      return invocationAnswer({ ...result, executedVersion }, tail);
    }
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

const invocationAnswer = (
  { statusCode, functionError, payload, executedVersion }: InvocationResult,
  tail?: string,
): EndpointAnswer => ({
  status: statusCode,
  headers: {
    'content-type': 'application/json',
    'x-amz-executed-version': executedVersion,
    ...present({ 'x-amz-function-error': functionError, 'x-amz-log-result': tail }),
  },
  body: payload,
});

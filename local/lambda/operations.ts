import { AwsError, type EndpointRequest, type JsonObject } from '../contracts.ts';
import { present, text } from '../properties.ts';
import type { RestCall } from '../service.ts';

/** Where an operation is among Lambda's paths; `{Field}` stands for the value of a field. */
interface Place {
  readonly path: string;
  /** Fields that are in the query. */
  readonly query?: readonly string[];
}

const FUNCTION = '/2015-03-31/functions/{FunctionName}';
const PAGE = ['Marker', 'MaxItems'];

const INVOKE: Place = { path: `${FUNCTION}/invocations`, query: ['Qualifier'] };
const READ: Readonly<Record<string, Place>> = {
  ListFunctions: { path: '/2015-03-31/functions/', query: PAGE },
  GetFunction: { path: FUNCTION, query: ['Qualifier'] },
  GetFunctionConfiguration: { path: `${FUNCTION}/configuration`, query: ['Qualifier'] },
  GetFunctionConcurrency: { path: '/2019-09-30/functions/{FunctionName}/concurrency' },
  GetFunctionEventInvokeConfig: { path: '/2019-09-25/functions/{FunctionName}/event-invoke-config' },
  ListFunctionEventInvokeConfigs: { path: '/2019-09-25/functions/{FunctionName}/event-invoke-config/list' },
  ListVersionsByFunction: { path: `${FUNCTION}/versions`, query: PAGE },
  ListAliases: { path: `${FUNCTION}/aliases`, query: PAGE },
  GetAlias: { path: `${FUNCTION}/aliases/{Name}` },
};

export const lambdaOperations: readonly string[] = ['Invoke', ...Object.keys(READ)];

type Rest = (request: EndpointRequest) => RestCall | undefined;

/**
 * Carries out one operation with its fields as SDK clients have them, for callers inside the runtime. Payloads are JSON text.
 * @param rest Lambda's API
 * @throws AwsError also for an operation or a field that this runtime does not have
 */
export async function lambdaOperation(operation: string, input: JsonObject, rest: Rest): Promise<JsonObject> {
  if (operation === 'Invoke') return invoke(input, rest);
  const place = READ[operation];
  if (!place) {
    throw new AwsError('UnknownOperationException', `The runtime's Lambda has no operation ${operation}.`, 404);
  }
  const { body } = await rest({
    method: 'GET',
    path: pathOf(operation, place, input),
    headers: {},
    body: '',
  })!.answer();
  return JSON.parse(body) as JsonObject;
}

async function invoke({ Payload, InvocationType, LogType, ...input }: JsonObject, rest: Rest): Promise<JsonObject> {
  const path = pathOf('Invoke', INVOKE, input);
  const headers = present({ 'x-amz-invocation-type': text(InvocationType), 'x-amz-log-type': text(LogType) });
  const answer = await rest({ method: 'POST', path, headers, body: text(Payload) ?? '' })!.answer();
  return present({
    ExecutedVersion: answer.headers['x-amz-executed-version'],
    FunctionError: answer.headers['x-amz-function-error'],
    LogResult: answer.headers['x-amz-log-result'],
    Payload: answer.body,
    StatusCode: answer.status,
  });
}

function pathOf(operation: string, { path, query = [] }: Place, fields: JsonObject): string {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const missing = inPath.find((name) => text(fields[name]) === undefined);
  if (missing !== undefined) throw invalid(`${operation} needs the field ${missing}.`);
  const unknown = Object.keys(fields).find((name) => !inPath.includes(name) && !query.includes(name));
  if (unknown !== undefined) throw invalid(`The runtime's Lambda does not have the field ${unknown} of ${operation}.`);
  const asked = new URLSearchParams();
  for (const name of query) if (name in fields) asked.set(name, text(fields[name]) ?? '');
  const named = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(text(fields[name])!));
  return asked.size === 0 ? named : `${named}?${asked.toString()}`;
}

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

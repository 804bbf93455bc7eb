import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Resource } from '../assembly/deploy.ts';
import type { JsonObject } from '../contracts.ts';
import { arn, physicalName, seconds, type Provider, type Services } from './provider.ts';

const DEFAULTS = { timeoutSeconds: 3, memoryMb: 128 } as const;

export const lambdaFunction: Provider = (resource, { context, lambda, callers }) => {
  const { FunctionName, Handler, Timeout, MemorySize, Environment, ReservedConcurrentExecutions, Role } = resource.properties;
  const name = physicalName(resource, FunctionName);
  const functionArn = arn(context, 'lambda', `function:${name}`);
  const { file, handlerExport } = handlerOf(resource, String(Handler));
  callers.register(name, String(Role));
  lambda.define({
    functionName: name,
    arn: functionArn,
    handlerFile: file,
    handlerExport,
    timeoutMs: seconds(Timeout, DEFAULTS.timeoutSeconds),
    memoryMb: Number(MemorySize ?? DEFAULTS.memoryMb),
    environment: ((Environment as JsonObject | undefined)?.Variables ?? {}) as Record<string, string>,
    ...(ReservedConcurrentExecutions === undefined ? {} : { reservedConcurrency: Number(ReservedConcurrentExecutions) }),
  });
  return { ref: name, attributes: { Arn: functionArn } };
};

/** Versions and aliases of a function all run the code of the assembly: there is only one here. */
export const functionVersion: Provider = (resource) => {
  const version = `${String(resource.properties.FunctionName)}:1`;
  return { ref: version, attributes: { Version: '1', FunctionArn: version } };
};

export const functionAlias: Provider = ({ properties }, { context }) => {
  const name = String(properties.FunctionName);
  return { ref: `${name.startsWith('arn:') ? name : arn(context, 'lambda', `function:${name}`)}:${String(properties.Name)}` };
};

export const eventSourceMapping: Provider = (resource, services) => {
  const { properties } = resource;
  const sourceArn = String(properties.EventSourceArn);
  const service = sourceArn.split(':')[2];
  if (service === 'sqs') services.whenAllAreMade(() => startQueueMapping(properties, sourceArn, services));
  else if (service === 'dynamodb') services.whenAllAreMade(() => startStreamMapping(properties, sourceArn, services));
  else throw new Error(`${resource.logicalId} maps from ${sourceArn}; this runtime has event sources from SQS queues and DynamoDB streams.`);
  return { ref: `${resource.stack}-${resource.logicalId}` };
};

function startQueueMapping(properties: JsonObject, queueArn: string, { context, sqsSource, callers, policies }: Services): void {
  const functionArn = functionArnOf(properties, context);
  for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
    policies.require(callers.roleOf(functionArn), { action, resource: queueArn });
  }
  const { MaximumConcurrency } = (properties.ScalingConfig ?? {}) as JsonObject;
  sqsSource.start({
    queueArn,
    functionArn,
    batchSize: Number(properties.BatchSize ?? 10),
    windowMs: seconds(properties.MaximumBatchingWindowInSeconds, 0),
    ...(MaximumConcurrency === undefined ? {} : { maxConcurrency: Number(MaximumConcurrency) }),
    reportBatchItemFailures: reportsFailures(properties),
    enabled: properties.Enabled !== false,
  });
}

function startStreamMapping(properties: JsonObject, tableStreamArn: string, { context, streamSource, callers, policies }: Services): void {
  const functionArn = functionArnOf(properties, context);
  for (const action of ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream']) {
    policies.require(callers.roleOf(functionArn), { action, resource: tableStreamArn });
  }
  if (properties.Enabled === false) return;
  const onFailure = ((properties.DestinationConfig as JsonObject | undefined)?.OnFailure as JsonObject | undefined)?.Destination;
  const maxAge = Number(properties.MaximumRecordAgeInSeconds ?? -1);
  const filters = ((properties.FilterCriteria as JsonObject | undefined)?.Filters ?? []) as { readonly Pattern: string }[];
  streamSource.start({
    tableStreamArn,
    functionArn,
    batchSize: Number(properties.BatchSize ?? 100),
    startingPosition: properties.StartingPosition === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    bisect: properties.BisectBatchOnFunctionError === true,
    maxRetries: Number(properties.MaximumRetryAttempts ?? -1),
    maxAgeMs: maxAge < 0 ? -1 : maxAge * 1_000,
    ...(typeof onFailure === 'string' ? { onFailureArn: onFailure } : {}),
    reportBatchItemFailures: reportsFailures(properties),
    ...(filters.length > 0 ? { filters: filters.map(({ Pattern }) => JSON.parse(Pattern) as JsonObject) } : {}),
  });
}

const functionArnOf = ({ FunctionName }: JsonObject, context: Services['context']): string => {
  const name = String(FunctionName);
  return name.startsWith('arn:') ? name : arn(context, 'lambda', `function:${name}`);
};

const reportsFailures = ({ FunctionResponseTypes }: JsonObject): boolean =>
  Array.isArray(FunctionResponseTypes) && FunctionResponseTypes.includes('ReportBatchItemFailures');

/** `index.handler` in the function's asset: the module and its export. */
function handlerOf({ logicalId, properties, assets }: Resource, handler: string): { readonly file: string; readonly handlerExport: string } {
  const { S3Key } = (properties.Code ?? {}) as JsonObject;
  const folder = assets.get(String(S3Key));
  if (folder === undefined) throw new Error(`The code of ${logicalId} is not an asset of this assembly.`);
  const dot = handler.lastIndexOf('.');
  const module = path.join(folder, handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((extension) => `${module}${extension}`).find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`The asset of ${logicalId} has no module for the handler ${handler}.`);
  return { file, handlerExport: handler.slice(dot + 1) };
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Resource } from '../assembly/deploy.ts';
import type { JsonObject } from '../contracts.ts';
import { functionArn } from '../iam/request-permissions.ts';
import { textOf } from '../json-text.ts';
import { arn, number, type Provider, physicalName, present, refuseProperties, seconds, text } from './provider.ts';

/** What Lambda presets. */
const PRESETS = { timeoutSeconds: 3, memoryMb: 128 } as const;

export const lambdaFunction: Provider = (resource, { context, lambda, callers }) => {
  refuseProperties(resource, ['DeadLetterConfig', 'FileSystemConfigs', 'ImageConfig', 'Layers']);
  const { FunctionName, Handler, Timeout, MemorySize, Environment, ReservedConcurrentExecutions, Role } =
    resource.properties;
  const name = physicalName(resource, FunctionName);
  const ownArn = arn(context, 'lambda', `function:${name}`);
  callers.register(name, textOf(Role));
  lambda.define({
    functionName: name,
    arn: ownArn,
    ...handlerOf(resource, textOf(Handler)),
    timeoutMs: seconds(Timeout, PRESETS.timeoutSeconds),
    memoryMb: number(MemorySize) ?? PRESETS.memoryMb,
    environment: ((Environment as JsonObject | undefined)?.Variables ?? {}) as Record<string, string>,
    ...present({ reservedConcurrency: number(ReservedConcurrentExecutions) }),
  });
  return { ref: name, attributes: { Arn: ownArn } };
};

/** Versions and aliases of a function all run the code of the assembly: there is only one here. */
export const functionVersion: Provider = ({ properties }, { context }) => {
  const versionArn = `${functionArn(textOf(properties.FunctionName), context)}:1`;
  return { ref: versionArn, attributes: { Version: '1', FunctionArn: versionArn } };
};

export const functionAlias: Provider = ({ properties }, { context }) => {
  const aliasArn = `${functionArn(textOf(properties.FunctionName), context)}:${textOf(properties.Name)}`;
  return { ref: aliasArn, attributes: { AliasArn: aliasArn } };
};

/** `index.handler` in the function's asset: the module and its export. */
function handlerOf(
  { properties, assets }: Resource,
  handler: string,
): { readonly handlerFile: string; readonly handlerExport: string } {
  const { S3Key } = (properties.Code ?? {}) as JsonObject;
  const folder = assets.get(text(S3Key) ?? '');
  if (folder === undefined) throw new Error(`The code is not an asset of this assembly.`);
  const dot = handler.lastIndexOf('.');
  const module = path.join(folder, handler.slice(0, dot));
  const handlerFile = ['.mjs', '.js', '.cjs']
    .map((extension) => `${module}${extension}`)
    .find((candidate) => existsSync(candidate));
  if (handlerFile === undefined) throw new Error(`The asset has no module for the handler ${handler}.`);
  return { handlerFile, handlerExport: handler.slice(dot + 1) };
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { arnOf, type Location, namedArn } from '../arn.ts';
import type { JsonObject } from '../contracts.ts';
import { number, present, seconds, text, textOf } from '../properties.ts';
import {
  ignored,
  type MakeResource,
  physicalName,
  type Resource,
  type ResourceTypes,
  refuseProperties,
} from '../resource.ts';
import { type AsyncConfig, readAsyncConfig } from './async-config.ts';
import { VERSION } from './catalogue.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** What Lambda presets. */
const PRESETS = { timeoutSeconds: 3, memoryMb: 128 } as const;

/** Where functions are defined. A function that is named later is given by its ARN. */
export interface Functions {
  /** Makes a function that acts in a role. */
  define(definition: FunctionDefinition, roleArn: string): void;
  publish(functionArn: string): void;
  addAlias(functionArn: string, alias: string): void;
  configureAsync(functionArn: string, config: AsyncConfig): void;
}

/** Versions and aliases of a function all run the code of the assembly: there is only one here. */
export const lambdaResources = (functions: Functions, location: Location): ResourceTypes => ({
  'AWS::Lambda::Function': makeFunction(functions, location),
  'AWS::Lambda::Version': ({ properties }) => {
    const functionArn = namedArn(location, 'lambda', 'function:', textOf(properties.FunctionName));
    functions.publish(functionArn);
    const arn = `${functionArn}:${VERSION}`;
    return { ref: arn, attributes: { Version: VERSION, FunctionArn: arn } };
  },
  'AWS::Lambda::Alias': ({ properties }) => {
    const { FunctionName, Name } = properties;
    const functionArn = namedArn(location, 'lambda', 'function:', textOf(FunctionName));
    functions.addAlias(functionArn, textOf(Name));
    const arn = `${functionArn}:${textOf(Name)}`;
    return { ref: arn, attributes: { AliasArn: arn } };
  },
  'AWS::Lambda::EventInvokeConfig': ({ stack, logicalId, properties }) => {
    const functionArn = namedArn(location, 'lambda', 'function:', textOf(properties.FunctionName));
    functions.configureAsync(functionArn, readAsyncConfig(properties));
    return { ref: `${stack}-${logicalId}`, attributes: {} };
  },
  'AWS::Lambda::Permission': ignored,
});

/** What of a function can be changed while it runs: code and settings, which its versions and aliases follow. */
export function updatesOf(functions: Functions, location: Location): ResourceTypes {
  const types = lambdaResources(functions, location);
  const changed = ['AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Lambda::Alias'] as const;
  return Object.fromEntries(changed.map((type) => [type, types[type]!]));
}

const makeFunction =
  (functions: Functions, location: Location): MakeResource =>
  (resource) => {
    refuseProperties(resource, ['FileSystemConfigs', 'ImageConfig', 'Layers']);
    const {
      FunctionName,
      Handler,
      Timeout,
      MemorySize,
      Environment,
      ReservedConcurrentExecutions,
      Role,
      DeadLetterConfig,
      ...others
    } = resource.properties;
    const functionName = physicalName(resource, FunctionName);
    const arn = arnOf(location, 'lambda', `function:${functionName}`);
    functions.define(
      {
        functionName,
        arn,
        ...handlerOf(resource, textOf(Handler)),
        timeoutMs: seconds(Timeout, PRESETS.timeoutSeconds),
        memoryMb: number(MemorySize) ?? PRESETS.memoryMb,
        environment: ((Environment as JsonObject | undefined)?.Variables ?? {}) as Record<string, string>,
        ...present({
          reservedConcurrency: number(ReservedConcurrentExecutions),
          deadLetterArn: text((DeadLetterConfig as JsonObject | undefined)?.TargetArn),
        }),
        told: present({
          runtime: text(others.Runtime),
          handler: text(Handler),
          description: text(others.Description),
        }),
      },
      textOf(Role),
    );
    return { ref: functionName, attributes: { Arn: arn } };
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

import type { JsonObject } from '../contracts.ts';
import type { RuleTarget } from '../events/rule.ts';
import { arn, objects, physicalName, type Provider } from './provider.ts';

export const eventBus: Provider = (resource, { context, events }) => {
  const name = physicalName(resource, resource.properties.Name);
  const busArn = arn(context, 'events', `event-bus/${name}`);
  events.defineBus({ name, arn: busArn });
  return { ref: name, attributes: { Arn: busArn, Name: name } };
};

export const rule: Provider = (resource, { context, events }) => {
  const { EventBusName = 'default', EventPattern, ScheduleExpression, State, Targets, Name } = resource.properties;
  if (ScheduleExpression !== undefined) throw new Error(`The rule ${resource.logicalId} has a schedule, which this runtime does not have.`);
  const name = physicalName(resource, Name);
  const busName = String(EventBusName);
  events.defineRule({ name, busName, pattern: EventPattern as JsonObject, enabled: State !== 'DISABLED', targets: objects(Targets).map(targetOf) });
  const path = busName === 'default' ? name : `${busName}/${name}`;
  return { ref: name, attributes: { Arn: arn(context, 'events', `rule/${path}`) } };
};

function targetOf({ Id, Arn, Input, InputPath, InputTransformer, DeadLetterConfig, RetryPolicy, ...others }: JsonObject): RuleTarget {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Error(`The target ${String(Id)} of a rule has ${unknown}, which this runtime does not have.`);
  const transformer = InputTransformer as { readonly InputPathsMap?: Record<string, string>; readonly InputTemplate: string } | undefined;
  const retry = RetryPolicy as { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number } | undefined;
  const deadLetterArn = (DeadLetterConfig as JsonObject | undefined)?.Arn;
  return {
    id: String(Id),
    arn: String(Arn),
    ...(typeof Input === 'string' ? { input: Input } : {}),
    ...(typeof InputPath === 'string' ? { inputPath: InputPath } : {}),
    ...(transformer ? { inputTransformer: { inputTemplate: transformer.InputTemplate, ...(transformer.InputPathsMap ? { inputPathsMap: transformer.InputPathsMap } : {}) } } : {}),
    ...(typeof deadLetterArn === 'string' ? { deadLetterArn } : {}),
    ...(retry ? {
      retry: {
        ...(retry.MaximumRetryAttempts === undefined ? {} : { maximumRetryAttempts: retry.MaximumRetryAttempts }),
        ...(retry.MaximumEventAgeInSeconds === undefined ? {} : { maximumEventAgeSeconds: retry.MaximumEventAgeInSeconds }),
      },
    } : {}),
  };
}

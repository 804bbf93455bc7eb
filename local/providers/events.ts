import type { JsonObject } from '../contracts.ts';
import type { RuleTarget } from '../events/rule.ts';
import { textOf } from '../json-text.ts';
import { arn, number, objects, type Provider, physicalName, present, refuseProperties, text } from './provider.ts';

export const eventBus: Provider = (resource, { context, events }) => {
  refuseProperties(resource, ['DeadLetterConfig', 'EventSourceName']);
  const name = physicalName(resource, resource.properties.Name);
  const busArn = arn(context, 'events', `event-bus/${name}`);
  events.defineBus({ name, arn: busArn });
  return { ref: name, attributes: { Arn: busArn, Name: name } };
};

export const rule: Provider = (resource, { context, events }) => {
  refuseProperties(resource, ['ScheduleExpression']);
  const { EventBusName = 'default', EventPattern, State, Targets, Name } = resource.properties;
  const name = physicalName(resource, Name);
  const busName = textOf(EventBusName);
  events.defineRule({
    name,
    busName,
    pattern: EventPattern as JsonObject,
    enabled: State !== 'DISABLED',
    targets: objects(Targets).map(targetOf),
  });
  return {
    ref: name,
    attributes: { Arn: arn(context, 'events', `rule/${busName === 'default' ? name : `${busName}/${name}`}`) },
  };
};

function targetOf({
  Id,
  Arn,
  Input,
  InputPath,
  InputTransformer,
  DeadLetterConfig,
  RetryPolicy,
  ...others
}: JsonObject): RuleTarget {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new Error(`The target ${textOf(Id)} of a rule has ${unknown}, which this runtime does not have.`);
  }
  const transformer = InputTransformer as
    | { readonly InputPathsMap?: Record<string, string>; readonly InputTemplate: string }
    | undefined;
  const retry = RetryPolicy as JsonObject | undefined;
  return {
    id: textOf(Id),
    arn: textOf(Arn),
    ...present({
      input: text(Input),
      inputPath: text(InputPath),
      inputTransformer: transformer && {
        inputTemplate: transformer.InputTemplate,
        ...present({ inputPathsMap: transformer.InputPathsMap }),
      },
      deadLetterArn: text((DeadLetterConfig as JsonObject | undefined)?.Arn),
      retry:
        retry &&
        present({
          maximumRetryAttempts: number(retry.MaximumRetryAttempts),
          maximumEventAgeSeconds: number(retry.MaximumEventAgeInSeconds),
        }),
    }),
  };
}

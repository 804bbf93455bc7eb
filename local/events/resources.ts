import { arnOf, type Location } from '../arn.ts';
import type { JsonObject } from '../contracts.ts';
import { number, objects, present, text, textOf } from '../properties.ts';
import { physicalName, type ResourceTypes, refuseProperties } from '../resource.ts';
import { type BusDefinition, type RuleDefinition, type RuleTarget, ruleArn } from './rule.ts';

/** Where buses and rules are defined. */
export interface EventBuses {
  defineBus(bus: BusDefinition): void;
  defineRule(rule: RuleDefinition): void;
}

export const eventResources = (buses: EventBuses, location: Location): ResourceTypes => ({
  'AWS::Events::EventBus': (resource) => {
    refuseProperties(resource, ['DeadLetterConfig', 'EventSourceName']);
    const name = physicalName(resource, resource.properties.Name);
    const arn = arnOf(location, 'events', `event-bus/${name}`);
    buses.defineBus({ name, arn });
    return { ref: name, attributes: { Arn: arn, Name: name } };
  },
  'AWS::Events::Rule': (resource) => {
    const { EventBusName = 'default', EventPattern, ScheduleExpression, State, Targets, Name } = resource.properties;
    const name = physicalName(resource, Name);
    const busName = textOf(EventBusName);
    buses.defineRule({
      name,
      busName,
      ...present({ pattern: EventPattern as JsonObject | undefined, schedule: text(ScheduleExpression) }),
      enabled: State !== 'DISABLED',
      targets: objects(Targets).map(targetOf),
    });
    return { ref: name, attributes: { Arn: ruleArn(location, busName, name) } };
  },
});

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

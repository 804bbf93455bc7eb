import { arnOf, type Location } from '../arn.ts';
import type { JsonObject } from '../contracts.ts';
import { objects, present, text, textOf } from '../properties.ts';
import { physicalName, type ResourceTypes, refuseProperties } from '../resource.ts';
import { type BusDefinition, type RuleDefinition, ruleArn } from './rule.ts';
import { readTarget } from './target.ts';

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
      targets: objects(Targets).map(readTarget),
    });
    return { ref: name, attributes: { Arn: ruleArn(location, busName, name) } };
  },
});

import { arnOf, type Location } from '../arn.ts';
import type { JsonObject } from '../contracts.ts';
import { number, objects, present, text, textOf } from '../properties.ts';
import { physicalName, type ResourceTypes, refuseProperties } from '../resource.ts';
import type { ArchiveDefinition } from './archives.ts';
import { type BusDefinition, type RuleDefinition, ruleArn } from './rule.ts';
import { readTarget } from './target.ts';

/** Where buses, rules and archives are defined. */
export interface EventBuses {
  defineBus(bus: BusDefinition): void;
  defineRule(rule: RuleDefinition): void;
  defineArchive(archive: ArchiveDefinition): void;
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
  'AWS::Events::Archive': (resource) => {
    refuseProperties(resource, ['KmsKeyIdentifier']);
    const { ArchiveName, SourceArn, Description, EventPattern, RetentionDays } = resource.properties;
    const name = physicalName(resource, ArchiveName);
    buses.defineArchive({
      name,
      sourceArn: textOf(SourceArn),
      retentionDays: number(RetentionDays) ?? 0,
      ...present({ description: text(Description), pattern: EventPattern as JsonObject | undefined }),
    });
    return { ref: name, attributes: { Arn: arnOf(location, 'events', `archive/${name}`), ArchiveName: name } };
  },
});

import { arnOf, type Location, namedArn } from '../arn.ts';
import type { JsonObject } from '../contracts.ts';
import { filledText, objects } from '../properties.ts';
import type { Permission } from '../service.ts';
import { busNameOf } from './entry.ts';
import { ruleArn } from './rule.ts';

/** What an operation needs: PutEvents for every bus that it names, others for what they are on; who gives AWS a role must be allowed to. */
export function eventPermissions(location: Location, operation: string, input: JsonObject): Permission[] {
  const action = `events:${operation}`;
  const passed = [input, ...objects(input.Targets)].flatMap(({ RoleArn }) => filledText(RoleArn) ?? []);
  return [
    ...resourcesOf(location, operation, input).map((resource) => ({ action, resource })),
    ...[...new Set(passed)].map((resource) => ({ action: 'iam:PassRole', resource })),
  ];
}

function resourcesOf(location: Location, operation: string, input: JsonObject): string[] {
  const { Entries, Name, Rule, EventBusName, ArchiveName, ReplayName, ResourceARN } = input;
  const bus = (name: string): string => namedArn(location, 'events', 'event-bus/', name);
  if (operation === 'PutEvents') {
    return [...new Set(objects(Entries).map((entry) => bus(filledText(entry.EventBusName) ?? 'default')))];
  }
  const on = (kind: string, name: string): string => arnOf(location, 'events', `${kind}/${name}`);
  const archive = filledText(ArchiveName);
  const replay = filledText(ReplayName);
  if (archive !== undefined) return [on('archive', archive)];
  if (replay !== undefined) return [on('replay', replay)];
  const resource = filledText(ResourceARN);
  if (resource !== undefined) return [resource];
  const rule = filledText(Rule) ?? (operation.endsWith('Rule') ? filledText(Name) : undefined);
  if (rule !== undefined) return [ruleArn(location, busNameOf(EventBusName), rule)];
  return [bus(filledText(Name) ?? filledText(EventBusName) ?? 'default')];
}

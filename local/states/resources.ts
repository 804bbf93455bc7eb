import { readFileSync } from 'node:fs';
import { arnOf, type Location } from '../arn.ts';
import type { JsonObject } from '../contracts.ts';
import { objects, text, textOf } from '../properties.ts';
import { physicalName, type Resource, type ResourceTypes } from '../resource.ts';
import type { Route } from './aliases.ts';
import { type MachineType, revisionOf } from './machines.ts';

export interface DeclaredMachine {
  readonly name: string;
  readonly arn: string;
  readonly definition: string;
  readonly roleArn: string;
  /** @default STANDARD */
  readonly type?: MachineType;
}

/** Where state machines, their versions and aliases are defined. */
export interface StateMachines {
  createStateMachine(machine: DeclaredMachine): void;
  /** Freezes the machine as it is now. Returns the version's ARN. */
  publishVersion(machineArn: string): string;
  defineAlias(arn: string, routes: readonly Route[]): void;
  createActivity(arn: string, name: string): void;
}

export const stateResources = (machines: StateMachines, location: Location): ResourceTypes => ({
  'AWS::StepFunctions::StateMachine': (resource) => {
    const { StateMachineName, StateMachineType = 'STANDARD', RoleArn } = resource.properties;
    if (StateMachineType !== 'STANDARD' && StateMachineType !== 'EXPRESS') {
      throw new Error(`StateMachineType is ${text(StateMachineType)}; expected STANDARD or EXPRESS.`);
    }
    const name = physicalName(resource, StateMachineName);
    const arn = arnOf(location, 'states', `stateMachine:${name}`);
    const definition = definitionOf(resource);
    const roleArn = textOf(RoleArn);
    const express = StateMachineType === 'EXPRESS' ? { type: 'EXPRESS' as const } : {};
    machines.createStateMachine({ name, arn, definition, roleArn, ...express });
    const StateMachineRevisionId = revisionOf({ definition, roleArn });
    return { ref: arn, attributes: { Arn: arn, Name: name, StateMachineRevisionId } };
  },
  'AWS::StepFunctions::Activity': (resource) => {
    const name = physicalName(resource, resource.properties.Name);
    const arn = arnOf(location, 'states', `activity:${name}`);
    machines.createActivity(arn, name);
    return { ref: arn, attributes: { Arn: arn, Name: name } };
  },
  'AWS::StepFunctions::StateMachineVersion': ({ properties }) => {
    const arn = machines.publishVersion(textOf(properties.StateMachineArn));
    return { ref: arn, attributes: { Arn: arn } };
  },
  'AWS::StepFunctions::StateMachineAlias': ({ properties }) => {
    const { Name, RoutingConfiguration, DeploymentPreference } = properties;
    const routes = objects(RoutingConfiguration).map(({ StateMachineVersionArn, Weight }) => ({
      stateMachineVersionArn: textOf(StateMachineVersionArn),
      weight: Number(Weight),
    }));
    // A gradual deployment has nothing to be gradual about on one machine: the new version is live at once.
    const preferred = text((DeploymentPreference as JsonObject | undefined)?.StateMachineVersionArn);
    const live = preferred ? [{ stateMachineVersionArn: preferred, weight: 100 }] : routes;
    const machineArn = live[0]!.stateMachineVersionArn.replace(/:\d+$/, '');
    const arn = `${machineArn}:${textOf(Name)}`;
    machines.defineAlias(arn, live);
    return { ref: arn, attributes: { Arn: arn } };
  },
});

/** The definition, from the template or an asset of it, with its substitutions. */
function definitionOf({ properties, assets }: Resource): string {
  const { DefinitionString, Definition, DefinitionS3Location, DefinitionSubstitutions = {} } = properties;
  const key = (DefinitionS3Location as JsonObject | undefined)?.Key;
  const file = typeof key === 'string' ? assets.get(key) : undefined;
  const template =
    text(DefinitionString) ?? (Definition ? JSON.stringify(Definition) : file && readFileSync(file, 'utf8'));
  if (!template) throw new Error(`The definition is neither in the template nor an asset of this assembly.`);
  return template.replace(/\$\{(\w+)\}/g, (whole, name: string) =>
    textOf((DefinitionSubstitutions as JsonObject)[name] ?? whole),
  );
}

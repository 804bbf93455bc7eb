import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Resource } from '../assembly/deploy.ts';
import type { JsonObject } from '../contracts.ts';
import { textOf } from '../json-text.ts';
import { arn, objects, type Provider, physicalName, text } from './provider.ts';

export const stateMachine: Provider = (resource, { context, states }) => {
  const { StateMachineName, StateMachineType = 'STANDARD', RoleArn } = resource.properties;
  if (StateMachineType !== 'STANDARD') {
    throw new Error(`It is of type ${text(StateMachineType)}; this runtime runs STANDARD state machines.`);
  }
  const name = physicalName(resource, StateMachineName);
  const machineArn = arn(context, 'states', `stateMachine:${name}`);
  const definition = definitionOf(resource);
  states.createStateMachine({ name, arn: machineArn, definition, roleArn: textOf(RoleArn) });
  const revision = createHash('sha256').update(definition).digest('hex').slice(0, 32);
  return { ref: machineArn, attributes: { Arn: machineArn, Name: name, StateMachineRevisionId: revision } };
};

export const stateMachineVersion: Provider = ({ properties }, { states }) => {
  const version = states.publishVersion(textOf(properties.StateMachineArn));
  return { ref: version, attributes: { Arn: version } };
};

export const stateMachineAlias: Provider = (resource, { states }) => {
  const { Name, RoutingConfiguration, DeploymentPreference } = resource.properties;
  const routes = objects(RoutingConfiguration).map(({ StateMachineVersionArn, Weight }) => ({
    stateMachineVersionArn: textOf(StateMachineVersionArn),
    weight: Number(Weight),
  }));
  // A gradual deployment has nothing to be gradual about on one machine: the new version is live at once.
  const preferred = text((DeploymentPreference as JsonObject | undefined)?.StateMachineVersionArn);
  const live = preferred ? [{ stateMachineVersionArn: preferred, weight: 100 }] : routes;
  const machineArn = live[0]!.stateMachineVersionArn.replace(/:\d+$/, '');
  const aliasArn = `${machineArn}:${textOf(Name)}`;
  states.defineAlias(aliasArn, live);
  return { ref: aliasArn, attributes: { Arn: aliasArn } };
};

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

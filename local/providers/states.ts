import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Resource } from '../assembly/deploy.ts';
import type { JsonObject } from '../contracts.ts';
import { arn, objects, physicalName, type Provider } from './provider.ts';

export const stateMachine: Provider = (resource, { context, states }) => {
  const { StateMachineName, StateMachineType = 'STANDARD', RoleArn } = resource.properties;
  if (StateMachineType !== 'STANDARD') throw new Error(`${resource.logicalId} is of type ${String(StateMachineType)}; this runtime runs STANDARD state machines.`);
  const name = physicalName(resource, StateMachineName);
  const machineArn = arn(context, 'states', `stateMachine:${name}`);
  const definition = definitionOf(resource);
  states.createStateMachine({ name, arn: machineArn, definition, roleArn: String(RoleArn) });
  const revision = createHash('sha256').update(definition).digest('hex').slice(0, 32);
  return { ref: machineArn, attributes: { Arn: machineArn, Name: name, StateMachineRevisionId: revision } };
};

export const stateMachineVersion: Provider = ({ properties }, { states }) => {
  const version = states.publishVersion(String(properties.StateMachineArn));
  return { ref: version, attributes: { Arn: version } };
};

export const stateMachineAlias: Provider = (resource, { states }) => {
  const { Name, RoutingConfiguration, DeploymentPreference } = resource.properties;
  const routes = objects(RoutingConfiguration).map(({ StateMachineVersionArn, Weight }) => ({ stateMachineVersionArn: String(StateMachineVersionArn), weight: Number(Weight) }));
  // A gradual deployment has nothing to be gradual about on one machine: the new version is live at once.
  const preferred = (DeploymentPreference as JsonObject | undefined)?.StateMachineVersionArn;
  const live = typeof preferred === 'string' ? [{ stateMachineVersionArn: preferred, weight: 100 }] : routes;
  const machineArn = live[0]!.stateMachineVersionArn.replace(/:\d+$/, '');
  const aliasArn = `${machineArn}:${String(Name)}`;
  states.defineAlias(aliasArn, live);
  return { ref: aliasArn, attributes: { Arn: aliasArn } };
};

/** The definition, from the template or an asset of it, with its substitutions. */
function definitionOf({ logicalId, properties, assets }: Resource): string {
  const { DefinitionString, Definition, DefinitionS3Location, DefinitionSubstitutions = {} } = properties;
  const key = (DefinitionS3Location as JsonObject | undefined)?.Key;
  const file = typeof key === 'string' ? assets.get(key) : undefined;
  const text = typeof DefinitionString === 'string' ? DefinitionString : Definition ? JSON.stringify(Definition) : file && readFileSync(file, 'utf8');
  if (!text) throw new Error(`The definition of ${logicalId} is neither in the template nor an asset of this assembly.`);
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => String((DefinitionSubstitutions as JsonObject)[name] ?? whole));
}

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ERRORS } from '../../../functions/published/errors.ts';
import type { Assembly } from '../../infra/support/assembly.ts';
import { recordedSagas, type Saga } from '../../support/saga/definition.ts';
import type { DeployedMachine, DeployedSagas, ReleasedDefinition } from '../rules/definitions.ts';

/** The folder with the definitions of past releases. */
export const RECORDED_DEFINITIONS = path.resolve(import.meta.dirname, '../../saga/recorded-definitions');

export const releases = (): readonly string[] => readdirSync(RECORDED_DEFINITIONS).sort();

/** What the recorded definitions of all releases need. */
export const releasedDefinitions = (): readonly ReleasedDefinition[] =>
  releases().flatMap((release) => recordedSagas(release).map((saga) => needsOf(release, saga)));

function needsOf(release: string, { name, definitionText, tasks }: Saga): ReleasedDefinition {
  const clauses = [...tasks.values()].flatMap(({ Retry = [], Catch = [] }) => [...Retry, ...Catch]);
  const named = clauses.flatMap(({ ErrorEquals }) => ErrorEquals).filter((error) => !error.includes('.'));
  return {
    release,
    saga: name,
    functions: [...new Set([...definitionText.matchAll(/\$\{(\w+)FunctionArn\}/g)].map(([, state]) => state!))],
    errors: [...new Set(named)],
    publishes: definitionText.includes('arn:aws:states:::events:putEvents'),
  };
}

/** The logical ids of the machines begin with these. */
const MACHINES = { 'order-saga': 'OrderSaga', 'items-change': 'ItemsChangeSaga', cancellation: 'CancellationSaga' };

/** The sagas as an assembly has them. */
export const deployedSagas = (assembly: Assembly): DeployedSagas => ({
  machines: new Map(Object.entries(MACHINES).map(([saga, id]) => [saga, machineOf(assembly, id)])),
  errors: new Set(Object.keys(ERRORS)),
});

function machineOf(assembly: Assembly, name: string): DeployedMachine {
  const machine = assembly.one('AWS::StepFunctions::StateMachine', `${name}StateMachine`);
  const granted = assembly.statementsOf(assembly.target(machine.properties.RoleArn));
  const invoked = granted.filter(({ actions }) => actions.includes('lambda:InvokeFunction'));
  const functions = invoked
    .flatMap(({ resources }) => resources)
    // Released definitions invoke functions by their own ARN.
    .filter((resource) => typeof resource === 'object' && resource !== null && 'Fn::GetAtt' in resource)
    .map((resource) => assembly.resource(assembly.target(resource)))
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ properties }) => inCapitals(properties.Description as string));
  return {
    functions: new Set(functions),
    mayPublish: granted.some(({ actions }) => actions.includes('events:PutEvents')),
    keepsVersions: assembly
      .all('AWS::StepFunctions::StateMachineVersion')
      .filter(({ properties }) => assembly.target(properties.StateMachineArn) === machine.id)
      .every(({ deletionPolicy }) => deletionPolicy === 'Retain'),
  };
}

/** `orders/confirm-order` is the step ConfirmOrder. */
const inCapitals = (description: string): string =>
  description
    .slice(description.indexOf('/') + 1)
    .split('-')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('');

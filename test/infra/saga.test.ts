import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();

interface State {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number | string;
  Arguments?: { FunctionName?: string };
}

/** A saga, the function that starts it, and where it is in the repository. */
const SAGAS = [
  { saga: 'OrderSaga', folder: 'order-saga', starter: 'StartOrderSaga' },
  { saga: 'ItemsChangeSaga', folder: 'items-change', starter: 'StartItemsChange' },
].map(({ saga, folder, starter }) => {
  const machine = assembly.one('AWS::StepFunctions::StateMachine', `${saga}StateMachine`);
  const source = readFileSync(path.join(ROOT, 'statemachines', folder, 'definition.asl.json'), 'utf8');
  const definition = JSON.parse(machine.properties.DefinitionString as string) as {
    TimeoutSeconds: number;
    States: Record<string, State>;
  };
  const substitutions = machine.properties.DefinitionSubstitutions as Record<string, unknown>;
  const steps = Object.entries(definition.States).filter(([, { Arguments }]) => Arguments?.FunctionName !== undefined);
  const functionOf = ({ Arguments }: State) =>
    assembly.target(substitutions[/\$\{(\w+)\}/.exec(Arguments!.FunctionName!)![1]!]);
  return { saga, starter, machine, source, definition, substitutions, steps, functionOf };
});

const isWait = ({ Resource }: State): boolean => Resource?.endsWith('.waitForTaskToken') ?? false;

describe.each(SAGAS)('$saga as deployed', ({ machine, source, definition, substitutions, steps, functionOf }) => {
  const done = steps.filter(([, state]) => !isWait(state));
  const waits = steps.filter(([, state]) => isWait(state));

  test('is the definition of the repository', () => {
    expect(definition).toEqual(JSON.parse(source));
    expect(machine.properties.StateMachineType).toBe('STANDARD');
  });

  test('names resources by substitution only, and every substitution is used', () => {
    expect(source).not.toMatch(/arn:aws:(?!states:::)/);
    expect(new Set([...source.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name))).toEqual(
      new Set(Object.keys(substitutions)),
    );
  });

  test.each(done)('%s invokes the function of its name', (name, state) => {
    const verbNoun = name.replace(/\B[A-Z]/g, '-$&').toLowerCase();
    expect(assembly.resource(functionOf(state)).properties.Description).toMatch(new RegExp(`/${verbNoun}$`));
  });

  test.each(waits)('%s is registered by the function for all waits', (_name, state) => {
    expect(assembly.resource(functionOf(state)).properties.Description).toBe('recovery/await-recovery');
  });

  test.each(done)('%s outlasts its function, so that a timed-out step has ended', (_name, state) => {
    expect(state.TimeoutSeconds).toBeGreaterThan(assembly.resource(functionOf(state)).properties.Timeout as number);
  });

  test('ends some day', () => {
    expect(definition.TimeoutSeconds).toBeLessThanOrEqual(365 * 86_400);
  });

  test('may invoke its steps and, for executions of earlier releases, publish on our bus, and nothing else that has a name', () => {
    const named = assembly
      .statementsOf(assembly.target(machine.properties.RoleArn))
      .filter(({ resources }) => !resources.includes('*'));
    expect(
      named.map(({ actions, resources }) => [actions, new Set(resources.map((resource) => assembly.target(resource)))]),
    ).toEqual([
      [['lambda:InvokeFunction'], new Set(steps.map(([, state]) => functionOf(state)))],
      [['events:PutEvents'], new Set([assembly.one('AWS::Events::EventBus', 'Bus').id])],
    ]);
  });

  test('logs failures without what was in the orders', () => {
    expect(machine.properties.LoggingConfiguration).toMatchObject({ Level: 'ERROR', IncludeExecutionData: false });
  });

  test('raises an alarm when an execution fails, times out or is aborted', () => {
    const alarms = ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((metric) =>
      assembly.alarmsOn(metric, machine.id),
    );
    expect(alarms.map((found) => found.map(({ properties }) => properties.Threshold as number))).toEqual([
      [1],
      [1],
      [1],
    ]);
  });
});

describe.each(SAGAS)('Versions of $saga', ({ saga, starter, machine, source }) => {
  const [version, ...others] = assembly
    .all('AWS::StepFunctions::StateMachineVersion')
    .filter(({ properties }) => assembly.target(properties.StateMachineArn) === machine.id);
  const alias = assembly.one('AWS::StepFunctions::StateMachineAlias', `${saga}Live`);

  test('are one per definition, and outlive the next one for the executions that run on them', () => {
    const hash = createHash('sha256')
      .update(JSON.stringify(JSON.parse(source)))
      .digest('hex')
      .slice(0, 8);
    expect(version!.id).toContain(hash);
    expect(others).toEqual([]);
    expect(version!.deletionPolicy).toBe('Retain');
  });

  test('are started through the alias', () => {
    expect(alias.properties).toMatchObject({
      Name: 'live',
      RoutingConfiguration: [{ StateMachineVersionArn: { Ref: version!.id }, Weight: 100 }],
    });
    const { Environment, Role } = assembly.one('AWS::Lambda::Function', starter).properties;
    expect(Environment.Variables.SAGA_ARN).toEqual({ Ref: alias.id });
    const starts = assembly
      .statementsOf(assembly.target(Role))
      .filter(({ actions }) => actions.includes('states:StartExecution'));
    expect(starts.flatMap(({ resources }) => resources)).toEqual([{ Ref: alias.id }]);
  });
});

test('The order saga is found by outputs', () => {
  const [{ machine }] = SAGAS as [(typeof SAGAS)[number]];
  const alias = assembly.one('AWS::StepFunctions::StateMachineAlias', 'OrderSagaLive');
  expect(assembly.stateless.Outputs.OrderSagaArn?.Value).toEqual({ Ref: alias.id });
  expect(assembly.stateless.Outputs.OrderSagaMachineArn?.Value).toEqual({ Ref: machine.id });
});

import { describe, expect, test } from 'vitest';
import type { Assembly, Template } from '../support/assembly.ts';

type Resources = Template['Resources'];
type Policy = {
  readonly CodeDeployLambdaAliasUpdate?: { readonly ApplicationName: string; readonly DeploymentGroupName: string };
};

/** How new versions come to callers, in a stage that rolls them out, and in one that does not. */
export function rolledOut(prod: () => Assembly, dev: () => Assembly): void {
  const aliasesOf = (assembly: Assembly): readonly (Resources[string] & { readonly UpdatePolicy?: Policy })[] =>
    [...assembly.stacks.values()]
      .flatMap(({ Resources }) => Object.values(Resources))
      .filter(({ Type }) => Type === 'AWS::Lambda::Alias');

  describe('A stage that rolls out', () => {
    test('shifts the callers of each function through a group of its own, which is there before it is needed', () => {
      const groups = prod().all('AWS::CodeDeploy::DeploymentGroup');
      const named = aliasesOf(prod()).map(({ UpdatePolicy }) => UpdatePolicy?.CodeDeployLambdaAliasUpdate);
      expect(named.length).toBeGreaterThan(90);
      expect(new Set(named.map((shift) => shift?.ApplicationName))).toEqual(new Set(['WaybillProd']));
      expect(named.map((shift) => shift?.DeploymentGroupName).sort()).toEqual(
        groups.map(({ properties }) => properties.DeploymentGroupName as string).sort(),
      );
      const { ApplicationName } = prod().one('AWS::CodeDeploy::Application', 'RolloutApplication').properties;
      expect(ApplicationName).toBe('WaybillProd');
      for (const stack of prod().stacks.keys()) {
        const hasFunctions = Object.values(prod().stacks.get(stack)!.Resources).some(
          ({ Type }) => Type === 'AWS::Lambda::Function',
        );
        if (hasFunctions) expect(prod().dependenciesOf(stack)).toContain('WaybillProd-Rollout');
      }
    });

    test('goes back when functions or the API fail, and needs no alarm of its own for each function', () => {
      const alarms = Object.entries(prod().stacks.get('WaybillProd-Rollout')!.Resources).filter(
        ([, { Type }]) => Type === 'AWS::CloudWatch::Alarm',
      );
      expect(alarms.map(([, { Properties }]) => Properties!.MetricName as string).sort()).toEqual([
        '5XXError',
        'Errors',
      ]);
      for (const { properties } of prod().all('AWS::CodeDeploy::DeploymentGroup')) {
        expect(properties).toMatchObject({
          DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
          AlarmConfiguration: { Enabled: true, Alarms: alarms.map(([Name]) => ({ Name: { Ref: Name } })) },
          AutoRollbackConfiguration: {
            Enabled: true,
            Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM']) as unknown,
          },
        });
      }
    });

    test('starts a tenth of the executions of each saga on a new definition first', () => {
      const aliases = prod().all('AWS::StepFunctions::StateMachineAlias');
      expect(aliases).toHaveLength(3);
      for (const { properties } of aliases) {
        expect(properties.RoutingConfiguration).toBeUndefined();
        expect(properties.DeploymentPreference).toMatchObject({ Type: 'CANARY', Percentage: 10, Interval: 5 });
        const [own, functionsFail] = properties.DeploymentPreference.Alarms as [unknown, string];
        expect(prod().resource(prod().target(own)).type).toBe('AWS::CloudWatch::Alarm');
        expect(functionsFail).toBe('WaybillProdRollout-FunctionsFail');
      }
    });
  });

  test('A stage that does not has the same versions and aliases, and goes over at once', () => {
    expect(aliasesOf(dev()).length).toBe(aliasesOf(prod()).length);
    expect(aliasesOf(dev()).filter(({ UpdatePolicy }) => UpdatePolicy)).toEqual([]);
    expect([...dev().stacks.keys()]).not.toContain('WaybillDev-Rollout');
    for (const { properties } of dev().all('AWS::StepFunctions::StateMachineAlias')) {
      expect(properties.RoutingConfiguration).toHaveLength(1);
    }
  });

  test('Every caller calls the live version of a function, and every version outlives the next one', () => {
    const called = [...dev().stacks.values()].flatMap(({ Resources }) =>
      Object.values(Resources).flatMap(({ Type, Properties }) =>
        Type === 'AWS::Lambda::EventSourceMapping'
          ? [JSON.stringify(Properties!.FunctionName)]
          : Type === 'AWS::Events::Rule' && Properties!.ScheduleExpression
            ? (Properties!.Targets as { readonly Arn: unknown }[]).map(({ Arn }) => JSON.stringify(Arn))
            : Type === 'AWS::StepFunctions::StateMachine'
              ? Object.values(Properties!.DefinitionSubstitutions as object).map((each) => JSON.stringify(each))
              : [],
      ),
    );
    expect(called.length).toBeGreaterThan(40);
    expect(called.filter((reference) => !/^\{"Ref":"\w+Live[0-9A-F]{8}"\}$/.test(reference))).toEqual([]);
    const uris = dev()
      .all('AWS::ApiGateway::Method')
      .map(({ properties }) => JSON.stringify(properties.Integration.Uri ?? null));
    const invoking = uris.filter((uri) => uri.includes(':lambda:path'));
    expect(invoking.length).toBeGreaterThan(50);
    expect(invoking.filter((uri) => !uri.includes('"live"]]'))).toEqual([]);
    const versions = dev().all('AWS::Lambda::Version');
    expect(new Set(versions.map(({ deletionPolicy }) => deletionPolicy))).toEqual(new Set(['Retain']));
    expect(new Set(versions.map(({ properties }) => JSON.stringify(properties.Description)))).toEqual(
      new Set(['{"Ref":"SettingsDigest"}']),
    );
  });
}

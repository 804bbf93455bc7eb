import { describe, expect, test } from 'vitest';
import type { Assembly, Resource, Template } from '../support/assembly.ts';

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

    describe('goes back', () => {
      const stopping = () =>
        prod()
          .all('AWS::CloudWatch::Alarm')
          .filter(({ properties }) => String(properties.AlarmName).startsWith('WaybillProdRollout-'));
      const named = (name: string) => stopping().find(({ properties }) => properties.AlarmName === name)!;
      const watched = ({ properties }: Resource): readonly string[] =>
        (properties.Metrics as { readonly MetricStat?: { readonly Metric: { readonly Dimensions: unknown[] } } }[])
          .flatMap(({ MetricStat }) => MetricStat?.Metric.Dimensions ?? [])
          .map((dimension) => prod().target((dimension as { readonly Value: unknown }).Value));
      const answering = () => {
        const { Resources } = prod().stacks.get('WaybillProd-Api')!;
        const called = JSON.stringify(
          Object.values(Resources).filter(({ Type }) => /ApiGateway::(Method|Authorizer)$/.test(Type)),
        );
        return new Set(
          prod()
            .all('AWS::Lambda::Function')
            .filter(({ id }) => called.includes(id))
            .map(({ id }) => id),
        );
      };
      const functionsOf = (stack: string) =>
        Object.entries(prod().stacks.get(stack)!.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function');

      test('when one of the functions of the stack fails that no request calls: each is watched by one alarm, for what it alone costs', () => {
        const ofFunctions = stopping().filter(
          ({ properties }) => properties.Metrics.length > 3 || properties.DatapointsToAlarm,
        );
        const all = ofFunctions.flatMap(watched);
        expect(new Set(all).size).toBe(all.length);
        const others = prod()
          .all('AWS::Lambda::Function')
          .map(({ id }) => id)
          .filter((id) => !answering().has(id));
        expect(others.length).toBeGreaterThan(40);
        expect([...all].sort()).toEqual(others.sort());
        for (const { properties } of ofFunctions) {
          expect(properties.Metrics.length).toBeLessThanOrEqual(11);
          expect(properties).toMatchObject({ EvaluationPeriods: 5, DatapointsToAlarm: 2, Threshold: 0.03 });
          expect(properties.Metrics).toContainEqual({ Id: 'worst', Expression: 'MAX(METRICS())', ReturnData: true });
        }
      });

      test('when requests are answered with a 5xx, as many as break the promise and more than a few', () => {
        expect(named('WaybillProdRollout-ApiFails').properties.Metrics).toContainEqual({
          Id: 'broken',
          Expression: 'IF(failed >= 5 AND share >= 0.001, 1, 0)',
          ReturnData: true,
        });
      });

      test('through the group of each function, which asks the alarms of its own stack, of the sagas and of the API, all of which are there before it shifts', () => {
        const groups = prod().all('AWS::CodeDeploy::DeploymentGroup');
        const alarmsOf = (functionId: string): readonly string[] =>
          (
            groups.find(({ properties }) => properties.DeploymentGroupName === functionId)!.properties
              .AlarmConfiguration.Alarms as { readonly Name: string }[]
          ).map(({ Name }) => Name);
        for (const { properties } of groups) {
          expect(properties).toMatchObject({
            DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
            AutoRollbackConfiguration: {
              Enabled: true,
              Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM']) as unknown,
            },
          });
          const names = (properties.AlarmConfiguration.Alarms as { readonly Name: string }[]).map(({ Name }) => Name);
          expect(names.length).toBeLessThanOrEqual(10);
          expect(names).toContain('WaybillProdRollout-ApiFails');
          expect(names).toContain('WaybillProdRollout-StatelessFunctionsFail1');
          for (const name of names) expect(named(name)).toBeDefined();
        }
        expect(alarmsOf('PostEntries')).toContain('WaybillProdRollout-LedgerFunctionsFail1');
        expect(alarmsOf('ReserveInventory')).toContain('WaybillProdRollout-StatelessSagaCallersFail1');
        expect(alarmsOf('CreateOrder')).not.toContain('WaybillProdRollout-LedgerFunctionsFail1');
        const { Resources } = prod().stacks.get('WaybillProd-Ledger')!;
        const aliases = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Alias');
        expect(aliases.length).toBe(functionsOf('WaybillProd-Ledger').length);
        for (const alias of aliases) {
          expect((alias as { readonly DependsOn?: readonly string[] }).DependsOn).toEqual(['FunctionsFail1']);
        }
      });
    });

    test('starts a tenth of the executions of each saga on a new definition first', () => {
      const aliases = prod().all('AWS::StepFunctions::StateMachineAlias');
      expect(aliases).toHaveLength(3);
      for (const { properties } of aliases) {
        expect(properties.RoutingConfiguration).toBeUndefined();
        expect(properties.DeploymentPreference).toMatchObject({ Type: 'CANARY', Percentage: 10, Interval: 5 });
        const [own, ...others] = properties.DeploymentPreference.Alarms as [unknown, ...string[]];
        expect(prod().resource(prod().target(own)).type).toBe('AWS::CloudWatch::Alarm');
        expect(others).toEqual(
          ['ApiFails', 'StatelessFunctionsFail1', 'StatelessFunctionsFail2', 'StatelessSagaCallersFail1'].map(
            (name) => `WaybillProdRollout-${name}`,
          ),
        );
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
            ? (Properties!.Targets as { readonly Arn: unknown }[])
                .map(({ Arn }) => JSON.stringify(Arn))
                // Some put a message into a queue, whose consumer is called by its mapping.
                .filter((reference) => !/^\{"Fn::GetAtt":\["\w+Queue[0-9A-F]{8}","Arn"\]\}$/.test(reference))
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

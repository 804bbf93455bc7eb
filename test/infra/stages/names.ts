import { describe, expect, test } from 'vitest';
import type { Template } from '../support/assembly.ts';

/** Names that are unique in what they are a part of, and not in the account. */
const WITHIN_ANOTHER = [
  'AWS::ApiGateway::Stage StageName',
  'AWS::StepFunctions::StateMachineAlias Name',
  'AWS::Lambda::Alias Name',
  // Of its application, which has the name of the environment.
  'AWS::CodeDeploy::DeploymentGroup DeploymentGroupName',
  // Of the metric that an alarm is about; its namespace is looked at apart.
  'AWS::CloudWatch::Alarm MetricName',
  // An inline policy is a part of its role.
  'AWS::IAM::Policy PolicyName',
  // Of the topic in mails.
  'AWS::SNS::Topic DisplayName',
];
const isOurs = (namespace: unknown): boolean => typeof namespace === 'string' && !namespace.startsWith('AWS/');

/** Every name that the stacks give to something in the account: nothing else there may have it. */
export function namesIn(stacks: ReadonlyMap<string, Template>): readonly string[] {
  return [...stacks].flatMap(([stack, { Resources, Outputs = {} }]) => [
    `stack ${stack}`,
    ...Object.values(Outputs).flatMap(({ Export }) => (Export ? [`export ${JSON.stringify(Export.Name)}`] : [])),
    ...Object.values(Resources).flatMap(({ Type, Properties = {} }) =>
      Object.entries(Properties)
        .filter(([property, value]) => /^(.*[a-z])?Name$/.test(property) && !namesOther(value))
        .map(([property, value]) => [`${Type} ${property}`, `${Type} ${String(value)}`] as const)
        .filter(([kind]) => !WITHIN_ANOTHER.includes(kind))
        .map(([, name]) => name),
    ),
    ...namespacesIn(Resources),
  ]);
}

/** A reference, whose name CloudFormation makes from the stack's. */
const namesOther = (value: unknown): boolean => typeof value === 'object' && value !== null;

const namespacesIn = (resources: Template['Resources']): readonly string[] =>
  Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ Properties }) => Properties?.Namespace as unknown)
    .filter(isOurs)
    .map((namespace) => `namespace ${String(namespace)}`);

export function namesOfTheirOwn(prod: () => ReadonlyMap<string, Template>, other: ReadonlyMap<string, Template>): void {
  describe('Two environments in one account', () => {
    test('have no stack, no export, no namespace of metrics and no resource of the same name', () => {
      const names = new Set(namesIn(prod()));
      expect(names).toContain('stack WaybillProd-Stateless');
      expect(names).toContain('namespace Waybill/prod');
      expect(namesIn(other).filter((name) => names.has(name))).toEqual([]);
    });

    test('have the same resources', () => {
      const typesOf = (stacks: ReadonlyMap<string, Template>) =>
        Object.fromEntries(
          // The stage has a key of its own.
          [...stacks]
            .filter(([name]) => !name.endsWith('-Keys'))
            .map(([name, { Resources }]) => {
              // Only the environment without a name sets the account's role for logs of API Gateway.
              const those = Object.entries(Resources).filter(([id]) => !/^ApiCloudWatchRole|^ApiAccount/.test(id));
              // And only a stage has a web ACL.
              // Alarms that take a rollout back are in the stacks of what they watch.
              const types = those
                .filter(([, { Properties }]) => !/Rollout-/.test(String(Properties?.AlarmName)))
                .map(([, { Type }]) => Type)
                .filter((type) => !type.startsWith('AWS::WAFv2::'));
              return [name.split('-')[1], types.sort()];
            }),
        );
      // What shifts callers gradually has a stack of its own, which only stages have.
      const { Rollout, ...others } = typesOf(prod());
      expect(Rollout).toContain('AWS::CodeDeploy::DeploymentGroup');
      expect(others).toEqual(typesOf(other));
    });

    test('write metrics where their own alarms look for them, and list their own alarms', () => {
      const variables = [...prod().values()].flatMap(({ Resources }) =>
        Object.values(Resources)
          .filter(({ Type }) => Type === 'AWS::Lambda::Function')
          .map(({ Properties }) => Properties?.Environment?.Variables as Readonly<Record<string, unknown>>),
      );
      expect(variables.length).toBeGreaterThan(50);
      expect(new Set(variables.map(({ POWERTOOLS_METRICS_NAMESPACE }) => POWERTOOLS_METRICS_NAMESPACE))).toEqual(
        new Set(['Waybill/prod']),
      );
      expect(variables.map(({ ALARM_NAME_PREFIX }) => ALARM_NAME_PREFIX).filter(Boolean)).toEqual(['WaybillProd-']);
    });
  });
}

import { type CfnResource, Duration, Stack, Validations } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnApplication, CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias, CfnAlias } from 'aws-cdk-lib/aws-lambda';
import type { CfnStateMachineAlias } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { environmentOf } from '../stages/environment.ts';

/** A tenth of all calls and executions goes to a new version first, for five minutes. */
const CANARY = { percentage: 10, minutes: 5, codeDeploy: 'CodeDeployDefault.LambdaCanary10Percent5Minutes' };
/** A new version that fails does so at once; a partner that is away makes functions fail, too, and then an update can wait. */
const FAILURES_A_MINUTE = 5;

/**
 * What shifts callers of functions to a new version, and back when an alarm goes off: an application of CodeDeploy with a group for each function. It is known by
 * names, which begin as the stacks do, so that it is there before the first function needs it. See docs/decisions/0136-callers-call-the-live-version.md.
 */
export class Rollout extends Construct {
  /** @param functions their ids */
  constructor(scope: Construct, id: string, functions: readonly string[]) {
    super(scope, id);
    const application = new CfnApplication(this, 'Application', {
      applicationName: applicationOf(this),
      computePlatform: 'Lambda',
    });
    const role = this.#role();
    const alarms = this.#alarms();
    for (const name of functions) {
      const group = new CfnDeploymentGroup(this, name, {
        applicationName: application.ref,
        deploymentGroupName: name,
        serviceRoleArn: role.roleArn,
        deploymentConfigName: CANARY.codeDeploy,
        deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
        alarmConfiguration: { enabled: true, alarms: alarms.map(({ ref }) => ({ name: ref })) },
        autoRollbackConfiguration: {
          enabled: true,
          events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
        },
      });
      group.node.addDependency(role);
    }
  }

  /** As AWS's own policy AWSCodeDeployRoleForLambdaLimited, for the functions of this environment alone. */
  #role(): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
    const functions = Stack.of(this).formatArn({
      service: 'lambda',
      resource: `function:${environmentOf(this).prefix}-*`,
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        resources: [functions],
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'What alarms say is granted on all alarms or on none.',
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:${environmentOf(this).prefix}-*]`,
      reason: 'All functions of this environment, which begin with its name, and no others.',
    });
    return role;
  }

  /** They stop a rollout, and call nobody: what a person has to know has alarms of its own. */
  #alarms(): readonly CfnResource[] {
    const prefix = applicationOf(this);
    const of = (id: string, namespace: string, metricName: string, dimensions: CfnAlarm.DimensionProperty[]) =>
      new CfnAlarm(this, id, {
        alarmName: alarmNameIn(this, id),
        alarmDescription: 'Takes back a new version that is being rolled out.',
        namespace,
        metricName,
        dimensions,
        statistic: 'Sum',
        period: Duration.minutes(1).toSeconds(),
        evaluationPeriods: 1,
        threshold: FAILURES_A_MINUTE,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'notBreaching',
      });
    return [
      // Without a dimension: of every function of the account in this region. An alarm for each function would cost more than all others.
      of(FUNCTIONS_FAIL, 'AWS/Lambda', 'Errors', []),
      of('ApiFails', 'AWS/ApiGateway', '5XXError', [{ name: 'ApiName', value: prefix }]),
    ];
  }
}

const FUNCTIONS_FAIL = 'FunctionsFail';
const applicationOf = (scope: Construct): string => environmentOf(scope).prefix;
/** Not among those that operators see, which begin with the prefix and a hyphen. */
const alarmNameIn = (scope: Construct, id: string): string => `${applicationOf(scope)}Rollout-${id}`;

/** Has CloudFormation shift callers of an alias to its next version through the group of this function. */
export function shiftGradually(alias: Alias, functionId: string): void {
  (alias.node.defaultChild as CfnAlias).cfnOptions.updatePolicy = {
    codeDeployLambdaAliasUpdate: { applicationName: applicationOf(alias), deploymentGroupName: functionId },
  };
}

/** The same for executions of a state machine, which Step Functions does by itself. @param alarmName of the machine's own alarm */
export const gradually = (
  scope: Construct,
  stateMachineVersionArn: string,
  alarmName: string,
): CfnStateMachineAlias.DeploymentPreferenceProperty => ({
  stateMachineVersionArn,
  type: 'CANARY',
  percentage: CANARY.percentage,
  interval: CANARY.minutes,
  alarms: [alarmName, alarmNameIn(scope, FUNCTIONS_FAIL)],
});

import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { CONFIGURATION_REFUSED, CONFIGURATION_UNAVAILABLE } from '../../functions/shared/configuration/metrics.ts';
import { CONFIGURATION_PARAMETER } from '../../functions/shared/configuration/parameter.ts';
import { environmentOf } from '../stages/environment.ts';
import { alarm } from './alarms.ts';
import { grant } from './grant.ts';
import { Group } from './group.ts';
import { parameterValue } from './parameters.ts';

/**
 * The settings that operators change while the platform runs: a parameter of Systems Manager, which the first change makes. No
 * deployment has it as a resource, so that none can set it back.
 */
export class ConfigurationParameter extends Group {
  readonly #parameterName: string;
  readonly #parameterArn: string;
  readonly #overrides: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    this.#parameterName = `/${stack.stackName}/configuration`;
    this.#parameterArn = stack.formatArn({ service: 'ssm', resource: `parameter${this.#parameterName}` });
    this.#overrides = parameterValue(this, 'ConfigurationOverrides', {
      description: 'Settings of this environment that win over those that operators set, as JSON',
      default: '{}',
      allowedPattern: '^\\{.*\\}$',
      constraintDescription: 'must be a JSON object',
    });
    this.#alarms();
  }

  /** Which events of AWS tell of a change, whoever made it. */
  get notices(): EventPattern {
    return {
      source: ['aws.ssm'],
      detailType: ['Parameter Store Change'],
      detail: { name: [this.#parameterName], operation: ['Create', 'Update'] },
    };
  }

  /** Reads the newest version, and an older one when the newest is wrong. */
  grantRead(reader: LambdaFunction): void {
    this.#grant(reader, 'GetParameter');
  }

  /** Reads every version. */
  grantReadHistory(reader: LambdaFunction): void {
    this.#grant(reader, 'GetParameterHistory');
  }

  /** Adds a version. */
  grantChange(writer: LambdaFunction): void {
    this.#grant(writer, 'GetParameterHistory', 'PutParameter');
  }

  #grant(receiver: LambdaFunction, ...actions: readonly string[]): void {
    const { variable, overridesVariable } = CONFIGURATION_PARAMETER;
    grant(
      receiver,
      { actions: actions.map((action) => `ssm:${action}`), on: this.#parameterArn },
      { [variable]: this.#parameterName, [overridesVariable]: this.#overrides },
    );
  }

  #alarms(): void {
    const sumOf = (metricName: string) =>
      new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName,
        period: Duration.minutes(5),
        statistic: 'Sum',
      });
    alarm(this, 'ConfigurationRefused', {
      metric: sumOf(CONFIGURATION_REFUSED.name),
      threshold: 1,
      severity: 'warning',
      description:
        'Somebody wrote a wrong configuration past the API, or the deployment overrides settings wrongly: functions go on with what was good.',
      runbook: 'configuration-refused',
    });
    alarm(this, 'ConfigurationUnavailable', {
      metric: sumOf(CONFIGURATION_UNAVAILABLE.name),
      threshold: 10,
      severity: 'warning',
      description:
        'Functions cannot read the configuration: they go on with the last version that they know, and new instances with the defaults.',
      runbook: 'configuration-unavailable',
    });
  }
}

import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ALARM_PREFIX_VARIABLE } from '../../functions/operations/adapters/alarm-prefix.ts';
import { checkDependencies, checkHealth, listAlarms } from '../../functions/operations/routes.ts';
import { DEPENDENCIES_VARIABLE, DEPENDENCY_KINDS } from '../../functions/published/dependencies.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { grant, tell } from '../constructs/grant.ts';
import type { Platform } from '../constructs/platform.ts';
import type { Probe } from '../constructs/probe.ts';
import { environmentOf } from '../stages/environment.ts';

export interface OperationsProps {
  /** What the contexts depend on. */
  readonly probes: readonly Probe[];
}

/** What operators ask about the platform. */
export class Operations extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform, props: OperationsProps) {
    super(scope, id, platform);
    this.endpoint(checkHealth);
    this.#dependencies(props.probes);
    const alarms = this.endpoint(listAlarms);
    grant(
      alarms,
      { actions: ['cloudwatch:DescribeAlarms'], on: '*' },
      { [ALARM_PREFIX_VARIABLE]: `${environmentOf(this).prefix}-` },
    );
    Validations.of(alarms.role!).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The list of alarms is no resource that a policy could name.',
    });
  }

  #dependencies(all: readonly Probe[]): void {
    const handler = this.endpoint(checkDependencies);
    const probes = DEPENDENCY_KINDS.flatMap((kind) => all.filter((probe) => probe.kind === kind));
    for (const { permission } of probes) if (permission) grant(handler, permission, {});
    tell(handler, {
      [DEPENDENCIES_VARIABLE]: Stack.of(this).toJsonString(
        probes.map(({ name, kind, target }) => ({ name, kind, target })),
      ),
    });
  }
}

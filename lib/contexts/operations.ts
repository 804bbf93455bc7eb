import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { checkHealth } from '../../functions/operations/routes.ts';
import { DEPENDENCIES_VARIABLE, DEPENDENCY_KINDS } from '../../functions/published/dependencies.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { grant, tell } from '../constructs/grant.ts';
import type { Platform } from '../constructs/platform.ts';
import type { Probe } from '../constructs/probe.ts';

export interface OperationsProps {
  /** What the contexts depend on. */
  readonly probes: readonly Probe[];
}

/** What operators ask about the platform. */
export class Operations extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform, props: OperationsProps) {
    super(scope, id, platform);
    const handler = this.endpoint(checkHealth);
    const probes = DEPENDENCY_KINDS.flatMap((kind) => props.probes.filter((probe) => probe.kind === kind));
    for (const { permission } of probes) if (permission) grant(handler, permission, {});
    tell(handler, {
      [DEPENDENCIES_VARIABLE]: Stack.of(this).toJsonString(
        probes.map(({ name, kind, target }) => ({ name, kind, target })),
      ),
    });
  }
}

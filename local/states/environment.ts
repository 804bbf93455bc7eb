import type { Clock, JsonObject, ServiceContext } from '../contracts.ts';
import type { Activities } from './activities.ts';
import type { Generators } from './functions.ts';
import type { Integrations } from './integration.ts';
import type { AccessOf, MapRunAccess } from './map-runs/access.ts';
import type { MapRuns } from './map-runs/map-runs.ts';
import type { NestedExecutions } from './nested-executions.ts';
import type { TaskTokens } from './task-tokens.ts';

export interface StatesOptions {
  /** What tasks can call. */
  readonly integrations: Integrations;
  /** What distributed Maps may use; without it there are none. */
  readonly access?: AccessOf;
  /** Numbers from 0 to below 1, for jitter and for the routes of aliases. */
  readonly random: () => number;
  /** Gets each start and end, in the form of AWS's event "Step Functions Execution Status Change". */
  readonly onStatusChange: (detail: JsonObject) => void;
}

/** What distributed Maps need. */
export interface DistributedMaps {
  readonly runs: MapRuns;
  /** The state machine of the execution. */
  readonly machineArn: string;
  readonly access: MapRunAccess;
}

/** What states need of the engine while they run. */
export interface Environment {
  readonly integrations: Integrations;
  readonly clock: Clock;
  readonly generators: Generators;
  readonly tokens: TaskTokens;
  readonly nested: NestedExecutions;
  readonly activities: Activities;
  readonly region: string;
  readonly roleArn: string;
  /** Undefined in executions that cannot have a distributed Map. */
  readonly distributed: DistributedMaps | undefined;
  /** Called for each state entered and each retry: what Step Functions bills. */
  readonly countTransition: () => void;
}

/** What all executions of an engine share. */
export interface EngineParts {
  readonly activities: Activities;
  readonly tokens: TaskTokens;
  readonly nested: NestedExecutions;
}

/** What the states of one execution need. */
export function environmentOf(
  { clock, newId, meter, region }: ServiceContext,
  { integrations, random }: StatesOptions,
  parts: EngineParts,
  { machineArn, roleArn }: { readonly machineArn: string; readonly roleArn: string },
  distributed?: DistributedMaps,
): Environment {
  const machineName = machineArn.split(':').at(-1)!;
  return {
    integrations,
    clock,
    region,
    tokens: parts.tokens,
    nested: parts.nested,
    activities: parts.activities,
    roleArn,
    distributed,
    generators: { now: () => clock.now(), random, newId },
    countTransition: () => meter.count('states.transitions', machineName),
  };
}

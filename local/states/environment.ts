import type { Clock, JsonObject, ServiceContext } from '../contracts.ts';
import type { Generators } from './functions.ts';
import type { TaskIntegration } from './integration.ts';
import type { TaskTokens } from './task-tokens.ts';

export interface StatesOptions {
  /** What tasks can call, by their `Resource`. */
  readonly integrations: Readonly<Record<string, TaskIntegration>>;
  /** Numbers from 0 to below 1, for jitter and for the routes of aliases. */
  readonly random: () => number;
  /** Gets each start and end, in the form of AWS's event "Step Functions Execution Status Change". */
  readonly onStatusChange: (detail: JsonObject) => void;
}

/** What states need of the engine while they run. */
export interface Environment {
  readonly integrations: Readonly<Record<string, TaskIntegration>>;
  readonly clock: Clock;
  readonly generators: Generators;
  readonly tokens: TaskTokens;
  readonly region: string;
  readonly roleArn: string;
  /** Called for each state entered and each retry: what Step Functions bills. */
  readonly countTransition: () => void;
}

/** What the states of one execution need. */
export function environmentOf(
  { clock, newId, meter, region }: ServiceContext,
  { integrations, random }: StatesOptions,
  tokens: TaskTokens,
  { machineArn, roleArn }: { readonly machineArn: string; readonly roleArn: string },
): Environment {
  const machineName = machineArn.split(':').at(-1)!;
  return {
    integrations,
    clock,
    region,
    tokens,
    roleArn,
    generators: { now: () => clock.now(), random, newId },
    countTransition: () => meter.count('states.transitions', machineName),
  };
}

import { type DeployedSagas, type ReleasedDefinition, strandedExecutions } from './definitions.ts';
import { type EventSchemas, refusedEvents } from './events.ts';
import { type HeldResources, refusedResources } from './resources.ts';

/** What deployments run, as it was recorded. */
export interface Released {
  readonly resources: HeldResources;
  readonly events: EventSchemas;
  /** The digests of the recorded definitions, by their files. */
  readonly definitions: Readonly<Record<string, string>>;
}

/** What this code deploys. */
export interface Now extends Released {
  readonly recordedDefinitions: readonly ReleasedDefinition[];
  readonly sagas: DeployedSagas;
}

/** Everything about this code that a deployment of what was released could not live with, in words. */
export const refusals = (released: Released, now: Now): readonly string[] => [
  ...refusedResources(released.resources, now.resources),
  ...refusedEvents(released.events, now.events),
  ...editedDefinitions(released.definitions, now.definitions),
  ...strandedExecutions(now.recordedDefinitions, now.sagas),
];

/** Recorded definitions that are not as they were: what executions run on cannot be changed any more. */
const editedDefinitions = (released: Released['definitions'], now: Released['definitions']): readonly string[] =>
  Object.entries(released)
    .filter(([file, digest]) => now[file] !== digest)
    .map(([file]) => `${file} in test/saga/recorded-definitions is not as it was recorded: executions may run on it.`);

import type { Json, JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import type { StartTarget } from './catalogue.ts';
import type { HistoryEvent } from './commit-log.ts';
import type { ExecutionRow, ListedExecution } from './execution-row.ts';
import type { Ending } from './journal.ts';
import { revisionOf } from './machines.ts';
import type { RedriveStatus } from './redrives.ts';

/** AWS JSON 1.0 writes times as seconds since the epoch. */
export const seconds = (ms: number): number => ms / 1_000;

/** Fields of event details that carry an execution's data, and that come with a note whether they were cut off. */
const DATA = ['input', 'output', 'assignedVariables'] as const;
const ONLY_DATA = ['parameters'] as const;

/** An event as GetExecutionHistory gives it; `withData` false leaves out inputs and outputs. */
export function historyEvent(
  { id, previousId, timestamp, type, details }: HistoryEvent,
  withData: boolean,
): JsonObject {
  const told = Object.entries(details).map(
    ([name, fields]) => [name, eventDetails(fields as JsonObject, withData)] as const,
  );
  return { id, previousEventId: previousId, timestamp: seconds(timestamp), type, ...Object.fromEntries(told) };
}

function eventDetails(fields: JsonObject, withData: boolean): JsonObject {
  const told: Record<string, Json> = { ...fields };
  for (const field of DATA) {
    if (!(field in fields)) continue;
    told[`${field}Details`] = { truncated: false };
    if (!withData) delete told[field];
  }
  if (!withData) for (const field of ONLY_DATA) delete told[field];
  return told;
}

export function executionSummary(row: ListedExecution): JsonObject {
  return {
    executionArn: row.arn,
    stateMachineArn: row.machineArn,
    name: row.name,
    status: row.status,
    startDate: seconds(row.startedAt),
    ...present({
      stopDate: row.stoppedAt === null ? undefined : seconds(row.stoppedAt),
      stateMachineVersionArn: row.versionArn ?? undefined,
      stateMachineAliasArn: row.aliasArn ?? undefined,
    }),
    redriveCount: row.redriveCount,
    ...present({ redriveDate: row.redrivenAt === null ? undefined : seconds(row.redrivenAt) }),
  };
}

/** Which map run an execution belongs to, and how many items it processes; nothing for one that a client started. */
export const membershipOf = (
  membership: { readonly mapRunArn: string; readonly items: number } | undefined,
): JsonObject => (membership ? { mapRunArn: membership.mapRunArn, itemCount: membership.items } : {});

export function executionDescription(row: ExecutionRow, redrivable: RedriveStatus): JsonObject {
  return {
    ...executionSummary(row),
    input: row.input,
    inputDetails: { included: true },
    ...redrivable,
    ...present({
      output: row.output ?? undefined,
      outputDetails: row.output === null ? undefined : { included: true },
      error: row.error ?? undefined,
      cause: row.cause ?? undefined,
    }),
  };
}

export function machineDescription(target: StartTarget): JsonObject {
  const { arn, versionArn, name, roleArn, definition, type, createdAt } = target;
  return {
    stateMachineArn: versionArn ?? arn,
    name,
    roleArn,
    definition,
    type,
    status: 'ACTIVE',
    creationDate: seconds(createdAt),
    revisionId: revisionOf(target),
  };
}

/** AWS bills express executions in steps of 100 ms and 64 MB. */
const BILLED_MS = 100;
const BILLED_MB = 64;

/** The outcome of an execution of an express state machine. */
export function syncExecution(row: ExecutionRow, { status, output, error, cause, stoppedAt }: Ending): JsonObject {
  return {
    executionArn: row.arn,
    stateMachineArn: row.machineArn,
    name: row.name,
    startDate: seconds(row.startedAt),
    stopDate: seconds(stoppedAt),
    status,
    input: row.input,
    inputDetails: { included: true },
    ...present({ output, error, cause, outputDetails: output === undefined ? undefined : { included: true } }),
    billingDetails: {
      billedDurationInMilliseconds: Math.max(1, Math.ceil((stoppedAt - row.startedAt) / BILLED_MS)) * BILLED_MS,
      billedMemoryUsedInMB: BILLED_MB,
    },
  };
}

/** As much of an input and an output as fits into one event, in bytes. */
const MAX_EVENT_DATA = 248 * 1024;

/**
 * The detail of AWS's event "Step Functions Execution Status Change". Times are milliseconds here. As on AWS, an input
 * that does not fit beside the output is left out, and so is an output that does not fit alone.
 */
export function statusChange(row: ExecutionRow, ending?: Ending): JsonObject {
  const outputSize = escapedSize(ending?.output);
  const withOutput = outputSize <= MAX_EVENT_DATA;
  const withInput = escapedSize(row.input) + (withOutput ? outputSize : 0) <= MAX_EVENT_DATA;
  return {
    executionArn: row.arn,
    stateMachineArn: row.machineArn,
    name: row.name,
    status: ending?.status ?? 'RUNNING',
    startDate: row.startedAt,
    stopDate: ending?.stoppedAt ?? null,
    input: withInput ? row.input : null,
    inputDetails: { included: withInput },
    output: (withOutput && ending?.output) || null,
    outputDetails: ending?.output === undefined ? null : { included: withOutput },
    error: ending?.error ?? null,
    cause: ending?.cause ?? null,
    stateMachineVersionArn: row.versionArn,
    stateMachineAliasArn: row.aliasArn,
  };
}

/** The bytes that a text takes as a string of JSON. */
const escapedSize = (text: string | undefined): number =>
  text === undefined ? 0 : Buffer.byteLength(JSON.stringify(text));

import { AwsError, type JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import type { StartTarget } from '../catalogue.ts';
import type { PageEnd } from '../execution-row.ts';
import {
  badToken,
  executionArn,
  machineArn,
  mapRunArn,
  optionalChoice,
  optionalText,
  pageOf,
  pageSize,
} from '../input.ts';
import { executionSummary, historyEvent, membershipOf, seconds, syncExecution } from '../wire.ts';
import type { ApiParts } from './parts.ts';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

export const executionOperations = (parts: ApiParts): Operations => ({
  StartExecution(input) {
    const { executions, express } = parts;
    const name = optionalText(input, 'name');
    const target = targetOf(input, parts);
    const { row } =
      target.type === 'EXPRESS'
        ? express.start(target, name, inputOf(input))
        : { row: executions.start(target, name, inputOf(input)) };
    return { executionArn: row.arn, startDate: seconds(row.startedAt) };
  },

  async StartSyncExecution(input) {
    const target = targetOf(input, parts);
    if (target.type !== 'EXPRESS') throw otherType('StartSyncExecution', target);
    const { row, ended } = parts.express.start(target, optionalText(input, 'name'), inputOf(input));
    const ending = await ended;
    if (!ending) throw new AwsError('ServiceUnavailable', 'The engine is stopping.', 503);
    return syncExecution(row, ending);
  },

  StopExecution(input) {
    const row = parts.executions.stop(executionArn(input), optionalText(input, 'error'), optionalText(input, 'cause'));
    return { stopDate: seconds(row.stoppedAt ?? row.startedAt) };
  },

  RedriveExecution(input) {
    const { executions } = parts;
    executions.checkOpen();
    const row = executions.redrives.redrive(executions.find(executionArn(input)), optionalText(input, 'clientToken'));
    return { redriveDate: seconds(row.redrivenAt ?? row.startedAt) };
  },

  DescribeExecution(input) {
    return parts.executions.describe(executionArn(input));
  },

  DescribeStateMachineForExecution(input) {
    const { definition, machineArn, roleArn, startedAt } = parts.executions.find(executionArn(input));
    return {
      stateMachineArn: machineArn,
      name: machineArn.split(':').at(-1)!,
      definition,
      roleArn,
      updateDate: seconds(startedAt),
    };
  },

  /** Those of a map run in the order of its items; others the newest first. A version's or an alias's ARN lists what was started through it. */
  ListExecutions(input) {
    const limit = pageSize(input);
    const status = optionalChoice(input, 'statusFilter', STATUSES) ?? null;
    if (input.mapRunArn !== undefined) {
      return childrenPage(mapRunArn(input), status, optionalText(input, 'nextToken'), limit, parts);
    }
    const target = parts.catalogue.target(machineArn(input), () => 0);
    if (target.type === 'EXPRESS') throw otherType('ListExecutions', target);
    const { arn, versionArn, aliasArn } = target;
    const through = aliasArn ? { aliasArn } : versionArn ? { versionArn } : {};
    const rows = parts.journal.list(
      { machineArn: arn, ...through, status, redriven: redrivenFilter(input) },
      pageEndOf(optionalText(input, 'nextToken')),
      limit + 1,
    );
    const { page, next } = pageOf(rows, limit, (last) => `${last.startedAt} ${last.arn}`);
    return { executions: page.map(executionSummary), ...next };
  },

  GetExecutionHistory(input) {
    const { arn } = parts.executions.find(executionArn(input));
    const reverse = input.reverseOrder === true;
    const limit = pageSize(input);
    const token = optionalText(input, 'nextToken');
    if (token !== undefined && !/^\d+$/.test(token)) throw badToken(token);
    const from = Number(token ?? (reverse ? Number.MAX_SAFE_INTEGER : 0));
    const events = parts.journal.history(arn, from, limit + 1, reverse);
    const { page, next } = pageOf(events, limit, ({ id }) => String(id));
    return { events: page.map((event) => historyEvent(event, input.includeExecutionData !== false)), ...next };
  },
});

/** A page of the executions of a map run, which tell it; the token is the place of the last one. */
function childrenPage(
  mapRun: string,
  status: string | null,
  token: string | undefined,
  limit: number,
  { executions }: ApiParts,
): JsonObject {
  if (token !== undefined && !/^\d+$/.test(token)) throw badToken(token);
  const { store } = executions.mapRuns;
  const arns = store.started(mapRun, status, Number(token ?? -1), limit + 1);
  const { page, next } = pageOf(arns, limit, (last) => String(store.membership(last)!.place));
  return {
    executions: page.map((arn) => ({
      ...executionSummary(executions.find(arn)),
      ...membershipOf(store.membership(arn)),
    })),
    ...next,
  };
}

const inputOf = (input: JsonObject): string => optionalText(input, 'input') ?? '{}';

const targetOf = (input: JsonObject, { executions, catalogue, random }: ApiParts): StartTarget => {
  executions.checkOpen();
  return catalogue.target(machineArn(input), random);
};

const otherType = (operation: string, { arn, type }: StartTarget): AwsError =>
  new AwsError('StateMachineTypeNotSupported', `${operation} is not for ${arn}, which is of type ${type}.`);

function redrivenFilter(input: JsonObject): boolean | null {
  const filter = optionalChoice(input, 'redriveFilter', ['REDRIVEN', 'NOT_REDRIVEN']);
  return filter === undefined ? null : filter === 'REDRIVEN';
}

/** Where the next page of a list of executions begins. */
function pageEndOf(token: string | undefined): PageEnd | undefined {
  if (token === undefined) return undefined;
  const [, startedAt, arn] = /^(\d+) (arn:.+)$/.exec(token) ?? [];
  if (startedAt === undefined || arn === undefined) throw badToken(token);
  return { startedAt: Number(startedAt), arn };
}

import { AwsError, type Json, type JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import type { ExecutionRow, Journal, PageEnd } from './journal.ts';
import type { Machines } from './machines.ts';
import type { TaskTokens } from './task-tokens.ts';
import { executionDescription, executionSummary, historyEvent, machineDescription, seconds } from './wire.ts';

export interface Control {
  readonly start: (arn: string, name: string | undefined, input: string) => ExecutionRow;
  readonly stop: (executionArn: string, error: string | undefined, cause: string | undefined) => ExecutionRow;
}

const PRESET_PAGE = 100;
const MAX_PAGE = 1_000;
const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

export type StatesApi = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** The operations of Step Functions that the runtime has, in the form of its wire protocol. They throw AwsError. */
export function statesApi(journal: Journal, machines: Machines, tokens: TaskTokens, control: Control): StatesApi {
  const executionOf = (input: JsonObject): ExecutionRow => {
    const arn = text(input, 'executionArn');
    const row = journal.find(arn);
    if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return row;
  };

  /** The newest first. A version's or an alias's ARN lists what was started through it. */
  const listExecutions = (input: JsonObject): JsonObject => {
    const limit = pageSize(input);
    const status = optionalText(input, 'statusFilter') ?? null;
    if (status !== null && !STATUSES.includes(status)) throw invalid('statusFilter', status, STATUSES.join(', '));
    const { arn, versionArn, aliasArn } = machines.target(text(input, 'stateMachineArn'), () => 0);
    const through = aliasArn ? { aliasArn } : versionArn ? { versionArn } : {};
    const rows = journal.list(
      { machineArn: arn, ...through, status },
      pageEndOf(optionalText(input, 'nextToken')),
      limit + 1,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      executions: page.map(executionSummary),
      ...present({ nextToken: rows.length > limit ? last && `${last.startedAt} ${last.arn}` : undefined }),
    };
  };

  const history = (input: JsonObject): JsonObject => {
    const { arn } = executionOf(input);
    const reverse = input.reverseOrder === true;
    const limit = pageSize(input);
    const token = optionalText(input, 'nextToken');
    if (token !== undefined && !/^\d+$/.test(token)) throw badToken(token);
    const from = Number(token ?? (reverse ? Number.MAX_SAFE_INTEGER : 0));
    const events = journal.history(arn, from, limit + 1, reverse);
    const page = events.slice(0, limit);
    return {
      events: page.map((event) => historyEvent(event, input.includeExecutionData !== false)),
      ...present({ nextToken: events.length > limit ? String(page.at(-1)!.id) : undefined }),
    };
  };

  return async (operation, input) => {
    switch (operation) {
      case 'StartExecution': {
        const row = control.start(
          text(input, 'stateMachineArn'),
          optionalText(input, 'name'),
          optionalText(input, 'input') ?? '{}',
        );
        return { executionArn: row.arn, startDate: seconds(row.startedAt) };
      }
      case 'StopExecution': {
        const row = control.stop(
          text(input, 'executionArn'),
          optionalText(input, 'error'),
          optionalText(input, 'cause'),
        );
        return { stopDate: seconds(row.stoppedAt ?? row.startedAt) };
      }
      case 'DescribeExecution': {
        const row = executionOf(input);
        return executionDescription(row, journal.redriveCount(row.arn));
      }
      case 'ListExecutions':
        return listExecutions(input);
      case 'GetExecutionHistory':
        return history(input);
      case 'DescribeStateMachine':
        return machineDescription(machines.target(text(input, 'stateMachineArn'), () => 0));
      case 'DescribeStateMachineForExecution': {
        const { definition, machineArn, roleArn, startedAt } = executionOf(input);
        return {
          stateMachineArn: machineArn,
          name: machineArn.split(':').at(-1)!,
          definition,
          roleArn,
          updateDate: seconds(startedAt),
        };
      }
      case 'ListStateMachines':
        return {
          stateMachines: machines.all().map(({ arn, name, createdAt }) => ({
            stateMachineArn: arn,
            name,
            type: 'STANDARD',
            creationDate: seconds(createdAt),
          })),
        };
      case 'SendTaskSuccess':
        tokens.settle(text(input, 'taskToken'), { output: json(text(input, 'output')) });
        return {};
      case 'SendTaskFailure':
        tokens.settle(text(input, 'taskToken'), {
          error: optionalText(input, 'error') ?? '',
          cause: optionalText(input, 'cause') ?? '',
        });
        return {};
      case 'SendTaskHeartbeat':
        tokens.heartbeat(text(input, 'taskToken'));
        return {};
      default:
        throw new AwsError('UnknownOperationException', `The runtime's Step Functions has no operation ${operation}.`);
    }
  };
}

const invalid = (field: string, value: Json | undefined, expected: string): AwsError =>
  new AwsError('ValidationException', `${field} is ${JSON.stringify(value ?? null)}; expected ${expected}.`);
const badToken = (token: string): AwsError => new AwsError('InvalidToken', `Invalid Token: '${token}'`);

function text(input: JsonObject, field: string): string {
  const value = input[field];
  if (typeof value !== 'string' || value === '') throw invalid(field, value, 'a text');
  return value;
}

const optionalText = (input: JsonObject, field: string): string | undefined =>
  input[field] === undefined || input[field] === null ? undefined : text(input, field);

function json(output: string): Json {
  try {
    return JSON.parse(output) as Json;
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}

/** As on AWS, 0 asks for the preset size. */
function pageSize({ maxResults = null }: JsonObject): number {
  if (maxResults === null || maxResults === 0) return PRESET_PAGE;
  if (typeof maxResults !== 'number' || !Number.isInteger(maxResults) || maxResults < 0 || maxResults > MAX_PAGE) {
    throw invalid('maxResults', maxResults, `a whole number from 0 to ${MAX_PAGE}`);
  }
  return maxResults;
}

/** Where the next page of a list of executions begins. */
function pageEndOf(token: string | undefined): PageEnd | undefined {
  if (token === undefined) return undefined;
  const [, startedAt, arn] = /^(\d+) (arn:.+)$/.exec(token) ?? [];
  if (startedAt === undefined || arn === undefined) throw badToken(token);
  return { startedAt: Number(startedAt), arn };
}

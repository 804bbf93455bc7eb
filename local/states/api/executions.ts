import type { JsonObject } from '../../contracts.ts';
import { present } from '../../properties.ts';
import type { Executions } from '../executions.ts';
import { badToken, optionalChoice, optionalText, pageSize, text } from '../input.ts';
import type { Journal, PageEnd } from '../journal.ts';
import type { Machines } from '../machines.ts';
import { executionDescription, executionSummary, historyEvent, seconds } from '../wire.ts';
import type { Operations } from './operations.ts';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

export interface ExecutionOperations {
  readonly executions: Executions;
  readonly journal: Journal;
  readonly machines: Machines;
  /** Numbers from 0 to below 1, for the routes of aliases. */
  readonly random: () => number;
}

export const executionOperations = ({ executions, journal, machines, random }: ExecutionOperations): Operations => ({
  StartExecution(input) {
    const target = machines.target(text(input, 'stateMachineArn'), random);
    const row = executions.start(target, optionalText(input, 'name'), optionalText(input, 'input') ?? '{}');
    return { executionArn: row.arn, startDate: seconds(row.startedAt) };
  },

  StopExecution(input) {
    const row = executions.stop(
      text(input, 'executionArn'),
      optionalText(input, 'error'),
      optionalText(input, 'cause'),
    );
    return { stopDate: seconds(row.stoppedAt ?? row.startedAt) };
  },

  RedriveExecution(input) {
    const row = executions.redrive(text(input, 'executionArn'), optionalText(input, 'clientToken'));
    return { redriveDate: seconds(row.redrivenAt ?? row.startedAt) };
  },

  DescribeExecution(input) {
    const row = executions.find(text(input, 'executionArn'));
    return executionDescription(row, executions.reasonAgainstRedrive(row));
  },

  DescribeStateMachineForExecution(input) {
    const { definition, machineArn, roleArn, startedAt } = executions.find(text(input, 'executionArn'));
    return {
      stateMachineArn: machineArn,
      name: machineArn.split(':').at(-1)!,
      definition,
      roleArn,
      updateDate: seconds(startedAt),
    };
  },

  /** The newest first. A version's or an alias's ARN lists what was started through it. */
  ListExecutions(input) {
    const limit = pageSize(input);
    const status = optionalChoice(input, 'statusFilter', STATUSES) ?? null;
    const { arn, versionArn, aliasArn } = machines.target(text(input, 'stateMachineArn'), () => 0);
    const through = aliasArn ? { aliasArn } : versionArn ? { versionArn } : {};
    const rows = journal.list(
      { machineArn: arn, ...through, status, redriven: redrivenFilter(input) },
      pageEndOf(optionalText(input, 'nextToken')),
      limit + 1,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      executions: page.map(executionSummary),
      ...present({ nextToken: rows.length > limit ? last && `${last.startedAt} ${last.arn}` : undefined }),
    };
  },

  GetExecutionHistory(input) {
    const { arn } = executions.find(text(input, 'executionArn'));
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
  },
});

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

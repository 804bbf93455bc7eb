import { AwsError, type JsonObject } from '../contracts.ts';
import type { ExecutionRow, HistoryEvent, Journal } from './journal.ts';
import type { MachineRow, Machines } from './machines.ts';

export interface Control {
  readonly start: (arn: string, name: string | undefined, input: string) => ExecutionRow;
  readonly stop: (executionArn: string, error: string | undefined, cause: string | undefined) => ExecutionRow;
}

/** AWS JSON 1.0 writes times as seconds since the epoch. */
const seconds = (ms: number): number => ms / 1_000;
const MAX_PAGE = 1_000;

/** The operations of Step Functions that the runtime has, in the form of its wire protocol. */
export class StatesApi {
  readonly #journal: Journal;
  readonly #machines: Machines;
  readonly #control: Control;

  constructor(journal: Journal, machines: Machines, control: Control) {
    this.#journal = journal;
    this.#machines = machines;
    this.#control = control;
  }

  async handle(operation: string, input: JsonObject): Promise<JsonObject> {
    switch (operation) {
      case 'StartExecution': {
        const row = this.#control.start(text(input, 'stateMachineArn'), optionalText(input, 'name'), optionalText(input, 'input') ?? '{}');
        return { executionArn: row.arn, startDate: seconds(row.startedAt) };
      }
      case 'StopExecution': {
        const row = this.#control.stop(text(input, 'executionArn'), optionalText(input, 'error'), optionalText(input, 'cause'));
        return { stopDate: seconds(row.stoppedAt ?? row.startedAt) };
      }
      case 'DescribeExecution':
        return describeExecution(this.#execution(input));
      case 'ListExecutions':
        return this.#listExecutions(input);
      case 'GetExecutionHistory':
        return this.#history(input);
      case 'DescribeStateMachine':
        return describeMachine(this.#machines.target(text(input, 'stateMachineArn'), () => 0));
      case 'DescribeStateMachineForExecution': {
        const { definition, machineArn, roleArn } = this.#execution(input);
        return { stateMachineArn: machineArn, name: machineArn.split(':').at(-1)!, definition, roleArn };
      }
      case 'ListStateMachines':
        return {
          stateMachines: this.#machines.all().map(({ arn, name, createdAt }) => ({ stateMachineArn: arn, name, type: 'STANDARD', creationDate: seconds(createdAt) })),
        };
      default:
        throw new AwsError('UnknownOperationException', `The runtime's Step Functions has no operation ${operation}.`);
    }
  }

  #execution(input: JsonObject): ExecutionRow {
    const arn = text(input, 'executionArn');
    const row = this.#journal.find(arn);
    if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return row;
  }

  #listExecutions(input: JsonObject): JsonObject {
    const limit = pageSize(input, 100);
    const offset = Number(input.nextToken ?? 0);
    const { arn: machineArn } = this.#machines.target(text(input, 'stateMachineArn'), () => 0);
    const rows = this.#journal.list(machineArn, optionalText(input, 'statusFilter') ?? null, limit + 1, offset);
    return {
      executions: rows.slice(0, limit).map((row) => ({
        executionArn: row.arn, stateMachineArn: row.machineArn, name: row.name, status: row.status, startDate: seconds(row.startedAt),
        ...(row.stoppedAt === null ? {} : { stopDate: seconds(row.stoppedAt) }),
        ...(row.versionArn ? { stateMachineVersionArn: row.versionArn } : {}),
        ...(row.aliasArn ? { stateMachineAliasArn: row.aliasArn } : {}),
      })),
      ...(rows.length > limit ? { nextToken: String(offset + limit) } : {}),
    };
  }

  #history(input: JsonObject): JsonObject {
    const { arn } = this.#execution(input);
    const reverse = input.reverseOrder === true;
    const limit = pageSize(input, 100);
    const from = Number(input.nextToken ?? (reverse ? Number.MAX_SAFE_INTEGER : 0));
    const events = this.#journal.history(arn, from, limit + 1, reverse);
    const page = events.slice(0, limit);
    return {
      events: page.map((event) => onTheWire(event, input.includeExecutionData !== false)),
      ...(events.length > limit ? { nextToken: String(page.at(-1)!.id) } : {}),
    };
  }
}

function onTheWire({ id, previousId, timestamp, type, details }: HistoryEvent, withData: boolean): JsonObject {
  return { id, previousEventId: previousId, timestamp: seconds(timestamp), type, ...(withData ? details : {}) };
}

function describeExecution(row: ExecutionRow): JsonObject {
  return {
    executionArn: row.arn, stateMachineArn: row.machineArn, name: row.name, status: row.status, startDate: seconds(row.startedAt), input: row.input,
    ...(row.stoppedAt === null ? {} : { stopDate: seconds(row.stoppedAt) }),
    ...(row.output === null ? {} : { output: row.output }),
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.cause === null ? {} : { cause: row.cause }),
    ...(row.versionArn ? { stateMachineVersionArn: row.versionArn } : {}),
    ...(row.aliasArn ? { stateMachineAliasArn: row.aliasArn } : {}),
  };
}

const describeMachine = ({ arn, name, roleArn, definition, createdAt }: MachineRow): JsonObject => ({
  stateMachineArn: arn, name, roleArn, definition, type: 'STANDARD', status: 'ACTIVE', creationDate: seconds(createdAt),
});

function text(input: JsonObject, field: string): string {
  const value = input[field];
  if (typeof value !== 'string' || value === '') throw new AwsError('ValidationException', `${field} is ${JSON.stringify(value ?? null)}; expected a text.`);
  return value;
}

const optionalText = (input: JsonObject, field: string): string | undefined => (input[field] === undefined || input[field] === null ? undefined : text(input, field));

function pageSize({ maxResults }: JsonObject, preset: number): number {
  return typeof maxResults === 'number' && maxResults > 0 ? Math.min(maxResults, MAX_PAGE) : preset;
}

import { AwsError, type Clock } from '../contracts.ts';
import type { Position } from './commit-log.ts';
import type { ExecutionRow } from './execution-row.ts';
import { executionStarted, type Journal } from './journal.ts';
import type { MapRunStore } from './map-runs/store.ts';
import { isRepeated, reasonAgainstRedrive, tokensAfter } from './redrive.ts';

export interface RedriveParts {
  readonly journal: Journal;
  readonly machineExists: (machineArn: string) => boolean;
  readonly mapRuns: MapRunStore;
  readonly clock: Clock;
  /** Lets an execution run, and counts it under this name. */
  readonly begin: (arn: string, metric: string) => ExecutionRow;
}

/** Whether an execution can be redriven, as DescribeExecution tells it. */
export interface RedriveStatus {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  readonly redriveStatusReason?: string;
}

const METRIC = 'ExecutionsRedriven';

/** Makes executions that did not succeed go on. */
export class Redrives {
  readonly #parts: RedriveParts;

  constructor(parts: RedriveParts) {
    this.#parts = parts;
  }

  /** Goes on at the state that the execution was in. @throws AwsError `ExecutionNotRedrivable` */
  redrive(row: ExecutionRow, clientToken: string | undefined): ExecutionRow {
    const now = this.#parts.clock.now();
    if (isRepeated(row, clientToken, now)) return row;
    const reason = this.#isOfMapRun(row) ? 'Execution was started by a Map Run' : this.#reasonAgainst(row);
    if (reason !== undefined) {
      throw new AwsError('ExecutionNotRedrivable', `Execution is not redrivable: '${row.arn}'. ${reason}.`);
    }
    return this.#goOn(row, tokensAfter(row, clientToken, now));
  }

  /** Of a map run: one of type EXPRESS has no history to go on with, and begins again. */
  redriveChild(row: ExecutionRow): void {
    if (!isExpress(row)) return void this.#goOn(row, row.redriveTokens);
    const { journal, clock, begin } = this.#parts;
    journal.startAgain(row.arn, executionStarted(row, clock.now()));
    begin(row.arn, METRIC);
  }

  statusOf(row: ExecutionRow): RedriveStatus {
    const reason = this.#reasonAgainst(row);
    if (reason !== undefined) return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason };
    return { redriveStatus: this.#isOfMapRun(row) ? 'REDRIVABLE_BY_MAP_RUN' : 'REDRIVABLE' };
  }

  isRedrivable(row: ExecutionRow): boolean {
    return this.#reasonAgainst(row) === undefined;
  }

  #goOn(row: ExecutionRow, tokens: string | null): ExecutionRow {
    const { journal, clock, begin } = this.#parts;
    const lastId = journal.lastEventId(row.arn);
    const event = {
      id: lastId + 1,
      previousId: lastId,
      timestamp: clock.now(),
      type: 'ExecutionRedriven',
      details: { executionRedrivenEventDetails: { redriveCount: row.redriveCount + 1 } },
    };
    journal.redrive(row.arn, tokens, event, JSON.parse(row.standing!) as Position);
    return begin(row.arn, METRIC);
  }

  #reasonAgainst(row: ExecutionRow): string | undefined {
    const { journal, machineExists, clock } = this.#parts;
    return reasonAgainstRedrive(row, {
      lastEventId: journal.lastEventId(row.arn),
      // The machine of an execution of a map run is that of the Map state, with the label of the state.
      machineExists: machineExists(row.machineArn.split('/')[0]!),
      now: clock.now(),
    });
  }

  #isOfMapRun({ arn }: ExecutionRow): boolean {
    return this.#parts.mapRuns.membership(arn) !== undefined;
  }
}

const isExpress = ({ arn }: ExecutionRow): boolean => arn.includes(':express:');

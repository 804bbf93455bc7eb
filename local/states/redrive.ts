import type { ExecutionRow } from './execution-row.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const REDRIVABLE_MS = 14 * DAY_MS;
const MAX_OPEN_MS = 365 * DAY_MS;
/** Room for ExecutionRedriven and one more event, of 25,000. */
const MAX_EVENTS = 24_999;
const TOKEN_MS = 15 * 60 * 1_000;
const MAX_TOKENS = 10;

/** What decides whether an execution can be redriven, beside the execution itself. */
export interface RedriveFacts {
  readonly lastEventId: number;
  /** Whether its state machine is still there. */
  readonly machineExists: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Why RedriveExecution would refuse an execution, in AWS's words; undefined when it can be redriven. */
export function reasonAgainstRedrive(row: ExecutionRow, facts: RedriveFacts): string | undefined {
  const { lastEventId, machineExists, now } = facts;
  if (!machineExists) return 'State machine is in DELETING status';
  if (row.status === 'RUNNING' || row.status === 'SUCCEEDED') {
    return `Execution is ${row.status} and cannot be redriven`;
  }
  if (lastEventId >= MAX_EVENTS) return 'Execution history event limit exceeded';
  if (now - row.startedAt > MAX_OPEN_MS) return 'Execution has exceeded the max execution time';
  if (now - (row.stoppedAt ?? now) > REDRIVABLE_MS) return 'Execution redrivable period exceeded';
  // Up to release 0.2.0 the engine forgot where an execution stood when it failed.
  return row.standing === null ? 'Execution was started before the launch of RedriveExecution' : undefined;
}

/** A request with one of these has been carried out. */
interface RedriveToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const redriveTokensOf = ({ redriveTokens }: ExecutionRow): RedriveToken[] =>
  redriveTokens === null ? [] : (JSON.parse(redriveTokens) as RedriveToken[]);

/** Whether a request with this token has been carried out, in the quarter of an hour for which AWS knows it. */
export const isRepeated = (row: ExecutionRow, token: string | undefined, now: number): boolean =>
  redriveTokensOf(row).some((used) => used.token === token && now - used.at <= TOKEN_MS);

/** What is kept of the tokens after a redrive. */
export const tokensAfter = (row: ExecutionRow, token: string | undefined, now: number): string | null =>
  token === undefined
    ? row.redriveTokens
    : JSON.stringify([{ token, at: now }, ...redriveTokensOf(row)].slice(0, MAX_TOKENS));

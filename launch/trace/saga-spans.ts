/** Executions of state machines and their states, as Step Functions keeps them for 90 days. */
import {
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { traceIdOf } from '../../functions/shared/trace/trace-context.ts';
import { derivedId, type TraceSpan } from './trace-span.ts';

const ENDED = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;
/** Executions are listed newest first, a thousand to a page. */
const PAGES = 10;

/** The ARNs of the executions whose names begin with the order's id. */
export async function executionsOf(orderId: string, sfn: SFNClient): Promise<string[]> {
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  // Express executions are not kept.
  const standard = stateMachines.filter(({ type }) => type === 'STANDARD');
  const found = await Promise.all(standard.map((machine) => executionsIn(machine.stateMachineArn!, orderId, sfn)));
  return found.flat();
}

async function executionsIn(stateMachineArn: string, orderId: string, sfn: SFNClient): Promise<string[]> {
  const found: string[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const listed = await sfn.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 1_000, ...(nextToken ? { nextToken } : {}) }),
    );
    for (const { name, executionArn } of listed.executions ?? []) {
      if (name!.startsWith(orderId)) found.push(executionArn!);
    }
    nextToken = listed.nextToken;
    if (nextToken === undefined) break;
  }
  return found;
}

/** An execution and its states, as spans; of what has not ended, as far as it is `now`. */
export async function spansOfExecution(executionArn: string, sfn: SFNClient, now: number): Promise<TraceSpan[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(
      new GetExecutionHistoryCommand({
        executionArn,
        includeExecutionData: false,
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return spansOfHistory(executionArn, events, now);
}

/** @param events oldest first */
export function spansOfHistory(executionArn: string, events: readonly HistoryEvent[], now: number): TraceSpan[] {
  const [machine = '', name = ''] = executionArn.split(':').slice(-2);
  const saga = machine.replace(/^.*-(?=[^-]*$)/, '').replace(/StateMachine[0-9A-F]*$/, '');
  const common = {
    traceId: traceIdOf(name.slice(0, 36)),
    service: 'sagas',
    kind: 'internal' as const,
    by: saga,
    attributes: { 'aws.step_functions.execution.arn': executionArn },
  };
  const end = events.find(({ type }) => ENDED.test(type ?? ''));
  const endMs = end ? end.timestamp!.getTime() : now;
  const whole: TraceSpan = {
    ...common,
    id: derivedId(executionArn),
    name: saga,
    startMs: events[0]?.timestamp?.getTime() ?? now,
    endMs,
    failed: end !== undefined && end.type !== 'ExecutionSucceeded',
  };
  const states = events.flatMap((entered, index): TraceSpan[] => {
    const state = entered.stateEnteredEventDetails?.name;
    if (state === undefined) return [];
    // A state that was entered several times is left before it is entered again.
    const left = events.slice(index + 1).find(({ stateExitedEventDetails }) => stateExitedEventDetails?.name === state);
    const startMs = entered.timestamp!.getTime();
    const during = events.slice(index + 1, left ? events.indexOf(left) : undefined);
    return [
      {
        ...common,
        id: derivedId(executionArn, entered.id!),
        parent: whole.id,
        name: state,
        startMs,
        endMs: left ? left.timestamp!.getTime() : endMs,
        failed: during.some(({ type }) => /Failed$|TimedOut$/.test(type ?? '')),
      },
    ];
  });
  return events.length === 0 ? [] : [whole, ...states];
}

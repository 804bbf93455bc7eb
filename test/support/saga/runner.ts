/** Runs the real definition of a saga on the embedded engine, with steps that a test plays, in virtual time. */
import type { Json } from '../../../local/contracts.ts';
import { onlyIntegrations } from '../../../local/states/integration.ts';
import { lambdaInvoke } from '../../../local/states/integrations/lambda-invoke.ts';
import { putEvents } from '../../../local/states/integrations/put-events.ts';
import { StatesService } from '../../../local/states/service.ts';
import { type TestContext, testContext } from '../runtime/service-context.ts';
import { VirtualClock } from '../runtime/virtual-clock.ts';
import type { Saga } from './definition.ts';
import { PlayedSteps, type PlayStep, type RegisteredWait } from './steps.ts';

/** One failed attempt of a state, and what followed: the next attempt, or the state that its Catch names. */
export interface StepFailure {
  readonly state: string;
  readonly error: string;
  readonly then: string;
  /** Which of the entered states it was, from 1: tells two visits of one state apart. */
  readonly visit: number;
}

/** What one execution did. */
export interface SagaRun {
  readonly status: string;
  readonly error?: string;
  readonly output?: Json;
  /** The states in the order in which they were entered. */
  readonly path: readonly string[];
  readonly failures: readonly StepFailure[];
  /** How often each step was called. */
  readonly calls: ReadonlyMap<string, number>;
  /** The waits that were registered. */
  readonly awaited: readonly RegisteredWait[];
  /** How often the first step of each of them was tried before, as AwaitRecovery was told. */
  readonly retries: readonly (number | undefined)[];
  /** The details of the `OrderParked` events that the bus took from a definition of an earlier release. */
  readonly published: readonly Json[];
}

/** What an execution is told: ids; of the definitions of version 0.1.0 also the version of the order's stream. */
export interface SagaInput {
  readonly orderId: string;
  readonly changeId?: string;
  readonly version?: number;
}

interface HistoryEvent {
  readonly type: string;
  readonly stateEnteredEventDetails?: { readonly name: string };
  readonly taskFailedEventDetails?: { readonly error: string };
  readonly taskTimedOutEventDetails?: { readonly error: string };
}

/** Turns of the event loop in which nothing waited for time. */
const IDLE_LIMIT = 1000;
const MORE_THAN_A_DAY_MS = 25 * 3600 * 1000;

/** One engine for many executions, one after the other. */
export class SagaRunner {
  readonly #clock = new VirtualClock();
  readonly #context: TestContext = testContext(this.#clock);
  readonly #saga: Saga;
  readonly #machine: string;
  #states = this.#start();
  #steps: PlayedSteps;
  #ended = false;
  #idle = 0;

  constructor(saga: Saga) {
    this.#saga = saga;
    this.#machine = `arn:aws:states:us-east-1:000000000000:stateMachine:${saga.name}`;
    this.#steps = this.#played(() => 'silence');
    this.#states.createStateMachine({
      name: saga.name,
      arn: this.#machine,
      definition: saga.deployedDefinition,
      roleArn: 'arn:aws:iam::000000000000:role/saga',
    });
  }

  /**
   * Runs one execution to its end, jumping over the times in which it only waits.
   * @param input what the execution is told. @default the id of a new order
   * @param name of the execution; the first of an order has the order's id. @default a new one
   */
  async run(
    play: PlayStep,
    input: SagaInput = { orderId: this.#context.newId() },
    name = this.#context.newId(),
  ): Promise<SagaRun> {
    this.#steps = this.#played(play);
    this.#ended = false;
    const { executionArn } = await this.#states.handle('StartExecution', {
      stateMachineArn: this.#machine,
      name,
      input: JSON.stringify(input),
    });
    while (!this.#ended) await this.#next();
    const { status, error, output } = await this.#states.handle('DescribeExecution', {
      executionArn: executionArn ?? null,
    });
    const { events } = await this.#states.handle('GetExecutionHistory', {
      executionArn: executionArn ?? null,
      maxResults: 1000,
    });
    return {
      status: status as string,
      ...(typeof error === 'string' && status === 'FAILED' && { error }),
      ...(typeof output === 'string' && { output: JSON.parse(output) as Json }),
      ...readHistory(events as unknown as HistoryEvent[]),
      calls: this.#steps.calls,
      awaited: this.#steps.awaited,
      retries: this.#steps.retries,
      published: this.#steps.published,
    };
  }

  close(): void {
    this.#states.close();
  }

  async #next(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#ended || this.#steps.busy) return;
    if (this.#steps.interruption) {
      this.#states.close();
      if (this.#steps.interruption === 'outage') this.#clock.advance(MORE_THAN_A_DAY_MS);
      this.#steps.interruption = undefined;
      this.#states = this.#start();
      this.#states.resume();
      this.#clock.advance(0); // what is overdue happens at once
    } else if (this.#clock.advanceToNext()) this.#idle = 0;
    else if ((this.#idle += 1) > IDLE_LIMIT) throw new Error('The execution has not ended, and waits for nothing.');
  }

  #played(play: PlayStep): PlayedSteps {
    return new PlayedSteps(this.#saga, play, async (taskToken, error) => {
      const [operation, outcome] =
        error === undefined
          ? (['SendTaskSuccess', { output: '{}' }] as const)
          : (['SendTaskFailure', { error }] as const);
      await this.#states.handle(operation, { taskToken, ...outcome });
    });
  }

  #start(): StatesService {
    return new StatesService(this.#context, {
      integrations: onlyIntegrations({
        'arn:aws:states:::lambda:invoke': lambdaInvoke({ invoke: (arn, payload) => this.#steps.invoke(arn, payload) }),
        'arn:aws:states:::events:putEvents': putEvents((entries) => this.#steps.putEvents(entries)),
      }),
      random: () => 0.5,
      onStatusChange: ({ status }) => {
        this.#ended = status !== 'RUNNING';
      },
    });
  }
}

/** Reads the states entered and the failed attempts out of a history in AWS's format. */
function readHistory(events: readonly HistoryEvent[]): Pick<SagaRun, 'path' | 'failures'> {
  const path: string[] = [];
  const failures: StepFailure[] = [];
  let open: Omit<StepFailure, 'then'> | undefined;
  for (const event of events) {
    const entered = event.stateEnteredEventDetails?.name;
    const error = (event.taskFailedEventDetails ?? event.taskTimedOutEventDetails)?.error;
    if (error !== undefined) open = { state: path.at(-1) ?? '', error, visit: path.length };
    else if (open && (event.type === 'TaskScheduled' || entered !== undefined)) {
      failures.push({ ...open, then: entered ?? 'retry' });
      open = undefined;
    }
    if (entered !== undefined) path.push(entered);
  }
  return { path, failures };
}

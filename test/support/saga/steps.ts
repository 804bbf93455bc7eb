/** The steps of a saga as a test plays them: the functions it invokes, the waits it registers, and the bus of earlier releases. */
import {
  AwsError,
  type FunctionInvoker,
  type InvocationResult,
  type Json,
  type JsonObject,
} from '../../../local/contracts.ts';
import { functionArn, type Saga } from './definition.ts';

/** An error of a step, by the name that the state machine sees. */
export class StepError extends Error {
  override readonly name: string;
  constructor(name: string) {
    super(`${name}, as the test has it`);
    this.name = name;
  }
}

/** What the saga tells a step. */
export interface StepInput {
  readonly orderId: string;
  /** Definitions of version 0.1.0 tell it, and expect it in the answer. */
  readonly version?: number;
  /** How often a forward step was tried before. */
  readonly attempt?: number;
  readonly reason?: string;
  /** The compensations that are not done yet, as CancelOrder is told. */
  readonly unfinished?: readonly Failure[];
  /** The same, as the definitions up to release 0.2.0 tell it. */
  readonly parked?: readonly Failure[];
  /** The compensations that are to be done again. */
  readonly only?: readonly string[];
}

interface Failure {
  readonly step: string;
  readonly error: string;
}

/** What the saga tells AwaitRecovery, without the token. */
export interface RegisteredWait {
  readonly orderId: string;
  readonly changeId?: string;
  readonly failures: readonly Failure[];
}

/**
 * What a step answers: the payload of its function, if any. A wait that is registered goes on at once, or fails by its token with
 * an error. `silence` never answers; in an `outage` the whole runtime is down for longer than a day; after a `crash`, which is
 * not answered either, it is up again at once.
 */
export type StepAnswer = { readonly payload?: unknown; readonly tokenFails?: string } | 'silence' | 'outage' | 'crash';

/** Plays `step` for the `call`th time (from 1). The waits, and the call for a person in earlier releases, are steps like the others. */
export type PlayStep = (step: string, input: StepInput, call: number) => StepAnswer | Promise<StepAnswer>;

/** Answers a wait with its token: it goes on, or fails with the error. */
export type AnswerToken = (taskToken: string, error?: string) => Promise<void>;

const AWAIT_RECOVERY = functionArn('AwaitRecovery');
const never = new Promise<never>(() => {});

/** Answers the saga of one execution, and keeps count. */
export class PlayedSteps implements FunctionInvoker {
  /** How often each step was called. */
  readonly calls = new Map<string, number>();
  /** The details of the `OrderParked` events that the bus took. */
  readonly published: Json[] = [];
  /** The waits that were registered. */
  readonly awaited: RegisteredWait[] = [];
  /** How often the first step of each wait was tried before, if AwaitRecovery was told. */
  readonly retries: (number | undefined)[] = [];
  /** How the runtime ended during the last call, if it did. */
  interruption: 'outage' | 'crash' | undefined;
  /** Whether a step is at work. */
  busy = false;
  readonly #saga: Saga;
  readonly #play: PlayStep;
  readonly #answerToken: AnswerToken;

  constructor(saga: Saga, play: PlayStep, answerToken: AnswerToken) {
    this.#saga = saga;
    this.#play = play;
    this.#answerToken = answerToken;
  }

  async invoke(arn: string, payload: string): Promise<InvocationResult> {
    const input = JSON.parse(payload) as StepInput;
    try {
      const answer = await (arn === AWAIT_RECOVERY
        ? this.#wait(input as WaitInput)
        : this.#call(this.#stepOf(arn), input));
      return typeof answer === 'string' ? await never : { ...invoked, payload: JSON.stringify(answer.payload ?? null) };
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      if (error.name === 'Lambda.Unknown') return { ...invoked, functionError: 'Unhandled', payload: '{}' };
      // A function that ended without an error, and what the service answers itself; every other name is what the function threw.
      if (error.name.startsWith('Lambda.')) throw new AwsError(error.name.slice('Lambda.'.length), error.message, 500);
      return {
        ...invoked,
        functionError: 'Unhandled',
        payload: JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: [] }),
      };
    }
  }

  async putEvents(entries: readonly JsonObject[]): Promise<JsonObject> {
    const details = entries.map(({ Detail }) =>
      typeof Detail === 'string' ? (JSON.parse(Detail) as Json) : (Detail ?? null),
    );
    try {
      if (typeof (await this.#call('ParkOrder', details[0] as unknown as StepInput)) === 'string') return await never;
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      if (error.name === 'Lambda.Unknown') return { ...invoked, functionError: 'Unhandled', payload: '{}' };
      if (error.name === 'EventBridge.FailedEntry') {
        return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: error.message }] };
      }
      throw new AwsError(error.name.slice('EventBridge.'.length), error.message, 500);
    }
    this.published.push(...details);
    return { FailedEntryCount: 0, Entries: details.map((_, index) => ({ EventId: String(index) })) };
  }

  #stepOf(arn: string): string {
    const step = this.#saga.steps.find((name) => functionArn(name) === arn);
    if (step === undefined) throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
    return step;
  }

  async #wait({ taskToken, ...told }: WaitInput): Promise<StepAnswer> {
    const wait = { ...told, failures: told.failures.map(({ step, error }) => ({ step, error })) };
    const answer = await this.#call(waitFor(this.#saga, wait.failures), wait);
    this.awaited.push(wait);
    this.retries.push(told.failures[0]?.retries);
    if (typeof answer !== 'string') await this.#answerToken(taskToken, answer.tokenFails);
    return answer;
  }

  async #call(step: string, input: StepInput): Promise<StepAnswer> {
    const call = (this.calls.get(step) ?? 0) + 1;
    this.calls.set(step, call);
    this.busy = true;
    try {
      const answer = await this.#play(step, input, call);
      this.interruption = answer === 'outage' || answer === 'crash' ? answer : undefined;
      return answer;
    } finally {
      this.busy = false;
    }
  }
}

interface WaitInput extends RegisteredWait {
  readonly taskToken: string;
  readonly failures: readonly (Failure & { readonly retries?: number })[];
}

/** The state that registers a wait for these failures: the one of their error, the one of their step, or the one of all compensations. */
function waitFor({ waits, task }: Saga, [first]: RegisteredWait['failures']): string {
  const failuresOf = (state: string) => (task(state).Arguments['Payload'] as { readonly failures: unknown }).failures;
  const ofError = waits.find((state) => JSON.stringify(failuresOf(state)).includes(`"error":"${first?.error}"`));
  const ofStep =
    ofError ?? waits.find((state) => JSON.stringify(failuresOf(state)).includes(`"step":"${first?.step}"`));
  const found = ofStep ?? waits.find((state) => typeof failuresOf(state) === 'string');
  if (found === undefined) throw new RangeError(`No state waits for ${first?.step}.`);
  return found;
}

const invoked = { statusCode: 200, executedVersion: '$LATEST' } as const;

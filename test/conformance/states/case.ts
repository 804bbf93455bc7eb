import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../../local/contracts.ts';
import { TaskFailure } from '../../../local/states/failure.ts';
import { type Ended, Engine, never, RESOURCE } from '../../unit/local/states/engine.ts';

/** What a call of a task comes to. */
type TaskAnswer =
  | { readonly result: Json }
  | { readonly resultOfBytes: number }
  | { readonly error: string; readonly cause?: string }
  | { readonly never: true }
  /** Its token, which the task gets as its Arguments, is sent back with this failure. */
  | { readonly tokenFails: JsonObject };

/** One rule of Step Functions: a machine, and what AWS makes of it. */
export interface Case {
  readonly about: string;
  /** How we know: from a recording of AWS, from its documentation, or only by analogy. */
  readonly basis: 'recorded' | 'documented' | 'assumed';
  readonly definition: JsonObject;
  readonly input: Json;
  /** What the calls of tasks come to, in their order. */
  readonly tasks: readonly TaskAnswer[];
  /** How often the execution is redriven after it has ended; never when absent. */
  readonly redrives?: number;
  readonly ends: Ended;
  /** Seconds from the start to the end. */
  readonly seconds: number;
  /** `previousEventId` and type of each event. */
  readonly history: readonly string[];
  /** Whole details of single events, by their ids. */
  readonly details?: Readonly<Record<string, JsonObject>>;
}

export type Outcome = Pick<Case, 'ends' | 'seconds' | 'history' | 'details'>;

const FOLDER = import.meta.dirname;

/** The cases of all features, by feature and name. */
export function cases(): [string, Case][] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Case]);
}

/** What our engine makes of a case, in virtual time. */
export async function outcomeOf({
  definition,
  input,
  tasks,
  redrives = 0,
  ends,
  details = {},
}: Case): Promise<Outcome> {
  const left = [...tasks];
  const engine: Engine = new Engine({
    // Whatever the Resource is, the case says what comes of it.
    integrations: () => async (args) => {
      const next = left.shift();
      if (!next || !('tokenFails' in next)) return answer(next);
      await engine.call('SendTaskFailure', { taskToken: args, ...next.tokenFails });
      return null;
    },
  });
  const { States, ...fields } = definition;
  engine.define(States as JsonObject, fields);
  const start = engine.clock.now();
  const arn = await engine.start(input);
  for (let redriven = 0; redriven < redrives; redriven += 1) {
    await engine.finish(arn);
    await engine.call('RedriveExecution', { executionArn: arn });
  }
  const { cause, ...ended } = await engine.ended(arn);
  const seconds = engine.secondsSince(start);
  const events = await engine.history(arn);
  const told = Object.keys(details).map((id) => {
    const {
      id: _id,
      previousEventId: _previous,
      timestamp: _timestamp,
      type: _type,
      ...rest
    } = events[Number(id) - 1]!;
    return [id, rest] as const;
  });
  return {
    // A cause that AWS has not been seen to word is ours.
    ends: { ...ended, ...(cause === undefined || (!ends.cause && ends.error?.startsWith('States.')) ? {} : { cause }) },
    seconds,
    history: events.map(({ previousEventId, type }) => `${previousEventId} ${type}`),
    ...(told.length === 0 ? {} : { details: Object.fromEntries(told) }),
  };
}

/** Whether the engine does what a case says. */
export async function holds(one: Case): Promise<boolean> {
  const { ends, seconds, history, details } = one;
  const expected: Outcome = { ends, seconds, history, ...(details ? { details } : {}) };
  return isDeepStrictEqual(await outcomeOf(one), expected);
}

async function answer(task: Exclude<TaskAnswer, { readonly tokenFails: JsonObject }> | undefined): Promise<Json> {
  if (!task) throw new Error(`The task ${RESOURCE} was called more often than the case says.`);
  if ('never' in task) return never();
  if ('error' in task) throw new TaskFailure(task.error, task.cause ?? '');
  return 'result' in task ? task.result : 'x'.repeat(task.resultOfBytes);
}

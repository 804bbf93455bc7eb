import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../../local/contracts.ts';
import { type Ended, Engine } from '../../unit/local/states/engine.ts';
import {
  type Asked,
  playedServices,
  playedTasks,
  type ServiceAnswer,
  type TaskAnswer,
  type Worker,
  work,
} from './played.ts';

/** One rule of Step Functions: a machine, and what AWS makes of it. */
export interface Case {
  readonly about: string;
  /** How we know: from a recording of AWS, from its documentation, or only by analogy. */
  readonly basis: 'recorded' | 'documented' | 'assumed';
  readonly definition: JsonObject;
  readonly input: Json;
  /** What the calls of tasks come to, in their order, whatever they call. */
  readonly tasks?: readonly TaskAnswer[];
  /** In the place of `tasks`: what services answer, and what they are asked for. */
  readonly services?: readonly ServiceAnswer[];
  readonly asked?: readonly Asked[];
  /** What workers do with the tasks of the activity `work`, one after the other. */
  readonly workers?: readonly Worker[];
  /** Objects of the bucket `bucket`, by their keys. */
  readonly objects?: Readonly<Record<string, string>>;
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

export type Outcome = Pick<Case, 'ends' | 'seconds' | 'history' | 'details' | 'asked'>;

const FOLDER = import.meta.dirname;

/** The cases of all features, by feature and name. */
export function cases(): [string, Case][] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Case]);
}

/** What our engine makes of a case, in virtual time. */
export async function outcomeOf(one: Case): Promise<Outcome> {
  const { definition, input, tasks, services, workers, objects = {}, redrives = 0, ends, details = {} } = one;
  const asked: Asked[] = [];
  const engine: Engine = new Engine({
    integrations: services ? playedServices(services, asked) : playedTasks(tasks ?? [], () => engine),
  });
  if (workers) await engine.call('CreateActivity', { name: 'work' });
  for (const [key, content] of Object.entries(objects)) engine.s3.putObject('bucket', key, content, 'text/plain');
  const { States, ...fields } = definition;
  engine.define(States as JsonObject, fields);
  const start = engine.clock.now();
  const arn = await engine.start(input);
  if (workers) await work(engine, workers);
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
    ...(services ? { asked } : {}),
  };
}

/** What has to come of a case. */
export const expectedOf = ({ ends, seconds, history, details, asked }: Case): Outcome => ({
  ends,
  seconds,
  history,
  ...(details ? { details } : {}),
  ...(asked ? { asked } : {}),
});

/** Whether the engine does what a case says. */
export const holds = async (one: Case): Promise<boolean> => isDeepStrictEqual(await outcomeOf(one), expectedOf(one));

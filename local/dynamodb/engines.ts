import { dynamoDbLocal } from './dynamodb-local/engine.ts';
import { findBinary } from './dynoxide/binary.ts';
import { dynoxide } from './dynoxide/engine.ts';
import { ENGINE_NAMES, type Engine, type EngineName, EngineUnavailable } from './engine.ts';

const VARIABLE = 'WAYBILL_DYNAMODB';

export interface EngineChoice {
  /** The folder in which the engine keeps its data, if it has one. */
  readonly dir?: string;
  /** What `WAYBILL_DYNAMODB` says. */
  readonly wanted: string | undefined;
  readonly hasDynoxide: boolean;
}

/**
 * The engine that is wanted; else the one whose tables are in the folder, since each reads only its own files; else dynoxide
 * where it is installed, and DynamoDB Local where it is not.
 * @throws EngineUnavailable for a wrong value, and when the folder's tables are those of the other engine
 */
export function chooseEngine({ dir, wanted, hasDynoxide }: EngineChoice): Engine {
  const engines: readonly Engine[] = [dynoxide(), dynamoDbLocal()];
  const owner = dir === undefined ? undefined : engines.find((engine) => engine.holdsData(dir));
  const name = wanted === undefined || wanted === '' ? owner?.name : engineName(wanted);
  const engine = engines.find((one) => one.name === (name ?? (hasDynoxide ? 'dynoxide' : 'dynamodb-local')))!;
  if (owner !== undefined && owner !== engine && !engine.holdsData(dir!)) {
    throw new EngineUnavailable(
      `${VARIABLE} is ${engine.name}, and the tables in ${dir} are those of ${owner.title}, which ${engine.title} cannot read. ` +
        `Go on with them by ${VARIABLE}=${owner.name} or without it, or begin with empty tables in another data folder.`,
    );
  }
  return engine;
}

/** The engine for this machine and its environment. @throws EngineUnavailable */
export const engineHere = (dir?: string): Engine =>
  chooseEngine({
    ...(dir !== undefined && { dir }),
    wanted: process.env[VARIABLE],
    hasDynoxide: findBinary() !== undefined,
  });

function engineName(text: string): EngineName {
  const name = ENGINE_NAMES.find((known) => known === text);
  if (name !== undefined) return name;
  throw new EngineUnavailable(`${VARIABLE} is ${JSON.stringify(text)}. Possible are ${ENGINE_NAMES.join(' and ')}.`);
}

import { ENGINE_NAMES, type EngineName, EngineUnavailable } from '../local/dynamodb/engine.ts';
import { engineHere } from '../local/dynamodb/engines.ts';

const VARIABLE = 'WAYBILL_DYNAMODB';

/** Does `measure` once on each engine of DynamoDB that can be started on this machine, and says which ones cannot. */
export async function onEachEngine(measure: () => Promise<void>): Promise<void> {
  const before = process.env[VARIABLE];
  try {
    for (const name of ENGINE_NAMES) {
      process.env[VARIABLE] = name;
      const missing = whyMissing(name);
      if (missing === undefined) await measure();
      else console.log(`\nNothing is measured on ${name}: ${missing}`);
    }
  } finally {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
  }
}

/** In one line. */
function whyMissing(name: EngineName): string | undefined {
  try {
    // It looks for the program, and starts nothing.
    engineHere().command({ port: 0 });
    return undefined;
  } catch (error) {
    if (error instanceof EngineUnavailable) return error.message.split('\n')[0] ?? `${name} cannot be started.`;
    throw error;
  }
}

/** The instance that runs on a data folder of this machine. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseFile } from '../../local/storage-failure.ts';
import { INSTANCE_FILE, type InstanceFile } from '../platform/instance-file.ts';
import { PROJECT_ROOT } from '../project-root.ts';

export interface RunningInstance extends InstanceFile {
  /** The stacks' outputs, such as `OrderLogTableName`. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** For a machine that has much else to do; who is not there refuses at once. */
const PATIENCE_MS = 30_000;

/** The folder that `WAYBILL_DATA` names, or its default: an absolute path. */
export const dataDirOf = (environment: NodeJS.ProcessEnv): string =>
  path.resolve(PROJECT_ROOT, environment.WAYBILL_DATA ?? '.waybill');

/** Where `npm start` writes the logs of functions. */
export const logDirOf = (dataDir: string): string => path.join(dataDir, 'logs');

/**
 * @param orElse what a person can do besides starting one, such as ` Or wait.`
 * @throws Error with a message for the person who runs the program
 */
export async function runningInstance(dataDir: string, orElse = ''): Promise<RunningInstance> {
  const file = path.join(dataDir, INSTANCE_FILE);
  const notRunning = `No instance runs on ${dataDir}. Start one with \`npm start\`, or name its folder in WAYBILL_DATA.${orElse}`;
  if (!existsSync(file)) throw new Error(notRunning);
  const instance = parseFile(readFileSync(file, 'utf8'), file) as InstanceFile;
  const answer = await fetch(`${instance.endpointUrl}/_runtime/outputs`, {
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause: unknown) => {
    throw new Error(notRunning, { cause });
  });
  return { ...instance, outputs: (await answer.json()) as Record<string, string> };
}

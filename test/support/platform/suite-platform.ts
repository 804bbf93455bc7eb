import { afterAll, beforeAll } from 'vitest';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from './instance.ts';

/** One platform, shared by all tests of a file. */
export interface SuitePlatform {
  /** What runs now; there is none before the file's first `beforeAll`. */
  readonly instance: Instance;
  readonly dataDir: string;
  /** Ends the instance as a power cut would, and starts another one on the same data. */
  killAndRestart(): Promise<void>;
}

/** Starts a platform before the tests of the file, and ends it and removes its data after them. */
export function suitePlatform(environment: NodeJS.ProcessEnv = {}): SuitePlatform {
  const dataDir = temporaryDataDir();
  let instance: Instance | undefined;

  beforeAll(async () => {
    instance = await startInstance(dataDir, environment);
  });

  afterAll(async () => {
    await instance?.interrupt();
    removeDataDir(dataDir);
  });

  return {
    get instance() {
      return instance!;
    },
    dataDir,
    async killAndRestart() {
      await instance!.kill9();
      instance = await startInstance(dataDir, environment);
    },
  };
}

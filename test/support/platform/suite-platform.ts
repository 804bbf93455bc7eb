import { afterAll, beforeAll } from 'vitest';
import { emulatedPlatform } from './emulated-platform.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from './instance.ts';
import type { Running } from './running.ts';
import { TARGET } from './target.ts';

/** One platform, shared by all tests of a file, on what `WAYBILL_TARGET` names. */
export interface SuitePlatform {
  /** What runs now; there is none before the file's first `beforeAll`. */
  readonly instance: Running;
  /** What only the embedded runtime has: for tests with a capability. @throws Error on another target */
  readonly embedded: EmbeddedPlatform;
}

export interface EmbeddedPlatform {
  readonly instance: Instance;
  readonly dataDir: string;
  /** Ends the instance as a power cut would, and starts another one on the same data. */
  killAndRestart(): Promise<void>;
}

/**
 * Starts a platform before the tests of the file, and ends it and removes its data after them.
 * @param configuration settings of the platform @default no limits of callers, and short waits
 */
export function suitePlatform(configuration?: object): SuitePlatform {
  if (TARGET === 'emulator') return emulatedPlatform(configuration);
  const embedded = embeddedPlatform(
    configuration === undefined ? {} : { WAYBILL_CONFIGURATION: JSON.stringify(configuration) },
  );
  return {
    get instance() {
      return embedded.instance;
    },
    embedded,
  };
}

/** The same on the embedded runtime, whatever the target is. @param environment of its process */
export function embeddedPlatform(environment: NodeJS.ProcessEnv = {}): EmbeddedPlatform {
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

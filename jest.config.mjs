import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';

// The programs that tests start live for seconds. Java's second compiler takes longer to make such a program faster than
// that saves; and Node's programs share what they compile, as each would compile the same again.
process.env.JDK_JAVA_OPTIONS ??= '-XX:TieredStopAtLevel=1';
// What functions say of each piece of work is for their logs, and not for the output of the tests that call them.
process.env.POWERTOOLS_LOG_LEVEL ??= 'WARN';
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/node-compile');

// What tests store is gone after them, and no test cuts the power. In memory none of its thousands of writes waits for a disk.
const MEMORY = '/dev/shm';
const ROOM_BYTES = 2 * 1024 ** 3;
if (existsSync(MEMORY)) {
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize > ROOM_BYTES) process.env.TMPDIR ??= MEMORY;
}

/** Jest runs the TypeScript sources as native ES modules: the module system that Lambda and the runtime use. */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  globalSetup: '<rootDir>/test/support/run/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/run/global-teardown.ts',
  testSequencer: '<rootDir>/test/support/run/sequencer.mjs',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // The only one: it ends what hangs, also on a busy machine, and never says how fast something has to be.
  testTimeout: 300_000,
  // One more than the processors of a small machine: the end-to-end tests often wait for their platform.
  maxWorkers: 3,
};

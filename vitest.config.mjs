import { existsSync, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/run/sequencer.mjs';

// The programs that tests start live for seconds: Java's second compiler takes longer to make such a program faster than that saves.
process.env.JDK_JAVA_OPTIONS ??= '-XX:TieredStopAtLevel=1';
// What functions say of each piece of work is for their logs, and not for the output of the tests that call them.
process.env.POWERTOOLS_LOG_LEVEL ??= 'WARN';

// What tests store is gone after them, and no test cuts the power. In memory none of its thousands of writes waits for a disk.
const MEMORY = '/dev/shm';
const ROOM_BYTES = 2 * 1024 ** 3;
if (existsSync(MEMORY)) {
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize > ROOM_BYTES) process.env.TMPDIR ??= MEMORY;
}

/** These replace the environment of all functions: each gets a process, and modules, of its own. */
const ALONE = ['test/contract/composed-functions.test.ts', 'test/contract/idempotency.test.ts'];
/** What `npm test` leaves out, by the names of their folders. */
const OF_THEIR_OWN = ['e2e', 'outages', 'differential', 'emulator', 'console'];
const filesOf = (folder) => `test/${folder}/**/*.test.ts`;
/** On an emulator the end-to-end suite is a part of that folder's: `npm run test:localstack`. */
const isEmulated = process.env.WAYBILL_TARGET === 'emulator';
const filesOfTheirOwn = (folder) =>
  folder === 'emulator' && isEmulated ? [filesOf(folder), filesOf('e2e')] : [filesOf(folder)];
/** `ONLY_EMBEDDED` in test/support/platform/capabilities.ts says why. */
const NOT_EMULATED = ['test/e2e/api.test.ts', 'test/e2e/start.test.ts'];
/** The only time-out: it ends what hangs, also on a busy machine, and never says how fast something has to be. */
const PATIENCE_MS = 300_000;

/**
 * Node runs the TypeScript sources as they are, as the runtime does. The files that a worker runs share what they import: to load all
 * modules again for each of 400 files took four fifths of a run's processor time
 * (docs/decisions/0105-the-files-of-a-test-run-share-their-modules.md).
 */
const each = {
  experimental: { viteModuleRunner: false, nodeLoader: false },
  pool: 'forks',
  testTimeout: PATIENCE_MS,
  hookTimeout: PATIENCE_MS,
};

export default defineConfig({
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    projects: [
      {
        test: {
          ...each,
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: [...ALONE, ...OF_THEIR_OWN.map(filesOf)],
          isolate: false,
        },
      },
      ...OF_THEIR_OWN.map((name) => ({
        test: {
          ...each,
          name,
          include: filesOfTheirOwn(name),
          exclude: name === 'emulator' ? NOT_EMULATED : [],
          isolate: false,
        },
      })),
      { test: { ...each, name: 'alone', include: ALONE, isolate: true } },
    ],
    globalSetup: 'test/support/run/global-setup.ts',
    sequence: { sequencer: LongestFirst },
    // One more than the processors of a small machine: the end-to-end tests often wait for their platform.
    maxWorkers: 3,
    silent: 'passed-only',
  },
});

import path from 'node:path';

// The programs that tests start live for seconds. Java's second compiler takes longer to make such a program faster than
// that saves; and Node's programs share what they compile, as each would compile the same again.
process.env.JDK_JAVA_OPTIONS ??= '-XX:TieredStopAtLevel=1';
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/node-compile');

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
  testTimeout: 30_000,
  maxWorkers: 2,
};

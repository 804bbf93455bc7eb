/** Mutation testing of the domain code, for `npm run mutation-test`, which says of which folder. */
export default {
  plugins: ['@stryker-mutator/vitest-runner', './test/mutants/not-rules.mjs'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutants/vitest.config.mjs', related: false },
  ignorers: ['not-rules'],
  coverageAnalysis: 'perTest',
  // Where git, the formatter and the linter do not look.
  tempDirName: 'dist/mutants',
  ignorePatterns: ['dist', 'cdk.out*', '.waybill', 'coverage'],
  // They only end what loops for ever: a busy machine must not count as a test that found a mutant.
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 30,
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: 'dist/mutants.json' },
  // All mutants of a folder count, also those that no test runs.
  thresholds: { high: 95, low: 90, break: 90 },
  allowConsoleColors: false,
};

/** How Stryker runs the tests that know the domain of one context, whose name `npm run mutation-test` hands over. */
import { defineConfig } from 'vitest/config';

const { MUTATED_CONTEXT: context = '*' } = process.env;
const PATIENCE_MS = 300_000;

export default defineConfig({
  test: {
    experimental: { viteModuleRunner: false, nodeLoader: false },
    isolate: false,
    execArgv: ['--import', './test/mutants/keep-compiled.mjs'],
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    include: [`test/unit/functions/${context}/**/*.test.ts`, 'test/unit/functions/published/{errors,events}.test.ts'],
  },
});

/** How Stryker runs the tests that know the domain of one context, whose name `npm run mutation-test` hands over. */
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

const { MUTATED_CONTEXT: context = '*' } = process.env;
const PATIENCE_MS = 300_000;

/** The first test that fails ends the run of a mutant. Those of the domain are quick, and notice most. */
class DomainFirst extends BaseSequencer {
  async sort(files) {
    const rankOf = ({ moduleId }) => (moduleId.includes('/domain/') ? 0 : 1);
    return [...(await super.sort(files))].sort((left, right) => rankOf(left) - rankOf(right));
  }
}

export default defineConfig({
  test: {
    experimental: { viteModuleRunner: false, nodeLoader: false },
    isolate: false,
    execArgv: ['--import', './test/mutants/keep-compiled.mjs'],
    sequence: { sequencer: DomainFirst },
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    include: [`test/unit/functions/${context}/**/*.test.ts`, 'test/unit/functions/published/{errors,events}.test.ts'],
  },
});

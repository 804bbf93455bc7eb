/**
 * `npm test`: builds and synthesizes what the tests look at, then runs the suite without `test/e2e/` and `test/outages/`, which take minutes, and
 * without `test/differential/`, which needs Java, and `test/emulator/`, which needs Python: `npm run test:e2e`, `npm run outage-test`,
 * `npm run differential-test` and `npm run test:localstack` run those. Arguments go to vitest.
 */
import { buildApp } from './build.ts';
import { runTool } from './run-tool.ts';

const given = process.argv.slice(2);
const ofTheirOwn = ['e2e', 'outages', 'differential'].filter((folder) =>
  given.some((argument) => argument.includes(`test/${folder}`)),
);
const projects = ['shared', 'alone', ...ofTheirOwn].map((project) => `--project=${project}`);

await buildApp((step) => console.log(`· ${step}`));
process.exit(runTool('vitest/vitest.mjs', ['run', ...given, ...projects]));

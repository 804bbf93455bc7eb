/**
 * `npm test`: builds and synthesizes what the tests look at, then runs the suite without `test/outages/`, which takes minutes, and
 * without `test/differential/`, which needs Java: `npm run outage-test` and `npm run differential-test` run those. Arguments go to jest.
 */
import { buildApp } from './build.ts';
import { runTool } from './run-tool.ts';

const given = process.argv.slice(2);
const ofTheirOwn = ['outages', 'differential'].filter((folder) => !given.some((argument) => argument.includes(folder)));
const leftOut = ['--testPathIgnorePatterns', ...ofTheirOwn.map((folder) => `/test/${folder}/`), '/node_modules/'];

await buildApp((step) => console.log(`· ${step}`));
process.exit(runTool('jest/bin/jest.js', [...given, ...leftOut], ['--experimental-vm-modules']));

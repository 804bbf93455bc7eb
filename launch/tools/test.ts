/**
 * `npm test`: builds and synthesizes what the tests look at, then runs the suite without `test/outages/`, which takes minutes:
 * `npm run outage-test` runs that. Arguments go to jest.
 */
import { buildApp } from './build.ts';
import { runTool } from './run-tool.ts';

const given = process.argv.slice(2);
const leftOut = given.some((argument) => argument.includes('outages'))
  ? []
  : ['--testPathIgnorePatterns', '/test/outages/', '/node_modules/'];

await buildApp((step) => console.log(`· ${step}`));
process.exit(runTool('jest/bin/jest.js', [...given, ...leftOut], ['--experimental-vm-modules']));

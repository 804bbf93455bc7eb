/**
 * `npm test`: builds and synthesizes what the tests look at, then the whole suite but `test/outages/`, which `npm run outage-test`
 * runs: it takes minutes. Arguments go to jest.
 */
import { buildApp } from './build.ts';
import { runTool } from './run-tool.ts';

const given = process.argv.slice(2);
const leftOut = given.some((argument) => argument.includes('outages'))
  ? []
  : ['--testPathIgnorePatterns', '/test/outages/', '/node_modules/'];

await buildApp((step) => console.log(`· ${step}`));
process.exit(runTool('jest/bin/jest.js', [...given, ...leftOut], ['--experimental-vm-modules']));

/** `npm test`: builds and synthesizes what the tests look at, then the whole suite. Arguments go to jest. */
import { buildApp } from './build.ts';
import { runTool } from './run-tool.ts';

await buildApp((step) => console.log(`· ${step}`));
process.exit(runTool('jest/bin/jest.js', process.argv.slice(2), ['--experimental-vm-modules']));

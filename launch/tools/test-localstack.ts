/**
 * `npm run test:localstack`: the end-to-end suite and the tests of `test/emulator/` on MiniStack, each file on one of its own. One file after the other: what a
 * function does there is a process, and files side by side would wait for each other. Arguments go to vitest.
 */
import { runTool } from './run-tool.ts';

process.env.WAYBILL_TARGET = 'emulator';
process.exit(
  runTool('vitest/vitest.mjs', ['run', '--project=emulator', '--no-file-parallelism', ...process.argv.slice(2)]),
);

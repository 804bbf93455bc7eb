import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { MUTANTS } from './mutants.ts';

/** Shows that the cases notice when a rule of the engine is broken: each mutant must be found by one of them. */
const WHY = ['', 'no case finds it: add one', 'its text is not in the file any more: write it anew'];

const script = path.join(import.meta.dirname, 'mutant-run.ts');
const survivors = MUTANTS.flatMap(({ breaks, file }, index) => {
  const { status, stderr } = spawnSync(process.execPath, [script, String(index)], { encoding: 'utf8' });
  const why = status === null ? 'it did not end' : (WHY[status] ?? stderr);
  return status === 0 ? [] : [`${breaks} (local/states/${file}): ${why}`];
});
for (const survivor of survivors) process.stderr.write(`${survivor}\n`);
process.stdout.write(`${MUTANTS.length - survivors.length} of ${MUTANTS.length} broken rules are found.\n`);
process.exitCode = survivors.length === 0 ? 0 : 1;

import { runProgram } from '../shared/run-program.ts';
import { bank } from './program.ts';

await runProgram(bank);

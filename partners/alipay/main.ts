import { runProgram } from '../shared/run-program.ts';
import { alipay } from './program.ts';

await runProgram(alipay);

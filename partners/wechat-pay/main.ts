import { runProgram } from '../shared/run-program.ts';
import { wechatPay } from './program.ts';

await runProgram(wechatPay);
